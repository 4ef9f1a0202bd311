// Papers: which fact of whom each of them proves.

#include "base/text.h"
#include "facts/reading.h"

namespace duly {
namespace {

struct Proved {
  FactId fact;
  std::int32_t row;
};

/// What a key of `evidence` can name beside facts: records by their place in the list, `ana.income[0]`, and by their short form, `ana.wages`.
using NamedRecords = std::unordered_map<std::string, std::vector<Proved>>;

NamedRecords named_records(Reading& reading) {
  NamedRecords names;
  for (std::size_t r = 0; r < reading.lists.size(); ++r) {
    const auto& labels = reading.labels(static_cast<int>(r));
    for (std::size_t row = 0; row < labels.size(); ++row)
      for (const FactId field : reading.declarations.records[r].fields)
        if (reading.given.at(field, row) > 0) names[labels[row]].push_back({field, static_cast<std::int32_t>(row)});
  }
  for (const ShortRecord& record : reading.short_records) {
    const RecordKind& kind = reading.record(record.record);
    const std::string& word = reading.index.fact(kind.short_word).list->words[static_cast<std::size_t>(record.word)];
    const std::string name = to_text({kind.of_household ? std::string_view{} : reading.person(record.owner), "", -1, word});
    names[name].push_back({kind.short_value, record.row});
  }
  return names;
}

const DocumentKey* meaning_of_household_key(const DictionaryIndex& index, std::string_view key) {
  for (const auto section : {DocumentSection::household, DocumentSection::place, DocumentSection::world, DocumentSection::request})
    if (const DocumentKey* meaning = index.find(section, key)) return meaning;
  return nullptr;
}

std::vector<Proved> rows_of_everybody(const Reading& reading, FactId fact) {
  std::vector<Proved> out;
  for (std::size_t p = 0; p < reading.people(); ++p) out.push_back({fact, static_cast<std::int32_t>(p)});
  return out;
}

/// The fact that `key` names, of the household or PERSON.FACT.
std::vector<Proved> proved_fact(Reading& reading, const Node& key) {
  const std::size_t dot = key.text.find('.');
  const DocumentKey* meaning = nullptr;
  std::int32_t owner = 0;
  if (dot == std::string::npos) {
    meaning = meaning_of_household_key(reading.index, key.text);
  } else {
    const std::string_view person = std::string_view(key.text).substr(0, dot);
    const auto at = reading.person_of.find(person);
    if (at == reading.person_of.end()) {
      const std::string help = reading.complaints.full() ? "" : did_you_mean(person, reading.out.people);
      reading.complaints.error(Code::unknown_person, key.span, "`" + std::string(person) + "` is not in the document", help);
      return {};
    }
    owner = at->second;
    meaning = reading.index.find(DocumentSection::person, std::string_view(key.text).substr(dot + 1));
  }
  if (meaning != nullptr && meaning->kind == DocumentKey::Kind::groups) return rows_of_everybody(reading, meaning->fact);
  if (meaning != nullptr && meaning->record < 0) return {{meaning->fact, owner}};
  if (meaning != nullptr)
    reading.complaints.error(Code::document_shape, key.span, "there is evidence for `" + key.text + "`, which the document does not give",
                             "name one record, such as " + key.text + "[0], or give its `evidence` in the record");
  else
    reading.complaints.error(Code::unknown_fact, key.span, "there is evidence for `" + key.text + "`, which is no fact",
                             "write the name of a fact of the household, or PERSON.FACT");
  return {};
}

}  // namespace

void read_evidence(Reading& reading, const Node& evidence) {
  if (!want_map(reading, evidence, "`evidence`")) return;
  const NamedRecords records = named_records(reading);
  for (std::size_t i = 0; i < evidence.keys.size(); ++i) {
    const auto record = records.find(evidence.keys[i].text);
    const std::vector<Proved> proved = record != records.end() ? record->second : proved_fact(reading, evidence.keys[i]);
    for (const Node* paper : scalars(reading, evidence.items[i], "the evidence for `" + evidence.keys[i].text + "`")) {
      std::vector<FactId> facts;
      for (const Proved& p : proved) facts.push_back(p.fact);
      if (!is_paper(reading, facts, *paper, evidence.keys[i].text)) continue;
      for (const Proved& p : proved) reading.out.evidence.push_back({p.fact, p.row, std::string(trim(paper->text))});
    }
  }
}

bool is_paper(Reading& reading, std::span<const FactId> facts, const Node& paper, const std::string& of) {
  std::vector<std::string> known;
  for (const FactId fact : facts)
    for (const std::string& word : reading.fact(fact).evidence)
      if (std::find(known.begin(), known.end(), word) == known.end()) known.push_back(word);
  const std::string_view word = trim(paper.text);
  if (known.empty() || std::find(known.begin(), known.end(), word) != known.end()) return true;
  reading.complaints.error(Code::not_in_list, paper.span, "`" + std::string(word) + "` is no paper that proves `" + of + "`",
                           reading.complaints.full() ? "" : "its papers are " + join_words(known));
  return false;
}

}  // namespace duly
