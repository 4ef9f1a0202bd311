// What a map says of the household, its people and what is expected: values that are written out, and those that come from cells.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cases/map_reader.h"
#include "syntax/tree.h"

namespace duly {
namespace {

constexpr std::string_view column_word = "column ";
constexpr std::string_view whether_word = "whether ";
constexpr std::string_view text_word = "text ";

std::string with_number(std::string text, std::string_view number) {
  for (std::size_t at = text.find(repeated); at != std::string::npos; at = text.find(repeated, at + number.size()))
    text.replace(at, repeated.size(), number);
  return text;
}

Node with_number(Node node, std::string_view number) {
  node.text = with_number(std::move(node.text), number);
  for (Node& key : node.keys) key = with_number(std::move(key), number);
  for (Node& item : node.items) item = with_number(std::move(item), number);
  return node;
}

bool is_repeated(std::string_view text) { return text.find(repeated) != std::string_view::npos; }

/// Names of columns in a part of the map, as they are written.
void add_column_names(const Node& node, std::vector<std::string>& out) {
  if (node.is_scalar() && node.text.starts_with(column_word)) out.emplace_back(trim(std::string_view(node.text).substr(column_word.size())));
  for (const Node& item : node.items) add_column_names(item, out);
}

CellForm form_of(const std::optional<Type>& type) {
  if (!type) return CellForm::as_it_is;
  if (type->base == Base::boolean) return CellForm::truth;
  return type->base == Base::people || type->base == Base::codes ? CellForm::words : CellForm::as_it_is;
}

}  // namespace

void MapReader::read_household() {
  Node document = map_node(map_.span);
  out_.household.node = document;
  add_section("request", Meaning::request);
  add_section("place", Meaning::place);
  add_section("world", Meaning::world);
  add_section("everyone", Meaning::person);
  add_section("stated", Meaning::rules);
  add_section("assume", Meaning::rules);
  for (const char* word : {"rest", "no_other", "nobody"})
    if (const Node* node = map_.find(word))
      add_item(out_.household, scalar_node(word, node->span), pattern_of(*node, Meaning::household, std::nullopt));
  const Node* facts = map_.find("facts");
  if (facts == nullptr) return;
  Pattern household = pattern_of(*facts, Meaning::household, std::nullopt);
  for (std::size_t i = 0; i < household.items.size(); ++i) add_item(out_.household, household.node.keys[i], std::move(household.items[i]));
}

void MapReader::add_item(Pattern& to, const Node& key, Pattern item) {
  to.node.keys.push_back(key);
  to.items.push_back(std::move(item));
}

void MapReader::add_section(const char* name, Meaning meaning) {
  const Node* node = map_.find(name);
  if (node == nullptr) return;
  if (!node->is_map()) return say(node->span, std::string("`") + name + "` must be a record of names and values", "");
  add_item(out_.household, scalar_node(name, node->span), pattern_of(*node, meaning, std::nullopt));
}

Pattern MapReader::pattern_of(const Node& node, Meaning meaning, const std::optional<Type>& type, int record) {
  Pattern out;
  out.node = node;
  out.node.items.clear();
  if (node.is_scalar()) {
    if (node.text.starts_with(column_word)) {
      out.column = column_named(trim(std::string_view(node.text).substr(column_word.size())), node.span);
      out.form = form_of(type);
    } else {
      out.whether = whether(node);
      out.text = text_with_cells(node);
    }
  } else if (node.is_sequence()) {
    for (const Node& item : node.items) out.items.push_back(pattern_of(item, meaning, type, record));
  } else {
    for (std::size_t i = 0; i < node.items.size(); ++i) out.items.push_back(pattern_of_entry(node.keys[i], node.items[i], meaning, record));
  }
  return out;
}

std::optional<RowCondition> MapReader::whether(const Node& value) {
  if (!value.text.starts_with(whether_word)) return std::nullopt;
  Node condition = value;
  condition.text = trim(std::string_view(value.text).substr(whether_word.size()));
  return condition_of(condition);
}

std::optional<CellText> MapReader::text_with_cells(const Node& value) {
  if (!value.text.starts_with(text_word)) return std::nullopt;
  CellText out;
  std::string_view rest = trim(std::string_view(value.text).substr(text_word.size()));
  for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const std::size_t close = rest.find('}', open);
    if (close == std::string_view::npos) {
      say(value.span, "`{` is not closed", "write a column in braces, such as \"text {month}-15\"");
      break;
    }
    out.parts.emplace_back(rest.substr(0, open), column_named(trim(rest.substr(open + 1, close - open - 1)), value.span));
    rest.remove_prefix(close + 1);
  }
  out.end = rest;
  return out;
}

Pattern MapReader::pattern_of_entry(const Node& key, const Node& value, Meaning meaning, int record) {
  switch (meaning) {
    case Meaning::rules: return pattern_of_rule(key, value);
    case Meaning::record: {
      const auto& fields = index_.record(record).fields;
      const auto field = fields.find(key.text);
      if (field == fields.end() && key.text != "evidence" && key.text != "learned_on" && key.text != "more")
        say(key.span, "`" + key.text + "` is no field of `" + index_.declarations().records[static_cast<std::size_t>(record)].name + "`", "");
      return pattern_of(value, meaning, field == fields.end() ? std::nullopt : std::optional(type_of(field->second)), record);
    }
    default: return pattern_of_fact(key, value, meaning);
  }
}

Pattern MapReader::pattern_of_fact(const Node& key, const Node& value, Meaning meaning) {
  constexpr std::array sections{DocumentSection::request, DocumentSection::place, DocumentSection::world, DocumentSection::household,
                                DocumentSection::person};
  const DocumentSection section = sections[static_cast<std::size_t>(meaning)];
  const DocumentKey* known = index_.find(section, key.text);
  if (known == nullptr) {
    const std::string near = did_you_mean(key.text, index_.keys(section));
    say(key.span, "`" + key.text + "` is no fact of this program here", near);
    return pattern_of(value, meaning, std::nullopt);
  }
  if (known->kind == DocumentKey::Kind::list) return pattern_of(value, Meaning::record, std::nullopt, known->record);
  if (known->kind == DocumentKey::Kind::fact || known->kind == DocumentKey::Kind::relation) return pattern_of(value, meaning, type_of(known->fact));
  return pattern_of(value, meaning, std::nullopt);
}

Pattern MapReader::pattern_of_rule(const Node& key, const Node& value) {
  const RuleId rule = index_.rule(key.text);
  if (rule >= 0) return pattern_of(value, Meaning::rules, index_.rule_type(rule));
  const bool is_person = value.is_map() && map_.find("people") != nullptr;
  if (key.text != "tests" && !is_person) {
    std::vector<std::string> names{"tests"};
    for (const Rule& r : index_.declarations().rules) names.push_back(r.name);
    say(key.span, "`" + key.text + "` is no rule of this program", did_you_mean(key.text, names));
  }
  return pattern_of(value, Meaning::rules, std::nullopt);
}

void MapReader::read_people() {
  const Node* people = map_.find("people");
  if (people == nullptr) return;
  if (!people->is_map()) return say(people->span, "`people` must be a record of people", "write people: {\"p{i}\": {age: \"column age_{i}\"}}");
  for (std::size_t i = 0; i < people->keys.size(); ++i) {
    if (!is_repeated(people->keys[i].text)) add_person(people->keys[i].text, people->items[i], false);
    else repeat_person(people->keys[i], people->items[i]);
  }
}

void MapReader::repeat_person(const Node& key, const Node& facts) {
  std::vector<std::string> names;
  add_column_names(facts, names);
  std::erase_if(names, [](const std::string& name) { return !is_repeated(name); });
  const auto has_columns = [&](const std::string& number) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return table_.column(with_number(name, number)) >= 0; });
  };
  int number = has_columns("0") ? 0 : 1;
  if (!has_columns(std::to_string(number)))
    return say(key.span, "the table has no columns for the person `" + key.text + "`", "its facts name columns such as \"column age_{i}\"");
  for (; number <= most_people && has_columns(std::to_string(number)); ++number) {
    numbers_.push_back(std::to_string(number));
    add_person(with_number(key.text, numbers_.back()), with_number(facts, numbers_.back()), true);
  }
}

void MapReader::add_person(std::string key, const Node& facts, bool is_one_of_many) {
  if (!facts.is_map()) return say(facts.span, "`" + key + "` must be a record of facts", "");
  PersonPattern person;
  person.key = std::move(key);
  person.repeated = is_one_of_many;
  Node of_the_person = facts;
  if (const Node* when = facts.find("when")) {
    person.when = condition_of(*when);
    const auto at = static_cast<std::size_t>(when - facts.items.data());
    of_the_person.keys.erase(of_the_person.keys.begin() + static_cast<std::ptrdiff_t>(at));
    of_the_person.items.erase(of_the_person.items.begin() + static_cast<std::ptrdiff_t>(at));
  }
  person.facts = pattern_of(of_the_person, Meaning::person, std::nullopt);
  std::vector<std::string> names;
  add_column_names(facts, names);
  for (const std::string& name : names)
    if (const int column = table_.column(name); column >= 0) person.columns.push_back(column);
  out_.people.push_back(std::move(person));
}

void MapReader::read_expect() {
  const Node* expect = map_.find("expect");
  if (expect == nullptr || !expect->is_map() || expect->keys.empty())
    return say(expect == nullptr ? map_.span : expect->span, "the map expects nothing",
               "write expect: {RULE: \"column NAME\"}, in the order of the stages");
  std::vector<std::string> people;
  for (const PersonPattern& person : out_.people) people.push_back(person.key);
  for (std::size_t i = 0; i < expect->keys.size(); ++i) {
    if (!is_repeated(expect->keys[i].text)) {
      add_stage(expect->keys[i], expect->items[i], people);
      continue;
    }
    for (const std::string& number : numbers_) add_stage(with_number(expect->keys[i], number), with_number(expect->items[i], number), people);
  }
}

void MapReader::add_stage(const Node& key, const Node& value, const std::vector<std::string>& people) {
  auto expected = expectation_named(index_, people, key.text);
  if (!expected) {
    std::vector<std::string> names{"outcome", "reasons", "missing", "scope", "remedy", "doubtful"};
    for (const Rule& rule : index_.declarations().rules) names.push_back(rule.name);
    return say(key.span, "`" + key.text + "` is neither a rule of this program nor a word of a determination", did_you_mean(key.text, names));
  }
  Stage stage;
  stage.expected = std::move(*expected);
  stage.expected.where = key.span;
  if (stage.expected.of == Expectation::Of::rule) stage.form = form_of(index_.rule_type(stage.expected.rule));
  if (value.is_scalar() && value.text.starts_with(column_word)) {
    stage.column = column_named(trim(std::string_view(value.text).substr(column_word.size())), value.span);
  } else if (value.is_scalar() && value.text.starts_with(whether_word)) {
    stage.whether = whether(value);
  } else {
    stage.expected.words = expected_words(value);
    if (auto wrong = impossible(index_, stage.expected)) errors_.push_back(std::move(*wrong));
  }
  out_.stages.push_back(std::move(stage));
}

}  // namespace duly
