#include "small_dictionary.h"

#include "base/text.h"

namespace duly::testing_facts {
namespace {

Node scalar(const std::string& text) {
  Node node;
  node.text = text;
  return node;
}

Node empty_list() {
  Node node;
  node.kind = Node::Kind::sequence;
  return node;
}

class Maker {
 public:
  Maker() {
    d.levels = {{LevelKind::world, "world", "", -1, -1, -1, -1},
                {LevelKind::household, "household", "", world_level, -1, -1, -1},
                {LevelKind::person, "person", "people", household_level, -1, -1, -1},
                {LevelKind::pair, "", "", person_level, person_level, person_level, -1}};
  }

  int list(const std::string& name, const std::vector<std::string>& words) {
    CodeList list;
    list.name = name;
    for (const auto& word : words) list.accepted[word] = static_cast<int>(list.words.size()), list.words.push_back(word), list.labels.push_back(word);
    d.lists.push_back(std::move(list));
    return static_cast<int>(d.lists.size()) - 1;
  }

  Fact& fact(const std::string& name, LevelId level, Base base) {
    Fact fact;
    fact.name = name;
    fact.set_name = name;
    fact.level = level;
    fact.type.base = base;
    fact.cite = "cite of " + name;
    if (base == Base::date) fact.low = first_date.days, fact.high = last_date.days;
    if (base == Base::month) fact.low = month_of(first_date).index, fact.high = month_of(last_date).index;
    d.facts.push_back(std::move(fact));
    return d.facts.back();
  }
  Fact& code(const std::string& name, LevelId level, int list, Base base = Base::code) {
    Fact& out = fact(name, level, base);
    out.type.list = list;
    return out;
  }
  Fact& number(const std::string& name, LevelId level, Unit unit, Per per, int low, int high, int places) {
    Fact& out = fact(name, level, Base::number);
    out.type.unit = unit;
    out.type.per = per;
    out.type.whole = places == 0;
    out.low = low;
    out.high = high;
    out.places = places;
    return out;
  }

  void request_fact(const std::string& name, Base base, int list = -1) {
    Fact& out = code(name, household_level, list, base);
    out.of_request = true;
    d.request_facts[name] = static_cast<FactId>(d.facts.size()) - 1;
  }

  void inverse_of(const std::string& name, const std::string& inverse) {
    const FactId of = find(name);
    Fact other = d.facts[static_cast<std::size_t>(of)];
    other.name = other.set_name = inverse;
    other.inverse_name.clear();
    other.inverse_of = of;
    d.facts[static_cast<std::size_t>(of)].inverse_name = inverse;
    d.facts.push_back(std::move(other));
  }

  [[nodiscard]] FactId find(const std::string& name) const {
    for (std::size_t f = 0; f < d.facts.size(); ++f)
      if (d.facts[f].name == name && d.facts[f].record < 0) return static_cast<FactId>(f);
    return -1;
  }

  /// Facts added until `end_record` are its fields.
  RecordKind& record(const std::string& name, const std::string& one, bool of_household) {
    RecordKind record;
    record.name = name;
    record.one = one;
    record.of_household = of_household;
    record.level = static_cast<LevelId>(d.levels.size());
    record.cite = "cite of " + name;
    d.levels.push_back({LevelKind::record, one, name, of_household ? household_level : person_level, -1, -1, static_cast<int>(d.records.size())});
    d.records.push_back(std::move(record));
    first_field = d.facts.size();
    return d.records.back();
  }
  void end_record(const std::string& word = "", const std::string& value = "") {
    RecordKind& record = d.records.back();
    for (std::size_t f = first_field; f < d.facts.size(); ++f) {
      d.facts[f].record = static_cast<int>(d.records.size()) - 1;
      d.facts[f].cite.clear();
      record.fields.push_back(static_cast<FactId>(f));
      if (d.facts[f].name == word) record.short_word = static_cast<FactId>(f);
      if (d.facts[f].name == value) record.short_value = static_cast<FactId>(f);
    }
  }

  Rule& rule(const std::string& name, LevelId level, std::optional<Type> type, bool may_be_stated, Body::Kind kind = Body::Kind::value) {
    Rule rule;
    rule.name = name;
    rule.cite = "cite of " + name;
    rule.level = level;
    rule.level_word = d.levels[static_cast<std::size_t>(level)].one;
    rule.type = std::move(type);
    rule.may_be_stated = may_be_stated;
    rule.versions.emplace_back();
    rule.versions[0].body.kind = kind;
    d.rules.push_back(std::move(rule));
    return d.rules.back();
  }

  Declarations d;
  std::size_t first_field = 0;
};

Type type_of(Base base, Unit unit = Unit::none, bool whole = false) {
  Type type;
  type.base = base;
  type.unit = unit;
  type.whole = whole;
  return type;
}

std::vector<std::string> county_words() {
  std::vector<std::string> words;
  for (int i = 0; i < 70; ++i) words.push_back("county_" + std::to_string(i));
  return words;
}

void add_household_facts(Maker& m, int utility, int state, int county) {
  m.code("state", household_level, state).of_place = true;
  m.code("county", household_level, county).of_place = true;
  m.fact("in_town", household_level, Base::boolean).of_place = true;
  m.fact("cold_weather", world_level, Base::boolean);
  m.number("caseload", world_level, Unit::none, Per::none, 0, 1'000'000, 0);
  m.fact("homeless", household_level, Base::boolean);
  m.number("care_costs", household_level, Unit::money, Per::month, 0, 20'000, 2).plausible = std::pair{Number(1), Number(5'000)};
  m.number("savings_rate", household_level, Unit::none, Per::none, -1, 1, 6);
  m.number("rooms", household_level, Unit::none, Per::none, 2, 10, 0);
  m.number("deposit", household_level, Unit::money, Per::none, 0, 9'000, 2).type.absent = "none";
  m.fact("moved_in", household_level, Base::date).type.absent = "none";
  m.fact("counted_month", household_level, Base::month);
  m.code("utilities", household_level, utility, Base::codes);
  m.fact("remark", household_level, Base::text);
  Fact& lease = m.fact("has_lease", household_level, Base::boolean);
  lease.if_not_stated = scalar("true");
}

void add_people_facts(Maker& m, int study, int language) {
  Fact& born = m.fact("birth_date", person_level, Base::date);
  born.given_as_age = "age";
  born.low = date_of(1880, 1, 1)->days;
  born.high = date_of(2030, 12, 31)->days;
  m.fact("us_citizen", person_level, Base::boolean);
  m.fact("disabled", person_level, Base::boolean);
  m.fact("student", person_level, Base::boolean).if_not_stated = scalar("no");
  m.number("work_hours", person_level, Unit::hours, Per::week, 0, 168, 2);
  m.code("study", person_level, study);
  m.code("languages", person_level, language, Base::codes);
  Fact& parent = m.fact("parent_of", person_level, Base::people);
  parent.set_name = "children";
  m.inverse_of("parent_of", "parents");
  Fact& spouse = m.fact("spouse_of", person_level, Base::people);
  spouse.symmetric = true;
  spouse.if_not_stated = empty_list();
  m.fact("buys_food_with", person_level, Base::people).symmetric = true;
  m.fact("cares_for", person_level, Base::people);
  Fact& guardian = m.fact("guardian_of", person_level, Base::people);
  guardian.if_not_stated = empty_list();
  m.inverse_of("guardian_of", "guardians");
}

void add_records(Maker& m) {
  const int income_kind = m.list("income_kind", {"wages", "tips", "pension", "other"});
  const int asset_kind = m.list("asset_kind", {"savings", "car", "other"});
  const int expense_kind = m.list("expense_kind", {"rent", "heating", "unknown_bill"});
  const int pay_period = m.list("pay_period", {"day", "week", "two_weeks", "twice_a_month", "month", "year", "quarter"});
  m.d.lists[static_cast<std::size_t>(pay_period)].accepted["two weeks"] = 2;

  m.record("income", "income_item", false);
  const LevelId item = m.d.records.back().level;
  m.code("kind", item, income_kind);
  m.number("amount", item, Unit::money, Per::pay_period, 0, 100'000, 2);
  m.code("every", item, pay_period).if_not_stated = scalar("month");
  Fact& from = m.fact("from", item, Base::date);
  from.type.absent = "none";
  from.if_not_stated = scalar("none");
  m.fact("until", item, Base::date).type.absent = "none";
  m.fact("earned", item, Base::boolean);
  m.end_record("kind", "amount");
  RecordKind& income = m.d.records.back();
  income.in_force_from = income.fields[3];
  income.in_force_until = income.fields[4];

  m.record("assets", "asset", false);
  m.code("kind", m.d.records.back().level, asset_kind);
  m.number("value", m.d.records.back().level, Unit::money, Per::none, 0, 1'000'000, 2);
  m.end_record("kind", "value");

  m.record("expenses", "expense", true);
  const LevelId expense = m.d.records.back().level;
  m.code("kind", expense, expense_kind);
  m.number("amount", expense, Unit::money, Per::month, 0, 50'000, 2);
  m.fact("paid_by", expense, Base::people);
  m.end_record("kind", "amount");

  m.record("stays", "stay", false);
  m.fact("from", m.d.records.back().level, Base::date);
  m.number("nights", m.d.records.back().level, Unit::nights, Per::none, 0, 366, 0);
  m.end_record();
}

void add_rules(Maker& m) {
  const auto unit = static_cast<LevelId>(m.d.levels.size());
  m.d.levels.push_back({LevelKind::unit, "food_unit", "", household_level, -1, -1, 0});
  const auto spells = static_cast<LevelId>(m.d.levels.size());
  m.d.levels.push_back({LevelKind::spells, "stay_spell", "", person_level, -1, -1, -1});
  Type region = type_of(Base::code);
  for (std::size_t l = 0; l < m.d.lists.size(); ++l)
    if (m.d.lists[l].name == "state") region.list = static_cast<int>(l);
  Type cap = type_of(Base::number, Unit::money);
  cap.absent = "none";
  m.rule("food_unit", household_level, std::nullopt, false, Body::Kind::partition);
  m.rule("unit_size", unit, type_of(Base::number, Unit::none, true), true).range = std::pair{Number(1), Number(30)};
  m.rule("shelter_costs", unit, type_of(Base::number, Unit::money), true);
  m.rule("region", household_level, region, true);
  m.rule("months_used", person_level, type_of(Base::number, Unit::none, true), true);
  m.rule("cap", unit, cap, true);
  m.rule("met_on", household_level, type_of(Base::date), true);
  m.rule("counted_from", household_level, type_of(Base::month), true);
  m.rule("untyped", household_level, std::nullopt, true);
  m.rule("untyped_of_person", person_level, std::nullopt, true);
  m.rule("relatives", person_level, type_of(Base::people), true);
  m.rule("net_income", unit, type_of(Base::number, Unit::money), false);
  m.rule("counted", m.d.records[0].level, type_of(Base::number, Unit::money), true);
  m.rule("spell_length", spells, type_of(Base::number, Unit::none, true), true);
  m.rule("income_test", unit, std::nullopt, false, Body::Kind::test);
  m.rule("citizen_test", person_level, std::nullopt, true, Body::Kind::test);
}

Declarations make_dictionary() {
  Maker m;
  const int occasion = m.list("occasion", {"application", "renewal", "change"});
  const int utility = m.list("utility", {"heating", "cooling", "telephone"});
  const int state = m.list("state", {"north", "south"});
  m.d.lists.back().accepted["North Land"] = 0;
  m.d.lists.back().accepted["NY"] = 0;
  const int county = m.list("county", county_words());
  m.d.lists.back().accepted["New York"] = 0;
  const int study = m.list("study_load", {"none", "half", "full"});
  const int language = m.list("language", {"english", "spanish", "none"});
  m.request_fact("benefit_month", Base::month);
  m.request_fact("decided", Base::date);
  m.request_fact("applied", Base::date);
  m.request_fact("occasion", Base::code, occasion);
  add_household_facts(m, utility, state, county);
  add_people_facts(m, study, language);
  add_records(m);
  add_rules(m);
  return std::move(m.d);
}

std::string number_text(const Fact& fact, std::int64_t value) {
  if (fact.type.base == Base::date) return to_text(Date{static_cast<std::int32_t>(value)});
  if (fact.type.base == Base::month) return to_text(Month{static_cast<std::int32_t>(value)});
  if (fact.type.base == Base::code) return small_dictionary().lists[static_cast<std::size_t>(fact.type.list)].words[static_cast<std::size_t>(value)];
  return std::to_string(value);
}

std::string set_text(const std::vector<std::uint64_t>& bits, std::size_t row, std::size_t words) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < words * 64; ++i)
    if ((bits[row * words + i / 64] >> (i % 64) & 1U) != 0) items.push_back(std::to_string(i));
  return "{" + join_words(items, "and") + "}";
}

std::string column_text(const FactTable& table, const Fact& fact, const FactColumn& column, std::size_t row) {
  const ColumnLayout layout = column_layout(small_dictionary(), fact);
  switch (layout.shape) {
    case ColumnShape::truth: {
      const bool yes = (column.may_be_true[row / 64] >> (row % 64) & 1U) != 0;
      const bool no = (column.may_be_false[row / 64] >> (row % 64) & 1U) != 0;
      return yes && no ? "yes or no" : yes ? "yes" : no ? "no" : "nothing";
    }
    case ColumnShape::number: {
      const std::int64_t high = column.high.empty() ? column.low[row] : column.high[row];
      return number_text(fact, column.low[row]) + (high == column.low[row] ? "" : ".." + number_text(fact, high));
    }
    case ColumnShape::code: {
      std::vector<std::string> words;
      for (std::size_t w = 0; w < layout.list_size; ++w)
        if ((column.possible[row] >> w & 1U) != 0) words.push_back(small_dictionary().lists[static_cast<std::size_t>(fact.type.list)].words[w]);
      return join_words(words, "or");
    }
    default: {
      const std::size_t words = words_a_row(layout, table.set_words);
      const std::string sure = set_text(column.sure, row, words);
      const std::string maybe = set_text(column.maybe, row, words);
      return sure == maybe ? sure : sure + " maybe " + maybe;
    }
  }
}

}  // namespace

const Declarations& small_dictionary() {
  static const Declarations dictionary = make_dictionary();
  return dictionary;
}

const DictionaryIndex& small_index() {
  static const DictionaryIndex index(small_dictionary());
  return index;
}

FactId fact_id(const std::string& name) {
  const auto dot = name.find('.');
  for (std::size_t f = 0; f < small_dictionary().facts.size(); ++f) {
    const Fact& fact = small_dictionary().facts[f];
    const std::string full = fact.record < 0 ? fact.name : small_dictionary().records[static_cast<std::size_t>(fact.record)].name + "." + fact.name;
    if (full == name && (dot == std::string::npos) == (fact.record < 0)) return static_cast<FactId>(f);
  }
  ADD_FAILURE() << "no fact " << name;
  return 0;
}

RuleId rule_id(const std::string& name) { return small_index().rule(name); }

Result<Household> read(const std::string& text, const ReadOptions& options, const RequestOverrides& request) {
  std::vector<Diagnostic> errors;
  const Node document = parse_document(make_source("household.yaml", text), errors);
  EXPECT_TRUE(errors.empty()) << to_text(errors);
  return read_household(small_index(), document, request, options);
}

Household sound(const std::string& text, const ReadOptions& options, const RequestOverrides& request) {
  auto result = read(text, options, request);
  if (result.ok()) return std::move(*result);
  ADD_FAILURE() << to_text(result.errors());
  return *read("{}");
}

std::vector<Diagnostic> errors_of(const std::string& text, const ReadOptions& options, const RequestOverrides& request) {
  const auto result = read(text, options, request);
  return result.ok() ? std::vector<Diagnostic>{} : result.errors();
}

std::string show(const FactTable& table, const std::string& name, std::size_t row) {
  const FactId id = fact_id(name);
  const Fact& fact = small_dictionary().facts[static_cast<std::size_t>(id)];
  const FactColumn& column = table.facts[static_cast<std::size_t>(id)];
  const std::string value = column_text(table, fact, column, row);
  if (column.may_be_absent.empty()) return value;
  const bool absent = (column.may_be_absent[row / 64] >> (row % 64) & 1U) != 0;
  const bool present = (column.may_be_present[row / 64] >> (row % 64) & 1U) != 0;
  return !absent ? value : present ? "none or " + value : "none";
}

bool is_closed(const FactTable& table, const std::string& record, std::size_t owner) {
  for (std::size_t r = 0; r < small_dictionary().records.size(); ++r)
    if (small_dictionary().records[r].name == record) return (table.list_closed_may_be_true[r][owner / 64] >> (owner % 64) & 1U) != 0;
  ADD_FAILURE() << "no record " << record;
  return false;
}

std::size_t row_count(const FactTable& table, const std::string& level) {
  for (std::size_t l = 0; l < small_dictionary().levels.size(); ++l)
    if (small_dictionary().levels[l].one == level) return static_cast<std::size_t>(table.levels[l].count);
  ADD_FAILURE() << "no level " << level;
  return 0;
}

}  // namespace duly::testing_facts
