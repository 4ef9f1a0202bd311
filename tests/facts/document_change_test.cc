#include "facts/document_change.h"

#include <gmock/gmock.h>

#include "cases/small_program.h"
#include "engine/loaded_program.h"

namespace duly {
namespace {

const DictionaryIndex& index() {
  static const auto program = LoadedProgram::load(*rules_in_memory(test::small_program()), "heat");
  if (!program) throw std::runtime_error(to_text(program.errors()));
  return (*program)->index();
}

Node tree(const std::string& text) {
  std::vector<Diagnostic> errors;
  return parse_yaml(make_source("document.yaml", text), errors);
}

std::string flow(const Node& node) {
  if (node.is_scalar()) return node.text;
  std::string out;
  for (std::size_t i = 0; i < node.items.size(); ++i)
    out += (i == 0 ? "" : ", ") + (node.is_map() ? node.keys[i].text + ": " : std::string()) + flow(node.items[i]);
  return node.is_map() ? "{" + out + "}" : "[" + out + "]";
}

struct Changed {
  std::string document;
  std::vector<Diagnostic> errors;
};

Changed changed(const std::string& document, const std::string& path, const std::string& value) {
  Changed out;
  Node whole = tree(document);
  const Node pair = tree("\"" + path + "\": " + value + "\n");
  change_document(index(), whole, pair.keys[0], pair.items[0], out.errors);
  out.document = flow(whole);
  return out;
}

TEST(DocumentChange, AFactOfAPersonIsReplacedOrAdded) {
  EXPECT_EQ(changed("people: {ana: {works: no}}\n", "ana.works", "yes").document, "{people: {ana: {works: yes}}}");
  EXPECT_EQ(changed("people: {ana: {}}\n", "ana.works", "yes").document, "{people: {ana: {works: yes}}}");
  EXPECT_EQ(changed("people:\n  ana:\n", "ana.works", "yes").document, "{people: {ana: {works: yes}}}");
}

TEST(DocumentChange, AnAgeGivesWayToABirthDateAndBack) {
  EXPECT_EQ(changed("people: {ana: {age: 3}}\n", "ana.birth_date", "2020-01-01").document, "{people: {ana: {birth_date: 2020-01-01}}}");
  EXPECT_EQ(changed("people: {ana: {birth_date: 2020-01-01}}\n", "ana.age", "3").document, "{people: {ana: {age: 3}}}");
}

TEST(DocumentChange, NamesWithoutAPersonFindTheirSection) {
  EXPECT_EQ(changed("place: {region: north}\n", "region", "south").document, "{place: {region: south}}");
  EXPECT_EQ(changed("rest: nothing unusual\n", "benefit_month", "2026-01").document, "{rest: nothing unusual, request: {benefit_month: 2026-01}}");
  EXPECT_EQ(changed("homeless: no\n", "homeless", "unknown").document, "{homeless: unknown}");
}

TEST(DocumentChange, AListTakesItsShortFormsAway) {
  EXPECT_EQ(changed("people: {ana: {wages: 5, works: yes, pension: 6}}\n", "ana.income", "[]").document, "{people: {ana: {income: [], works: yes}}}");
  EXPECT_EQ(changed("rent: 900\n", "expenses", "unknown").document, "{expenses: unknown}");
}

TEST(DocumentChange, AShortFormReplacesTheRecordsOfItsKindOnly) {
  EXPECT_EQ(changed("people: {ana: {wages: 5, pension: 6}}\n", "ana.wages", "7").document, "{people: {ana: {wages: 7, pension: 6}}}");
  EXPECT_EQ(changed("people: {ana: {income: [{kind: pension, amount: 1}, {kind: wages, amount: 2, every: week}, {kind: wages, amount: 3}]}}\n",
                    "ana.wages", "7")
                .document,
            "{people: {ana: {income: [{kind: pension, amount: 1}, {kind: wages, amount: 7}]}}}");
}

TEST(DocumentChange, AFieldOfARecordIsFoundInLongAndInShortForm) {
  EXPECT_EQ(changed("people: {ana: {income: [{kind: wages, amount: 2}]}}\n", "ana.income[0].every", "week").document,
            "{people: {ana: {income: [{kind: wages, amount: 2, every: week}]}}}");
  EXPECT_EQ(changed("people: {ana: {wages: 2, pension: 3}}\n", "ana.income[1].amount", "4").document, "{people: {ana: {wages: 2, pension: 4}}}");
  EXPECT_EQ(changed("records: {expenses: [{kind: rent, amount: 1}]}\n", "expenses[0].amount", "4").document,
            "{records: {expenses: [{kind: rent, amount: 4}]}}");
}

TEST(DocumentChange, WhatWasSaidOfEverybodyStillHoldsForTheOthers) {
  EXPECT_EQ(changed("everyone: {works: yes}\npeople: {ana: {}, leo: {}}\n", "ana.works", "no").document,
            "{everyone: {}, people: {ana: {works: no}, leo: {works: yes}}}");
  EXPECT_EQ(changed("nobody: [works]\npeople: {ana: {}, leo: {}}\n", "ana.works", "unknown").document,
            "{nobody: [], people: {ana: {works: unknown}, leo: {works: no}}}");
}

TEST(DocumentChange, WrongPathsAreExplained) {
  const auto first_error = [](const std::string& path) {
    const auto errors = changed("people: {ana: {wages: 2}}\n", path, "1").errors;
    return errors.size() == 1 ? code_text(errors[0].code) + " " + errors[0].message + " / " + errors[0].help
                              : std::to_string(errors.size()) + " errors";
  };
  EXPECT_EQ(first_error("anna.works"), "E303 `anna.works` names `anna`, who is not in the household / did you mean `ana`?");
  EXPECT_EQ(first_error("ana.wrks"), "E104 `ana.wrks` is neither a fact nor a rule of this program / did you mean `works`?");
  EXPECT_EQ(first_error("works"), "E104 `works` is neither a fact nor a rule of this program / it is a fact of a person: write PERSON.works");
  EXPECT_THAT(first_error("ana.income[1].amount"),
              testing::StartsWith("E104 the household has 1 record in `ana.income`, so there is no `ana.income[1]`"));
  EXPECT_THAT(first_error("ana.income[0].amuont"), testing::StartsWith("E104 `amuont` is no field of `income`"));
  EXPECT_THAT(first_error("ana.works[0].amount"), testing::StartsWith("E140"));
  EXPECT_THAT(first_error("ana.income[0].every"), testing::StartsWith("E140"));
  for (const char* path : {"", ".", "ana.", "ana.income[", "ana.income[].amount", "ana.income[x].amount", "ana.income[0]", "ana.income[0].amount.x",
                           "a.b.c", "ana.income[-1].amount"})
    EXPECT_THAT(first_error(path), testing::MatchesRegex("E1(40|04) .*")) << path;
}

}  // namespace
}  // namespace duly
