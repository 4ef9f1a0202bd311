// One household by every program: what is read from whom, what is asked once, what is passed over.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duly/render.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Texts = std::map<std::string, std::string>;

/// Two programs of one dictionary. `bread` is for whom `meals` refused; by name it comes first.
Texts meals_and_bread() {
  return {{"facts/facts.yaml",
           "kind: facts\ntitle: What people say\ncodes:\n  place: [city, country]\n  meals_decision: [all, lunch, refused]\n"
           "place: {of: place, type: code place, ask: \"Where do you live?\", cite: M 1}\n"
           "poor: {of: person, type: boolean, ask: \"Is {name} poor?\", cite: M 2}\n"
           "hungry: {of: person, type: boolean, ask: \"Is {name} hungry?\", cite: M 3}\n"
           "only_lunch: {of: person, type: boolean, ask: \"Does {name} want lunch only?\", cite: M 3}\n"
           "meals_decision: {of: person, type: code meals_decision, ask: \"What was decided about meals for {name}?\", cite: M 4}\n"},
          {"meals/program.yaml",
           "kind: program\ntitle: Meals\nauthority: M\nfacts: [facts]\ndecides: each person\ncoverage: {from: 2025-01, until: 2026-12}\n"
           "last_checked: 2026-12-31\nrequires:\n  - {test: poor_test, fails: person}\noutputs: [due]\noutcomes:\n"
           "  - {when: \"meets all and only_lunch\", scope: lunch}\n  - {when: \"meets all\", scope: full}\n"},
          {"meals/rules.yaml",
           "kind: chapter\ntitle: Meals\npoor_test: {title: Poor, of: person, cite: M 5, passes: \"poor\", reason: not_poor}\n"
           "due: {title: Due by, of: person, type: date, cite: M 6, value: \"decided + 10 days\"}\n"},
          {"meals/notices/en.yaml", "kind: notices\nlanguage: en\nnot_poor: You are not poor.\n"},
          {"bread/program.yaml",
           "kind: program\ntitle: Bread\nauthority: M\nfacts: [facts]\ndecides: each person\ncoverage: {from: 2025-01, until: 2026-12}\n"
           "last_checked: 2026-12-31\nrequires:\n  - {test: meals_first_test, fails: person}\n  - {test: hungry_test, fails: person}\nreads:\n"
           "  - program: meals\n    fills: meals_decision\n    cite: M 7\n    with:\n      - {outcome: eligible, scope: lunch, is: lunch}\n"
           "      - {outcome: eligible, is: all}\n      - {outcome: ineligible, is: refused}\n"},
          {"bread/rules.yaml",
           "kind: chapter\ntitle: Bread\nmeals_first_test: {title: No meals, of: person, cite: M 7, passes: \"meals_decision != all\", reason: "
           "gets_meals}\n"
           "hungry_test: {title: Hungry, of: person, cite: M 8, passes: \"hungry and poor or hungry\", reason: not_hungry}\n"},
          {"bread/notices/en.yaml", "kind: notices\nlanguage: en\ngets_meals: You get meals.\nnot_hungry: You are not hungry.\n"}};
}

std::string home(const std::string& ana) {
  return "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\nplace: {place: city}\npeople:\n  ana: {" + ana + "}\n";
}

Screening screened(const std::string& ana, const Texts& texts = meals_and_bread(), const std::string& only = "") {
  const auto out = Ruleset::from_texts(texts)->screen(home(ana), {}, only);
  if (out) return *out;
  ADD_FAILURE() << to_text(out.errors());
  return {};
}

/// `meals: eligible` and so on, in the order of the screening.
std::vector<std::string> outcomes(const Screening& screening) {
  std::vector<std::string> out;
  for (const Screened& one : screening.decided)
    out.push_back(one.determination.program + ": " + std::string(to_word(one.determination.outcome)) +
                  (one.determination.scope.empty() || one.determination.scope == "full" ? "" : ", " + one.determination.scope));
  return out;
}

std::string first_mistake(const Texts& texts, const std::string& program = "bread") {
  for (const Diagnostic& d : Ruleset::from_texts(texts)->check(program))
    if (d.severity == Severity::error) return code_text(d.code) + " " + d.message;
  return "";
}

Texts changed(const std::string& file, const std::string& was, const std::string& is) {
  Texts texts = meals_and_bread();
  const auto at = texts.at(file).find(was);
  EXPECT_NE(at, std::string::npos) << was;
  texts.at(file).replace(at, was.size(), is);
  return texts;
}

TEST(AScreening, DecidesFirstWhatOthersRead) {
  EXPECT_THAT(outcomes(screened("poor: yes, hungry: yes, only_lunch: no")), ElementsAre("meals: eligible", "bread: ineligible"));
  EXPECT_THAT(outcomes(screened("poor: no, hungry: yes, only_lunch: no")), ElementsAre("meals: ineligible", "bread: eligible"));
}

TEST(AScreening, FillsByTheFirstLineThatFits) {
  EXPECT_THAT(outcomes(screened("poor: yes, hungry: yes, only_lunch: yes")), ElementsAre("meals: eligible, lunch", "bread: eligible"));
}

TEST(AScreening, LetsWhatTheDocumentStatesGoBefore) {
  EXPECT_THAT(outcomes(screened("poor: no, hungry: yes, only_lunch: no, meals_decision: all")),
              ElementsAre("meals: ineligible", "bread: ineligible"));
}

TEST(AScreening, LeavesOpenWhatIsPendingWhereItIsRead) {
  const Screening screening = screened("hungry: yes, only_lunch: no");
  EXPECT_THAT(outcomes(screening), ElementsAre("meals: pending", "bread: pending"));
  ASSERT_EQ(screening.missing.size(), 2U);
  EXPECT_EQ(screening.missing[0].fact.fact, "poor");
  EXPECT_EQ(screening.missing[1].fact.fact, "meals_decision");
}

TEST(AScreening, AsksWhatSeveralProgramsNeedOnceAndFirst) {
  Texts texts = changed("bread/rules.yaml", "hungry and poor or hungry", "hungry and poor");
  const Screening screening = screened("meals_decision: refused", texts);
  ASSERT_FALSE(screening.missing.empty());
  EXPECT_EQ(screening.missing[0].fact.fact, "poor");
  EXPECT_THAT(screening.missing[0].programs, ElementsAre("meals", "bread"));
  EXPECT_EQ(screening.missing[0].determinations, 2);
}

TEST(AScreening, ShowsTheNextOfTheDates) {
  const Screening screening = screened("poor: yes, hungry: no, only_lunch: no");
  EXPECT_EQ(screening.decided[0].next.value.text, "2026-07-05");
  EXPECT_THAT(screening.decided[1].next.name, IsEmpty());
}

/// Meals and bread, of which both want proof of `poor`: meals by `meals_due`, bread by `bread_due`, formulas of a `date or none`.
Texts with_proof(const std::string& meals_due, const std::string& bread_due) {
  Texts texts = changed("facts/facts.yaml", "poor?\", cite: M 2", "poor?\", cite: M 2, evidence: [pay_stubs, own_statement]");
  const auto add = [&](const std::string& program, const std::string& due) {
    texts.at(program + "/rules.yaml") += "proof_due: {title: Proof is due, of: person, type: date or none, cite: M 9, value: \"" + due + "\"}\n";
    std::string& manifest = texts.at(program + "/program.yaml");
    if (const auto outputs = manifest.find("outputs: [due]"); outputs != std::string::npos)
      manifest.replace(outputs, 14, "outputs: [due, proof_due]");
    else manifest += "outputs: [proof_due]\n";
    manifest += "verify_by: proof_due\n";
  };
  std::string& hungry = texts.at("bread/rules.yaml");
  hungry.replace(hungry.find("hungry and poor or hungry"), 25, "hungry and poor");
  add("meals", meals_due);
  add("bread", bread_due);
  return texts;
}

TEST(AScreening, SaysWhatIsToBeProvedByWhichPaperAndTheEarliestDay) {
  const std::string ana = "poor: yes, hungry: yes, only_lunch: no, meals_decision: refused";
  const Screening screening = screened(ana, with_proof("decided + 20 days", "decided + 10 days"));
  ASSERT_EQ(screening.to_verify.size(), 1U);
  const SharedFact& shared = screening.to_verify[0];
  EXPECT_EQ(shared.fact.fact, "poor");
  EXPECT_THAT(shared.fact.papers, ElementsAre("pay_stubs", "own_statement"));
  EXPECT_THAT(shared.programs, ElementsAre("meals", "bread"));
  EXPECT_EQ(shared.by.value.text, "2026-07-05");
  EXPECT_THAT(to_text(screening),
              HasSubstr("Is ana poor? (ana.poor)\n    shown by pay stubs or own statement\n    by 5 July 2026, for meals and bread\n"));
}

TEST(AScreening, NamesNoDayForProofWhereThereIsNoneOrItIsOpen) {
  const std::string ana = "poor: yes, hungry: yes, only_lunch: no, meals_decision: refused";
  const Screening none = screened(ana, with_proof("none", "none"));
  ASSERT_EQ(none.to_verify.size(), 1U);
  EXPECT_EQ(none.to_verify[0].by.name, "");
  const Screening open = screened(ana, with_proof("if applied > 2026-06-01 then none else decided + 10 days", "none"));
  ASSERT_EQ(open.to_verify.size(), 1U);
  EXPECT_EQ(open.to_verify[0].by.name, "");
}

TEST(AScreening, ShowsTheLastDayForProofOnlyWithWhatIsToBeProved) {
  const Screening screening = screened("poor: yes, hungry: yes, only_lunch: no, meals_decision: refused", with_proof("decided + 2 days", "none"));
  EXPECT_EQ(screening.decided[0].next.name, "due");
  EXPECT_EQ(screening.to_verify.at(0).by.value.text, "2026-06-27");
}

TEST(ADetermination, WantsNoPaperForANo) {
  const Screening screening = screened("poor: no, hungry: yes, only_lunch: no", with_proof("none", "none"));
  EXPECT_THAT(outcomes(screening), ElementsAre("meals: ineligible", "bread: ineligible"));
  EXPECT_THAT(screening.to_verify, IsEmpty());
}

TEST(ADetermination, IsNotAskedForProofThatTheDocumentNames) {
  const Texts texts = with_proof("decided + 20 days", "none");
  const auto decide = [&](const std::string& more) {
    return Ruleset::from_texts(texts)->determine("meals", home("poor: yes, only_lunch: no") + more)->determinations.at(0);
  };
  EXPECT_EQ(decide("").verify_by.value.text, "2026-07-15");
  EXPECT_EQ(decide("evidence: {ana.poor: pay_stubs}\n").verify_by.name, "");
}

TEST(VerifyBy, NamesOutputsThatAreDates) {
  const Texts texts = meals_and_bread();
  const auto with = [&](const std::string& names) {
    Texts more = texts;
    more.at("meals/program.yaml") += "verify_by: " + names + "\n";
    return first_mistake(more, "meals");
  };
  EXPECT_EQ(with("due"), "");
  EXPECT_EQ(with("[due, poor_test]"), "E104 `poor_test` is no output of the program");
  Texts wrong = changed("meals/program.yaml", "outputs: [due]", "outputs: [is_poor]\nverify_by: is_poor");
  wrong.at("meals/rules.yaml") += "is_poor: {title: Poor, of: person, type: boolean, cite: M 5, value: poor}\n";
  EXPECT_EQ(first_mistake(wrong, "meals"), "E123 `is_poor` is no date, so nothing can be shown by it");
}

TEST(AScreening, PassesOverWhatDoesNotCoverTheMonthAndSaysSo) {
  const Texts texts = changed("meals/program.yaml", "{from: 2025-01, until: 2026-12}", "{from: 2025-01, until: 2026-05}");
  const Screening screening = screened("poor: no, hungry: yes, only_lunch: no", texts);
  EXPECT_THAT(outcomes(screening), ElementsAre("bread: pending"));  // nobody decided about meals
  ASSERT_EQ(screening.passed_over.size(), 1U);
  EXPECT_EQ(screening.passed_over[0].program, "meals");
  EXPECT_THAT(screening.passed_over[0].why, HasSubstr("2026-05"));
}

TEST(AScreening, IsAnErrorWhereNoProgramDecides) {
  Texts texts = changed("meals/program.yaml", "until: 2026-12", "until: 2026-05");
  texts.at("bread/program.yaml").replace(texts.at("bread/program.yaml").find("until: 2026-12"), 14, "until: 2026-05");
  const auto out = Ruleset::from_texts(texts)->screen(home("poor: no"));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.errors().front().code, Code::no_rules_in_force);
}

TEST(AScreening, OfOneProgramTakesWhatItReadsAlong) {
  EXPECT_THAT(outcomes(screened("poor: no, hungry: yes, only_lunch: no", meals_and_bread(), "bread")),
              ElementsAre("meals: ineligible", "bread: eligible"));
  EXPECT_THAT(outcomes(screened("poor: no, hungry: yes, only_lunch: no", meals_and_bread(), "meals")), ElementsAre("meals: ineligible"));
}

TEST(AScreening, TellsAMistakeOfTheDocumentOnce) {
  const auto out = Ruleset::from_texts(meals_and_bread())->screen(home("poor: perhaps"));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.errors().size(), 1U);
}

TEST(AScreening, SaysTheSameInTextJsonAndOnItsPage) {
  const Screening screening = screened("poor: no, only_lunch: no");
  const std::string text = to_text(screening);
  EXPECT_THAT(text, HasSubstr("You are not poor. (M 5)"));
  EXPECT_THAT(text, HasSubstr("1. Is ana hungry? (ana.hungry)"));
  EXPECT_EQ(text, to_text(screened("poor: no, only_lunch: no")));
  EXPECT_THAT(to_json(screening), HasSubstr("\"passed_over\": []"));
  EXPECT_THAT(to_html(screening), HasSubstr("You are not poor."));
}

TEST(ADeterminationAlone, ReadsNoOtherProgram) {
  const auto out = Ruleset::from_texts(meals_and_bread())->determine("bread", home("poor: no, hungry: yes, only_lunch: no"));
  ASSERT_TRUE(out);
  EXPECT_EQ(out->determinations.front().outcome, Outcome::pending);
}

TEST(Reads, AreRefusedWhereTheyNameWhatIsNotThere) {
  const std::string file = "bread/program.yaml";
  EXPECT_EQ(first_mistake(meals_and_bread()), "");
  EXPECT_THAT(first_mistake(changed(file, "program: meals", "program: meels")), HasSubstr("E104"));
  EXPECT_THAT(first_mistake(changed(file, "fills: meals_decision", "fills: meals_decided")), HasSubstr("E104"));
  EXPECT_THAT(first_mistake(changed(file, "is: refused", "is: refuse")), HasSubstr("E126"));
  EXPECT_THAT(first_mistake(changed(file, "{outcome: ineligible,", "{outcome: pending,")), HasSubstr("pending"));
  EXPECT_THAT(first_mistake(changed(file, "    cite: M 7\n", "")), HasSubstr("E146"));
  EXPECT_THAT(first_mistake(changed(file, "    fills: meals_decision\n", "")), HasSubstr("E142"));
  EXPECT_THAT(first_mistake(changed(file, ", is: refused}", "}")), HasSubstr("E142"));
}

TEST(Reads, InACircleAreRefused) {
  Texts texts = meals_and_bread();
  texts.at("meals/program.yaml") += "reads: [{program: bread, fills: hungry, cite: M 9, with: [{outcome: eligible, is: yes}]}]\n";
  EXPECT_EQ(first_mistake(texts), "E170 `bread` reads `meals` reads `bread`");
  EXPECT_THAT(first_mistake(texts, "meals"), HasSubstr("E170"));
  EXPECT_FALSE(Ruleset::from_texts(texts)->screen(home("poor: yes")));
}

}  // namespace
}  // namespace duly
