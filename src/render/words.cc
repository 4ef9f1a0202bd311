#include "render/words.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

}  // namespace

std::string outcome_in_capitals(const Determination& d) {
  std::string out = d.outcome == Outcome::ineligible ? "NOT ELIGIBLE" : upper(to_word(d.outcome));
  if (!d.scope.empty() && d.scope != "full" && d.outcome != Outcome::ineligible) out += ", " + d.scope;
  return out;
}

std::string month_in_words(const std::string& month) {
  Value value;
  value.kind = Value::Kind::month;
  value.text = month;
  return month.empty() ? "" : to_text(value);
}

std::string title_or_name(const std::string& title, const std::string& name) { return title.empty() ? name : title; }

std::string dotted(const std::string& of, const std::string& name) { return of.empty() ? name : of + "." + name; }

std::string with(std::string text, std::string_view before, std::string_view added, std::string_view after) {
  if (!added.empty()) text.append(before).append(added).append(after);
  return text;
}

std::string sentence_of(const Reason& reason, const std::string& language) {
  if (const auto text = reason.text.find(language); text != reason.text.end()) return text->second;
  return reason.text.empty() ? "" : reason.text.begin()->second;
}

std::string comparison_of(const Reason& reason) {
  if (reason.compared.text.empty() || reason.limit.text.empty()) return "";
  std::string line = to_text(reason.compared) + ", limit " + to_text(reason.limit);
  return reason.margin.text.empty() ? line : line + ", apart by " + to_text(reason.margin, false);
}

bool is_shown(const Determination& d, const NamedValue& output) {
  if (output.value.kind != Value::Kind::unknown) return true;
  if (d.outcome == Outcome::pending) return !(output.value.low.empty() && output.value.high.empty());
  return d.outcome == Outcome::eligible || d.outcome == Outcome::conditional;
}

std::string_view heading_of_basis(const Determination& d) {
  const auto failed = [](const Reason& told) { return !told.rule.empty() && told.code != "passed" && told.code != "exempt"; };
  const bool one_of_them = d.outcome == Outcome::ineligible && d.reasons.empty() && std::any_of(d.basis.begin(), d.basis.end(), failed);
  return one_of_them ? "One of these fails, however the missing facts turn out" : "Tests";
}

std::string people_of(const Determination& d) { return d.subject.people.empty() ? "the household" : join_words(d.subject.people); }

std::string question_of(const MissingFact& fact) {
  const std::string name = dotted(fact.of, fact.fact);
  return fact.ask.empty() ? name : fact.ask + " (" + name + ")";
}

std::string choices_of(const MissingFact& fact) {
  constexpr std::size_t most_shown = 60;
  constexpr std::size_t shown_of_more = 12;
  if (fact.choices.size() <= most_shown) return join_words(fact.choices, "or");
  std::string out = "one of " + std::to_string(fact.choices.size()) + " words: ";
  for (std::size_t i = 0; i < shown_of_more; ++i) out.append(fact.choices[i]).append(", ");
  return out + "...";
}

std::string papers_of(const MissingFact& fact) {
  std::vector<std::string> papers = fact.papers;
  for (std::string& paper : papers) std::replace(paper.begin(), paper.end(), '_', ' ');
  return join_words(papers, "or");
}

}  // namespace duly
