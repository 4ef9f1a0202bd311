// Why somebody does not take part: the word of the role, the line that gave it, and each test of the person that fails, with its sentence.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duly/render.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

/// A kitchen for whoever lives together. Guests, and who has had five meals, do not count.
std::map<std::string, std::string> kitchen() {
  return {{"facts/facts.yaml",
           "kind: facts\ntitle: What people say\ncodes:\n  part: {words: {member: takes part, left_out: is left out}}\n"
           "absent: {of: person, type: boolean, if_not_stated: no, ask: \"Is {name} away?\", cite: K 0}\n"
           "guest: {of: person, type: boolean, ask: \"Is {name} a guest?\", cite: K 1}\n"
           "meals_had: {of: person, type: count, range: \"[0..99]\", ask: \"How many meals has {name} had?\", cite: K 2}\n"},
          {"kitchen/program.yaml",
           "kind: program\ntitle: Kitchen\nauthority: K\nfacts: [facts]\ndecides: each table\ncoverage: {from: 2025-01, until: 2026-12}\n"
           "last_checked: 2026-12-31\nrequires:\n  - {test: few_meals_test, fails: person}\n  - {test: no_guest_test, fails: person}\n"
           "  - {test: somebody_test}\noutputs: [eaters]\noutcomes:\n  - {when: meets all}\n"},
          {"kitchen/rules.yaml",
           "kind: chapter\ntitle: Kitchen\n"
           "table:\n  title: Table\n  cite: K 3\n  role: part\n  partition: people\n"
           "  steps:\n    - outside:\n        - {who: absent, cite: K 3(a), reason: is_away}\n    - together:\n        - {when: \"not a.absent\", "
           "cite: K 3}\n"
           "part:\n  title: Part\n  of: person\n  type: code part\n  cite: K 4\n  branches:\n"
           "    - {when: not few_meals_test or not no_guest_test, then: left_out, cite: K 4(a)}\n    - {otherwise: member}\n"
           "few_meals_test: {title: Few meals, of: person, cite: K 5, passes: \"meals_had < 5\", reason: five_meals_had}\n"
           "no_guest_test: {title: No guest, of: person, cite: K 6, passes: \"not guest\", reason: is_a_guest}\n"
           "eaters: {title: Who eats, of: table, type: count, cite: K 7, value: \"count(members)\"}\n"
           "somebody_test: {title: Somebody eats, of: table, cite: K 8, passes: \"eaters > 0\", reason: nobody_eats}\n"},
          {"kitchen/notices/en.yaml",
           "kind: notices\nlanguage: en\nfive_meals_had: \"{name} has had {meals_had, plural, one {one meal} other {# meals}}.\"\n"
           "is_a_guest: \"{name} is a guest.\"\nis_away: \"{name} is away.\"\nnobody_eats: Nobody eats.\n"}};
}

Determination at_table(const std::string& ana, const std::string& leo) {
  const auto rules = Ruleset::from_texts(kitchen());
  EXPECT_TRUE(rules) << (rules ? "" : to_text(rules.errors()));
  const auto out = rules->determine(
      "kitchen", "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\npeople:\n  ana: {" + ana + "}\n  leo: {" + leo + "}\n");
  EXPECT_TRUE(out) << (out ? "" : to_text(out.errors()));
  return out->determinations.at(0);
}

TEST(LeftOut, EachTestThatThePersonFailsIsToldWithItsSentence) {
  const Determination d = at_table("guest: no, meals_had: 4", "guest: yes, meals_had: 5");
  EXPECT_EQ(d.outcome, Outcome::eligible);
  ASSERT_THAT(d.left_out, SizeIs(1));
  const LeftOut& leo = d.left_out[0];
  EXPECT_EQ(leo.person, "leo");
  EXPECT_EQ(leo.role, "left_out");
  EXPECT_EQ(leo.cite, "K 4(a)");
  ASSERT_THAT(leo.reasons, SizeIs(2));
  EXPECT_EQ(leo.reasons[0].code, "five_meals_had");
  EXPECT_EQ(leo.reasons[0].subject, "leo");
  EXPECT_EQ(leo.reasons[0].cite, "K 5");
  EXPECT_EQ(leo.reasons[0].compared.text, "5");
  EXPECT_EQ(leo.reasons[0].text.at("en"), "leo has had 5 meals.");
  EXPECT_EQ(leo.reasons[1].text.at("en"), "leo is a guest.");
}

TEST(LeftOut, ATestThatThePersonPassesIsNotTold) {
  const Determination d = at_table("guest: no, meals_had: 4", "guest: yes, meals_had: 4");
  ASSERT_THAT(d.left_out, SizeIs(1));
  ASSERT_THAT(d.left_out[0].reasons, SizeIs(1));
  EXPECT_EQ(d.left_out[0].reasons[0].code, "is_a_guest");
}

TEST(LeftOut, ALineThatKeepsAPersonOutOfEveryUnitIsToldWithItsSentence) {
  const Determination d = at_table("guest: no, meals_had: 4", "guest: no, meals_had: 4, absent: yes");
  ASSERT_THAT(d.left_out, SizeIs(1));
  const LeftOut& leo = d.left_out[0];
  EXPECT_EQ(leo.role, "outside");
  EXPECT_EQ(leo.reason, "is_away");
  ASSERT_THAT(leo.reasons, SizeIs(1));
  EXPECT_EQ(leo.reasons[0].cite, "K 3(a)");
  EXPECT_EQ(leo.reasons[0].line, "absent");
  EXPECT_EQ(leo.reasons[0].text.at("en"), "leo is away.");
}

TEST(LeftOut, NobodyIsToldOfWhereAllTakePart) { EXPECT_THAT(at_table("guest: no, meals_had: 4", "guest: no, meals_had: 0").left_out, IsEmpty()); }

TEST(LeftOut, TextPageAndJsonHaveTheSentence) {
  const Determination d = at_table("guest: no, meals_had: 4", "guest: no, meals_had: 5");
  const std::string text = to_text(d, {.width = 100, .color = false, .language = "en"});
  EXPECT_THAT(text, HasSubstr("leo: left_out"));
  EXPECT_THAT(text, HasSubstr("leo has had 5 meals."));
  EXPECT_THAT(text, Not(HasSubstr("leo is a guest.")));
  EXPECT_THAT(to_json(Determinations{{d}, {}}), HasSubstr("leo has had 5 meals."));
  EXPECT_THAT(to_html(std::vector<Explanation>{{d.program, "Kitchen", d, {}}}), HasSubstr("leo has had 5 meals."));
}

TEST(LeftOut, ARefusalOfWhichOneTestOrTheOtherFailsNamesBothAndNeitherAsTheReason) {
  auto texts = kitchen();
  texts["kitchen/rules.yaml"] +=
      "calm_test: {title: Calm, of: table, cite: K 9, passes: \"some p in unit_people satisfies p.guest\", reason: no_guest_here}\n"
      "quiet_test: {title: Quiet, of: table, cite: K 10, passes: \"every p in unit_people satisfies not p.guest\", reason: guest_here}\n";
  texts["kitchen/notices/en.yaml"] += "no_guest_here: There is no guest.\nguest_here: There is a guest.\n";
  std::string& program = texts["kitchen/program.yaml"];
  program.replace(program.find("  - {test: somebody_test}\n"), std::string("  - {test: somebody_test}\n").size(),
                  "  - {test: calm_test}\n  - {test: quiet_test}\n");
  const auto rules = Ruleset::from_texts(texts);
  ASSERT_TRUE(rules) << to_text(rules.errors());
  const auto out = rules->determine(
      "kitchen",
      "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\npeople:\n  ana: {meals_had: 0}\n  leo: {guest: no, meals_had: 0}\n");
  ASSERT_TRUE(out) << to_text(out.errors());
  const Determination& d = out->determinations.at(0);
  EXPECT_EQ(d.outcome, Outcome::ineligible) << "guest or not, one of the tests fails";
  EXPECT_THAT(d.reasons, IsEmpty());
  ASSERT_THAT(d.basis, SizeIs(2));
  EXPECT_EQ(d.basis[0].code, "no_guest_here");
  EXPECT_EQ(d.basis[1].code, "guest_here");
  EXPECT_THAT(to_text(d), HasSubstr("One of these fails, however the missing facts turn out"));
  EXPECT_THAT(to_html(std::vector<Explanation>{{d.program, "Kitchen", d, {}}}), HasSubstr("One of these fails, however the missing facts turn out"));
}

}  // namespace
}  // namespace duly
