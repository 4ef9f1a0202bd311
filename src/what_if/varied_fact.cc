#include "what_if/varied_fact.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/stated_cell.h"
#include "syntax/tree.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 5> sections{"people.", "place.", "request.", "world.", "records."};
constexpr std::int64_t usual_points = 24;

class VariationReader {
 public:
  VariationReader(const DictionaryIndex& index, const Node& document, const Variation& asked)
      : index_(index), document_(document), asked_(asked), where_(make_source("values of `" + asked.path + "`", asked.values)) {}

  Result<VariedFact> run() {
    out_.path = without_section(trim(asked_.path));
    const auto reachable = with_change(index_, document_, out_.path, scalar_node("unknown", {}));
    if (!reachable) return reachable.errors();
    const auto of = fact_of_path(index_, out_.path);
    if (!of || is_set(fact(of->fact))) return not_varied();
    out_.of = *of;
    const std::string_view text = trim(asked_.values);
    if (text.empty())
      return bad_range(0, 0, "no values are given for `" + asked_.path + "`", "write a range such as 0..6000:25, or values such as yes,no");
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) read_list(text);
    else read_range(text, dots);
    if (!errors_.empty()) return errors_;
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Fact& fact(FactId id) const { return index_.declarations().facts[static_cast<std::size_t>(id)]; }
  static bool is_set(const Fact& fact) { return fact.type.base == Base::people || fact.type.base == Base::codes || fact.type.base == Base::months; }

  Diagnostic not_varied() const {
    return diagnostic_at(Code::cannot_be_varied, {make_source("", asked_.path), 0, asked_.path.size()},
                         "`" + asked_.path + "` is no single fact that can be varied",
                         "name a number, a date, an age, a yes or no, or a word of a list; of a list of records one field of one record, such as "
                         "people.ana.income[0].amount");
  }

  Diagnostic bad_range(std::size_t begin, std::size_t end, std::string message, std::string help) const {
    return diagnostic_at(Code::bad_range, {where_, begin, std::max(end, begin)}, std::move(message), std::move(help));
  }
  void say(std::string_view part, std::string message, std::string help) {
    const auto begin = static_cast<std::size_t>(part.data() - asked_.values.data());
    errors_.push_back(bad_range(begin, begin + part.size(), std::move(message), std::move(help)));
  }

  void read_list(std::string_view text) {
    for (const std::string_view part : split(text, ',')) {
      const std::string value(trim(part));
      if (value.empty()) return say(part, "a value is empty", "write values with one comma between, such as yes,no");
      if (std::find(out_.values.begin(), out_.values.end(), value) != out_.values.end()) return say(part, "`" + value + "` stands twice", "");
      out_.values.push_back(value);
    }
  }

  void read_range(std::string_view text, std::size_t dots) {
    const Fact& f = fact(out_.of.fact);
    const bool is_number = out_.of.as_age || f.type.base == Base::number || f.type.base == Base::duration || f.type.base == Base::days;
    if (!is_number) return say(text, "`" + asked_.path + "` is no number, so it has no range", "write its values one by one, with a comma between");
    out_.is_range = true;
    out_.places = out_.of.as_age ? 0 : f.places;
    std::string_view rest = trim(text.substr(dots + 2));
    if (const std::size_t per = rest.find(" per "); per != std::string_view::npos) {
      out_.period = std::string(rest.substr(per));
      rest = trim(rest.substr(0, per));
    }
    const std::size_t colon = rest.find(':');
    out_.low = number(trim(text.substr(0, dots)), "first value");
    out_.high = number(trim(rest.substr(0, colon)), "last value");
    out_.step = colon == std::string_view::npos ? usual_step() : number(trim(rest.substr(colon + 1)), "step");
    if (!errors_.empty()) return;
    check_range(text);
    if (!errors_.empty()) return;
    for (const std::int64_t point : out_.points()) out_.values.push_back(out_.text(point));
  }

  /// About as many points as a page holds, in whole units where there are so many.
  [[nodiscard]] std::int64_t usual_step() const {
    const std::int64_t unit = power_of_ten(out_.places);
    const std::int64_t step = (out_.high - out_.low + usual_points - 1) / usual_points;
    return step > unit ? (step + unit - 1) / unit * unit : std::max<std::int64_t>(step, 1);
  }

  void check_range(std::string_view text) {
    if (out_.high < out_.low)
      return say(text, "the range goes backward, from " + bare(out_.low) + " to " + bare(out_.high), "write the smaller value first");
    if (out_.step <= 0) return say(text, "a step of " + bare(out_.step) + " leads nowhere", "write a step above 0, such as 0..6000:25");
    if (out_.high - out_.low >= most_values)
      return say(text,
                 "between " + bare(out_.low) + " and " + bare(out_.high) + " lie more than " + std::to_string(most_values) +
                     " values, each of which is decided",
                 "write a narrower range");
    const FactReading& how = index_.fact(out_.of.fact);
    if (out_.of.as_age || how.layout.shape != ColumnShape::number) return;
    if (out_.low < how.layout.low || out_.high > how.layout.high)
      say(text, "the range leaves that of `" + asked_.path + "`, " + how.range, "write a narrower range");
  }

  std::int64_t number(std::string_view text, const char* what) {
    const Decimal read = decimal_from_text(text, out_.places);
    if (read.fault == DecimalFault::none) return read.scaled;
    const std::string help = out_.places == 0 ? "write a whole number" : "write a number with at most " + std::to_string(out_.places) + " decimals";
    if (text.empty()) say(trim(asked_.values), std::string("the range has no ") + what, "write first, last and step: 0..6000:25");
    else if (read.fault == DecimalFault::too_precise) say(text, "`" + std::string(text) + "` has more decimals than `" + asked_.path + "`", help);
    else say(text, "`" + std::string(text) + "` is no number for the " + what, help);
    return 0;
  }

  [[nodiscard]] std::string bare(std::int64_t value) const { return to_text(Number(value, power_of_ten(out_.places))); }

  const DictionaryIndex& index_;
  const Node& document_;
  const Variation& asked_;
  SourcePtr where_;
  VariedFact out_;
  std::vector<Diagnostic> errors_;
};

}  // namespace

std::string VariedFact::text(std::int64_t value) const { return to_text(Number(value, power_of_ten(places))) + period; }

std::vector<std::int64_t> VariedFact::points() const {
  std::vector<std::int64_t> out;
  for (std::int64_t value = low; value <= high; value += step) out.push_back(value);
  if (out.back() != high) out.push_back(high);
  return out;
}

std::string without_section(std::string_view path) {
  for (const std::string_view section : sections)
    if (path.starts_with(section)) return std::string(path.substr(section.size()));
  return std::string(path);
}

Result<Node> with_change(const DictionaryIndex& index, const Node& document, const std::string& path, const Node& value) {
  Node out = document;
  std::vector<Diagnostic> errors;
  const SourcePtr source = make_source("", path);
  change_document(index, out, scalar_node(path, {source, 0, path.size()}), value, errors);
  if (!errors.empty()) return errors;
  return out;
}

Node with_value(const DictionaryIndex& index, const Node& document, const VariedFact& fact, const std::string& value) {
  const SourcePtr source = make_source("value of `" + fact.path + "`", value);
  auto changed = with_change(index, document, fact.path, scalar_node(value, {source, 0, value.size()}));
  return changed ? *changed : document;
}

Result<VariedFact> varied_fact(const DictionaryIndex& index, const Node& document, const Variation& asked) {
  return VariationReader(index, document, asked).run();
}

}  // namespace duly
