// Relations between people: both sides, complete and open lists, groups, contradictions.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

TEST(ARelation, FillsBothSides) {
  const Household household = sound("people: {ana: {parent_of: [leo, mia]}, leo: {}, mia: {}}\n");
  EXPECT_EQ(show(household, "parent_of", 0), "{1 and 2}");
  EXPECT_EQ(show(household, "parents", 1), "{0} maybe {0 and 2}");
  EXPECT_EQ(show(household, "parent_of", 1), "{} maybe {0 and 2}") << "leo's own list is another question";
}

TEST(ARelation, MayBeGivenByAnyOfItsNames) {
  for (const char* key : {"parent_of", "children"}) {
    const Household household = sound("people: {ana: {" + std::string(key) + ": [leo]}, leo: {}}\n");
    EXPECT_EQ(show(household, "parent_of", 0), "{1}") << key;
    EXPECT_EQ(show(household, "parents", 1), "{0}") << key;
  }
  const Household inverse = sound("people: {ana: {}, leo: {parents: [ana]}}\n");
  EXPECT_EQ(show(inverse, "parent_of", 0), "{1}");
  EXPECT_EQ(show(inverse, "parents", 1), "{0}");
  EXPECT_EQ(show(inverse, "parents", 0), "{} maybe {1}");
}

TEST(ARelation, TakesOneNameWithoutAList) {
  const Household household = sound("people: {ana: {spouse_of: ben}, ben: {}}\n");
  EXPECT_EQ(show(household, "spouse_of", 0), "{1}");
  EXPECT_EQ(show(household, "spouse_of", 1), "{0}");
}

TEST(AGivenList, IsCompleteEvenWhereItIsEmpty) {
  for (const char* none : {"[]", "none"}) {
    const Household household = sound("people: {ana: {parent_of: " + std::string(none) + "}, leo: {}}\n");
    EXPECT_EQ(show(household, "parent_of", 0), "{}");
    EXPECT_EQ(show(household, "parents", 1), "{}");
    EXPECT_EQ(show(household, "parents", 0), "{} maybe {1}");
  }
}

TEST(AnAbsentList, IsUnknown) {
  const Household household = sound("people: {ana: {}, leo: {}}\n");
  EXPECT_EQ(show(household, "parent_of", 0), "{} maybe {1}");
  EXPECT_EQ(show(household, "buys_food_with", 1), "{} maybe {0}");
}

TEST(AList, StaysOpenWhereMoreIsUnknown) {
  const Household household = sound("people: {ana: {parent_of: [leo, {more: unknown}]}, leo: {}, mia: {}}\n");
  EXPECT_EQ(show(household, "parent_of", 0), "{1} maybe {1 and 2}");
}

TEST(TheInverse, IsKnownOnceEverybodysListIs) {
  const Household household = sound("people: {ana: {parent_of: [leo]}, ben: {parent_of: []}, leo: {parent_of: []}}\n");
  EXPECT_EQ(show(household, "parents", 0), "{}");
  EXPECT_EQ(show(household, "parents", 1), "{}");
  EXPECT_EQ(show(household, "parents", 2), "{0}");
}

TEST(APair, IsUnrelatedIfEitherSideSaysSo) {
  const Household household = sound("people: {ana: {}, ben: {}, leo: {parents: [ana]}}\n");
  EXPECT_EQ(show(household, "parent_of", 0), "{2} maybe {1 and 2}");
  EXPECT_EQ(show(household, "parent_of", 1), "{} maybe {0}") << "leo's parents do not name ben";
}

TEST(BothSides, MayAgree) {
  const Household household = sound("people: {ana: {parent_of: [leo]}, leo: {parents: [ana]}}\n");
  EXPECT_EQ(show(household, "parent_of", 0), "{1}");
  EXPECT_EQ(show(household, "parents", 1), "{0}");
}

TEST(BothSides, MayNotContradict) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: [leo]}, leo: {parents: []}}\n"), Code::contradiction,
                   "`leo.parents` does not name `ana`, but `ana.parent_of` names `leo`");
  EXPECT_ONE_ERROR(errors_of("people: {leo: {parents: [ana]}, ana: {children: []}}\n"), Code::contradiction,
                   "`ana.children` does not name `leo`, but `leo.parents` names `ana`");
  EXPECT_TRUE(errors_of("people: {ana: {parent_of: [leo]}, leo: {parents: [{more: unknown}]}}\n").empty());
}

TEST(ASymmetricRelation, HoldsBothWays) {
  const Household household = sound("people: {ana: {buys_food_with: [leo]}, leo: {}, carl: {}}\n");
  EXPECT_EQ(show(household, "buys_food_with", 0), "{1}");
  EXPECT_EQ(show(household, "buys_food_with", 1), "{0} maybe {0 and 2}");
  EXPECT_EQ(show(household, "buys_food_with", 2), "{} maybe {1}");
}

TEST(ASymmetricRelation, MayNotContradictItself) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {spouse_of: [ben]}, ben: {spouse_of: []}}\n"), Code::contradiction,
                   "`ben.spouse_of` does not name `ana`, but `ana.spouse_of` names `ben`");
  EXPECT_TRUE(errors_of("people: {ana: {spouse_of: [ben]}, ben: {spouse_of: [ana]}}\n").empty());
}

TEST(AOneSidedRelation, NeedsNoInverse) {
  const Household household = sound("people: {ana: {cares_for: [leo]}, leo: {}}\n");
  EXPECT_EQ(show(household, "cares_for", 0), "{1}");
  EXPECT_EQ(show(household, "cares_for", 1), "{} maybe {0}");
}

TEST(ARelation, NamesPeopleOfTheDocument) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: [leon]}, leo: {}}\n"), Code::unknown_person, "did you mean `leo`?");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: 5}, leo: {}}\n"), Code::unknown_person, "list everybody under `people`");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: {leo: yes}}, leo: {}}\n"), Code::document_shape, "is a list of people");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: [[leo]]}, leo: {}}\n"), Code::document_shape, "is a list of people");
  EXPECT_ONE_ERROR(errors_of("people:\n  ana:\n    parent_of:\n  leo: {}\n"), Code::document_shape, "is a list of people");
}

TEST(ARelation, HoldsNobodyToThemself) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: [ana]}}\n"), Code::related_to_self, "nobody is related to themself");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {spouse_of: ana}}\n"), Code::related_to_self, "`ana.spouse_of` names `ana`");
}

TEST(ARelation, IsGivenOnceForEachSide) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {parent_of: [leo], children: [leo]}, leo: {}}\n"), Code::given_twice, "as `parent_of` before");
  EXPECT_TRUE(errors_of("people: {ana: {parent_of: [leo], parents: []}, leo: {}}\n").empty());
}

TEST(Groups, RelateTheirOwnAndNoOthers) {
  const Household household = sound("people: {ana: {}, leo: {}, carl: {}}\nbuys_food_with: [[ana, leo], [carl]]\n");
  EXPECT_EQ(show(household, "buys_food_with", 0), "{1}");
  EXPECT_EQ(show(household, "buys_food_with", 1), "{0}");
  EXPECT_EQ(show(household, "buys_food_with", 2), "{}");
}

TEST(Groups, SayNothingOfPeopleTheyLeaveOut) {
  const Household household = sound("people: {ana: {}, leo: {}, carl: {}, mia: {}}\nbuys_food_with: [[ana, leo], [carl]]\n");
  EXPECT_EQ(show(household, "buys_food_with", 0), "{1} maybe {1 and 3}");
  EXPECT_EQ(show(household, "buys_food_with", 3), "{} maybe {0, 1 and 2}");
}

TEST(Groups, AreListsOfListsOfDifferentPeople) {
  const std::string people = "people: {ana: {}, leo: {}, carl: {}}\n";
  EXPECT_ONE_ERROR(errors_of(people + "buys_food_with: [ana, leo]\n"), Code::document_shape, "[[ana, leo], [carl]]");
  EXPECT_ONE_ERROR(errors_of(people + "buys_food_with: yes\n"), Code::document_shape, "a list of groups");
  EXPECT_ONE_ERROR(errors_of(people + "buys_food_with: [[ana, leo], [leo, carl]]\n"), Code::given_twice, "`leo` stands in two groups");
  EXPECT_ONE_ERROR(errors_of(people + "buys_food_with: [[ana, bea]]\n"), Code::unknown_person, "`bea`");
  EXPECT_ONE_ERROR(errors_of(people + "buys_food_with: [[ana, {more: unknown}]]\n"), Code::document_shape, "is complete");
  EXPECT_ONE_ERROR(errors_of(people + "parent_of: [[ana]]\n"), Code::unknown_fact, "below the person");
}

TEST(Groups, MayNotContradictAPersonsOwnList) {
  EXPECT_TRUE(errors_of("people: {ana: {buys_food_with: [leo]}, leo: {}}\nbuys_food_with: [[ana, leo]]\n").empty());
  EXPECT_ONE_ERROR(errors_of("people: {ana: {buys_food_with: []}, leo: {}}\nbuys_food_with: [[ana, leo]]\n"), Code::contradiction,
                   "`buys_food_with` puts them into one group, but `ana.buys_food_with` does not name `leo`");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {buys_food_with: [leo]}, leo: {}}\nbuys_food_with: [[ana], [leo]]\n"), Code::contradiction,
                   "different groups");
}

TEST(Everyone, MayBeRelatedToNobody) {
  const Household household = sound("everyone: {parent_of: []}\npeople: {ana: {}, leo: {}}\n");
  EXPECT_EQ(show(household, "parent_of", 0), "{}");
  EXPECT_EQ(show(household, "parents", 0), "{}");
  EXPECT_TRUE(errors_of("everyone: {parent_of: []}\npeople: {ana: {parent_of: []}}\n").empty());
  EXPECT_ONE_ERROR(errors_of("everyone: {parent_of: []}\npeople: {ana: {parent_of: [leo]}, leo: {}}\n"), Code::contradiction,
                   "contradicts what `everyone` says");
}

TEST(Relations, ReachAcrossWordsOfSets) {
  std::string text = "people:\n";
  for (int p = 0; p < 70; ++p) text += "  p" + std::to_string(p) + ": {" + (p == 0 ? "parent_of: [p63, p64, p69]" : "") + "}\n";
  const Household household = sound(text);
  EXPECT_EQ(household.table.set_words, 2);
  EXPECT_EQ(show(household, "parent_of", 0), "{63, 64 and 69}");
  EXPECT_EQ(household.table.facts[static_cast<std::size_t>(fact_id("parents"))].sure[64 * 2], 1U);
}

}  // namespace
}  // namespace duly::testing_facts
