#include "render/screening_rows.h"

#include <span>

#include "base/text.h"
#include "render/words.h"

namespace duly {
namespace {

/// All that is shown of a decision but whom it is about.
std::string told(const Screened& one, const std::string& language) {
  const Determination& d = one.determination;
  std::string out = d.program + "\n" + std::string(to_word(d.outcome)) + "\n" + d.scope + "\n" + d.remedy + "\n";
  if (!d.outputs.empty()) out += d.outputs.front().name + " " + to_text(d.outputs.front().value) + "\n";
  for (const Reason& reason : d.reasons) out += reason.code + reason.cite + sentence_of(reason, language) + comparison_of(reason) + "\n";
  out += std::to_string(d.missing.size()) + (d.missing.empty() ? "" : question_of(d.missing.front())) + "\n";
  for (const Diagnostic& error : d.errors) out += error.message + "\n";
  return out + one.next.name + " " + to_text(one.next.value);
}

/// Of a person, not of the household or of a record.
bool is_of_person(const MissingFact& fact) { return !fact.of.empty() && fact.of.find_first_of(".[") == std::string::npos && !fact.ask.empty(); }

bool is_asked_alike(const SharedFact& a, const SharedFact& b) {
  return a.fact.fact == b.fact.fact && is_of_person(a.fact) && is_of_person(b.fact) && a.fact.choices == b.fact.choices &&
         a.fact.papers == b.fact.papers && a.fact.may_be_asked == b.fact.may_be_asked && a.programs == b.programs && a.by.name == b.by.name &&
         a.by.value.text == b.by.value.text;
}

/// The question of the first of `facts`, who else it is asked of, and what all of them are called in a document.
std::string asked_of_all(std::span<const SharedFact> facts) {
  if (facts.size() == 1) return question_of(facts.front().fact);
  std::vector<std::string> others;
  std::vector<std::string> names;
  for (const SharedFact& each : facts) {
    if (!names.empty()) others.push_back(each.fact.of);
    names.push_back(each.fact.of + "." + each.fact.fact);
  }
  return facts.front().fact.ask + " The same of " + join_words(others) + ". (" + join_words(names) + ")";
}

}  // namespace

std::vector<ScreeningRow> screening_rows(const Screening& screening, const std::string& language) {
  std::vector<ScreeningRow> rows;
  std::vector<std::string> people;
  std::string before;
  for (const Screened& one : screening.decided) {
    const bool is_person = one.determination.subject.kind == "person";
    std::string here = is_person ? told(one, language) : "";
    if (is_person && !rows.empty() && here == before) {
      people.push_back(people_of(one.determination));
      rows.back().who = join_words(people) + ", each";
      continue;
    }
    people = {people_of(one.determination)};
    rows.push_back({&one, people.front()});
    before = std::move(here);
  }
  return rows;
}

std::vector<QuestionRow> question_rows(const std::vector<SharedFact>& facts) {
  std::vector<QuestionRow> rows;
  for (std::size_t first = 0; first < facts.size();) {
    std::size_t end = first + 1;
    while (end < facts.size() && is_asked_alike(facts[first], facts[end])) ++end;
    rows.push_back({&facts[first], asked_of_all(std::span(facts).subspan(first, end - first))});
    first = end;
  }
  return rows;
}

}  // namespace duly
