// Papers: which fact of whom each of them proves.

#include "base/text.h"
#include "facts/reading.h"

namespace duly {
namespace {

struct Proved {
  FactId fact;
  std::int32_t row;
};

/// Every field the document gives of the record that is shown as `label`.
std::vector<Proved> fields_of_record(Reading& reading, std::string_view label) {
  std::vector<Proved> out;
  for (std::size_t r = 0; r < reading.out.record_labels.size(); ++r) {
    const auto& labels = reading.out.record_labels[r];
    for (std::size_t row = 0; row < labels.size(); ++row) {
      if (labels[row] != label) continue;
      for (const FactId field : reading.declarations.records[r].fields)
        if (reading.given.has(field, row) && reading.given.at(field, row) > 0) out.push_back({field, static_cast<std::int32_t>(row)});
    }
  }
  return out;
}

/// What `key` means below a person, or of the household.
std::vector<Proved> proved_by(Reading& reading, const DocumentKey& meaning, std::int32_t owner) {
  if (meaning.fact >= 0 && meaning.record < 0) return {{meaning.fact, owner}};
  std::vector<Proved> out;
  for (const ShortRecord& record : reading.short_records)
    if (record.record == meaning.record && record.word == meaning.word && record.owner == owner)
      out.push_back({reading.record(record.record).short_value, record.row});
  return out;
}

const DocumentKey* meaning_of_household_key(const DictionaryIndex& index, std::string_view key) {
  for (const auto section : {DocumentSection::household, DocumentSection::place, DocumentSection::world, DocumentSection::request})
    if (const DocumentKey* meaning = index.find(section, key)) return meaning;
  return nullptr;
}

std::vector<Proved> find_proved(Reading& reading, const Node& key) {
  std::vector<Proved> proved = fields_of_record(reading, key.text);
  if (!proved.empty()) return proved;
  const std::size_t dot = key.text.find('.');
  const std::string_view name = dot == std::string::npos ? std::string_view(key.text) : std::string_view(key.text).substr(dot + 1);
  const DocumentKey* meaning = nullptr;
  std::int32_t owner = 0;
  if (dot == std::string::npos) {
    meaning = meaning_of_household_key(reading.index, name);
  } else {
    const std::string_view person = std::string_view(key.text).substr(0, dot);
    const auto at = reading.person_of.find(person);
    if (at == reading.person_of.end()) {
      reading.complaints.error(Code::unknown_person, key.span, "`" + std::string(person) + "` is not in the document",
                               did_you_mean(person, reading.out.people));
      return {};
    }
    owner = at->second;
    meaning = reading.index.find(DocumentSection::person, name);
  }
  if (meaning != nullptr) proved = proved_by(reading, *meaning, owner);
  if (proved.empty() && meaning != nullptr)
    reading.complaints.error(Code::document_shape, key.span, "there is evidence for `" + key.text + "`, which the document does not give",
                             "name one record, such as " + key.text + "[0], or give its `evidence` in the record");
  else if (proved.empty())
    reading.complaints.error(Code::unknown_fact, key.span, "there is evidence for `" + key.text + "`, which is no fact",
                             "write the name of a fact of the household, or PERSON.FACT");
  return proved;
}

}  // namespace

void read_evidence(Reading& reading, const Node& evidence) {
  if (!want_map(reading, evidence, "`evidence`")) return;
  for (std::size_t i = 0; i < evidence.keys.size(); ++i) {
    const std::vector<Proved> proved = find_proved(reading, evidence.keys[i]);
    for (const Node* paper : scalars(reading, evidence.items[i], "the evidence for `" + evidence.keys[i].text + "`"))
      for (const Proved& p : proved) reading.out.evidence.push_back({p.fact, p.row, std::string(trim(paper->text))});
  }
}

}  // namespace duly
