// Three families in every state by Medicaid and, after it, by CHIP: the table of docs/medical_aid_in_every_place.md is what the shipped rules decide
// today. After a change of rules it is written anew:
//   DULY_RECORD=1 ./dev test -R docs

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "docs/every_place.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

const std::string home = DULY_SOURCE_DIR;
const std::string page = home + "/docs/medical_aid_in_every_place.md";

struct Family {
  const char* file;
  std::vector<const char*> people;
};
const std::array families{Family{"medical_couple_with_two_children", {"ana", "ben", "leo", "mia"}}, Family{"medical_pregnant_resident", {"eva"}},
                          Family{"medical_grandmother", {"rosa", "tom"}}};

/// California's counties differ in CHIP, Virginia's in the limit for parents.
std::string place_of(const std::string& state) {
  const std::string county = state == "CA" ? ", county: \"Los Angeles County, CA\"" : state == "VA" ? ", county: \"Fairfax County, VA\"" : "";
  return "place: {state: " + state + county + "}";
}

const Determination& of(const std::string& person, const std::vector<Determination>& all) {
  for (const Determination& one : all)
    if (one.subject.key == person) return one;
  throw std::runtime_error("nobody decided " + person);
}

std::string cell(const Determination& medicaid, const Determination& chip) {
  for (const Determination* d : {&medicaid, &chip}) {
    if (d->outcome == Outcome::eligible) return d->outputs.at(0).value.text + confidence_of(*d);
    if (d->outcome == Outcome::pending) return pending_of(*d);
    if (d->outcome == Outcome::error) return "error";
  }
  return "no: " + medicaid.reasons.at(0).code + confidence_of(medicaid);
}

/// The same document, in which it is known what Medicaid decided for each person.
std::string after_medicaid(std::string document, const std::vector<Determination>& medicaid) {
  for (const Determination& one : medicaid) {
    const std::string person = "\n  " + one.subject.key + ": {";
    const std::string decision = one.outcome == Outcome::eligible ? one.scope : one.outcome == Outcome::ineligible ? "refused" : "unknown";
    document.replace(document.find(person), person.size(), person + "medicaid_decision: " + decision + ", ");
  }
  return document;
}

class Page {
 public:
  Page() : rules_(*Ruleset::from_folder(home + "/rules")) {}

  std::string write() {
    out_ << "# Medical aid in every place\n\n"
            "Seven people of three families, decided by the shipped rules in 50 states and the District of Columbia for November 2026: the group of "
            "Medicaid\n"
            "or, after it, of CHIP, else the reason of Medicaid for the refusal. Where a figure it rests on is less than official or reported, "
            "`(doubtful)`\n"
            "stands behind it; where one is not at hand the answer is `pending` and names it. California is Los Angeles, Virginia is Fairfax "
            "County.\n\n"
            "- `examples/households/medical_couple_with_two_children.yaml`: Ana and Ben earn $1,600 and $3,000 a month; Leo is 9, Mia is 4.\n"
            "- `examples/households/medical_pregnant_resident.yaml`: Eva, pregnant, earns $2,900 a month. She has been a permanent resident for two "
            "years.\n"
            "- `examples/households/medical_grandmother.yaml`: Rosa, 58, earns $1,700 a month and claims her grandson Tom, 10.\n\n"
            "The table is written by `DULY_RECORD=1 ./dev test -R docs`, and a test holds it to what the rules decide.\n\n"
            "| place | Ana | Ben | Leo | Mia | Eva | Rosa | Tom |\n|---|---|---|---|---|---|---|---|\n";
    for (const auto& [state, name] : places())
      if (state != "GU" && state != "VI") write_row(state, name);
    return out_.str();
  }

 private:
  void write_row(const std::string& state, const std::string& name) {
    out_ << "| " << name << " |";
    for (const Family& family : families) {
      const std::string document =
          std::regex_replace(text_of(home + "/examples/households/" + family.file + ".yaml"), std::regex("place: .*"), place_of(state));
      const auto medicaid = decided("us/medicaid", document);
      const auto chip = decided("us/chip", after_medicaid(document, medicaid));
      for (const char* person : family.people) out_ << ' ' << cell(of(person, medicaid), of(person, chip)) << " |";
    }
    out_ << '\n';
  }

  [[nodiscard]] std::vector<Determination> decided(const std::string& program, const std::string& document) const {
    const auto found = rules_.determine(program, document);
    if (!found) throw std::runtime_error(to_text(found.errors()));
    return found->determinations;
  }

  Ruleset rules_;
  std::ostringstream out_;
};

TEST(MedicalAidInEveryPlace, IsWhatTheRulesDecide) {
  const std::string now = Page().write();
  if (std::getenv("DULY_RECORD") != nullptr) std::ofstream(page) << now;
  EXPECT_EQ(text_of(page), now);
}

TEST(MedicalAidInEveryPlace, HasAllPlacesAndNoError) {
  const std::string table = text_of(page);
  EXPECT_EQ(
      std::count(table.begin(), table.end(), '\n') - std::count(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(table.find("|---")), '\n'),
      52);
  EXPECT_THAT(table, testing::Not(testing::HasSubstr("error")));
}

}  // namespace
}  // namespace duly
