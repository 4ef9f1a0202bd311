// Two families in every state by Medicaid and, after it, by CHIP: the table of docs/chip_in_every_state.md is what the shipped rules decide today. After
// a change of rules it is written anew:
//   DULY_RECORD=1 ./dev test -R docs

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

#include "docs/every_place.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

const std::string home = DULY_SOURCE_DIR;
const std::string page = home + "/docs/chip_in_every_state.md";

struct Family {
  const char* file;
  std::vector<std::string> people;
};
const std::array families{Family{"chip_family", {"ana", "leo", "mia"}}, Family{"chip_pregnant_resident", {"eva"}}};

std::vector<std::pair<std::string, std::string>> states() {
  auto out = places();
  std::erase_if(out, [](const auto& place) { return place.first == "GU" || place.first == "VI"; });
  return out;
}

/// Counties of California differ in CHIP, localities of Virginia in Medicaid for parents.
std::string place_of(const std::string& state) {
  const std::string county = state == "CA" ? ", county: CA_037" : state == "VA" ? ", county: VA_059" : "";
  return "place: {state: " + state + county + "}";
}

std::string cell(const Determination& medicaid, const Determination& chip) {
  for (const Determination* d : {&medicaid, &chip}) {
    if (d->outcome == Outcome::eligible) return d->outputs.at(0).value.label + confidence_of(*d);
    if (d->outcome == Outcome::pending) return what_is_missing(*d);
    if (d->outcome != Outcome::ineligible) return "error";
  }
  return "no: " + medicaid.reasons.at(0).code + confidence_of(medicaid);
}

class Page {
 public:
  Page() : rules_(*Ruleset::from_folder(home + "/rules")) {}

  std::string write() {
    out_ << "# CHIP in every state\n\n"
            "Two families, decided by the shipped rules in the 50 states and the District of Columbia for an application of November 2026: the group "
            "of\n"
            "Medicaid or, after it, of CHIP, else Medicaid's reason for the refusal. A figure that is less than official or reported stands behind "
            "it:\n"
            "`(doubtful)`. Where a figure is not at hand the answer is `pending` and names it. In California the family lives in Los Angeles, in "
            "Virginia\n"
            "in Fairfax County.\n\n"
            "- `examples/households/chip_family.yaml`: married parents with children of 9 and 4, who earn $4,600 a month together. The father fares "
            "as the\n"
            "  mother does.\n"
            "- `examples/households/chip_pregnant_resident.yaml`: a pregnant woman who earns $2,900 a month and has been a permanent resident for "
            "two years.\n\n"
            "The table is written by `DULY_RECORD=1 ./dev test -R docs`, and a test holds it to what the rules decide.\n\n"
            "| state | ana | leo | mia | eva |\n|---|---|---|---|---|\n";
    for (const auto& [state, name] : states()) write_row(state, name);
    return out_.str();
  }

 private:
  void write_row(const std::string& state, const std::string& name) {
    out_ << "| " << name << " |";
    for (const Family& family : families) {
      const std::string text = text_of(home + "/examples/households/" + family.file + ".yaml");
      const std::string document = std::regex_replace(text, std::regex("place: .*"), place_of(state));
      const auto medicaid = decided("us/medicaid", document);
      const auto chip = decided("us/chip", after_medicaid(document, medicaid));
      for (std::size_t i = 0; i < medicaid.size(); ++i)
        if (std::find(family.people.begin(), family.people.end(), medicaid[i].subject.key) != family.people.end())
          out_ << ' ' << cell(medicaid[i], chip.at(i)) << " |";
    }
    out_ << '\n';
  }

  /// The same document, in which it is known what Medicaid decided for each person.
  static std::string after_medicaid(std::string document, const std::vector<Determination>& medicaid) {
    for (const Determination& one : medicaid) {
      const std::string person = "\n  " + one.subject.key + ": {";
      const std::string decision = one.outcome == Outcome::eligible ? one.scope : one.outcome == Outcome::ineligible ? "refused" : "unknown";
      document.replace(document.find(person), person.size(), person + "medicaid_decision: " + decision + ", ");
    }
    return document;
  }

  [[nodiscard]] std::vector<Determination> decided(const std::string& program, const std::string& document) const {
    const auto found = rules_.determine(program, document, Request{});
    EXPECT_TRUE(found.ok()) << document;
    return found ? found->determinations : std::vector<Determination>{};
  }

  Ruleset rules_;
  std::ostringstream out_;
};

TEST(ChipInEveryState, IsWhatTheRulesDecide) { expect_page(page, Page().write()); }

TEST(ChipInEveryState, HasAllStatesAndNoError) {
  EXPECT_EQ(states().size(), 51U);
  EXPECT_THAT(text_of(page), testing::Not(testing::HasSubstr("error")));
}

}  // namespace
}  // namespace duly
