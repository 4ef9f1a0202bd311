// Records: in long form, which closes their list, and in short form, which does not.

#include <algorithm>

#include "base/text.h"
#include "facts/periods.h"
#include "facts/reading.h"

namespace duly {
namespace {

/// One record being read: where it belongs and what it is called.
struct Item {
  int record;
  std::int32_t owner;
  std::int32_t row;
  ValueName name;
};

/// A new row of `record`; nothing if the owner has as many as are allowed.
std::optional<Item> add_row(Reading& reading, int record, std::int32_t owner, const Node& where) {
  const RecordKind& kind = reading.record(record);
  RecordList& list = reading.lists[static_cast<std::size_t>(record)];
  int& count = reading.owned_by(record, static_cast<std::size_t>(owner)).count;
  const std::string_view person = kind.of_household ? std::string_view{} : reading.person(owner);
  if (count >= most_records) {
    if (count++ == most_records)
      reading.complaints.error(Code::too_many, where.span,
                               "there are more than " + std::to_string(most_records) + " records in `" + to_text({person, kind.name, -1, ""}) + "`");
    return std::nullopt;
  }
  const auto row = static_cast<std::int32_t>(list.owner.size());
  list.owner.push_back(owner);
  return Item{record, owner, row, {person, kind.name, count++, ""}};
}

ValueName named(const Item& item, std::string_view key) {
  ValueName name = item.name;
  name.key = key;
  return name;
}

/// The period that came with an amount fills the field that holds it.
void state_period(Reading& reading, const Item& item, std::string_view period, const Node& where) {
  const FactId field = reading.index.record(item.record).period;
  const FactReading& how = reading.index.fact(field);
  const int word = how.word(period);
  if (word >= 0) reading.state(field, item.row, FactValue::of(word), where);
  else complain_of_word(how, period, where.span, named(item, how.fact->name), reading.complaints);
}

/// A field of people: who pays.
void read_people_field(Reading& reading, const Item& item, FactId field, const Node& key, const Node& value) {
  NamedPeople people = read_named(reading, value, named(item, key.text), reading.index.fact(field).about);
  if (!people.sound) return;
  if (!people.complete && !has_any_bit(people.named)) return reading.state(field, item.row, {}, key);
  BitRows maybe = people.complete ? people.named : all_bits(reading.people());
  reading.state(field, item.row, FactValue::of_set(std::move(people.named), std::move(maybe)), key);
}

void read_field(Reading& reading, const Item& item, FactId field, const Node& key, const Node& value, const ValueName& name) {
  const FactReading& how = reading.index.fact(field);
  if (how.layout.shape == ColumnShape::people) return read_people_field(reading, item, field, key, value);
  std::string_view period;
  const bool may_bring_period = reading.index.record(item.record).period >= 0;
  auto read = read_value(how, value, name, reading.complaints, may_bring_period ? &period : nullptr);
  if (read) reading.state(field, item.row, std::move(*read), key);
  if (!period.empty()) state_period(reading, item, period, value);
}

void read_learned(Reading& reading, const Item& item, const Node& value) {
  const auto day = value.is_scalar() ? date_from_text(trim(value.text)) : std::nullopt;
  if (day) reading.out.learned.push_back({item.record, item.row, *day});
  else
    reading.complaints.error(Code::not_a_value, value.span, "`" + to_text(named(item, "learned_on")) + "` is no date of the calendar",
                             "write the date as YYYY-MM-DD");
}

void complain_of_field(Reading& reading, const Item& item, const Node& key) {
  const RecordKind& kind = reading.record(item.record);
  std::string help;
  if (!reading.complaints.full()) {
    std::vector<std::string> names{"evidence", "learned_on"};
    for (const FactId field : kind.fields) names.push_back(reading.fact(field).name);
    help = did_you_mean(key.text, names);
    const auto* list = kind.short_word < 0 ? nullptr : reading.index.fact(kind.short_word).list;
    if (help.empty() && list != nullptr && list->index_of(key.text) >= 0)
      help = "write " + reading.fact(kind.short_word).name + ": " + key.text + ", " + reading.fact(kind.short_value).name + ": ...";
    if (help.empty()) help = "its fields are " + join_words(names);
  }
  reading.complaints.error(Code::unknown_fact, key.span, "`" + key.text + "` is no field of `" + kind.name + "`", std::move(help));
}

/// What was said of the item, from statement `first` on.
void check_periods(Reading& reading, const Item& item, std::size_t first) {
  const auto said = [&](FactId field) {
    const auto begin = reading.statements.begin() + static_cast<std::ptrdiff_t>(first);
    return std::find_if(begin, reading.statements.end(), [&](const Statement& s) { return s.fact == field; });
  };
  for (const Period& period : periods_of(reading.record(item.record))) {
    const auto from = said(period.from);
    const auto until = said(period.until);
    if (from == reading.statements.end() || until == reading.statements.end()) continue;
    complain_of_end(reading.index.fact(period.from), from->value, reading.index.fact(period.until), until->value, item.name, until->where->span,
                    reading.complaints);
  }
}

void read_item(Reading& reading, int record, std::int32_t owner, const Node& node) {
  if (!node.is_map()) {
    const std::string& list = reading.record(record).name;
    return reading.complaints.error(Code::document_shape, node.span, "each of `" + list + "` must be a record of keys and values",
                                    "write " + list + ": [{...}, {...}]");
  }
  const auto item = add_row(reading, record, owner, node);
  if (!item) return;
  const auto& fields = reading.index.record(record).fields;
  const std::size_t first = reading.statements.size();
  const Node* papers = nullptr;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& key = node.keys[i];
    const auto field = fields.find(key.text);
    if (field != fields.end()) read_field(reading, *item, field->second, key, node.items[i], named(*item, key.text));
    else if (key.text == "evidence") papers = &node.items[i];
    else if (key.text == "learned_on") read_learned(reading, *item, node.items[i]);
    else complain_of_field(reading, *item, key);
  }
  check_periods(reading, *item, first);
  if (papers == nullptr) return;
  std::vector<FactId> proved;
  for (std::size_t s = first; s < reading.statements.size(); ++s) proved.push_back(reading.statements[s].fact);
  for (const Node* paper : scalars(reading, *papers, "`" + to_text(named(*item, "evidence")) + "`"))
    for (std::size_t s = is_paper(reading, proved, *paper, reading.record(record).name) ? first : reading.statements.size();
         s < reading.statements.size(); ++s)
      reading.out.evidence.push_back({reading.statements[s].fact, item->row, std::string(trim(paper->text))});
}

}  // namespace

void read_list(Reading& reading, int record, std::int32_t owner, const Node& key, const Node& value) {
  const RecordKind& kind = reading.record(record);
  OwnedRecords& owned = reading.owned_by(record, static_cast<std::size_t>(owner));
  if (owned.given_at != nullptr) return reading.complaints.error(Code::given_twice, key.span, "`" + kind.name + "` is given twice");
  owned.given_at = &key;
  owned.state = OwnedRecords::State::closed;
  const std::string_view word = value.is_scalar() ? trim(value.text) : std::string_view{};
  if (word == "none") return;
  if (word == "unknown" || is_more_unknown(value)) {
    owned.state = OwnedRecords::State::open;
    return;
  }
  if (value.is_map()) return read_item(reading, record, owner, value);
  if (!value.is_sequence())
    return reading.complaints.error(Code::document_shape, value.span, "`" + kind.name + "` is a list of records",
                                    "write " + kind.name + ": [{...}, {...}], or [] for none");
  for (const Node& item : value.items) {
    if (is_more_unknown(item)) owned.state = OwnedRecords::State::open;
    else read_item(reading, record, owner, item);
  }
}

void read_short_form(Reading& reading, const DocumentKey& meaning, std::int32_t owner, const Node& key, const Node& value) {
  const RecordKind& kind = reading.record(meaning.record);
  if (!value.is_scalar())
    return reading.complaints.error(Code::document_shape, value.span,
                                    "`" + key.text + "` takes one value; more than one, or more about it, needs the long form",
                                    "write " + kind.name + ": [{" + reading.fact(kind.short_word).name + ": " + key.text + ", " +
                                        reading.fact(kind.short_value).name + ": ...}]");
  const auto item = add_row(reading, meaning.record, owner, key);
  if (!item) return;
  reading.short_records.push_back({meaning.record, meaning.word, owner, item->row});
  reading.state(kind.short_word, item->row, FactValue::of(meaning.word), key);
  read_field(reading, *item, kind.short_value, key, value, {item->name.owner, "", -1, key.text});
}

void read_no_other(Reading& reading, const Node& node) {
  for (const Node* word : scalars(reading, node, "`no_other`")) {
    const std::string_view name = trim(word->text);
    const auto& records = reading.declarations.records;
    const auto at = std::find_if(records.begin(), records.end(), [&](const RecordKind& kind) { return kind.name == name; });
    if (at != records.end()) {
      reading.no_other.emplace_back(static_cast<int>(at - records.begin()), word);
      continue;
    }
    std::vector<std::string> names;
    for (const RecordKind& kind : records) names.push_back(kind.name);
    std::string help = did_you_mean(name, names);
    if (help.empty() && !names.empty()) help = "lists are " + join_words(names);
    reading.complaints.error(Code::unknown_fact, word->span, "`no_other` closes lists, and `" + word->text + "` is none", std::move(help));
  }
}

}  // namespace duly
