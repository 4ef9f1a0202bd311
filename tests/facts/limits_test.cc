// Documents of any size, depth and wrongness: an answer or an explanation, never a crash.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

std::string people(int count) {
  if (count == 0) return "people: {}\n";
  std::string text = "people:\n";
  for (int p = 0; p < count; ++p) text += "  p" + std::to_string(p) + ": {}\n";
  return text;
}

std::string with_records(int count) {
  std::string text = "people:\n  ana:\n    income:\n";
  for (int r = 0; r < count; ++r) text += "      - {kind: wages, amount: " + std::to_string(r) + "}\n";
  return text;
}

TEST(AHousehold, HasUpTo250People) {
  EXPECT_EQ(sound(people(most_people)).people.size(), 250U);
  EXPECT_EQ(sound(people(most_people)).table.set_words, 4);
  EXPECT_ONE_ERROR(errors_of(people(most_people + 1)), Code::too_many, "251 people, more than 250");
  EXPECT_EQ(errors_of(people(most_people + 1))[0].line, 252);
}

TEST(AHousehold, HasSetsOfOneWordUpTo64People) {
  EXPECT_EQ(sound(people(0)).table.set_words, 1);
  EXPECT_EQ(sound(people(64)).table.set_words, 1);
  EXPECT_EQ(sound(people(65)).table.set_words, 2);
}

TEST(AnOwner, HasUpTo250RecordsOfAKind) {
  EXPECT_EQ(row_count(sound(with_records(most_records)).table, "income_item"), 250U);
  EXPECT_ONE_ERROR(errors_of(with_records(most_records + 1)), Code::too_many, "more than 250 records in `ana.income`");
  EXPECT_ONE_ERROR(errors_of(with_records(most_records + 7)), Code::too_many, "more than 250 records in `ana.income`");
  EXPECT_EQ(row_count(sound(with_records(most_records) + "  leo: {wages: 1}\n").table, "income_item"), 251U);
  EXPECT_ONE_ERROR(errors_of(with_records(most_records) + "    wages: 1\n"), Code::too_many, "`ana.income`");
}

TEST(Mistakes, DoNotRepeatALineThatIsVeryLong) {
  const auto errors = errors_of("{people: {ana: {" + std::string(2000, ' ') + "rooms: 1, roms: 2}}}\n");
  ASSERT_EQ(errors.size(), 2U);
  for (const auto& error : errors) EXPECT_EQ(error.source_line, "");
  EXPECT_EQ(errors[0].line, 1);
  EXPECT_GT(errors[0].column, 2000);
}

TEST(Mistakes, AreToldUpToABound) {
  const auto wrong = [](std::size_t count) {
    std::string text = "people:\n  ana:\n    income:\n";
    for (std::size_t r = 0; r < count; ++r) text += "      - {kind: wags}\n";
    return errors_of(text);
  };
  EXPECT_EQ(wrong(most_complaints).size(), most_complaints);
  EXPECT_EQ(wrong(most_complaints).back().help, "did you mean `wages`?");
  EXPECT_EQ(wrong(most_complaints + 1).size(), most_complaints);
  EXPECT_EQ(wrong(most_complaints + 1).back().help, "did you mean `wages`?; 1 more are not shown");
}

TEST(Contradictions, OfEverybodyWithEverybodyAreBounded) {
  std::string text = "people:\n";
  for (int p = 0; p < 120; ++p) {
    text += "  p" + std::to_string(p) + ": {parents: [], parent_of: [";
    for (int q = 0; q < 120; ++q)
      if (q != p) text += "p" + std::to_string(q) + (q + 1 == 120 || (p == 119 && q == 118) ? "" : ", ");
    text += "]}\n";
  }
  const auto errors = errors_of(text);
  EXPECT_EQ(errors.size(), most_complaints);
  EXPECT_EQ(errors[0].code, Code::contradiction);
  EXPECT_THAT(errors.back().help, ::testing::HasSubstr("14180 more are not shown"));
}

/// A list in a list in a list, as a tree: readers of text stop earlier.
Node nested(int depth) {
  Node node;
  for (int d = 0; d < depth; ++d) {
    Node outer;
    outer.kind = d % 2 == 0 ? Node::Kind::sequence : Node::Kind::map;
    Node key;
    key.text = "more";
    if (outer.is_map()) outer.keys.push_back(key);
    outer.items.push_back(std::move(node));
    node = std::move(outer);
  }
  return node;
}

TEST(DeepValues, AreRefusedWhereverTheyStand) {
  for (const char* key : {"duly", "request", "place", "world", "everyone", "nobody", "people", "no_other", "records", "stated", "evidence", "rest",
                          "assume", "homeless", "utilities", "expenses", "rent", "buys_food_with"}) {
    Node document;
    document.kind = Node::Kind::map;
    Node name;
    name.text = key;
    document.keys.push_back(name);
    document.items.push_back(nested(200));
    const auto result = read_household(small_index(), document, {}, as_case);
    ASSERT_FALSE(result.ok()) << key;
    EXPECT_FALSE(result.errors().empty()) << key;
  }
  for (const char* key : {"birth_date", "age", "parent_of", "income", "wages", "languages"}) {
    Node document = nested(0);
    document.kind = Node::Kind::map;
    Node person;
    person.kind = Node::Kind::map;
    Node name;
    name.text = key;
    person.keys.push_back(name);
    person.items.push_back(nested(201));
    Node people_node;
    people_node.kind = Node::Kind::map;
    name.text = "ana";
    people_node.keys.push_back(name);
    people_node.items.push_back(person);
    name.text = "people";
    document.keys.push_back(name);
    document.items.push_back(people_node);
    EXPECT_FALSE(read_household(small_index(), document, {}, {}).ok()) << key;
  }
}

TEST(WrongShapes, NeverCrash) {
  const std::vector<std::string> values{
      "",        "~",   "5", "text", "[]", "{}", "[[]]", "[{}]", "{a: b}", "[a, b]", "{a: [b]}", "\"\"", "{more: unknown}", "[{more: unknown}]",
      "unknown", "none"};
  std::vector<std::string> keys{"duly",     "request", "place",  "world",    "everyone", "nobody", "people",
                                "no_other", "records", "stated", "evidence", "rest",     "assume", "previous"};
  for (const auto& key : small_index().keys(DocumentSection::household)) keys.push_back(key);
  for (const auto& key : keys)
    for (const auto& value : values)
      (void)errors_of("people: {ana: {}, leo: {}}\n" + (key == "people" ? std::string() : key + ": " + value + "\n"), as_case);
  for (const auto& key : small_index().keys(DocumentSection::person))
    for (const auto& value : values) (void)errors_of("people: {ana: {\"" + key + "\": " + (value.empty() ? "''" : value) + "}, leo: {}}\n", as_case);
}

}  // namespace
}  // namespace duly::testing_facts
