// The dictionary: code lists, records and facts.

#include <algorithm>
#include <set>

#include "resolve/reader.h"

namespace duly {
namespace {

const std::vector<std::string> fact_keys{
    "of",           "type",      "title",    "ask", "cite",    "range",   "plausible", "places", "if_not_stated", "needed_when", "otherwise",
    "given_as_age", "chosen_by", "evidence", "who", "private", "inverse", "symmetric", "as",     "note",          "changeable",  "received"};

void add_word(Reader& reader, CodeList& list, const Node& word, const std::string& label) {
  const std::string text(trim(word.text));
  if (!is_name(text)) {
    reader.mistake(Code::wrong_shape, word.span, "`" + text + "` is no code word",
                   "a word is letters, digits and _, and starts with a letter or _; put other spellings into `also`");
    return;
  }
  if (list.accepted.contains(text)) {
    reader.mistake(Code::defined_twice, word.span, "`" + text + "` stands twice in the list");
    return;
  }
  const int index = static_cast<int>(list.words.size());
  list.accepted[text] = index;
  list.words.push_back(text);
  list.labels.push_back(label.empty() ? text : label);
}

void read_words(Reader& reader, CodeList& list, const Node& node) {
  if (node.is_map()) {
    for (std::size_t i = 0; i < node.keys.size(); ++i) add_word(reader, list, node.keys[i], node.items[i].text);
  } else {
    for (const auto& item : node.items) add_word(reader, list, item, "");
  }
  for (std::size_t i = 0; i < list.labels.size(); ++i) list.accepted.emplace(list.labels[i], static_cast<int>(i));
}

/// `[a, b]`, or `all but [a, b]`; the parts may be words or groups that stand before.
void read_group(Reader& reader, CodeList& list, const Node& name, const Node& node) {
  std::vector<std::string> parts;
  bool all_but = false;
  if (node.is_scalar()) {
    std::string_view text = trim(node.text);
    all_but = text.starts_with("all but ");
    if (all_but) text = trim(text.substr(8));
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    for (const auto part : split(text, ',')) parts.emplace_back(trim(part));
  } else {
    parts = reader.words(node);
  }
  std::set<int> words;
  for (const auto& part : parts) {
    const auto group = std::find_if(list.groups.begin(), list.groups.end(), [&](const auto& g) { return g.first == part; });
    if (group != list.groups.end()) {
      words.insert(group->second.begin(), group->second.end());
    } else if (const int word = list.index_of(part); word >= 0) {
      words.insert(word);
    } else {
      reader.mistake(Code::unknown_code, node.span, "`" + part + "` is no word and no group of `" + list.name + "`");
    }
  }
  std::vector<int> members;
  for (int w = 0; w < static_cast<int>(list.words.size()); ++w)
    if (words.contains(w) != all_but) members.push_back(w);
  if (list.accepted.contains(name.text)) reader.mistake(Code::defined_twice, name.span, "`" + name.text + "` is already a word of the list");
  list.groups.emplace_back(name.text, std::move(members));
}

void read_code_list(Reader& reader, const Node& name, const Node& node) {
  CodeList list;
  list.name = name.text;
  list.span = name.span;
  if (reader.list_named(list.name) >= 0) {
    reader.mistake(Code::defined_twice, name.span, "the code list `" + list.name + "` is defined twice");
    return;
  }
  if (node.is_sequence()) {
    read_words(reader, list, node);
  } else if (reader.want_map(node, "a code list")) {
    reader.refuse_other_keys(node, {"title", "cite", "words", "groups", "also", "note"}, "a code list");
    if (const Node* words = node.find("words")) read_words(reader, list, *words);
    if (const Node* also = node.find("also"); also != nullptr && reader.want_map(*also, "`also`"))
      for (std::size_t i = 0; i < also->keys.size(); ++i) {
        const int word = list.index_of(trim(also->items[i].text));
        if (word < 0) reader.mistake(Code::unknown_code, also->items[i].span, "`" + also->items[i].text + "` is no word of the list");
        else list.accepted.emplace(also->keys[i].text, word);
      }
    if (const Node* groups = node.find("groups"); groups != nullptr && reader.want_map(*groups, "`groups`"))
      for (std::size_t i = 0; i < groups->keys.size(); ++i) read_group(reader, list, groups->keys[i], groups->items[i]);
  }
  if (list.words.empty()) reader.mistake(Code::wrong_shape, name.span, "the code list `" + list.name + "` has no words");
  reader.d.lists.push_back(std::move(list));
}

int default_places(const Type& type) {
  if (type.whole) return 0;
  if (type.unit == Unit::none) return 6;
  return 2;
}

/// A question has one place to fill in, the person's name; anything else in braces would be read out as it stands.
void refuse_other_slots(Reader& reader, const Node& node, const std::string& ask) {
  constexpr std::string_view name = "{name}";
  for (std::size_t at = ask.find_first_of("{}"); at != std::string::npos; at = ask.find_first_of("{}", at + 1)) {
    if (ask.compare(at, name.size(), name) != 0)
      return reader.mistake(Code::bad_value, node.find("ask")->span, "the question has something else in braces than `{name}`",
                            "write `{name}` where the person's name belongs, and no other braces");
    at += name.size() - 1;
  }
}

/// Everything a fact and a field have in common.
std::optional<Fact> read_fact(Reader& reader, const Node& name, const Node& node) {
  if (!reader.want_map(node, "a fact")) return std::nullopt;
  reader.refuse_other_keys(node, fact_keys, "a fact");
  Fact fact;
  fact.name = name.text;
  fact.span = name.span;
  const Node* type = node.find("type");
  if (type == nullptr) {
    reader.mistake(Code::missing_key, name.span, "`" + fact.name + "` has no `type`");
    return std::nullopt;
  }
  const auto read = read_type(reader, *type);
  if (!read) return std::nullopt;
  fact.type = *read;
  fact.title = reader.text(node, "title");
  fact.ask = reader.text(node, "ask");
  refuse_other_slots(reader, node, fact.ask);
  fact.cite = reader.text(node, "cite");
  fact.places = default_places(fact.type);
  if (const Node* places = node.find("places")) {
    const auto n = number_from_text(trim(places->text));
    if (n && denominator(*n) == 1 && *n >= 0 && *n <= 9) fact.places = static_cast<int>(static_cast<std::int64_t>(numerator(*n)));
    else reader.mistake(Code::bad_value, places->span, "`places` is a whole number from 0 to 9");
  }
  if (const auto range = reader.range_of(node, "range")) {
    fact.low = range->first;
    fact.high = range->second;
  } else if (fact.type.base == Base::number || fact.type.base == Base::duration || fact.type.base == Base::days) {
    if (node.find("range") == nullptr)
      reader.mistake(Code::no_range, name.span, "`" + fact.name + "` is a number without a `range`",
                     "say what it can be at most, such as range: \"[0..20000]\"; the range bounds what an unknown value can be");
  } else if (fact.type.base == Base::date) {
    fact.low = first_date.days;
    fact.high = last_date.days;
  } else if (fact.type.base == Base::month) {
    fact.low = month_of(first_date).index;
    fact.high = month_of(last_date).index;
  }
  fact.plausible = reader.range_of(node, "plausible");
  if (const Node* presumed = node.find("if_not_stated")) fact.if_not_stated = *presumed;
  fact.needed_when = reader.formula_of(node, "needed_when");
  fact.otherwise = reader.formula_of(node, "otherwise");
  if ((fact.needed_when == nullptr) != (fact.otherwise == nullptr))
    reader.mistake(Code::missing_key, name.span, "`needed_when` and `otherwise` go together", "say what the fact is where it is not needed");
  fact.given_as_age = reader.text(node, "given_as_age");
  fact.set_name = reader.text(node, "as");
  fact.inverse_name = reader.text(node, "inverse");
  fact.symmetric = reader.flag(node, "symmetric", false);
  fact.private_in = reader.words_of(node, "private");
  fact.evidence = reader.words_of(node, "evidence");
  fact.changeable = reader.flag(node, "changeable", true);
  fact.received = reader.flag(node, "received", false);
  if (fact.received && (fact.type.unit != Unit::money || fact.type.per == Per::none))
    reader.mistake(Code::bad_type, node.find("received")->span, "`" + fact.name + "` is `received` and no amount of money per period",
                   "only what comes in again and again, such as money per month, is counted as money in");
  if (fact.set_name.empty()) fact.set_name = fact.name;
  return fact;
}

FactId add_fact(Reader& reader, Fact fact) {
  for (const auto& other : reader.d.facts)
    if (other.name == fact.name && other.record == fact.record) {
      reader.mistake(Code::defined_twice, fact.span, "`" + fact.name + "` is defined twice");
      return -1;
    }
  reader.d.facts.push_back(std::move(fact));
  return static_cast<FactId>(reader.d.facts.size()) - 1;
}

/// The other side of a relation, as a fact of its own.
void add_inverse(Reader& reader, FactId of) {
  Fact inverse = reader.d.facts[static_cast<std::size_t>(of)];
  inverse.name = inverse.inverse_name;
  inverse.set_name = inverse.inverse_name;
  inverse.inverse_name.clear();
  inverse.needed_when = nullptr;
  inverse.otherwise = nullptr;
  inverse.inverse_of = of;
  inverse.ask.clear();
  add_fact(reader, std::move(inverse));
}

LevelId level_of_fact(Reader& reader, const Node& node, Fact& fact) {
  const std::string of = reader.text(node, "of");
  if (of == "person") return person_level;
  if (of == "household") return household_level;
  if (of == "world") return world_level;
  if (of == "place") {
    fact.of_place = true;
    return household_level;
  }
  const Node* where = node.find("of");
  reader.mistake(where == nullptr ? Code::missing_key : Code::bad_value, where == nullptr ? fact.span : where->span,
                 "`" + fact.name + "` must say `of: person`, `household`, `place` or `world`");
  return household_level;
}

void read_top_fact(Reader& reader, const Node& name, const Node& node) {
  auto fact = read_fact(reader, name, node);
  if (!fact) return;
  fact->level = level_of_fact(reader, node, *fact);
  if (fact->type.base == Base::people && fact->level != person_level)
    reader.mistake(Code::bad_type, name.span, "a fact of type people must be `of: person`");
  if (fact->if_not_stated && fact->cite.empty())
    reader.mistake(Code::missing_citation, name.span, "the presumption of `" + fact->name + "` has no `cite`", "cite what lets it be presumed");
  const bool has_inverse = !fact->inverse_name.empty();
  const FactId id = add_fact(reader, std::move(*fact));
  if (id >= 0 && has_inverse) add_inverse(reader, id);
}

/// The two fields a key such as `in_force: [from, until]` names.
void read_field_pair(Reader& reader, const RecordKind& record, const Node& node, const char* key, FactId& first, FactId& second) {
  const auto names = reader.words_of(node, key);
  if (names.empty()) return;
  const auto field = [&](const std::string& name) {
    for (const FactId f : record.fields)
      if (reader.d.facts[static_cast<std::size_t>(f)].name == name) return f;
    reader.mistake(Code::unknown_name, node.find(key)->span, "`" + name + "` is no field of `" + record.name + "`");
    return -1;
  };
  if (names.size() != 2) {
    reader.mistake(Code::wrong_shape, node.find(key)->span, std::string("`") + key + "` names two fields");
    return;
  }
  first = field(names[0]);
  second = field(names[1]);
}

void read_record(Reader& reader, const Node& name, const Node& node) {
  if (!reader.want_map(node, "a record")) return;
  reader.refuse_other_keys(node, {"of", "one", "cite", "ask", "title", "fields", "in_force", "in_time", "short_form", "paid_by", "note"}, "a record");
  RecordKind record;
  record.name = name.text;
  record.one = reader.text(node, "one");
  if (record.one.empty()) record.one = record.name;
  record.span = name.span;
  record.ask = reader.text(node, "ask");
  record.cite = reader.text(node, "cite");
  const std::string of = reader.text(node, "of");
  record.of_household = of == "household";
  if (of != "household" && of != "person")
    reader.mistake(Code::bad_value, name.span, "the record `" + record.name + "` must say `of: person` or `of: household`");
  const int index = static_cast<int>(reader.d.records.size());
  record.level = static_cast<LevelId>(reader.d.levels.size());
  reader.d.levels.push_back({LevelKind::record, record.one, record.name, record.of_household ? household_level : person_level, -1, -1, index});

  const Node* fields = node.find("fields");
  if (fields == nullptr || !fields->is_map()) {
    reader.mistake(Code::missing_key, name.span, "the record `" + record.name + "` has no `fields`");
  } else {
    for (std::size_t i = 0; i < fields->keys.size(); ++i) {
      auto fact = read_fact(reader, fields->keys[i], fields->items[i]);
      if (!fact) continue;
      fact->record = index;
      fact->level = record.level;
      record.fields.push_back(add_fact(reader, std::move(*fact)));
    }
  }
  if (reader.flag(node, "paid_by", false)) {
    Fact payer;
    payer.name = "paid_by";
    payer.set_name = "paid_by";
    payer.record = index;
    payer.level = record.level;
    payer.type.base = Base::people;
    payer.ask = "Who pays it?";
    payer.span = name.span;
    record.paid_by = add_fact(reader, std::move(payer));
    record.fields.push_back(record.paid_by);
  }
  read_field_pair(reader, record, node, "in_force", record.in_force_from, record.in_force_until);
  read_field_pair(reader, record, node, "in_time", record.in_time_from, record.in_time_until);
  if (const Node* form = node.find("short_form"); form != nullptr && reader.want_map(*form, "`short_form`")) {
    for (const FactId f : record.fields) {
      const auto& field = reader.d.facts[static_cast<std::size_t>(f)].name;
      if (field == reader.text(*form, "word")) record.short_word = f;
      if (field == reader.text(*form, "value")) record.short_value = f;
    }
    if (record.short_word < 0 || record.short_value < 0)
      reader.mistake(Code::unknown_name, form->span, "`short_form` names two fields: {word: kind, value: amount}");
  }
  reader.d.records.push_back(std::move(record));
}

}  // namespace

void read_facts_file(Reader& reader, const Node& file) {
  if (const Node* codes = file.find("codes"); codes != nullptr && reader.want_map(*codes, "`codes`"))
    for (std::size_t i = 0; i < codes->keys.size(); ++i) read_code_list(reader, codes->keys[i], codes->items[i]);
  if (const Node* records = file.find("records"); records != nullptr && reader.want_map(*records, "`records`"))
    for (std::size_t i = 0; i < records->keys.size(); ++i) {
      const std::size_t since = reader.errors.size();
      read_record(reader, records->keys[i], records->items[i]);
      reader.stamp(since, records->keys[i].text, reader.text(records->items[i], "cite"));
    }
  for (std::size_t i = 0; i < file.keys.size(); ++i) {
    const std::string& key = file.keys[i].text;
    if (key == "kind" || key == "title" || key == "cite" || key == "note" || key == "codes" || key == "records") continue;
    const std::size_t since = reader.errors.size();
    if (!is_name(key)) reader.mistake(Code::wrong_shape, file.keys[i].span, "`" + key + "` is no name", "names are letters, digits and _");
    else read_top_fact(reader, file.keys[i], file.items[i]);
    reader.stamp(since, key, file.items[i].is_map() ? reader.text(file.items[i], "cite") : "");
  }
}

}  // namespace duly
