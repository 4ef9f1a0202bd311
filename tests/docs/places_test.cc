// Three families in every place, each federal year: the table of docs/snap_in_every_place.md is what the shipped rules decide today. After a change
// of rules it is written anew:
//   DULY_RECORD=1 ./dev test -R docs

#include <gmock/gmock.h>

#include <array>
#include <regex>
#include <sstream>

#include "base/text.h"
#include "docs/every_place.h"
#include "duly/render.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

const std::string home = DULY_SOURCE_DIR;
const std::string page = home + "/docs/snap_in_every_place.md";
constexpr std::array months{"2023-11", "2024-11", "2025-11", "2026-11"};

struct Family {
  const char* file;
  const char* is;
};
constexpr std::array families{
    Family{"family_of_three", "A mother with two children. She earns $391.62 a week, the rent is $900, and she pays for heating."},
    Family{"elderly_couple", "A couple over 60 with $2,380 of Social Security and pension, their own home, and $450.80 of medical costs a month."},
    Family{"single_worker", "A worker who lives alone. He earns $1,850 a month, the rent is $900, and he pays for heating."}};

/// The state, and what else its rules ask: of Anchorage, of Manhattan, and on the islands which utilities are paid.
std::string place_of(const std::string& state) {
  if (state == "AK") return "place: {state: AK, alaska_zone: urban, alaska_region: southcentral}";
  if (state == "NY") return "place: {state: NY, county: NY_061}";
  const bool asks_utilities = state == "GU" || state == "HI" || state == "VI";
  return "place: {state: " + state + "}" + (asks_utilities ? "\nutilities: [{kind: electricity, cost: 180}, {kind: telephone, cost: 40}]" : "");
}

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
    out_ << "# SNAP in every place\n\n"
            "Three families, decided by the shipped rules in all 53 places for November of four federal years: the monthly allotment, or the reason\n"
            "for a refusal. A figure that is less than official or reported stands behind it: `(computed)`, `(projected)`, `(doubtful)`. Where a "
            "figure\n"
            "is not at hand the answer is `pending` and names the gap. Alaska is Anchorage, New York is Manhattan; on the islands electricity and "
            "telephone are paid.\n\n"
            "The tables are written by `DULY_RECORD=1 ./dev test -R docs`, and a test holds them to what the rules decide.\n";
    for (const Family& family : families) write(family);
    return out_.str();
  }

 private:
  void write(const Family& family) {
    out_ << "\n## `examples/households/" << family.file << ".yaml`\n" << family.is << "\n\n| place |";
    for (const char* month : months) out_ << ' ' << month << " |";
    out_ << "\n|---|---|---|---|---|\n";
    const std::string document = text_of(home + "/examples/households/" + family.file + ".yaml");
    for (const auto& [state, name] : places()) {
      out_ << "| " << name << " |";
      for (const char* month : months) out_ << ' ' << decided(document, state, month) << " |";
      out_ << '\n';
    }
  }

  std::string decided(const std::string& document, const std::string& state, const std::string& month) const {
    Request request;
    request.benefit_month = month;
    request.applied = month + "-01";
    request.decided = month + "-20";
    const auto found = rules_.determine("us/snap", std::regex_replace(document, std::regex("place: .*"), place_of(state)), request);
    return found ? cell(found->determinations.at(0)) : "error: " + found.errors().at(0).message;
  }

  Ruleset rules_;
  std::ostringstream out_;
};

TEST(SnapInEveryPlace, IsWhatTheRulesDecide) { expect_page(page, Page().write()); }

TEST(SnapInEveryPlace, HasAllPlacesAndNoError) {
  EXPECT_EQ(places().size(), 53U);
  EXPECT_THAT(text_of(page), testing::Not(testing::HasSubstr("error")));
}

}  // namespace
}  // namespace duly
