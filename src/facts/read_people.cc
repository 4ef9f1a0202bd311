// People, what each is related to, and what is said of all of them at once.

#include <algorithm>

#include "base/text.h"
#include "facts/reading.h"

namespace duly {
namespace {

/// A name can stand in `ana.income[0]` and in a list of names.
bool is_person_name(std::string_view name) {
  if (name.empty() || name == "unknown" || name == "none" || name == "more") return false;
  return std::none_of(name.begin(), name.end(),
                      [](char c) { return c == '.' || c == '[' || c == ']' || c == ',' || static_cast<unsigned char>(c) <= ' '; });
}

void add_person(Reading& reading, const Node& key) {
  if (!is_person_name(key.text))
    reading.complaints.error(Code::document_shape, key.span, "`" + key.text + "` cannot be the key of a person",
                             "use a short word without blanks, dots, commas and brackets, other than `unknown`, `none` and `more`");
  if (!reading.person_of.emplace(key.text, static_cast<std::int32_t>(reading.people())).second)
    reading.complaints.error(Code::given_twice, key.span, "`" + key.text + "` stands twice under `people`");
  reading.out.people.push_back(key.text);
}

void complain_of_person(Reading& reading, const Node& node, const ValueName& name, const About& about) {
  std::string help;
  if (!reading.complaints.full()) {
    help = did_you_mean(trim(node.text), reading.out.people);
    if (help.empty()) help = reading.people() == 0 ? "the document lists no people" : "list everybody under `people`";
  }
  reading.complaints.error(Code::unknown_person, node.span,
                           "`" + to_text(name) + "` names `" + std::string(trim(node.text)) + "`, who is not in the document", std::move(help),
                           about);
}

/// Adds the person whom `node` names.
void add_named(Reading& reading, NamedPeople& to, const Node& node, const ValueName& name, const About& about) {
  const auto at = node.is_scalar() ? reading.person_of.find(trim(node.text)) : reading.person_of.end();
  if (at != reading.person_of.end()) return give_bit(to.named, static_cast<std::size_t>(at->second), true);
  to.sound = false;
  if (node.is_scalar() && !says_nothing(node)) complain_of_person(reading, node, name, about);
  else
    reading.complaints.error(Code::document_shape, node.span, "`" + to_text(name) + "` is a list of people", "write their keys: [ana, leo]", about);
}

/// What one key of `everyone` says of each person.
void read_for_everyone(Reading& reading, const Node& key, const Node& value) {
  const DocumentKey* meaning = reading.index.find(DocumentSection::person, key.text);
  if (meaning == nullptr) return complain_of_key(reading, DocumentSection::person, key);
  const ValueName name{"everyone", "", -1, key.text};
  switch (meaning->kind) {
    case DocumentKey::Kind::fact:
      if (auto read = read_value(reading.index.fact(meaning->fact), value, name, reading.complaints))
        reading.for_all.push_back({meaning->fact, std::move(*read), &key, "everyone"});
      return;
    case DocumentKey::Kind::relation: {
      NamedPeople people = read_named(reading, value, name, reading.index.fact(meaning->fact).about);
      if (has_any_bit(people.named))
        reading.complaints.error(Code::document_shape, value.span, "`" + to_text(name) + "` can only be `[]`",
                                 "name people below the person they are related to");
      else reading.relations_for_all.push_back({meaning->fact, -1, std::move(people), &key});
      return;
    }
    default:
      reading.complaints.error(Code::document_shape, key.span, "`" + key.text + "` cannot be given for everyone at once",
                               meaning->kind == DocumentKey::Kind::list ? "to say that nobody has more, write no_other: [" + key.text + "]"
                                                                        : "write it below each person");
  }
}

}  // namespace

void read_names_of_people(Reading& reading, const Node& people) {
  if (!people.is_map()) return;
  const std::size_t count = std::min(people.keys.size(), static_cast<std::size_t>(most_people));
  reading.out.people.reserve(count);
  reading.person_of.reserve(count);
  for (std::size_t i = 0; i < count; ++i) add_person(reading, people.keys[i]);
  if (people.keys.size() > count)
    reading.complaints.error(Code::too_many, people.keys[count].span,
                             "the document lists " + std::to_string(people.keys.size()) + " people, more than " + std::to_string(most_people));
}

void read_people(Reading& reading, const Node& people) {
  if (!want_map(reading, people, "`people`")) return;
  for (std::size_t p = 0; p < reading.people(); ++p) {
    const Node& person = people.items[p];
    if (says_nothing(person) || !want_map(reading, person, "`" + people.keys[p].text + "`")) continue;
    for (std::size_t i = 0; i < person.keys.size(); ++i)
      read_entry(reading, DocumentSection::person, static_cast<std::int32_t>(p), person.keys[i], person.items[i]);
  }
}

NamedPeople read_named(Reading& reading, const Node& value, const ValueName& name, const About& about) {
  NamedPeople people;
  people.named = no_bits(reading.people());
  const std::string_view word = value.is_scalar() ? trim(value.text) : std::string_view{};
  if (word == "unknown") people.complete = false;
  else if (word == "none" || (value.is_sequence() && value.items.empty())) return people;
  else if (!value.is_sequence()) add_named(reading, people, value, name, about);
  else
    for (const Node& item : value.items) {
      if (is_more_unknown(item)) people.complete = false;
      else add_named(reading, people, item, name, about);
    }
  return people;
}

void read_relation(Reading& reading, FactId side, std::int32_t person, const Node& key, const Node& value) {
  const About& about = reading.index.fact(side).about;
  const ValueName name{reading.person(person), "", -1, key.text};
  for (const RelationStatement& other : reading.relations)
    if (other.side == side && other.person == person)
      reading.complaints.error(Code::given_twice, key.span, "`" + to_text(name) + "` is given twice: as `" + other.where->text + "` before", "",
                               about);
  NamedPeople people = read_named(reading, value, name, about);
  if (has_bit(people.named, static_cast<std::size_t>(person))) {
    reading.complaints.error(Code::related_to_self, value.span,
                             "`" + to_text(name) + "` names `" + std::string(name.owner) + "`: nobody is related to themself", "", about);
    people.sound = false;
  }
  reading.relations.push_back({side, person, std::move(people), &key});
}

void read_groups(Reading& reading, FactId relation, const Node& key, const Node& value) {
  const About& about = reading.index.fact(relation).about;
  const bool nested =
      value.is_sequence() && std::all_of(value.items.begin(), value.items.end(), [](const Node& group) { return group.is_sequence(); });
  if (!nested)
    return reading.complaints.error(Code::document_shape, value.span, "`" + key.text + "` of the household is a list of groups of people",
                                    "write a list of lists: " + key.text + ": [[ana, leo], [carl]]", about);
  GroupStatement statement{relation, {}, &key};
  BitRows seen = no_bits(reading.people());
  for (const Node& group : value.items) {
    NamedPeople people = read_named(reading, group, {"", "", -1, key.text}, about);
    for (std::size_t p = 0; p < reading.people(); ++p) {
      if (!has_bit(people.named, p)) continue;
      if (has_bit(seen, p))
        reading.complaints.error(Code::given_twice, group.span, "`" + reading.out.people[p] + "` stands in two groups of `" + key.text + "`", "",
                                 about);
      give_bit(seen, p, true);
    }
    if (people.sound && !people.complete)
      reading.complaints.error(Code::document_shape, group.span, "a group of `" + key.text + "` is complete",
                               "leave out people whose group is not known", about);
    statement.groups.push_back(std::move(people.named));
  }
  reading.groups.push_back(std::move(statement));
}

void read_everyone(Reading& reading, const Node& everyone) {
  if (!want_map(reading, everyone, "`everyone`")) return;
  for (std::size_t i = 0; i < everyone.keys.size(); ++i) read_for_everyone(reading, everyone.keys[i], everyone.items[i]);
}

void read_nobody(Reading& reading, const Node& nobody) {
  for (const Node* word : scalars(reading, nobody, "`nobody`")) {
    const DocumentKey* meaning = reading.index.find(DocumentSection::person, trim(word->text));
    if (meaning == nullptr) {
      complain_of_key(reading, DocumentSection::person, *word);
    } else if (meaning->kind == DocumentKey::Kind::fact && reading.fact(meaning->fact).type.base == Base::boolean) {
      reading.for_all.push_back({meaning->fact, FactValue::of(0), word, "nobody"});
    } else {
      const std::string help = meaning->kind == DocumentKey::Kind::list       ? "to say that nobody has more, write no_other: [" + word->text + "]"
                               : meaning->kind == DocumentKey::Kind::relation ? "write everyone: {" + word->text + ": []}"
                                                                              : "write everyone: {" + word->text + ": ...}";
      reading.complaints.error(Code::document_shape, word->span, "`nobody` is for facts that are yes or no, and `" + word->text + "` is none", help);
    }
  }
}

}  // namespace duly
