// A document as a whole: its keys, the request, ages, what is said of everybody.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

TEST(ADocument, MayBeEmpty) {
  const Household household = sound("{}");
  EXPECT_EQ(household.table.households, 1);
  EXPECT_TRUE(household.people.empty());
  EXPECT_EQ(show(household, "homeless"), "yes or no");
  EXPECT_TRUE(sound("people: {}\n").people.empty());
}

TEST(ADocument, IsARecord) {
  EXPECT_ONE_ERROR(errors_of("[1, 2]"), Code::document_shape, "a household document is a record");
  EXPECT_ONE_ERROR(errors_of("people: [ana]\n"), Code::document_shape, "`people` must be a record");
  EXPECT_ONE_ERROR(errors_of("people: {ana: 34}\n"), Code::document_shape, "`ana` must be a record");
  EXPECT_ONE_ERROR(errors_of("place: north\n"), Code::document_shape, "`place` must be a record");
}

TEST(ADocument, IsOfVersionOne) {
  EXPECT_TRUE(errors_of("duly: 1\n").empty());
  EXPECT_TRUE(errors_of(R"({"duly": 1})").empty());
  EXPECT_ONE_ERROR(errors_of("duly: 2\n"), Code::wrong_version, "write `duly: 1`");
  EXPECT_ONE_ERROR(errors_of("duly: 1.0\n"), Code::wrong_version, "write `duly: 1`");
}

TEST(ADocument, TellsAllItsMistakesInTheOrderOfTheText) {
  const auto errors = errors_of("rooms: 1\npeople:\n  ana: {age: old, spouse_of: [bob]}\ncare_costs: x\nnobody: [disabld]\nrent: 1.234\n");
  EXPECT_THAT(errors, ::testing::ElementsAre(Complaint(Code::fact_out_of_range, "`rooms`"), Complaint(Code::not_a_value, "`ana.age`"),
                                             Complaint(Code::unknown_person, "`bob`"), Complaint(Code::not_a_value, "`care_costs`"),
                                             Complaint(Code::unknown_fact, "did you mean `disabled`?"), Complaint(Code::too_precise, "`rent`")));
  EXPECT_EQ(errors[1].line, 3);
  EXPECT_EQ(errors[1].column, 14);
  EXPECT_EQ(errors[1].caret_length, 3);
  EXPECT_EQ(errors[1].rule, "birth_date");
  EXPECT_EQ(errors[1].cite, "cite of birth_date");
}

TEST(UnknownKeys, GetTheNearestName) {
  EXPECT_ONE_ERROR(errors_of("homelss: yes\n"), Code::unknown_fact, "did you mean `homeless`?");
  EXPECT_ONE_ERROR(errors_of("peopel: {}\n"), Code::unknown_fact, "did you mean `people`?");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {disable: yes}}\n"), Code::unknown_fact, "did you mean `disabled`?");
  EXPECT_ONE_ERROR(errors_of("request: {decide: 2026-06-01}\n"), Code::unknown_fact, "did you mean `decided`?");
  EXPECT_ONE_ERROR(errors_of("quite_another_thing: 1\n"), Code::unknown_fact, "no such fact");
}

TEST(UnknownKeys, AreToldWhereTheyBelong) {
  EXPECT_ONE_ERROR(errors_of("disabled: yes\n"), Code::unknown_fact, "write it below the person");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {homeless: yes}}\n"), Code::unknown_fact, "write it at the top of the document");
  EXPECT_ONE_ERROR(errors_of("state: north\n"), Code::unknown_fact, "place: {state: ...}");
  EXPECT_ONE_ERROR(errors_of("cold_weather: yes\n"), Code::unknown_fact, "write it below `world`");
  EXPECT_ONE_ERROR(errors_of("decided: 2026-06-01\n"), Code::unknown_fact, "request: {decided: ...}");
}

TEST(Previous, IsRefusedWhereNoRecordTakesIt) {
  EXPECT_ONE_ERROR(errors_of("previous: []\n"), Code::unknown_fact, "does not read earlier determinations");
}

TEST(KeysOfCases, AreNoKeysOfDocuments) {
  for (const char* key : {"expect", "change", "rows"}) EXPECT_ONE_ERROR(errors_of(std::string(key) + ": {}\n", as_case), Code::unknown_fact, key);
}

TEST(Places, WorldAndRequestHaveTheirOwnFacts) {
  const Household household =
      sound("request: {benefit_month: 2026-06, occasion: renewal}\nplace: {state: south, in_town: yes}\nworld: {caseload: 12000}\n");
  EXPECT_EQ(show(household, "benefit_month"), "2026-06");
  EXPECT_EQ(show(household, "occasion"), "renewal");
  EXPECT_EQ(show(household, "decided"), "0001-01-01..9999-12-31");
  EXPECT_EQ(show(household, "state"), "south");
  EXPECT_EQ(show(household, "in_town"), "yes");
  EXPECT_EQ(show(household, "caseload"), "12000");
  EXPECT_EQ(show(household, "cold_weather"), "yes or no");
}

TEST(TheRequest, NeedsWholeDays) {
  EXPECT_ONE_ERROR(errors_of("request: {decided: 2026-06}\n"), Code::not_a_value, "the day is needed");
  EXPECT_ONE_ERROR(errors_of("request: {benefit_month: 2026-06-01}\n"), Code::not_a_value, "YYYY-MM");
  EXPECT_ONE_ERROR(errors_of("request: {occasion: appeal}\n"), Code::not_in_list, "its words are application, renewal and change");
}

TEST(TheCaller, GoesBeforeTheRequestOfTheDocument) {
  const std::string text = "request: {benefit_month: 2026-06, decided: 2026-06-25, occasion: renewal}\npeople: {ana: {age: 34}}\n";
  const RequestOverrides all{Month{2027 * 12}, *date_of(2027, 1, 2), *date_of(2026, 12, 30), "change"};
  const Household household = sound(text, {}, all);
  EXPECT_EQ(show(household, "benefit_month"), "2027-01");
  EXPECT_EQ(show(household, "decided"), "2027-01-02");
  EXPECT_EQ(show(household, "applied"), "2026-12-30");
  EXPECT_EQ(show(household, "occasion"), "change");
  EXPECT_EQ(show(household, "birth_date"), "1992-01-03..1993-01-02");
  RequestOverrides one;
  one.occasion = "application";
  EXPECT_EQ(show(sound(text, {}, one), "occasion"), "application");
  EXPECT_EQ(show(sound(text, {}, one), "decided"), "2026-06-25");
}

TEST(TheCaller, MaySayAnOccasionThatIsNone) {
  RequestOverrides wrong;
  wrong.occasion = "aplication";
  EXPECT_ONE_ERROR(errors_of("{}", {}, wrong), Code::not_in_list, "did you mean `application`?");
}

TEST(People, KeepTheOrderOfTheDocument) {
  const Household household = sound("people: {leo: {}, ana: {}, carl: {}}\n");
  EXPECT_THAT(household.people, ::testing::ElementsAre("leo", "ana", "carl"));
  EXPECT_EQ(row_count(household.table, "person"), 3U);
}

TEST(People, MayBeListedWithoutAnyFact) {
  const Household household = sound("people:\n  ana:\n  leo: {disabled: yes}\n");
  EXPECT_EQ(show(household, "disabled", 0), "yes or no");
  EXPECT_EQ(show(household, "disabled", 1), "yes");
}

TEST(People, HaveKeysThatCanBeNamed) {
  EXPECT_TRUE(errors_of("people: {p-1: {}, \"2\": {}, Zo\xC3\xAB: {}}\n").empty());
  for (const char* key : {"unknown", "none", "more", "\"ana maria\"", "a.b", "\"a[0]\"", "\"a,b\"", "\"\""})
    EXPECT_ONE_ERROR(errors_of("people: {" + std::string(key) + ": {}}\n"), Code::document_shape, "cannot be the key of a person");
}

TEST(People, StandingTwiceAreRefusedByTheReaderToo) {
  Node person;
  person.kind = Node::Kind::map;
  Node key;
  key.text = "ana";
  Node people = person;
  people.keys = {key, key};
  people.items = {person, person};
  Node document = person;
  key.text = "people";
  document.keys = {key};
  document.items = {people};
  const auto result = read_household(small_index(), document, {}, {});
  ASSERT_FALSE(result.ok());
  EXPECT_ONE_ERROR(result.errors(), Code::given_twice, "`ana` stands twice");
}

TEST(Ages, AreSpansOfBirthDatesCountedBackFromTheDayOfTheDecision) {
  const auto born = [](const std::string& decided, int age) {
    return show(sound("request: {decided: " + decided + "}\npeople: {ana: {age: " + std::to_string(age) + "}}\n"), "birth_date");
  };
  EXPECT_EQ(born("2025-11-15", 34), "1990-11-16..1991-11-15");
  EXPECT_EQ(born("2025-11-15", 0), "2024-11-16..2025-11-15");
  EXPECT_EQ(born("2024-02-29", 1), "2022-03-01..2023-02-28");
  EXPECT_EQ(born("2023-02-28", 34), "1988-02-29..1989-02-28");
  EXPECT_EQ(born("2025-03-01", 1), "2023-03-02..2024-03-01");
}

TEST(Ages, AreExactlyThoseThatCompleteSoManyYears) {
  for (const Date decided : {*date_of(2024, 2, 29), *date_of(2023, 2, 28), *date_of(2023, 3, 1), *date_of(2026, 1, 1), *date_of(2024, 12, 31)})
    for (const int age : {0, 1, 4, 17, 60, 100}) {
      const auto [first, last] = born_between(age, decided);
      EXPECT_EQ(full_years_between(first, decided), age);
      EXPECT_EQ(full_years_between(last, decided), age);
      EXPECT_EQ(full_years_between(Date{first.days - 1}, decided), age + 1);
      EXPECT_TRUE(last == decided || full_years_between(Date{last.days + 1}, decided) == age - 1);
    }
}

TEST(Ages, NeedTheDayOfTheDecisionAndAskForItOnce) {
  EXPECT_ONE_ERROR(errors_of("request: {benefit_month: 2026-06}\npeople: {ana: {age: 34}, leo: {age: 6}}\n"), Code::missing_request,
                   "request: {decided: YYYY-MM-DD}");
  RequestOverrides request;
  request.decided = *date_of(2025, 11, 15);
  EXPECT_EQ(show(sound("people: {ana: {age: 34}}\n", {}, request), "birth_date"), "1990-11-16..1991-11-15");
}

TEST(Ages, AreWholeNumbersUpToABound) {
  const auto with_age = [](const std::string& age) { return "request: {decided: 2030-06-01}\npeople: {ana: {age: " + age + "}}\n"; };
  EXPECT_ONE_ERROR(errors_of(with_age("3.5")), Code::not_a_value, "a whole number such as 34");
  EXPECT_ONE_ERROR(errors_of(with_age("young")), Code::not_a_value, "no number of completed years");
  EXPECT_ONE_ERROR(errors_of(with_age("[3]")), Code::not_a_value, "must be a number");
  EXPECT_ONE_ERROR(errors_of(with_age("-1")), Code::fact_out_of_range, "outside [0..150]");
  EXPECT_TRUE(errors_of(with_age("0")).empty());
  EXPECT_TRUE(errors_of(with_age("150")).empty());
  EXPECT_ONE_ERROR(errors_of(with_age("151")), Code::fact_out_of_range, "outside [0..150]");
  EXPECT_ONE_ERROR(errors_of(with_age("1e30")), Code::fact_out_of_range, "outside [0..150]");
  EXPECT_EQ(show(sound(with_age("unknown")), "birth_date"), "1880-01-01..2030-12-31");
}

TEST(Ages, StayInsideTheRangeOfTheBirthDate) {
  EXPECT_EQ(show(sound("request: {decided: 2030-06-01}\npeople: {ana: {age: 150}}\n"), "birth_date"), "1880-01-01..1880-06-01");
  EXPECT_ONE_ERROR(errors_of("request: {decided: 2029-06-01}\npeople: {ana: {age: 150}}\n"), Code::fact_out_of_range,
                   "puts `birth_date` outside its range");
}

TEST(Ages, AndBirthDatesAreOneFact) {
  EXPECT_ONE_ERROR(errors_of("request: {decided: 2025-11-15}\npeople: {ana: {birth_date: 1991-03-02, age: 34}}\n"), Code::given_twice,
                   "`ana.birth_date` is given twice");
}

TEST(Nobody, AnswersNoForEveryone) {
  const Household household = sound("nobody: [disabled, us_citizen]\npeople: {ana: {}, leo: {}}\n");
  for (std::size_t p = 0; p < 2; ++p) {
    EXPECT_EQ(show(household, "disabled", p), "no");
    EXPECT_EQ(show(household, "us_citizen", p), "no");
  }
  EXPECT_EQ(show(sound("nobody: disabled\npeople: {ana: {}}\n"), "disabled"), "no");
}

TEST(Nobody, IsForYesAndNoOnly) {
  EXPECT_ONE_ERROR(errors_of("nobody: [income]\n"), Code::document_shape, "no_other: [income]");
  EXPECT_ONE_ERROR(errors_of("nobody: [spouse_of]\n"), Code::document_shape, "everyone: {spouse_of: []}");
  EXPECT_ONE_ERROR(errors_of("nobody: [work_hours]\n"), Code::document_shape, "everyone: {work_hours: ...}");
  EXPECT_ONE_ERROR(errors_of("nobody: [homeless]\n"), Code::unknown_fact, "at the top of the document");
  EXPECT_ONE_ERROR(errors_of("nobody: {disabled: yes}\n"), Code::document_shape, "a list of single words");
}

TEST(Everyone, GivesOneAnswerForAll) {
  const Household household = sound("everyone: {us_citizen: true, work_hours: 20, spouse_of: []}\npeople: {ana: {}, leo: {}}\n");
  EXPECT_EQ(show(household, "us_citizen", 1), "yes");
  EXPECT_EQ(show(household, "work_hours", 0), "2000");
  EXPECT_EQ(show(household, "spouse_of", 0), "{}");
}

TEST(Everyone, MayBeRepeatedButNotContradicted) {
  EXPECT_TRUE(errors_of("everyone: {us_citizen: yes}\npeople: {ana: {us_citizen: true}}\n").empty());
  EXPECT_TRUE(errors_of("nobody: [disabled]\npeople: {ana: {disabled: no}}\n").empty());
  EXPECT_ONE_ERROR(errors_of("everyone: {us_citizen: yes}\npeople: {ana: {us_citizen: no}}\n"), Code::contradiction,
                   "contradicts what `everyone` says");
  EXPECT_ONE_ERROR(errors_of("nobody: [disabled]\npeople: {ana: {disabled: yes}}\n"), Code::contradiction, "contradicts what `nobody` says");
  EXPECT_ONE_ERROR(errors_of("nobody: [disabled]\npeople: {ana: {disabled: unknown}}\n"), Code::contradiction, "leave `disabled` out of `nobody`");
}

TEST(Everyone, AndNobodyMayNotNameOneFact) {
  EXPECT_ONE_ERROR(errors_of("everyone: {disabled: yes}\nnobody: [disabled]\npeople: {ana: {}}\n"), Code::given_twice, "for everybody twice");
}

TEST(Everyone, TakesFactsOfPeopleOnly) {
  EXPECT_ONE_ERROR(errors_of("everyone: {income: []}\n"), Code::document_shape, "no_other: [income]");
  EXPECT_ONE_ERROR(errors_of("everyone: {wages: 5}\n"), Code::document_shape, "write it below each person");
  EXPECT_ONE_ERROR(errors_of("everyone: {homeless: yes}\n"), Code::unknown_fact, "at the top of the document");
  EXPECT_ONE_ERROR(errors_of("everyone: [disabled]\n"), Code::document_shape, "`everyone` must be a record");
  EXPECT_ONE_ERROR(errors_of("everyone: {parent_of: [ana]}\npeople: {ana: {}}\n"), Code::document_shape, "can only be `[]`");
}

TEST(JsonAndYaml, GiveTheSameTable) {
  const Household yaml = sound("people:\n  ana: {birth_date: 1991-03-02, wages: 1697, parent_of: [leo]}\n  leo: {disabled: no}\nrent: 900\n");
  const Household json =
      sound(R"({"people": {"ana": {"birth_date": "1991-03-02", "wages": 1697, "parent_of": ["leo"]}, "leo": {"disabled": false}}, "rent": 900})");
  for (const char* fact : {"birth_date", "parent_of", "parents", "disabled"})
    for (std::size_t p = 0; p < 2; ++p) EXPECT_EQ(show(yaml, fact, p), show(json, fact, p)) << fact;
  EXPECT_EQ(show(yaml, "income.amount"), show(json, "income.amount"));
  EXPECT_EQ(show(yaml, "expenses.amount"), show(json, "expenses.amount"));
}

TEST(TheOrderOfKeys, MeansNothing) {
  const Household first = sound("people: {ana: {age: 34, parent_of: [leo]}, leo: {}}\nrequest: {decided: 2025-11-15}\nnobody: [disabled]\n");
  const Household second = sound("nobody: [disabled]\nrequest: {decided: 2025-11-15}\npeople: {ana: {parent_of: [leo], age: 34}, leo: {}}\n");
  for (const char* fact : {"birth_date", "parent_of", "disabled"}) EXPECT_EQ(show(first, fact), show(second, fact)) << fact;
}

TEST(ADictionary, WithAPresumptionThatIsNoValueIsRefused) {
  Declarations wrong = small_dictionary();
  Node text;
  text.text = "perhaps";
  wrong.facts[static_cast<std::size_t>(fact_id("has_lease"))].if_not_stated = text;
  Node document;
  document.kind = Node::Kind::map;
  const DictionaryIndex index(wrong);
  const auto result = read_household(index, document, {}, {});
  ASSERT_FALSE(result.ok());
  EXPECT_ONE_ERROR(result.errors(), Code::bad_value, "the presumption of `has_lease`");
}

}  // namespace
}  // namespace duly::testing_facts
