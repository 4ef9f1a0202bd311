// `stated` and `assume`: values of rules that come from outside instead of being computed.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "facts/reading.h"
#include "facts/stated_cell.h"

namespace duly {
namespace {

struct StatedRule {
  std::vector<std::optional<StatedCell>> cells;  ///< by row of the rule's level
  const Node* where = nullptr;
};

class StatedReader {
 public:
  StatedReader(Reading& reading, bool assumed) : reading_(reading), assumed_(assumed), section_(assumed ? "assume" : "stated") {}

  void read(const Node& node) {
    if (!want_map(reading_, node, "`" + section_ + "`")) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) read_key(node.keys[i], node.items[i]);
  }

  /// Makes the columns.
  void finish() {
    if (all_tests_) add_tests();
    for (const auto& [rule, stated] : rules_)
      if (std::any_of(stated.cells.begin(), stated.cells.end(), [](const auto& cell) { return cell.has_value(); })) add_column(rule, stated);
  }

  [[nodiscard]] bool has(RuleId rule) const { return rules_.contains(rule); }
  void refuse_rules_of(const StatedReader& other) {
    for (const auto& [rule, stated] : rules_)
      if (other.has(rule))
        reading_.complaints.error(Code::given_twice, stated.where->span, "`" + rule_of(rule).name + "` is both stated and assumed",
                                  "leave one of the two out");
  }

 private:
  [[nodiscard]] const Rule& rule_of(RuleId rule) const { return reading_.declarations.rules[static_cast<std::size_t>(rule)]; }

  void read_key(const Node& key, const Node& value) {
    if (assumed_ && key.text == "tests") return read_tests(value);
    const auto person = reading_.person_of.find(key.text);
    if (person != reading_.person_of.end() && value.is_map()) {
      for (std::size_t i = 0; i < value.keys.size(); ++i) read_rule(value.keys[i], value.items[i], person->second);
      return;
    }
    read_rule(key, value, std::nullopt);
  }

  void read_tests(const Node& value) {
    all_tests_ = value.is_scalar() && trim(value.text) == "passed";
    if (!all_tests_) reading_.complaints.error(Code::not_a_value, value.span, "`tests` can only be assumed to be `passed`");
  }

  void read_rule(const Node& key, const Node& value, std::optional<std::int32_t> person) {
    const RuleId id = reading_.index.rule(key.text);
    if (id < 0) return complain_of_rule(key, value);
    const Rule& rule = rule_of(id);
    const bool is_partition = !rule.versions.empty() && rule.versions[0].body.kind == Body::Kind::partition;
    if (is_partition) return read_partition(id, key, value);
    if (!assumed_ && !rule.may_be_stated)
      return complain(Code::may_not_be_stated, key, "the value of `" + rule.name + "` is computed and may not be stated",
                      "give the facts it is computed from, or mark the rule with `may_be_stated: true`", rule);
    const auto rows = rows_meant(rule, key, person);
    if (!rows) return;
    const auto cell = read_cell(id, key, value);
    if (!cell) return;
    StatedRule& stated = rules_[id];
    stated.where = &key;
    stated.cells.resize(rows_of(rule));
    for (std::size_t row = rows->first; row < rows->second; ++row) {
      if (stated.cells[row]) return complain(Code::given_twice, key, "`" + key.text + "` is given twice", "", rule);
      stated.cells[row] = cell;
    }
    reading_.out.stated.push_back(
        {id, rows->second - rows->first == 1 ? static_cast<std::int32_t>(rows->first) : -1, std::string(trim(value.text)), assumed_});
  }

  void read_partition(RuleId id, const Node& key, const Node& value) {
    const Rule& rule = rule_of(id);
    if (!assumed_)
      return complain(Code::may_not_be_stated, key, "who is in a unit of `" + rule.name + "` may not be stated", "give the facts it follows from",
                      rule);
    if (!value.is_scalar() || trim(value.text) != "one_unit")
      return complain(Code::not_a_value, value, "`" + rule.name + "` can only be assumed to be `one_unit`", "", rule);
    reading_.one_unit.push_back(id);
    reading_.out.stated.push_back({id, -1, "one_unit", true});
  }

  [[nodiscard]] LevelKind level_kind(const Rule& rule) const { return reading_.declarations.levels[static_cast<std::size_t>(rule.level)].kind; }

  /// A unit's value is that of the only unit.
  [[nodiscard]] std::size_t rows_of(const Rule& rule) const {
    const LevelKind kind = level_kind(rule);
    return kind == LevelKind::person || kind == LevelKind::record ? reading_.rows(rule.level) : 1;
  }

  [[nodiscard]] bool has_rows(const Rule& rule) const {
    const LevelKind kind = level_kind(rule);
    return kind == LevelKind::world || kind == LevelKind::household || kind == LevelKind::unit || kind == LevelKind::person ||
           kind == LevelKind::record;
  }

  /// First row and the one behind the last. Assumptions speak of all people and records at once where they name nobody.
  std::optional<std::pair<std::size_t, std::size_t>> rows_meant(const Rule& rule, const Node& key, std::optional<std::int32_t> person) {
    const LevelKind kind = level_kind(rule);
    if (!has_rows(rule) || (kind == LevelKind::record && !assumed_)) {
      complain(Code::may_not_be_stated, key, "a value of `" + rule.name + "`, of `" + rule.level_word + "`, cannot be given in a document", "", rule);
      return std::nullopt;
    }
    if (person && kind != LevelKind::person) {
      complain(Code::document_shape, key, "`" + rule.name + "` is not about a person", "write it directly below `" + section_ + "`", rule);
      return std::nullopt;
    }
    if (person) return std::pair{static_cast<std::size_t>(*person), static_cast<std::size_t>(*person) + 1};
    if (kind == LevelKind::person && !assumed_) {
      complain(Code::document_shape, key, "`" + rule.name + "` is about one person", "say about whom: stated: {PERSON: {" + rule.name + ": ...}}",
               rule);
      return std::nullopt;
    }
    return std::pair{std::size_t{0}, rows_of(rule)};
  }

  /// Nothing where the value is `unknown` or wrong.
  std::optional<StatedCell> read_cell(RuleId id, const Node& key, const Node& value) {
    const Rule& rule = rule_of(id);
    if (!value.is_scalar() || says_nothing(value)) {
      complain(Code::document_shape, value, "`" + key.text + "` must be one value", "", rule);
      return std::nullopt;
    }
    const std::string_view text = trim(value.text);
    if (text == "unknown") return std::nullopt;
    const auto type = reading_.index.rule_type(id);
    const StatedCell cell = type ? read_stated(reading_.declarations, *type, text) : read_stated_literal(reading_.declarations, text);
    if (!is_value(rule, type, cell, value)) return std::nullopt;
    return cell;
  }

  bool is_value(const Rule& rule, const std::optional<Type>& type, const StatedCell& cell, const Node& value) {
    const std::string given = "`" + rule.name + "` is `" + std::string(trim(value.text)) + "`, ";
    const bool is_number = !cell.absent && cell.shape == ColumnShape::number;
    if (cell.fault == DecimalFault::no_number) {
      complain(Code::not_a_value, value, given + "which is no value of " + (type ? "type " + to_text(*type) : "a rule"),
               type ? what_can_be_stated(*type)
                    : "write yes, no, a number, a date or a code word; where a word stands in several lists, the rule must declare its `type`",
               rule);
    } else if (cell.fault == DecimalFault::too_precise) {
      complain(Code::too_precise, value, given + "which has more decimals than it may have",
               cell.places == 0 ? "write a whole number" : "give at most " + std::to_string(cell.places) + " decimals", rule);
    } else if (is_number && (cell.fault == DecimalFault::too_large || !is_in_stated_range(rule, cell))) {
      const auto [low, high] = stated_range(rule);
      complain(Code::fact_out_of_range, value, given + "outside its range [" + to_text(low) + ".." + to_text(high) + "]", "", rule);
    } else {
      return true;
    }
    return false;
  }

  void add_tests() {
    for (RuleId id = 0; id < static_cast<RuleId>(reading_.declarations.rules.size()); ++id) {
      const Rule& rule = rule_of(id);
      const bool is_test = !rule.versions.empty() && rule.versions[0].body.kind == Body::Kind::test;
      if (!is_test || has(id) || !has_rows(rule)) continue;
      rules_[id].cells.assign(rows_of(rule), StatedCell{DecimalFault::none, ColumnShape::truth, 0, false, 1, 1});
      reading_.out.stated.push_back({id, -1, "passed", true});
    }
  }

  void add_column(RuleId id, const StatedRule& stated) {
    const StatedCell* first = nullptr;
    for (const auto& cell : stated.cells) {
      if (!cell) continue;
      if (first == nullptr) first = &*cell;
      if (first->shape != cell->shape || first->places != cell->places)
        return complain(Code::not_a_value, *stated.where, "`" + rule_of(id).name + "` has values of different types", "", rule_of(id));
    }
    StatedColumn out;
    out.rule = id;
    out.assumed = assumed_;
    out.denominator = power_of_ten(first->places);
    out.present = no_bits(stated.cells.size());
    const ColumnLayout layout = layout_of(stated, first->shape);
    blank(out.column, layout, stated.cells.size());
    for (std::size_t row = 0; row < stated.cells.size(); ++row)
      if (stated.cells[row]) put_cell(out, layout, row, *stated.cells[row]);
    drop_what_is_known(out.column);
    reading_.stated.push_back(std::move(out));
  }

  static ColumnLayout layout_of(const StatedRule& stated, ColumnShape shape) {
    ColumnLayout layout;
    layout.shape = shape;
    layout.may_be_absent = std::any_of(stated.cells.begin(), stated.cells.end(), [](const auto& cell) { return cell && cell->absent; });
    return layout;
  }

  static void blank(FactColumn& column, const ColumnLayout& layout, std::size_t rows) {
    if (layout.may_be_absent) column.may_be_absent = column.may_be_present = no_bits(rows);
    if (layout.shape == ColumnShape::truth) column.may_be_true = column.may_be_false = no_bits(rows);
    else if (layout.shape == ColumnShape::code) column.possible.assign(rows, 0);
    else column.low.assign(rows, 0), column.high.assign(rows, 0);
  }

  static void put_cell(StatedColumn& out, const ColumnLayout& layout, std::size_t row, const StatedCell& cell) {
    give_bit(out.present, row, true);
    put(out.column, layout, 1, row, cell.absent ? FactValue::none() : FactValue::between(cell.low, cell.high));
  }

  void complain_of_rule(const Node& key, const Node& value) {
    std::string help;
    if (!reading_.complaints.full()) {
      std::vector<std::string> names;
      for (const Rule& rule : reading_.declarations.rules)
        if (assumed_ || rule.may_be_stated) names.push_back(rule.name);
      if (value.is_map()) names.insert(names.end(), reading_.out.people.begin(), reading_.out.people.end());
      help = did_you_mean(key.text, names);
      if (help.empty()) help = names.empty() ? "no rule of this program may be stated" : "rules that can be given are " + join_words(names);
    }
    reading_.complaints.error(Code::unknown_fact, key.span, "`" + key.text + "` is no rule of this program", std::move(help));
  }

  void complain(Code code, const Node& where, std::string message, std::string help, const Rule& rule) {
    reading_.complaints.error(code, where.span, std::move(message), std::move(help), About{rule.name, rule.cite});
  }

  Reading& reading_;
  bool assumed_;
  std::string section_;
  bool all_tests_ = false;
  std::map<RuleId, StatedRule> rules_;
};

}  // namespace

void read_stated(Reading& reading, const Node* stated, const Node* assumed) {
  StatedReader given(reading, false);
  StatedReader assumptions(reading, true);
  if (stated != nullptr) given.read(*stated);
  if (assumed != nullptr) assumptions.read(*assumed);
  assumptions.refuse_rules_of(given);
  given.finish();
  assumptions.finish();
}

}  // namespace duly
