#include "facts/read_value.h"

#include <algorithm>
#include <span>

#include "base/text.h"

namespace duly {
namespace {

constexpr std::size_t shown_words = 12;     // a longer list is not spelled out in a message
constexpr std::size_t sure_digits = 17;     // any so many digits fit 64 bits, and ten times as many do
constexpr std::size_t shown_length = 60;    // of what was written

std::string quoted(std::string_view text) {
  if (text.size() <= shown_length) return "`" + std::string(text) + "`";
  std::size_t end = shown_length;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return "`" + std::string(text.substr(0, end)) + "...`";
}

std::string_view period_word(Per per) {
  switch (per) {
    case Per::day: return "day";
    case Per::week: return "week";
    case Per::month: return "month";
    case Per::year: return "year";
    default: return "";
  }
}

/// The roads that `decimal_from_text` leaves to unbounded numbers: exponents, many digits, more decimals than the fact has.
Decimal wide_decimal(std::string_view text, int places) {
  const auto number = number_from_text(text);
  if (!number) return {0, DecimalFault::no_number};
  const BigInt scale = boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(places));
  const Number scaled = *number * scale;
  if (denominator(scaled) != 1) return {0, DecimalFault::too_precise};
  const auto fits = to_int64(numerator(scaled));
  return fits ? Decimal{*fits, DecimalFault::none} : Decimal{0, DecimalFault::too_large};
}

/// One value on its way from text to fact.
class Scalar {
 public:
  Scalar(const FactReading& how, const Node& node, const ValueName& name, Complaints& complaints, std::string_view* period)
      : how_(how), fact_(*how.fact), node_(node), name_(name), complaints_(complaints), period_(period), text_(trim(node.text)) {}

  std::optional<FactValue> read() {
    if (says_nothing(node_)) return refuse(Code::not_a_value, named() + " has no value", "write `unknown` where it is not known, or leave it out");
    if (text_ == "unknown") return FactValue{};
    if (!fact_.type.absent.empty() && text_ == fact_.type.absent) return FactValue::none();
    switch (fact_.type.base) {
      case Base::boolean: return read_truth();
      case Base::number:
      case Base::duration:
      case Base::days: return read_number();
      case Base::date: return read_date();
      case Base::month: return read_month();
      case Base::code:
      case Base::codes: return read_word();
      case Base::text: return FactValue::of(0);
      default: return refuse(Code::not_a_value, named() + " cannot be given in a document");
    }
  }

 private:
  [[nodiscard]] std::string named() const { return "`" + to_text(name_) + "`"; }
  [[nodiscard]] std::string as_given() const { return named() + " is " + quoted(text_); }

  std::nullopt_t refuse(Code code, std::string message, std::string help = "") {
    complaints_.error(code, node_.span, std::move(message), std::move(help), how_.about);
    return std::nullopt;
  }
  std::nullopt_t refuse_value(const std::string& what, std::string help) {
    return refuse(Code::not_a_value, as_given() + ", which is " + what, std::move(help));
  }

  std::optional<FactValue> read_truth() {
    if (text_ == "true" || text_ == "yes") return FactValue::of(1);
    if (text_ == "false" || text_ == "no") return FactValue::of(0);
    return refuse_value("neither yes nor no", "write `yes`, `no` or `unknown`");
  }

  std::optional<FactValue> read_word() {
    const int word = how_.word(text_);
    if (word >= 0) return FactValue::of(word);
    complain_of_word(how_, text_, node_.span, name_, complaints_);
    return std::nullopt;
  }

  std::optional<FactValue> read_number() {
    const QuantityText quantity = quantity_from_text(text_);
    if (!quantity.period.empty() && !period_fits(quantity.period)) return std::nullopt;
    const Decimal decimal = decimal_from_text(quantity.amount, fact_.places);
    switch (decimal.fault) {
      case DecimalFault::none: break;
      case DecimalFault::no_number:
        return refuse_value("no number", fact_.type.whole
                                             ? "write a whole number such as 12"
                                             : "write a number such as 12.50, without thousands separators, signs of currency or percent");
      case DecimalFault::too_precise:
        return refuse(Code::too_precise, as_given() + ", which has more decimals than it may have",
                      fact_.places == 0 ? "write a whole number" : "give at most " + std::to_string(fact_.places) + " decimals");
      case DecimalFault::too_large: return refuse_range();
    }
    return checked(decimal.scaled, decimal.scaled);
  }

  bool period_fits(std::string_view period) {
    const Per per = fact_.type.per;
    if (per == Per::pay_period && period_ != nullptr) {
      *period_ = period;
      return true;
    }
    const std::string_view wanted = period_word(per);
    if (period == wanted) return true;
    if (wanted.empty()) refuse_value("an amount with a period", "write the amount alone");
    else
      refuse(Code::not_a_value, named() + " is given per " + quoted(period) + ", but asked per " + std::string(wanted),
             "give the amount per " + std::string(wanted));
    return false;
  }

  std::optional<FactValue> read_date() {
    if (const auto day = date_from_text(text_)) return checked(day->days, day->days);
    if (const auto month = month_from_text(text_)) {
      if (!fact_.of_request) return checked(first_day_of(*month).days, std::min(last_day_of(*month), last_date).days);
      return refuse(Code::not_a_value, named() + " is a month, but the day is needed", "write the date as YYYY-MM-DD");
    }
    return refuse_value("no date of the calendar",
                        fact_.of_request ? "write the date as YYYY-MM-DD" : "write the date as YYYY-MM-DD, or YYYY-MM where the day is not known");
  }

  std::optional<FactValue> read_month() {
    if (const auto month = month_from_text(text_)) return checked(month->index, month->index);
    return refuse_value("no month", "write the month as YYYY-MM");
  }

  /// A span that reaches into the range is cut to it.
  std::optional<FactValue> checked(std::int64_t low, std::int64_t high) {
    if (high < how_.layout.low || low > how_.layout.high) return refuse_range();
    if (how_.plausible && (high < how_.plausible->first || low > how_.plausible->second))
      complaints_.warning(Code::not_plausible, node_.span, as_given() + ", outside what is plausible, " + how_.plausible_range,
                          "it is used as given: check it", how_.about);
    return FactValue::between(std::max(low, how_.layout.low), std::min(high, how_.layout.high));
  }
  std::nullopt_t refuse_range() { return refuse(Code::fact_out_of_range, as_given() + ", outside its range " + how_.range); }

  const FactReading& how_;
  const Fact& fact_;
  const Node& node_;
  const ValueName& name_;
  Complaints& complaints_;
  std::string_view* period_;
  std::string_view text_;
};

std::optional<FactValue> read_words(const FactReading& how, std::span<const Node> words, const ValueName& name, Complaints& complaints) {
  FactValue value = FactValue::of_set(no_bits(how.layout.list_size), {});
  bool open = false;
  bool sound = true;
  for (const Node& item : words) {
    if (is_more_unknown(item)) {
      open = true;
      continue;
    }
    const int word = item.is_scalar() ? how.word(trim(item.text)) : -1;
    if (word >= 0) {
      give_bit(value.sure, static_cast<std::size_t>(word), true);
      continue;
    }
    sound = false;
    if (item.is_scalar()) complain_of_word(how, trim(item.text), item.span, name, complaints);
    else complaints.error(Code::document_shape, item.span, "`" + to_text(name) + "` is a list of words", "", how.about);
  }
  value.maybe = open ? all_bits(how.layout.list_size) : value.sure;
  if (!sound) return std::nullopt;
  return value;
}

std::string range_text(const Fact& fact, const Number& low, const Number& high) {
  const auto end = [&](const Number& value) {
    if (fact.type.base != Base::date && fact.type.base != Base::month) return to_text(value);
    const auto index = static_cast<std::int32_t>(to_int64(floor_of(value)).value_or(0));
    return fact.type.base == Base::date ? to_text(Date{index}) : to_text(Month{index});
  };
  return "[" + end(low) + ".." + end(high) + "]";
}

}  // namespace

FactReading fact_reading(const Declarations& declarations, const Fact& fact) {
  FactReading how;
  how.fact = &fact;
  how.about = {fact.name, fact.cite};
  if (fact.record >= 0) {
    const RecordKind& record = declarations.records[static_cast<std::size_t>(fact.record)];
    how.about.name = record.name + "." + fact.name;
    if (fact.cite.empty()) how.about.cite = record.cite;
  }
  if (fact.type.list >= 0) how.list = &declarations.lists[static_cast<std::size_t>(fact.type.list)];
  if (how.list != nullptr)
    for (const auto& [spelling, word] : how.list->accepted) how.words.emplace(spelling, word);
  how.layout = column_layout(declarations, fact);
  if (how.list != nullptr || how.layout.shape != ColumnShape::number) return how;
  how.range = range_text(fact, fact.low, fact.high);
  if (!fact.plausible) return how;
  Fact soft = fact;
  soft.low = fact.plausible->first;
  soft.high = fact.plausible->second;
  const ColumnLayout layout = column_layout(declarations, soft);
  how.plausible = {layout.low, layout.high};
  how.plausible_range = range_text(fact, soft.low, soft.high);
  return how;
}

std::string to_text(const ValueName& name) {
  std::string out(name.owner);
  const auto add = [&](std::string_view part) {
    if (part.empty()) return;
    if (!out.empty()) out += '.';
    out += part;
  };
  add(name.list);
  if (name.item >= 0) out += "[" + std::to_string(name.item) + "]";
  add(name.key);
  return out;
}

Decimal decimal_from_text(std::string_view text, int places) {
  const bool negative = !text.empty() && text[0] == '-';
  std::size_t at = negative ? 1 : 0;
  if (text.size() > sure_digits || at == text.size() || !is_digit(text[at])) return wide_decimal(text, places);
  std::int64_t value = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) value = value * 10 + (text[at] - '0');
  int decimals = 0;
  if (at + 1 < text.size() && text[at] == '.')
    for (++at; at < text.size() && is_digit(text[at]); ++at, ++decimals) value = value * 10 + (text[at] - '0');
  if (at != text.size() || decimals > places) return wide_decimal(text, places);
  for (; decimals < places; ++decimals)
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return {0, DecimalFault::too_large};
  return {negative ? -value : value, DecimalFault::none};
}

QuantityText quantity_from_text(std::string_view text) {
  constexpr std::string_view per = " per ";
  const std::size_t at = text.find(per);
  if (at == std::string_view::npos) return {text, {}};
  return {trim(text.substr(0, at)), trim(text.substr(at + per.size()))};
}

bool says_nothing(const Node& node) { return node.is_scalar() && (node.is_null || trim(node.text).empty()); }

std::optional<FactValue> read_value(const FactReading& how, const Node& node, const ValueName& name, Complaints& complaints,
                                    std::string_view* period) {
  if (how.layout.shape == ColumnShape::codes) {
    if (node.is_sequence()) return read_words(how, node.items, name, complaints);
    const std::string_view text = node.is_scalar() ? trim(node.text) : std::string_view{};
    if (text == how.fact->type.absent && !text.empty()) return FactValue::none();
    if (how.word(text) >= 0) return read_words(how, {&node, 1}, name, complaints);
    if (text == "none") return read_words(how, {}, name, complaints);
  }
  if (node.is_scalar()) return Scalar(how, node, name, complaints, period).read();
  complaints.error(Code::document_shape, node.span, "`" + to_text(name) + "` must be one value, not a list or a record", "", how.about);
  return std::nullopt;
}

void complain_of_word(const FactReading& how, std::string_view word, const Span& where, const ValueName& name, Complaints& complaints) {
  std::string help;
  if (!complaints.full()) {
    std::vector<std::string> spellings;
    for (const auto& [spelling, index] : how.list->accepted) spellings.push_back(spelling);
    help = did_you_mean(word, spellings);
    if (help.empty() && how.list->words.size() <= shown_words) help = "its words are " + join_words(how.list->words);
    if (help.empty()) help = "it has " + std::to_string(how.list->words.size()) + " words, which the dictionary and `duly schema household` list";
  }
  complaints.error(Code::not_in_list, where, "`" + to_text(name) + "` is " + quoted(word) + ", which is not in its list", std::move(help), how.about);
}

std::pair<Date, Date> born_between(std::int64_t years, Date day) {
  return {Date{plus_months(day, -12 * (years + 1)).days + 1}, plus_months(day, -12 * years)};
}

bool is_more_unknown(const Node& node) {
  return node.is_map() && node.keys.size() == 1 && node.keys[0].text == "more" && node.items[0].is_scalar() && trim(node.items[0].text) == "unknown";
}

}  // namespace duly
