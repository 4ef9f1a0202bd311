// Household documents: JSON with exact places and its numbers as they were written, or YAML.

#include <gtest/gtest.h>

#include "yaml_reading.h"

namespace duly {
namespace {

using test::at;
using test::place;
using test::places;
using test::read_document;
using test::read_json;

std::string json_mistake(std::string text) {
  const auto errors = read_json(std::move(text)).errors;
  return errors.size() == 1 ? place(errors.front()) + " " + errors.front().message : std::to_string(errors.size()) + " mistakes: " + places(errors);
}

TEST(Json, NumbersKeepTheirText) {
  const auto [tree, errors] = read_json(R"([0.10, 12345678901234567890123, -0, 1e2, 1.50E+3, 0.1000000000000000055511151231257827])");
  ASSERT_TRUE(errors.empty());
  const std::vector<std::string> texts = {"0.10", "12345678901234567890123", "-0", "1e2", "1.50E+3", "0.1000000000000000055511151231257827"};
  ASSERT_EQ(tree.items.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(tree.items[i].text, texts[i]);
    EXPECT_EQ(tree.items[i].style, Style::json_bare);
  }
}

TEST(Json, WordsAndTextsAreToldApart) {
  const auto [tree, errors] = read_json(R"({"a": true, "b": "true", "c": null, "d": "null", "e": ""})");
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(at(tree, {"a"}).style, Style::json_bare);
  EXPECT_EQ(at(tree, {"b"}).style, Style::json_text);
  EXPECT_TRUE(at(tree, {"c"}).is_null);
  EXPECT_FALSE(at(tree, {"d"}).is_null);
  EXPECT_FALSE(at(tree, {"e"}).is_null);
}

TEST(Json, EachValueHasItsExactSpan) {
  const auto [tree, errors] = read_json("{ \"a\" : [ 1 ,\t-2.5,\r\n {\"b\\\"c\" : \"d,:]\" } ,[ ] ] , \"e\":{}}");
  ASSERT_TRUE(errors.empty());
  const auto text = [](const Node& node) { return std::string(text_of(node.span)); };
  EXPECT_EQ(text(tree.keys[0]), "\"a\"");
  EXPECT_EQ(text(at(tree, {"a", "0"})), "1");
  EXPECT_EQ(text(at(tree, {"a", "1"})), "-2.5");
  EXPECT_EQ(text(at(tree, {"a", "2"})), "{\"b\\\"c\" : \"d,:]\" }");
  EXPECT_EQ(text(at(tree, {"a", "2"}).keys[0]), "\"b\\\"c\"");
  EXPECT_EQ(text(at(tree, {"a", "2", "b\"c"})), "\"d,:]\"");
  EXPECT_EQ(text(at(tree, {"a", "3"})), "[ ]");
  EXPECT_EQ(text(at(tree, {"e"})), "{}");
  EXPECT_EQ(tree.span.end, tree.span.source->text.size());
  EXPECT_EQ(text(at(tree, {"a"})), text(tree).substr(8, text(tree).find(" , \"e\"") - 8));
}

TEST(Json, AKeyThatStandsTwiceIsRefused) {
  EXPECT_EQ(json_mistake("{\"a\": 1, \"b\": {\"c\": 1,\n \"c\": 2}}"), "2:2 E102 `c` stands twice in this record");
}

TEST(Json, TwoHundredLevelsAreReadAndTwoHundredAndOneRefused) {
  const std::string deepest = std::string(200, '[') + std::string(200, ']');
  EXPECT_EQ(places(read_json(deepest).errors), "");
  EXPECT_EQ(places(read_json("[" + deepest + "]").errors), "1:201 E107");
  EXPECT_EQ(places(read_document(std::string(1'000'000, '[')).errors), "1:201 E107");
}

TEST(Json, MistakesAreExplainedWhereTheyAre) {
  EXPECT_EQ(json_mistake("{\"a\": 1,\n \"b\": 2,}"), "2:8 E300 no value stands between `,` and `}`");
  EXPECT_EQ(json_mistake("[1, 2"), "1:6 E300 the document ends before it is complete");
  EXPECT_EQ(json_mistake("{\"a\": 1 \"b\": 2}"), "1:9 E300 a comma is missing before `\"b\"`");
  EXPECT_EQ(json_mistake("{\"a\" 1}"), "1:6 E300 a colon is missing before `1`");
  EXPECT_EQ(json_mistake("{a: 1}"), "1:2 E300 `a` stands where a key is wanted");
  EXPECT_EQ(json_mistake("{'a': 1}"), "1:2 E300 a text stands in double quotes");
  EXPECT_EQ(json_mistake("{\"a\": True}"), "1:7 E300 `True` is no value");
  EXPECT_EQ(json_mistake("[1] // x"), "1:5 E300 `//` stands behind the end of the document");
  EXPECT_EQ(json_mistake("[1, // x\n2]"), "1:5 E300 JSON has no comments");
  EXPECT_EQ(json_mistake("[\"x\ny\"]"), "1:2 E300 this text is not closed on its line, or holds a `\\` that means nothing");
  EXPECT_EQ(json_mistake("[\"\\d\"]"), "1:2 E300 this text is not closed on its line, or holds a `\\` that means nothing");
  EXPECT_EQ(json_mistake(""), "1:1 E300 the document is empty");
}

TEST(Json, ANumberIsWrittenInOneWay) {
  for (const char* number : {"1.", "+1", ".5", "1,5.", "0x1F", "1e999", "-"})
    EXPECT_EQ(places(read_json("[" + std::string(number) + "]").errors).substr(0, 2), "1:") << number;
  EXPECT_EQ(json_mistake("[1e999]"), "1:2 E300 `1e999` is no number that can be read");
  EXPECT_EQ(json_mistake("[1.]"), "1:2 E300 `1.` is no number that can be read");
}

TEST(Json, AControlCharacterMayNotComeByAnEscape) {
  EXPECT_EQ(json_mistake("{\"a\": \"x\\u0000\"}"), "1:9 E300 a control character in a text");
  EXPECT_EQ(json_mistake("{\"a\": \"\\u009f\"}"), "1:8 E300 a control character in a text");
  EXPECT_EQ(places(read_json("{\"a\": \"\\n\\t\\r\\u00a0\"}").errors), "");
}

TEST(Json, BytesThatAreNoTextAreRefused) {
  EXPECT_EQ(places(read_json("{\"a\": \"\xC3\"}").errors), "1:8 E100");
  EXPECT_EQ(places(read_json("\xEF\xBB\xBF{}").errors), "1:1 E100");
}

TEST(Documents, ABracketThatReadsAsJsonIsJsonAndAllElseYaml) {
  EXPECT_EQ(at(read_document(" \n{\"a\": 0.10}").tree, {"a"}).style, Style::json_bare);
  EXPECT_EQ(at(read_document("a: 0.10\n").tree, {"a"}).style, Style::plain);
  EXPECT_EQ(at(read_document("{a: 0.10, b: [c]}\n").tree, {"a"}).style, Style::plain);
  EXPECT_EQ(places(read_document("{a: 0.10, b: [c]}  # YAML\n").errors), "");
}

TEST(Documents, ABrokenJsonIsExplainedAsJsonAndABrokenFlowAsYaml) {
  EXPECT_EQ(read_document("{\"a\": x]").errors.front().message, "`x` is no value");
  EXPECT_EQ(read_document("{a: x]").errors.front().code, Code::document_syntax);
  EXPECT_NE(read_document("{a: x]").errors.front().message, "`a` stands where a key is wanted");
}

TEST(Documents, AnEmptyDocumentIsAnEmptyMap) {
  const auto [tree, errors] = read_document(" \n");
  EXPECT_TRUE(errors.empty());
  EXPECT_TRUE(tree.is_map() && tree.items.empty());
}

}  // namespace
}  // namespace duly
