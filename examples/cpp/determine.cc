// Decides a household and prints outcome and outputs of each determination: determine RULES PROGRAM HOUSEHOLD
#include <duly/ruleset.h>

#include <fstream>
#include <iostream>
#include <sstream>

int main(int count, char** words) {
  if (count != 4) return std::cerr << "usage: determine RULES PROGRAM HOUSEHOLD\n", 1;
  std::ifstream file(words[3]);
  std::ostringstream document;
  if (!(document << file.rdbuf())) return std::cerr << words[3] << " cannot be read, or is empty\n", 1;

  const auto rules = duly::Ruleset::from_folder(words[1]);
  if (!rules) return std::cerr << to_text(rules.errors()), 1;
  const auto decided = rules->determine(words[2], document.str());
  if (!decided) return std::cerr << to_text(decided.errors()), 1;

  for (const auto& d : decided->determinations) {
    std::cout << d.subject.key << ": " << to_word(d.outcome) << '\n';
    for (const auto& output : d.outputs)
      std::cout << "  " << output.name << " = " << (output.value.text.empty() ? "not known" : output.value.text + ' ' + output.value.unit) << '\n';
    for (const auto& reason : d.reasons) std::cout << "  " << reason.text.at("en") << '\n';
    for (const auto& fact : d.missing) std::cout << "  ask: " << fact.ask << '\n';
  }
}
