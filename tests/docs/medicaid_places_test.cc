// Three families in every state for Medicaid: the table of docs/medicaid_in_every_state.md is what the shipped rules decide today. After a change of rules it
// is written anew:
//   DULY_RECORD=1 ./dev test -R docs

#include <gmock/gmock.h>

#include <array>
#include <regex>
#include <sstream>

#include "docs/every_place.h"
#include "duly/render.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

const std::string home = DULY_SOURCE_DIR;
const std::string page = home + "/docs/medicaid_in_every_state.md";

struct Family {
  const char* file;
  const char* is;
};
constexpr std::array families{Family{"medicaid_family", "Married parents of 35 and 36 with children of 10 and 3, who earn $3,100 a month together."},
                              Family{"medicaid_grandmother",
                                     "A grandmother of 67 with Medicare who earns $700 and cares for a grandson of 9 and his sister of 17, who "
                                     "expects a child; she gives them no cash."},
                              Family{"medicaid_single_worker", "A man of 34 who lives alone and earns $1,790 a month."}};

/// The states and the District of Columbia: the rules do not cover the territories.
std::vector<std::pair<std::string, std::string>> states() {
  auto out = places();
  std::erase_if(out, [](const auto& place) { return place.first == "GU" || place.first == "VI"; });
  return out;
}

/// The state, and in Virginia the locality that its rules ask for.
std::string place_of(const std::string& state) { return state == "VA" ? "place: {state: VA, county: VA_059}" : "place: {state: " + state + "}"; }

std::string cell(const Determination& d) {
  switch (d.outcome) {
    case Outcome::eligible: return to_text(d.outputs.at(0).value, false) + confidence_of(d);
    case Outcome::ineligible: return "no: " + d.reasons.at(0).code + confidence_of(d);
    case Outcome::pending: return what_is_missing(d);
    case Outcome::conditional: return "conditional: " + d.remedy;
    case Outcome::error: break;
  }
  return "error";
}

class Page {
 public:
  Page() : rules_(*Ruleset::from_folder(home + "/rules")) {}

  std::string write() {
    out_ << "# Medicaid in every state\n\n"
            "Three families, decided by the shipped rules in the 50 states and the District of Columbia for an application of November 2026: the "
            "group of each\n"
            "person, or the reason for a refusal. A figure that is less than official or reported stands behind it: `(computed)`, `(doubtful)`; so "
            "does a choice\n"
            "of the state that was last read in 2014. Where a figure is not at hand the answer is `pending` and names the gap. In Virginia the "
            "family lives in\n"
            "Fairfax County.\n\n"
            "The tables are written by `DULY_RECORD=1 ./dev test -R docs`, and a test holds them to what the rules decide.\n";
    for (const Family& family : families) write(family);
    return out_.str();
  }

 private:
  void write(const Family& family) {
    const std::string document = text_of(home + "/examples/households/" + family.file + ".yaml");
    out_ << "\n## `examples/households/" << family.file << ".yaml`\n" << family.is << "\n\n| state |";
    const auto first = decided(document, "OH");
    for (const Determination& d : first) out_ << ' ' << d.subject.key << " |";
    out_ << "\n|---|";
    for (std::size_t i = 0; i < first.size(); ++i) out_ << "---|";
    out_ << '\n';
    for (const auto& [state, name] : states()) {
      out_ << "| " << name << " |";
      for (const Determination& d : decided(document, state)) out_ << ' ' << cell(d) << " |";
      out_ << '\n';
    }
  }

  std::vector<Determination> decided(const std::string& document, const std::string& state) const {
    const auto found = rules_.determine("us/medicaid", std::regex_replace(document, std::regex("place: .*"), place_of(state)), Request{});
    EXPECT_TRUE(found.ok()) << state;
    return found ? found->determinations : std::vector<Determination>{};
  }

  Ruleset rules_;
  std::ostringstream out_;
};

TEST(MedicaidInEveryState, IsWhatTheRulesDecide) { expect_page(page, Page().write()); }

TEST(MedicaidInEveryState, HasAllStatesAndNoError) {
  EXPECT_EQ(states().size(), 51U);
  EXPECT_THAT(text_of(page), testing::Not(testing::HasSubstr("error")));
}

}  // namespace
}  // namespace duly
