#include "facts/dictionary_index.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

DocumentSection section_of(const Fact& fact) {
  if (fact.of_request) return DocumentSection::request;
  if (fact.of_place) return DocumentSection::place;
  if (fact.level == world_level) return DocumentSection::world;
  return fact.level == person_level ? DocumentSection::person : DocumentSection::household;
}

}  // namespace

DictionaryIndex::DictionaryIndex(const Declarations& declarations, std::vector<Type> rule_types)
    : declarations_(declarations), rule_types_(std::move(rule_types)), sections_(document_sections) {
  facts_on_.assign(declarations.levels.size(), 0);
  for (const Fact& fact : declarations.facts) {
    facts_.push_back(fact_reading(declarations, fact));
    layouts_.push_back(facts_.back().layout);
    numbers_on_level_.push_back(facts_on_[static_cast<std::size_t>(fact.level)]++);
  }
  other_sides_.assign(declarations.facts.size(), -1);
  for (FactId id = 0; id < static_cast<FactId>(declarations.facts.size()); ++id) {
    add_fact(id);
    read_presumption(id);
  }
  for (int id = 0; id < static_cast<int>(declarations.records.size()); ++id) add_record(id);
  for (int id = 0; id < static_cast<int>(declarations.records.size()); ++id) add_short_forms(id);
  for (std::size_t r = 0; r < declarations.rules.size(); ++r) rules_.emplace(declarations.rules[r].name, static_cast<RuleId>(r));
}

void DictionaryIndex::add_fact(FactId id) {
  const Fact& fact = declarations_.facts[static_cast<std::size_t>(id)];
  if (fact.record >= 0) return;
  if (fact.type.base == Base::people) return add_relation(id);
  Keys& keys = section(section_of(fact));
  keys.emplace(fact.name, DocumentKey{DocumentKey::Kind::fact, id, -1, -1});
  if (!fact.given_as_age.empty()) keys.emplace(fact.given_as_age, DocumentKey{DocumentKey::Kind::age, id, -1, -1});
}

void DictionaryIndex::add_relation(FactId id) {
  const Fact& fact = declarations_.facts[static_cast<std::size_t>(id)];
  const DocumentKey key{DocumentKey::Kind::relation, id, -1, -1};
  section(DocumentSection::person).emplace(fact.name, key);
  if (!fact.set_name.empty()) section(DocumentSection::person).emplace(fact.set_name, key);
  if (fact.inverse_of < 0) relations_.push_back(id);
  if (fact.symmetric) {
    other_sides_[static_cast<std::size_t>(id)] = id;
    section(DocumentSection::household).emplace(fact.name, DocumentKey{DocumentKey::Kind::groups, id, -1, -1});
  }
  if (fact.inverse_of >= 0) {
    other_sides_[static_cast<std::size_t>(id)] = fact.inverse_of;
    other_sides_[static_cast<std::size_t>(fact.inverse_of)] = id;
  }
}

void DictionaryIndex::add_record(int id) {
  const RecordKind& record = declarations_.records[static_cast<std::size_t>(id)];
  RecordIndex index;
  for (const FactId field : record.fields) {
    const FactReading& how = fact(field);
    index.fields.emplace(how.fact->name, field);
    if (how.fact->type.base == Base::code && index.period < 0 && how.list->index_of("week") >= 0) index.period = field;
  }
  records_.push_back(std::move(index));
  section(record.of_household ? DocumentSection::household : DocumentSection::person)
      .emplace(record.name, DocumentKey{DocumentKey::Kind::list, -1, id, -1});
}

/// A fact or list of the same name is meant before a word.
void DictionaryIndex::add_short_forms(int id) {
  const RecordKind& record = declarations_.records[static_cast<std::size_t>(id)];
  if (record.short_word < 0 || fact(record.short_word).list == nullptr) return;
  Keys& keys = section(record.of_household ? DocumentSection::household : DocumentSection::person);
  const std::vector<std::string>& words = fact(record.short_word).list->words;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const auto [at, is_new] = keys.emplace(words[w], DocumentKey{DocumentKey::Kind::short_form, record.short_word, id, static_cast<int>(w)});
    if (!is_new && at->second.kind == DocumentKey::Kind::short_form) at->second.kind = DocumentKey::Kind::several;
  }
}

void DictionaryIndex::read_presumption(FactId id) {
  FactReading& how = facts_[static_cast<std::size_t>(id)];
  if (!how.fact->if_not_stated) return;
  const Node& node = *how.fact->if_not_stated;
  const bool is_empty_list = node.is_sequence() && node.items.empty();
  how.presumed_text = is_empty_list ? "[]" : node.is_scalar() ? std::string(trim(node.text)) : std::string(text_of(node.span));
  if (how.layout.shape == ColumnShape::people) {
    if (is_empty_list || how.presumed_text == "none") how.presumed = FactValue::of_set({}, {});
  } else {
    Complaints complaints;
    how.presumed = read_value(how, node, {"", "", -1, how.fact->name}, complaints);
  }
  if (how.presumed) {
    presumed_.push_back(id);
    return;
  }
  Diagnostic d =
      diagnostic_at(Code::bad_value, node.span, "the presumption of `" + how.fact->name + "` is no value of its type " + to_text(how.fact->type),
                    how.layout.shape == ColumnShape::people ? "people can be presumed to be none: []" : "");
  d.rule = how.about.name;
  d.cite = how.about.cite;
  mistakes_.push_back(std::move(d));
}

const DocumentKey* DictionaryIndex::find(DocumentSection of, std::string_view key) const {
  const Keys& keys = sections_[static_cast<std::size_t>(of)];
  const auto at = keys.find(key);
  return at == keys.end() ? nullptr : &at->second;
}

std::vector<std::string> DictionaryIndex::keys(DocumentSection of) const {
  std::vector<std::string> names;
  for (const auto& [name, key] : sections_[static_cast<std::size_t>(of)]) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

RuleId DictionaryIndex::rule(std::string_view name) const {
  const auto at = rules_.find(name);
  return at == rules_.end() ? -1 : at->second;
}

std::optional<Type> DictionaryIndex::rule_type(RuleId rule) const {
  const auto id = static_cast<std::size_t>(rule);
  if (id < rule_types_.size()) return rule_types_[id];
  const Rule& declared = declarations_.rules[id];
  if (declared.type) return declared.type;
  if (!declared.versions.empty() && declared.versions[0].body.kind == Body::Kind::test) return Type{};
  return std::nullopt;
}

}  // namespace duly
