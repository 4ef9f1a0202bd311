// The keys of a document, section by section.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/reading.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 14> document_keys{"duly",   "key",      "request", "place",  "world",    "everyone", "nobody",
                                                         "people", "no_other", "records", "stated", "evidence", "rest",     "assume"};

bool is_document_key(std::string_view key) { return std::find(document_keys.begin(), document_keys.end(), key) != document_keys.end(); }

std::string section_name(DocumentSection section) {
  switch (section) {
    case DocumentSection::request: return "`request`";
    case DocumentSection::place: return "`place`";
    case DocumentSection::world: return "`world`";
    case DocumentSection::household: return "the household";
    case DocumentSection::person: return "a person";
  }
  return "";
}

/// Where a key that stands in the wrong section belongs.
std::string where_it_belongs(const DictionaryIndex& index, std::string_view key) {
  const std::string name(key);
  if (index.find(DocumentSection::person, key) != nullptr) return "it is a fact of a person: write it below the person it is about";
  if (index.find(DocumentSection::household, key) != nullptr) return "it is a fact of the household: write it at the top of the document";
  for (const auto& [section, word] :
       {std::pair{DocumentSection::place, "place"}, {DocumentSection::world, "world"}, {DocumentSection::request, "request"}})
    if (index.find(section, key) != nullptr) return std::string("write it below `") + word + "`: " + word + ": {" + name + ": ...}";
  return "";
}

void read_fact(Reading& reading, const DocumentKey& meaning, std::int32_t row, const Node& key, const Node& value, const ValueName& name) {
  const FactReading& how = reading.index.fact(meaning.fact);
  if (auto read = read_value(how, value, name, reading.complaints)) reading.state(meaning.fact, row, std::move(*read), key);
}

/// An age is a span of birth dates.
void read_age(Reading& reading, const DocumentKey& meaning, std::int32_t row, const Node& key, const Node& value, const ValueName& name) {
  const FactReading& how = reading.index.fact(meaning.fact);
  const auto refuse = [&](Code code, std::string message, std::string help = "") {
    reading.complaints.error(code, value.span, "`" + to_text(name) + "` " + std::move(message), std::move(help), how.about);
  };
  if (!value.is_scalar() || says_nothing(value)) return refuse(Code::not_a_value, "must be a number of completed years");
  const std::string_view text = trim(value.text);
  if (text == "unknown") return reading.state(meaning.fact, row, {}, key);
  const Decimal years = decimal_from_text(text, 0);
  if (years.fault != DecimalFault::none && years.fault != DecimalFault::too_large)
    return refuse(Code::not_a_value, "is `" + std::string(text) + "`, which is no number of completed years", "write a whole number such as 34");
  if (years.fault == DecimalFault::too_large || years.scaled < 0 || years.scaled > most_years_of_age)
    return refuse(Code::fact_out_of_range, "is `" + std::string(text) + "`, outside [0.." + std::to_string(most_years_of_age) + "]");
  if (!reading.decided) {
    if (!reading.missed_decided)
      refuse(Code::missing_request, "is an age, and ages are counted back from the day of the decision, which is not given",
             "add it: request: {decided: YYYY-MM-DD}; or give `" + how.fact->name + "` instead");
    reading.missed_decided = true;
    return;
  }
  auto [first, last] = born_between(years.scaled, *reading.decided);
  const std::int64_t low = std::max<std::int64_t>(first.days, how.layout.low);
  const std::int64_t high = std::min<std::int64_t>(last.days, how.layout.high);
  if (low > high)
    return refuse(Code::fact_out_of_range, "is `" + std::string(text) + "`, which puts `" + how.fact->name + "` outside its range " + how.range);
  reading.state(meaning.fact, row, FactValue::between(low, high), key);
}

/// `place`, `world`, `request`: facts of the household, by name.
void read_section(Reading& reading, DocumentSection section, const Node& node) {
  if (!want_map(reading, node, section_name(section))) return;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& key = node.keys[i];
    if (const DocumentKey* meaning = reading.index.find(section, key.text))
      read_fact(reading, *meaning, 0, key, node.items[i], {"", "", -1, key.text});
    else complain_of_key(reading, section, key);
  }
}

/// `records`: lists of the household in one place.
void read_records(Reading& reading, const Node& node) {
  if (!want_map(reading, node, "`records`")) return;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const DocumentKey* meaning = reading.index.find(DocumentSection::household, node.keys[i].text);
    if (meaning != nullptr && meaning->kind == DocumentKey::Kind::list) read_list(reading, meaning->record, 0, node.keys[i], node.items[i]);
    else complain_of_key(reading, DocumentSection::household, node.keys[i]);
  }
}

void state_override(Reading& reading, const char* name, std::optional<std::int64_t> value, const Node& where) {
  const auto at = reading.declarations.request_facts.find(name);
  if (value && at != reading.declarations.request_facts.end()) reading.state(at->second, 0, FactValue::of(*value), where);
}

void override_occasion(Reading& reading, const std::string& word, const Node& where) {
  const auto at = reading.declarations.request_facts.find("occasion");
  if (at == reading.declarations.request_facts.end()) return;
  const FactReading& how = reading.index.fact(at->second);
  const int index = how.list == nullptr ? -1 : how.list->index_of(word);
  if (index >= 0) reading.state(at->second, 0, FactValue::of(index), where);
  else if (how.list != nullptr) complain_of_word(how, word, {}, {"", "", -1, "occasion"}, reading.complaints);
}

/// What the caller says goes before what the document says.
void read_request(Reading& reading, const Node& document, const RequestOverrides& request) {
  if (const Node* node = document.find("request")) read_section(reading, DocumentSection::request, *node);
  const auto overridden = [&](const Statement& s) {
    const std::string& name = reading.fact(s.fact).name;
    return (name == "benefit_month" && request.benefit_month) || (name == "decided" && request.decided) || (name == "applied" && request.applied) ||
           (name == "occasion" && request.occasion);
  };
  std::erase_if(reading.statements, overridden);
  const auto whole = [](auto given) { return given ? std::optional<std::int64_t>(given->days) : std::nullopt; };
  state_override(reading, "benefit_month", request.benefit_month ? std::optional<std::int64_t>(request.benefit_month->index) : std::nullopt,
                 document);
  state_override(reading, "decided", whole(request.decided), document);
  state_override(reading, "applied", whole(request.applied), document);
  if (request.occasion) override_occasion(reading, *request.occasion, document);
  reading.decided = request.decided;
  for (const Statement& s : reading.statements)
    if (reading.fact(s.fact).name == "decided" && s.value.kind == FactValue::Kind::given)
      reading.decided = Date{static_cast<std::int32_t>(s.value.low)};
}

void read_version(Reading& reading, const Node& value) {
  if (value.is_scalar() && trim(value.text) == "1") return;
  reading.complaints.error(Code::wrong_version, value.span, "the document is of a version that is not known here", "write `duly: 1`");
}

/// What the household goes by in a caseload: no rule reads it.
void read_key(Reading& reading, const Node& value) {
  if (!value.is_scalar() || says_nothing(value) || trim(value.text) != value.text || value.text.empty())
    reading.complaints.error(Code::document_shape, value.span, "`key` must be the number or the word that the household goes by");
}

void read_rest(Reading& reading, const Node& value) {
  reading.rest = value.is_scalar() && trim(value.text) == "nothing unusual";
  reading.out.rest_assumed = reading.rest;
  if (!reading.rest) reading.complaints.error(Code::not_a_value, value.span, "`rest` can only be `nothing unusual`");
}

/// Keys that say something at once. `everyone`, `stated` and what else needs to know the rows come later.
void read_document_key(Reading& reading, const Node& key, const Node& value) {
  const std::string_view name = key.text;
  if (name == "duly") read_version(reading, value);
  else if (name == "key") read_key(reading, value);
  else if (name == "place") read_section(reading, DocumentSection::place, value);
  else if (name == "world") read_section(reading, DocumentSection::world, value);
  else if (name == "people") read_people(reading, value);
  else if (name == "everyone") read_everyone(reading, value);
  else if (name == "nobody") read_nobody(reading, value);
  else if (name == "no_other") read_no_other(reading, value);
  else if (name == "records") read_records(reading, value);
  else if ((name == "rest" || name == "assume") && !reading.options.allow_assume)
    reading.complaints.error(Code::assume_not_allowed, key.span, "`" + key.text + "` is for worked cases and maps only",
                             "say what is known, or write `stated` where a document gives the value of a rule");
  else if (name == "rest") read_rest(reading, value);
}

}  // namespace

bool want_map(Reading& reading, const Node& node, const std::string& what) {
  if (node.is_map()) return true;
  reading.complaints.error(Code::document_shape, node.span, what + " must be a record of keys and values");
  return false;
}

std::vector<const Node*> scalars(Reading& reading, const Node& node, const std::string& what) {
  std::vector<const Node*> out;
  const auto add = [&](const Node& item) {
    if (item.is_scalar() && !says_nothing(item)) out.push_back(&item);
    else reading.complaints.error(Code::document_shape, item.span, what + " must be a list of single words");
  };
  if (node.is_sequence()) std::for_each(node.items.begin(), node.items.end(), add);
  else add(node);
  return out;
}

void complain_of_key(Reading& reading, DocumentSection section, const Node& key) {
  std::string help;
  if (!reading.complaints.full()) {
    help = where_it_belongs(reading.index, key.text);
    std::vector<std::string> names = reading.index.keys(section);
    if (section == DocumentSection::household) names.insert(names.end(), document_keys.begin(), document_keys.end());
    if (help.empty()) help = did_you_mean(key.text, names);
    if (help.empty() && key.text == "previous") help = "this program does not read earlier determinations";
    if (help.empty()) help = "the dictionary of this program has no such fact";
  }
  reading.complaints.error(Code::unknown_fact, key.span, "`" + key.text + "` is no fact of " + section_name(section), std::move(help));
}

void read_entry(Reading& reading, DocumentSection section, std::int32_t owner, const Node& key, const Node& value) {
  const DocumentKey* meaning = reading.index.find(section, key.text);
  if (meaning == nullptr) return complain_of_key(reading, section, key);
  const ValueName name{section == DocumentSection::person ? reading.person(owner) : std::string_view{}, "", -1, key.text};
  switch (meaning->kind) {
    case DocumentKey::Kind::fact: return read_fact(reading, *meaning, owner, key, value, name);
    case DocumentKey::Kind::age: return read_age(reading, *meaning, owner, key, value, name);
    case DocumentKey::Kind::relation: return read_relation(reading, meaning->fact, owner, key, value);
    case DocumentKey::Kind::groups: return read_groups(reading, meaning->fact, key, value);
    case DocumentKey::Kind::list: return read_list(reading, meaning->record, owner, key, value);
    case DocumentKey::Kind::short_form: return read_short_form(reading, *meaning, owner, key, value);
    case DocumentKey::Kind::several:
      reading.complaints.error(Code::unknown_fact, key.span, "`" + key.text + "` is a word of several lists",
                               "write it in the long form of the list that is meant");
  }
}

void read_sections(Reading& reading, const Node& document, const RequestOverrides& request) {
  read_request(reading, document, request);
  if (const Node* people = document.find("people")) read_names_of_people(reading, *people);
  reading.lists.resize(reading.declarations.records.size());
  std::size_t owned = 0;
  for (std::size_t r = 0; r < reading.lists.size(); ++r) {
    reading.lists[r].owners = reading.declarations.records[r].of_household ? 1 : reading.people();
    reading.lists[r].first_owned = owned;
    owned += reading.lists[r].owners;
  }
  reading.owned.resize(owned);
  for (std::size_t i = 0; i < document.keys.size(); ++i) {
    const Node& key = document.keys[i];
    if (is_document_key(key.text)) read_document_key(reading, key, document.items[i]);
    else read_entry(reading, DocumentSection::household, 0, key, document.items[i]);
  }
}

}  // namespace duly
