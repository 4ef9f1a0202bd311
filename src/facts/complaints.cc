#include "facts/complaints.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace duly {

void Complaints::error(Code code, const Span& where, std::string message, std::string help, const About& about) {
  add(errors_, Severity::error, code, where, std::move(message), std::move(help), about);
}

void Complaints::warning(Code code, const Span& where, std::string message, std::string help, const About& about) {
  add(warnings_, Severity::warning, code, where, std::move(message), std::move(help), about);
}

void Complaints::add(Told& to, Severity severity, Code code, const Span& where, std::string message, std::string help, const About& about) {
  if (to.told.size() >= most_complaints) {
    ++to.beyond;
    return;
  }
  Diagnostic d = diagnostic_at(code, where, std::move(message), std::move(help));
  d.severity = severity;
  d.rule = about.name;
  d.cite = about.cite;
  to.told.push_back(std::move(d));
}

std::vector<Diagnostic> Complaints::take(Told& from) {
  const auto stands_before = [](const Diagnostic& a, const Diagnostic& b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); };
  for (auto next = from.told.begin(); next != from.told.end(); ++next)  // few, mostly in order, and the order of equals stays
    std::rotate(std::upper_bound(from.told.begin(), next, *next, stands_before), next, next + 1);
  if (from.beyond > 0) {
    std::string& help = from.told.back().help;
    help += (help.empty() ? "" : "; ") + std::to_string(from.beyond) + " more are not shown";
  }
  return std::move(from.told);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  return near.empty() ? "" : "did you mean `" + near + "`?";
}

}  // namespace duly
