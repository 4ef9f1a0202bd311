#include "facts/document_change.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/at.h"
#include "base/text.h"
#include "syntax/tree.h"

namespace duly {
namespace {

/// Keys of a document that are no facts: a case replaces them whole.
constexpr std::array<std::string_view, 13> whole_sections{"duly",     "request", "place",  "world",    "everyone", "nobody", "people",
                                                          "no_other", "records", "stated", "evidence", "rest",     "assume"};

bool is_whole_section(std::string_view name) { return std::find(whole_sections.begin(), whole_sections.end(), name) != whole_sections.end(); }

struct FactPath {
  std::string person;  ///< empty for the household
  std::string name;
  int item = -1;       ///< `[0]` of a list
  std::string field;
  bool sound = true;
};

/// `ana.income[0].amount` taken apart; a bracket makes the part before it a list.
FactPath path_from_text(std::string_view text) {
  FactPath path;
  std::vector<std::string_view> parts = split(text, '.');
  const auto list_at = std::find_if(parts.begin(), parts.end(), [](std::string_view part) { return part.find('[') != std::string_view::npos; });
  if (list_at != parts.end()) {
    const std::size_t open = list_at->find('[');
    const std::string_view number = list_at->substr(open + 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), path.item);
    path.sound = error == std::errc() && path.item >= 0 && end == number.data() + number.size() - 1 && *end == ']' && parts.end() - list_at == 2;
    if (!path.sound) return path;
    path.field = parts.back();
    *list_at = list_at->substr(0, open);
    parts.pop_back();
  }
  path.sound = parts.size() <= 2 && std::none_of(parts.begin(), parts.end(), [](std::string_view part) { return part.empty(); });
  path.name = parts.back();
  if (parts.size() == 2) path.person = parts.front();
  return path;
}

/// The section of the document that a name without a person belongs to.
std::optional<DocumentSection> section_of(const DictionaryIndex& index, std::string_view name) {
  for (const auto section : {DocumentSection::request, DocumentSection::place, DocumentSection::world, DocumentSection::household})
    if (index.find(section, name) != nullptr) return section;
  return std::nullopt;
}

Node* find(Node& map, std::string_view key) {
  const int at = map.is_map() ? position_of(map, key) : -1;
  return at < 0 ? nullptr : &map.items[static_cast<std::size_t>(at)];
}

class Change {
 public:
  Change(const DictionaryIndex& index, Node& document, const Node& path, std::vector<Diagnostic>& errors)
      : index_(index), document_(document), where_(path), errors_(errors), path_(path_from_text(path.text)) {}

  void to(const Node& value) {
    if (!path_.sound) return say(Code::wrong_shape, "`" + where_.text + "` is no path to a fact", "write rent, ana.works or ana.income[0].amount");
    if (!path_.person.empty()) return change_person(value);
    if (path_.item < 0 && is_whole_section(path_.name)) return set_key(document_, where_, value);
    const auto section = section_of(index_, path_.name);
    if (!section) return say_unknown(DocumentSection::household);
    switch (*section) {
      case DocumentSection::request: return change_entry(map_below(document_, "request", where_.span), *section, value);
      case DocumentSection::place: return change_entry(map_below(document_, "place", where_.span), *section, value);
      case DocumentSection::world: return change_entry(map_below(document_, "world", where_.span), *section, value);
      default: return change_household(value);
    }
  }

 private:
  void change_person(const Node& value) {
    if (!is_person(document_, path_.person)) {
      std::vector<std::string> names;
      if (const Node* people = document_.find("people"); people != nullptr)
        for (const Node& key : people->keys) names.push_back(key.text);
      std::string help = did_you_mean(path_.person, names);
      if (help.empty() && !names.empty()) help = "the people of the household are " + join_words(names);
      return say(Code::unknown_person, "`" + where_.text + "` names `" + path_.person + "`, who is not in the household", std::move(help));
    }
    const DocumentKey* meaning = index_.find(DocumentSection::person, path_.name);
    if (meaning == nullptr) return say_unknown(DocumentSection::person);
    if (meaning->fact >= 0 && meaning->kind != DocumentKey::Kind::short_form) spell_out_for_everybody(meaning->fact);
    change_entry(*find(*find(document_, "people"), path_.person), DocumentSection::person, value);
  }

  /// A list of the household may stand under `records` as well.
  void change_household(const Node& value) {
    const DocumentKey* meaning = index_.find(DocumentSection::household, path_.name);
    Node* records = find(document_, "records");
    const bool below_records =
        records != nullptr && meaning->record >= 0 && find(*records, index_.declarations().records[at(meaning->record)].name) != nullptr;
    change_entry(below_records ? *records : document_, DocumentSection::household, value);
  }

  void change_entry(Node& owner, DocumentSection section, const Node& value) {
    const DocumentKey& meaning = *index_.find(section, path_.name);
    if (path_.item >= 0) return change_field(owner, section, meaning, value);
    switch (meaning.kind) {
      case DocumentKey::Kind::fact:
      case DocumentKey::Kind::age:
      case DocumentKey::Kind::relation:
        return replace(owner, value, [&](std::string_view key) {
          const DocumentKey* other = index_.find(section, key);
          return other != nullptr && other->fact == meaning.fact && other->record < 0;
        });
      case DocumentKey::Kind::list:
        return replace(owner, value, [&](std::string_view key) {
          const DocumentKey* other = index_.find(section, key);
          return other != nullptr && other->record == meaning.record;
        });
      case DocumentKey::Kind::short_form: return change_short_form(owner, meaning, value);
      case DocumentKey::Kind::groups: return set_key(owner, name_node(), value);
      case DocumentKey::Kind::several:
        return say(Code::ambiguous_name, "`" + path_.name + "` is a word of several lists", "change the list that is meant");
    }
  }

  /// The value stands where the first of what it replaces stood.
  template <class IsReplaced>
  void replace(Node& owner, const Node& value, IsReplaced is_replaced) {
    if (!owner.is_map()) owner = map_node(owner.span);
    bool placed = false;
    for (std::size_t i = 0; i < owner.keys.size();) {
      if (!is_replaced(owner.keys[i].text)) {
        ++i;
      } else if (placed) {
        erase_key(owner, i);
      } else {
        owner.keys[i] = name_node();
        owner.items[i++] = value;
        placed = true;
      }
    }
    if (!placed) set_key(owner, name_node(), value);
  }

  /// In a list in long form the first record of the kind gives way, and the others go.
  void change_short_form(Node& owner, const DocumentKey& meaning, const Node& value) {
    const RecordKind& kind = index_.declarations().records[at(meaning.record)];
    Node* list = find(owner, kind.name);
    if (list == nullptr || !list->is_sequence()) return set_key(owner, name_node(), value);
    const std::string& word_field = fact(kind.short_word).name;
    const auto is_of_kind = [&](const Node& item) {
      const Node* word = item.is_map() ? item.find(word_field) : nullptr;
      return word != nullptr && index_.fact(kind.short_word).list->index_of(trim(word->text)) == meaning.word;
    };
    Node record = map_node(where_.span);
    set_key(record, scalar_node(word_field, where_.span), name_node());
    set_key(record, scalar_node(fact(kind.short_value).name, where_.span), value);
    const auto first = std::find_if(list->items.begin(), list->items.end(), is_of_kind);
    if (first == list->items.end()) {
      list->items.push_back(std::move(record));
      return;
    }
    *first = std::move(record);
    list->items.erase(std::remove_if(first + 1, list->items.end(), is_of_kind), list->items.end());
  }

  void change_field(Node& owner, DocumentSection section, const DocumentKey& meaning, const Node& value) {
    if (meaning.kind != DocumentKey::Kind::list)
      return say(Code::wrong_shape, "`" + path_.name + "` is no list, and has no `[" + std::to_string(path_.item) + "]`", "");
    const auto& fields = index_.record(meaning.record).fields;
    if (!fields.contains(path_.field)) {
      std::vector<std::string> names;
      for (const auto& [name, id] : fields) names.emplace_back(name);
      std::sort(names.begin(), names.end());
      std::string help = did_you_mean(path_.field, names);
      return say(Code::unknown_name, "`" + path_.field + "` is no field of `" + path_.name + "`",
                 help.empty() ? "its fields are " + join_words(names) : help);
    }
    int before = 0;
    for (std::size_t i = 0; owner.is_map() && i < owner.keys.size(); ++i) {
      const DocumentKey* key = index_.find(section, owner.keys[i].text);
      if (key == nullptr || key->record != meaning.record) continue;
      if (key->kind == DocumentKey::Kind::list && owner.items[i].is_sequence()) {
        const auto count = static_cast<int>(owner.items[i].items.size());
        if (path_.item < before + count) return set_key(owner.items[i].items[at(path_.item - before)], scalar_node(path_.field, where_.span), value);
        before += count;
      } else if (key->kind == DocumentKey::Kind::list && owner.items[i].is_map()) {
        if (path_.item == before++) return set_key(owner.items[i], scalar_node(path_.field, where_.span), value);
      } else if (key->kind == DocumentKey::Kind::short_form && path_.item == before++) {
        return change_field_of_short_form(owner.items[i], meaning, value);
      }
    }
    say(Code::unknown_name,
        "the household has " + std::to_string(before) + (before == 1 ? " record" : " records") + " in `" + list_name() + "`, so there is no `" +
            list_name() + "[" + std::to_string(path_.item) + "]`",
        "the first one is [0]");
  }

  void change_field_of_short_form(Node& amount, const DocumentKey& meaning, const Node& value) {
    if (path_.field == fact(index_.declarations().records[at(meaning.record)].short_value).name) amount = value;
    else say(Code::wrong_shape, "`" + where_.text + "` is a field of a record in short form", "write the list of the family in its long form");
  }

  /// What `everyone` and `nobody` say of a fact is written below each person, so that one of them can differ.
  void spell_out_for_everybody(FactId id) {
    const auto is_meant = [&](std::string_view key) {
      const DocumentKey* meaning = index_.find(DocumentSection::person, key);
      return meaning != nullptr && meaning->fact == id && meaning->record < 0;
    };
    if (Node* everyone = find(document_, "everyone"); everyone != nullptr && everyone->is_map())
      for (std::size_t i = everyone->keys.size(); i-- > 0;) {
        if (!is_meant(everyone->keys[i].text)) continue;
        give_everybody(everyone->keys[i], everyone->items[i], is_meant);
        erase_key(*everyone, i);
      }
    if (Node* nobody = find(document_, "nobody"); nobody != nullptr && nobody->is_sequence())
      for (std::size_t i = nobody->items.size(); i-- > 0;) {
        if (!is_meant(trim(nobody->items[i].text))) continue;
        give_everybody(nobody->items[i], scalar_node("no", nobody->items[i].span), is_meant);
        nobody->items.erase(nobody->items.begin() + static_cast<std::ptrdiff_t>(i));
      }
  }

  template <class IsMeant>
  void give_everybody(const Node& key, const Node& value, IsMeant is_meant) {
    Node& people = *find(document_, "people");
    for (Node& person : people.items) {
      if (!person.is_map()) person = map_node(person.span);
      if (std::none_of(person.keys.begin(), person.keys.end(), [&](const Node& k) { return is_meant(k.text); })) set_key(person, key, value);
    }
  }

  void say_unknown(DocumentSection section) {
    std::vector<std::string> names = index_.keys(section);
    if (section == DocumentSection::household)
      for (const auto other : {DocumentSection::request, DocumentSection::place, DocumentSection::world}) {
        const std::vector<std::string> more = index_.keys(other);
        names.insert(names.end(), more.begin(), more.end());
      }
    std::string help = did_you_mean(path_.name, names);
    if (help.empty() && section == DocumentSection::household && index_.find(DocumentSection::person, path_.name) != nullptr)
      help = "it is a fact of a person: write PERSON." + path_.name;
    say(Code::unknown_name, "`" + where_.text + "` is neither a fact nor a rule of this program", std::move(help));
  }

  void say(Code code, std::string message, std::string help) {
    errors_.push_back(diagnostic_at(code, where_.span, std::move(message), std::move(help)));
  }

  [[nodiscard]] Node name_node() const { return scalar_node(path_.name, where_.span); }
  [[nodiscard]] std::string list_name() const { return path_.person.empty() ? path_.name : path_.person + "." + path_.name; }
  [[nodiscard]] const Fact& fact(FactId id) const { return index_.declarations().facts[at(id)]; }

  const DictionaryIndex& index_;
  Node& document_;
  const Node& where_;
  std::vector<Diagnostic>& errors_;
  FactPath path_;
};

}  // namespace

void change_document(const DictionaryIndex& index, Node& document, const Node& path, const Node& value, std::vector<Diagnostic>& errors) {
  Change(index, document, path, errors).to(value);
}

std::optional<FactOfPath> fact_of_path(const DictionaryIndex& index, std::string_view text) {
  const FactPath path = path_from_text(text);
  if (!path.sound) return std::nullopt;
  const auto section = path.person.empty() ? section_of(index, path.name) : std::optional(DocumentSection::person);
  const DocumentKey* meaning = section ? index.find(*section, path.name) : nullptr;
  if (meaning == nullptr) return std::nullopt;
  if (path.item >= 0) {
    if (meaning->kind != DocumentKey::Kind::list) return std::nullopt;
    const auto& fields = index.record(meaning->record).fields;
    const auto field = fields.find(path.field);
    return field == fields.end() ? std::nullopt : std::optional(FactOfPath{field->second});
  }
  switch (meaning->kind) {
    case DocumentKey::Kind::fact: return FactOfPath{meaning->fact};
    case DocumentKey::Kind::age: return FactOfPath{meaning->fact, true};
    case DocumentKey::Kind::short_form: return FactOfPath{index.declarations().records[static_cast<std::size_t>(meaning->record)].short_value};
    default: return std::nullopt;
  }
}

bool can_be_changed(const DictionaryIndex& index, const Node& document, std::string_view text) {
  const FactPath path = path_from_text(text);
  if (!path.sound) return false;
  if (!path.person.empty()) return is_person(document, path.person) && index.find(DocumentSection::person, path.name) != nullptr;
  return is_whole_section(path.name) || section_of(index, path.name).has_value();
}

bool is_person(const Node& document, std::string_view name) {
  const Node* people = document.find("people");
  return people != nullptr && people->is_map() && people->find(name) != nullptr;
}

}  // namespace duly
