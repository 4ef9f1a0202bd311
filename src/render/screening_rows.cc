#include "render/screening_rows.h"

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

}  // namespace duly
