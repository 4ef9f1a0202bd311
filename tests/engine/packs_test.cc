// Packs on a base: what they replace, add and fill, and which of them decides a household.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "duly/authoring.h"
#include "duly/render.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

constexpr const char* uplands = "north/heating/uplands.yaml";
constexpr const char* manifest = "north/heating/program.yaml";

using Texts = std::map<std::string, std::string>;

/// The little programs of this source tree that are about heating: a frame, and two packs on it.
Texts heating() {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(DULY_SOURCE_DIR) / "tests/programs";
  Texts out;
  for (const char* part : {"heating", "north", "south"})
    for (const auto& entry : fs::recursive_directory_iterator(folder / part)) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      out[entry.path().lexically_relative(folder).generic_string()] = text.str();
    }
  return out;
}

Ruleset rules_of(const Texts& texts) { return *Ruleset::from_texts(texts); }

/// The texts with one passage of a file put in another's place.
Texts changed(Texts texts, const std::string& file, const std::string& was, const std::string& is) {
  std::string& text = texts.at(file);
  const auto at = text.find(was);
  EXPECT_NE(at, std::string::npos) << was;
  text.replace(at, was.size(), is);
  return texts;
}

const char* family_in(const std::string& place) {
  static std::string text;
  text = "duly: 1\nrequest: {benefit_month: 2026-03, decided: 2026-03-15}\n" + place +
         "people:\n  ana: {wages: 1000}\n  ben: {wages: 0}\nfuel: oil\nheating_cost: 100\n";
  return text.c_str();
}

Determination decided(const Ruleset& rules, const std::string& program, const std::string& place) {
  const auto out = rules.determine(program, family_in(place));
  if (!out) {
    ADD_FAILURE() << to_text(out.errors());
    return {};
  }
  EXPECT_EQ(out->determinations.size(), 1U);
  return out->determinations.front();
}

std::string output(const Determination& d, const std::string& name) {
  for (const NamedValue& value : d.outputs)
    if (value.name == name) return value.value.text;
  return "no output `" + name + "`";
}

std::vector<Diagnostic> mistakes(const Texts& texts, const std::string& program) { return rules_of(texts).check(program); }

std::string first_mistake(const Texts& texts, const std::string& program) {
  const auto found = mistakes(texts, program);
  return found.empty() ? "" : code_text(found.front().code) + " " + found.front().message;
}

TEST(APack, FillsTheSlotsOfItsFrame) {
  const Ruleset rules = rules_of(heating());
  EXPECT_EQ(output(decided(rules, "south/heating", "place: {region: south}\n"), "counted_income"), "800");
  EXPECT_EQ(output(decided(rules, "north/heating", "place: {region: north}\n"), "counted_income"), "1000");
}

TEST(APack, PutsItsRuleInThePlaceOfItsBase) {
  const Ruleset rules = rules_of(heating());
  EXPECT_EQ(output(decided(rules, "heating", "place: {region: north}\n"), "grant"), "75");
  EXPECT_EQ(output(decided(rules, "heating", "place: {region: south}\n"), "grant"), "50");
}

TEST(APack, AddsToWhatItsBaseRequiresAndGives) {
  const auto info = rules_of(heating()).program("north/heating");
  ASSERT_TRUE(info) << to_text(info.errors());
  EXPECT_THAT(info->requires_tests, ElementsAre("fuel_test", "income_test"));
  EXPECT_THAT(info->outputs, ElementsAre("grant", "counted_income", "hill_share"));
  EXPECT_EQ(info->not_modelled.size(), 2U);
  EXPECT_THAT(info->doubts, ElementsAre(HasSubstr("peat")));
  EXPECT_EQ(info->covered_from, "2025-07");
  EXPECT_EQ(info->extends, "heating");
  EXPECT_THAT(info->covers, ElementsAre(Pair("region", ElementsAre("north", "hills"))));
  EXPECT_THAT(info->replaced, ElementsAre(Pair("paid_cost", "Uplands Code 3-4")));
}

TEST(APack, WordsAReasonInItsOwnWay) {
  const auto rules = rules_of(changed(heating(), "south/heating/counting.yaml", "2-4  | 1600", "2-4  | 100"));
  const Determination d = decided(rules, "heating", "place: {region: south}\n");
  ASSERT_EQ(d.reasons.size(), 1U);
  EXPECT_THAT(d.reasons.front().text.at("en"), HasSubstr("Board of the South"));
}

TEST(APack, IsShownWithWhatItReplaces) {
  const auto explained = rules_of(heating()).explain("heating", family_in("place: {region: north}\n"));
  ASSERT_TRUE(explained) << to_text(explained.errors());
  EXPECT_EQ(explained->front().program, "north/heating");
  const std::string text = to_text(explained->front());
  EXPECT_THAT(text, HasSubstr("Uplands Code 3-4, in place of heating, Heating Act 8"));
  EXPECT_THAT(to_json(*explained), HasSubstr("\"replaces\": \"heating, Heating Act 8\""));
  EXPECT_THAT(to_html(*explained), HasSubstr("in place of heating, Heating Act 8"));
}

TEST(APack, IsAnotherVersionWhenItOrItsBaseChanges) {
  const auto hash = [](const Texts& texts, const std::string& program) { return rules_of(texts).program(program)->rules_hash; };
  const std::string before = hash(heating(), "north/heating");
  EXPECT_NE(hash(changed(heating(), "heating/grant.yaml", "is: 130", "is: 131"), "north/heating"), before);
  EXPECT_NE(hash(changed(heating(), uplands, "0.75", "0.7"), "north/heating"), before);
  EXPECT_EQ(hash(changed(heating(), "south/heating/counting.yaml", "is: 0.2", "is: 0.3"), "north/heating"), before);
  EXPECT_EQ(decided(rules_of(heating()), "heating", "place: {region: north}\n").versions.rules, before);
}

TEST(APack, ListsTheFiguresOfItsBaseWithItsOwn) {
  const auto figures = sources(rules_of(heating()), "north/heating");
  ASSERT_TRUE(figures) << to_text(figures.errors());
  std::set<std::string> names;
  for (const SourcedValue& figure : *figures) names.insert(figure.parameter);
  EXPECT_THAT(names, ElementsAre("full_grant", "income_limit"));
}

TEST(APack, ReadsAndNamesAFactOfItsOwn) {
  Texts texts = heating();
  texts["north/heating/facts/more.yaml"] =
      "kind: facts\ntitle: More\nsnow:\n  of: household\n  type: boolean\n  ask: Does it snow?\n  cite: Uplands Code 3-7\n";
  texts = changed(texts, manifest, "extends: heating\n", "extends: heating\nfacts: [north/heating/facts]\n");
  texts = changed(texts, uplands, "passes: fuel != wood", "passes: fuel != wood and snow");
  const Determination d = decided(rules_of(texts), "heating", "place: {region: north}\nsnow: yes\n");
  EXPECT_EQ(d.outcome, Outcome::eligible);
}

TEST(APack, MayReplaceAFactOfItsBase) {
  Texts texts = heating();
  texts["south/heating/facts.yaml"] =
      "kind: facts\ntitle: Facts of the South\nfuel:\n  replaces: heating\n  cite: Southern Ordinance 3\n  ask: What burns in your stove?\n  "
      "if_not_stated: wood\n";
  const auto out = rules_of(texts).determine(
      "heating", "request: {benefit_month: 2026-03, decided: 2026-03-15}\nplace: {region: south}\npeople: {ana: {wages: 5}}\nheating_cost: 10\n");
  ASSERT_TRUE(out) << to_text(out.errors());
  EXPECT_EQ(rules_of(texts).check("south/heating").size(), 0U);
  EXPECT_EQ(out->determinations.front().outcome, Outcome::eligible);
}

// Which pack.

TEST(APlace, PicksThePack) {
  const Ruleset rules = rules_of(heating());
  EXPECT_EQ(decided(rules, "heating", "place: {region: north}\n").program, "north/heating");
  EXPECT_EQ(decided(rules, "heating", "place: {region: hills}\n").program, "north/heating");
  EXPECT_EQ(decided(rules, "heating", "place: {region: the South}\n").program, "south/heating");
}

TEST(APlace, ThatIsNotKnownIsAskedForAndNothingIsGuessed) {
  const Ruleset rules = rules_of(heating());
  for (const char* place : {"", "place: {region: unknown}\n", "place: {}\n"}) {
    const Determination d = decided(rules, "heating", place);
    EXPECT_EQ(d.outcome, Outcome::pending);
    EXPECT_EQ(d.program, "heating");
    EXPECT_THAT(d.outputs, IsEmpty());
    ASSERT_EQ(d.missing.size(), 1U);
    EXPECT_EQ(d.missing.front().fact, "region");
    EXPECT_EQ(d.missing.front().ask, "In which region do you live?");
    EXPECT_EQ(d.subject.kind, "household");
    EXPECT_THAT(d.subject.people, ElementsAre("ana", "ben"));
    EXPECT_EQ(d.benefit_month, "2026-03");
    EXPECT_FALSE(d.basis.empty());
  }
}

TEST(APlace, ThatIsNotKnownIsExplained) {
  const auto explained = rules_of(heating()).explain("heating", family_in(""));
  ASSERT_TRUE(explained) << to_text(explained.errors());
  EXPECT_EQ(explained->front().root.value_text, "pending");
  ASSERT_EQ(explained->front().root.children.size(), 1U);
  EXPECT_EQ(explained->front().root.children.front().name, "region");
  EXPECT_THAT(to_text(explained->front()), HasSubstr("In which region do you live?"));
}

TEST(APlace, ThatNoPackOnAFrameCoversIsAnError) {
  const auto out = rules_of(heating()).determine("heating", family_in("place: {region: islands}\n"));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.errors().front().code, Code::no_rules_in_force);
  EXPECT_THAT(out.errors().front().message, HasSubstr("region = islands"));
  EXPECT_THAT(out.errors().front().help, HasSubstr("`south/heating`"));
}

TEST(APlace, OutsideAPackThatIsAskedByNameIsAnError) {
  const auto out = rules_of(heating()).determine("north/heating", family_in("place: {region: south}\n"));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.errors().front().code, Code::no_rules_in_force);
  EXPECT_EQ(decided(rules_of(heating()), "north/heating", "").outcome, Outcome::pending);
}

TEST(APlace, WithAWordThatIsNotInTheListIsAMistakeOfTheDocument) {
  const auto out = rules_of(heating()).determine("heating", family_in("place: {region: nroth}\n"));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.errors().front().code, Code::not_in_list);
}

TEST(AProgram, DecidesWhereNoPackOnItDoes) {
  Texts texts = heating();  // the South as a base of its own, with a pack for the islands
  texts = changed(texts, "south/heating/program.yaml", "covers: {region: south}", "covers: {region: [south, islands]}");
  texts["islands/heating/program.yaml"] = "kind: program\nextends: south/heating\ncovers: {region: islands}\n";
  texts["islands/heating/peat.yaml"] =
      "kind: chapter\ntitle: Peat\npaid_cost:\n  replaces: heating\n  cite: Island Law 1\n  value: heating_cost * 0.1\n";
  const Ruleset rules = rules_of(texts);
  EXPECT_EQ(first_mistake(texts, "islands/heating"), "");
  EXPECT_EQ(decided(rules, "heating", "place: {region: south}\n").program, "south/heating");
  EXPECT_EQ(decided(rules, "heating", "place: {region: islands}\n").program, "islands/heating");
  EXPECT_EQ(output(decided(rules, "south/heating", "place: {region: islands}\n"), "grant"), "10");
  EXPECT_EQ(decided(rules, "south/heating", "").outcome, Outcome::pending);
}

TEST(AFrame, DecidesNobodyByItself) {
  const Ruleset rules = rules_of(heating());
  EXPECT_THAT(rules.check("heating"), IsEmpty());
  const auto plan = rules.plan_text("heating", "2026-03");
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.errors().front().code, Code::frame_alone);
  const auto info = rules.program("heating");
  ASSERT_TRUE(info);
  EXPECT_TRUE(info->is_frame);
  EXPECT_THAT(info->slots, ElementsAre("income_limit", "counted_income"));
  EXPECT_THAT(info->packs, ElementsAre("north/heating", "south/heating"));
}

// Bounds.

TEST(ABound, IsProvenOnceForAllWhereRangesAllow) {
  const auto plan = [](const Texts& texts) { return *rules_of(texts).plan_text("north/heating", "2026-03"); };
  const std::string proven = plan(changed(heating(), "heating/grant.yaml", "never_more_than: heating_cost", "never_more_than: 1500"));
  EXPECT_THAT(proven, Not(HasSubstr("undefined")));
  EXPECT_THAT(plan(changed(heating(), "heating/grant.yaml", "never_more_than: heating_cost", "never_more_than: 1499.99")), HasSubstr("undefined"));
}

TEST(ABound, ThatARuleBreaksForEverybodyRefusesThePack) {
  const Texts texts = changed(heating(), uplands, "- otherwise: heating_cost / 2", "- otherwise: heating_cost + 2001");
  const Texts always = changed(texts, uplands, "then: heating_cost * 0.75", "then: heating_cost + 2000.01");
  EXPECT_EQ(first_mistake(always, "north/heating").substr(0, 4), "E162");
  EXPECT_EQ(first_mistake(texts, "north/heating"), "");
}

TEST(ABound, ThatARuleBreaksForSomebodyIsAnErrorOfThatHouseholdAlone) {
  const Ruleset rules = rules_of(changed(heating(), uplands, "then: heating_cost * 0.75", "then: heating_cost * 0.75 + 30"));
  const Determination broken = decided(rules, "heating", "place: {region: north}\n");  // 105 of 100
  EXPECT_EQ(broken.outcome, Outcome::error);
  ASSERT_EQ(broken.errors.size(), 1U);
  EXPECT_EQ(broken.errors.front().code, Code::bound_broken);
  EXPECT_THAT(broken.errors.front().message, HasSubstr("`paid_cost` is 105, and may never be more than 100"));
  EXPECT_THAT(broken.errors.front().help, HasSubstr("Heating Act 8(3)"));
  EXPECT_EQ(broken.errors.front().cite, "Uplands Code 3-4");
  std::string at_the_bound = family_in("place: {region: north}\n");
  at_the_bound.replace(at_the_bound.find("heating_cost: 100"), 17, "heating_cost: 120");  // 120 of 120
  const auto kept = rules.determine("heating", at_the_bound);
  ASSERT_TRUE(kept) << to_text(kept.errors());
  EXPECT_EQ(kept->determinations.front().outcome, Outcome::eligible);
  EXPECT_EQ(output(kept->determinations.front(), "grant"), "120");
}

TEST(ABound, OfAParameterHoldsForEachOfItsRows) {
  EXPECT_EQ(first_mistake(changed(heating(), "south/heating/counting.yaml", "5+   | 2600", "5+   | 6000"), "south/heating"), "");
  EXPECT_THAT(first_mistake(changed(heating(), "south/heating/counting.yaml", "5+   | 2600", "5+   | 6000.01"), "south/heating"), HasSubstr("E162"));
  EXPECT_THAT(first_mistake(changed(heating(), uplands, "| 0\n", "| 500\n"), "north/heating"), HasSubstr("grows"));
}

// What is refused.

struct Wrong {
  const char* file;
  const char* was;
  const char* is;
  const char* code;
};

class AWrongPack : public testing::TestWithParam<Wrong> {};

TEST_P(AWrongPack, IsRefused) {
  const Wrong& wrong = GetParam();
  const Texts texts = changed(heating(), wrong.file, wrong.was, wrong.is);
  const std::string said = first_mistake(texts, "north/heating");
  EXPECT_EQ(said.substr(0, 4), wrong.code) << said;
  EXPECT_FALSE(rules_of(texts).determine("heating", family_in("place: {region: north}\n")));
}

INSTANTIATE_TEST_SUITE_P(
    Packs, AWrongPack,
    testing::Values(Wrong{uplands, "  replaces: heating\n", "", "E144"},                                       // stands in the base too
                    Wrong{uplands, "  cite: Uplands Code 3-4\n", "", "E146"},  // the chapter's citation does not do
                    Wrong{uplands, "  replaces: heating\n", "  replaces: south/heating\n", "E166"},  // not whose rule it is
                    Wrong{uplands, "paid_cost:\n", "paid_costs:\n", "E166"},  // nothing of that name
                    Wrong{uplands, "  cite: Uplands Code 3-4\n", "  cite: U\n  of: person\n", "E167"},  // another level
                    Wrong{uplands, "  cite: Uplands Code 3-4\n", "  cite: U\n  type: money per year\n", "E167"},
                    Wrong{uplands, "counted_income:\n  cite: Uplands Code 3-2\n", "counted:\n  of: household\n  title: T\n", "E165"},
                    Wrong{uplands, "counted_income:\n", "counted_income:\n  replaces: heating\n", "E166"},  // a slot is filled
                    Wrong{uplands, "hill_share:\n", "grant:\n  replaces: heating\n", "E169"},  // may not be replaced
                    Wrong{uplands, "  replaces: heating\n", "  replaces: heating\n  may_be_replaced: no\n", "E169"},
                    Wrong{manifest, "extends: heating", "extends: hating", "E163"},
                    Wrong{manifest, "extends: heating", "extends: north/heating", "E145"}, Wrong{manifest, "covers: {region: uplands}\n", "", "E142"},
                    Wrong{manifest, "covers: {region: uplands}", "covers: {regions: uplands}", "E104"},
                    Wrong{manifest, "covers: {region: uplands}", "covers: {region: lowlands}", "E126"},
                    Wrong{manifest, "before: income_test", "before: incme_test", "E166"},
                    Wrong{manifest, "coverage: {from: 2025-07", "coverage: {from: 2024-07", "E150"},
                    Wrong{manifest, "last_checked: 2026-11-25", "decides: each person", "E141"}));

TEST(TwoPacks, MayNotCoverOnePlace) {
  const Texts texts = changed(heating(), "south/heating/program.yaml", "covers: {region: south}", "covers: {region: [south, hills]}");
  for (const char* program : {"heating", "north/heating", "south/heating"}) EXPECT_THAT(first_mistake(texts, program), HasSubstr("E168")) << program;
  for (const char* place : {"place: {region: hills}\n", "place: {region: north}\n"}) {
    const auto out = rules_of(texts).determine("heating", family_in(place));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.errors().front().code, Code::place_covered_twice);
  }
}

TEST(APackThatCannotBeRead, IsNeverPassedOver) {
  Texts texts = heating();
  texts["islands/heating/program.yaml"] = "kind: program\nextends: heating\ncovers: {region: [islands\n";
  const auto out = rules_of(texts).determine("heating", family_in("place: {region: south}\n"));
  ASSERT_FALSE(out);
  EXPECT_THAT(out.errors().front().file, HasSubstr("islands/heating/program.yaml"));
}

TEST(AWordingOfTheBase, IsReplacedOnlyWhereItIsNamedWithItsLaw) {
  const char* file = "south/heating/notices/en.yaml";
  EXPECT_THAT(first_mistake(changed(heating(), file, "replaces:\n  income_over_limit: Southern Ordinance 12.9\n", ""), "south/heating"),
              HasSubstr("E144"));
  EXPECT_THAT(first_mistake(changed(heating(), file, " Southern Ordinance 12.9", ""), "south/heating"), HasSubstr("E146"));
  EXPECT_THAT(first_mistake(changed(heating(), file, "  income_over_limit: Southern", "  income_over: Southern"), "south/heating"), HasSubstr("E"));
}

TEST(AProgramWithoutABase, ReplacesNothing) {
  Texts texts = heating();
  texts["heating/grant.yaml"] += "extra:\n  replaces: heating\n  of: household\n  title: T\n  cite: C\n  value: 1\n";
  EXPECT_THAT(first_mistake(texts, "heating"), HasSubstr("E166"));
}

}  // namespace
}  // namespace duly
