// YAML as a tree: what is read, as which text, and where it stands.

#include "syntax/yaml.h"

#include <gtest/gtest.h>

#include "yaml_reading.h"

namespace duly {
namespace {

using test::at;
using test::places;
using test::read_yaml;

std::string source_text(const Node& node) { return std::string(text_of(node.span)); }

TEST(YamlTree, AMapHasItsKeysAndValuesSideBySideInTheOrderOfTheFile) {
  const auto [tree, errors] = read_yaml("kind: chapter\ntitle: Income\nrules:\n  - one\n  - two\n");
  ASSERT_TRUE(errors.empty());
  ASSERT_EQ(tree.keys.size(), 3U);
  EXPECT_EQ(tree.keys[1].text, "title");
  EXPECT_EQ(tree.items[1].text, "Income");
  EXPECT_EQ(at(tree, {"rules", "1"}).text, "two");
  EXPECT_EQ(tree.find("nothing"), nullptr);
}

TEST(YamlTree, EveryScalarStaysTheTextItWasWrittenAs) {
  const auto [tree, errors] = read_yaml("a: no\nb: on\nc: 010\nd: 0.10\ne: 12345678901234567890123\nf: 2025-10-01\ng: .5\n");
  ASSERT_TRUE(errors.empty());
  const std::vector<std::string> texts = {"no", "on", "010", "0.10", "12345678901234567890123", "2025-10-01", ".5"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(tree.items[i].text, texts[i]);
    EXPECT_FALSE(tree.items[i].is_null);
    EXPECT_EQ(tree.items[i].style, Style::plain);
  }
}

TEST(YamlTree, NothingATildeAndNullAreNullAndKeepTheirSourceText) {
  const auto [tree, errors] = read_yaml("a:\nb: ~\nc: null\nd: 'null'\ne: nullable\nf: null and void\n");
  ASSERT_TRUE(errors.empty());
  EXPECT_TRUE(at(tree, {"a"}).is_null);
  EXPECT_EQ(at(tree, {"a"}).text, "");
  EXPECT_TRUE(at(tree, {"b"}).is_null);
  EXPECT_EQ(at(tree, {"b"}).text, "~");
  EXPECT_TRUE(at(tree, {"c"}).is_null);
  EXPECT_EQ(at(tree, {"c"}).text, "null");
  EXPECT_FALSE(at(tree, {"d"}).is_null);
  EXPECT_EQ(at(tree, {"e"}).text, "nullable");
  EXPECT_EQ(at(tree, {"f"}).text, "null and void");
}

TEST(YamlTree, AnEmptyValueBeforeAKeyNamedNullIsEmpty) {
  const auto [tree, errors] = read_yaml("a:\nnull: 5\n");
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(at(tree, {"a"}).text, "");
  EXPECT_EQ(at(tree, {"null"}).text, "5");
}

TEST(YamlTree, AnEmptyValueStandsBehindItsColonOrDash) {
  const auto [tree, errors] = read_yaml("a:\nb:   # nothing\nc:\n  -\n  - x\n");
  ASSERT_EQ(places(errors), "");
  EXPECT_EQ(at(tree, {"a"}).span.begin, 2U);
  EXPECT_EQ(at(tree, {"b"}).span.begin, 5U);
  EXPECT_EQ(at(tree, {"c", "0"}).span.begin, 24U);
  EXPECT_TRUE(at(tree, {"c", "0"}).is_null);
}

TEST(YamlTree, AnEmptyTextAndATextOfCommentsAreAnEmptyMap) {
  for (const char* text : {"", "\n\n", "# nothing\n", "  # nothing"}) {
    const auto [tree, errors] = read_yaml(text);
    EXPECT_TRUE(errors.empty()) << text;
    EXPECT_TRUE(tree.is_map() && tree.items.empty()) << text;
  }
}

TEST(YamlTree, TheOutermostNodeMayBeAList) {
  const auto [tree, errors] = read_yaml("- a: 1\n- b\n");
  ASSERT_TRUE(errors.empty());
  ASSERT_TRUE(tree.is_sequence());
  EXPECT_EQ(at(tree, {"0", "a"}).text, "1");
}

TEST(YamlTree, FlowsSayThatTheyAre) {
  const auto [tree, errors] = read_yaml("a: {b: [c, d], e: f}\ng:\n  - h\n");
  ASSERT_TRUE(errors.empty());
  EXPECT_TRUE(at(tree, {"a"}).flow);
  EXPECT_TRUE(at(tree, {"a", "b"}).flow);
  EXPECT_FALSE(tree.flow);
  EXPECT_FALSE(at(tree, {"g"}).flow);
}

TEST(YamlSpans, AScalarCoversItsQuotesAndACollectionItsFirstToLastByte) {
  const auto [tree, errors] = read_yaml("a: {b: \"c d\", e: [f, 'g'] }  # x\nh:\n  - i: 1\n    j: two words\n  - k\nl: m\n");
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(source_text(at(tree, {"a"})), "{b: \"c d\", e: [f, 'g'] }");
  EXPECT_EQ(source_text(at(tree, {"a", "b"})), "\"c d\"");
  EXPECT_EQ(source_text(at(tree, {"a", "e"})), "[f, 'g']");
  EXPECT_EQ(source_text(at(tree, {"a", "e", "1"})), "'g'");
  EXPECT_EQ(source_text(at(tree, {"h"})), "- i: 1\n    j: two words\n  - k");
  EXPECT_EQ(source_text(at(tree, {"h", "0"})), "i: 1\n    j: two words");
  EXPECT_EQ(source_text(tree.keys[1]), "h");
}

TEST(YamlSpans, AFlowOverSeveralLinesEndsAtItsBracketWhateverItsCommentsSay) {
  const auto [tree, errors] = read_yaml("a: [b,  # not here ]\n    c,\n   ]\nd: {e: f,\n  g: h}\n");
  ASSERT_EQ(places(errors), "");
  EXPECT_EQ(source_text(at(tree, {"a"})), "[b,  # not here ]\n    c,\n   ]");
  EXPECT_EQ(source_text(at(tree, {"d"})), "{e: f,\n  g: h}");
}

TEST(YamlSpans, ARangeInAFormulaSlotIsAListThatCanPrintItsSource) {
  const auto [tree, errors] = read_yaml("a: [18..60]\nb: {range: [0..5]}\n");
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(source_text(at(tree, {"a"})), "[18..60]");
  EXPECT_EQ(source_text(at(tree, {"b", "range"})), "[0..5]");
}

TEST(YamlSpans, APairInAListHasNoBracketsOfItsOwn) {
  const auto [tree, errors] = read_yaml("a: [b: c, d]\n");
  ASSERT_TRUE(errors.empty());
  EXPECT_TRUE(at(tree, {"a", "0"}).is_map());
  EXPECT_EQ(source_text(at(tree, {"a", "0"})), "b: c");
  EXPECT_EQ(source_text(at(tree, {"a"})), "[b: c, d]");
}

TEST(YamlSpans, ABlockScalarEndsWithItsLastLine) {
  const auto [tree, errors] = read_yaml("a: |\n  one\n  two\n\nb: >-\n  three\n  four\nc: |-  # note\n  five\n");
  ASSERT_EQ(places(errors), "");
  EXPECT_EQ(source_text(at(tree, {"a"})), "|\n  one\n  two");
  EXPECT_EQ(source_text(at(tree, {"b"})), ">-\n  three\n  four");
  EXPECT_EQ(at(tree, {"a"}).text, "one\ntwo\n");
  EXPECT_EQ(at(tree, {"b"}).text, "three four");
  EXPECT_EQ(at(tree, {"c"}).text, "five");
  EXPECT_EQ(at(tree, {"a"}).style, Style::block);
  EXPECT_EQ(at(tree, {"b"}).style, Style::folded);
}

TEST(YamlSpans, WindowsLineEndsAreReadLikeOthers) {
  const auto [tree, errors] = read_yaml("a: b\r\nc: |\r\n  d\r\n  e\r\nf: \"g\r\n  h\"\r\ni: [j,\r\n  k]  # l\r\n");
  ASSERT_EQ(places(errors), "");
  EXPECT_EQ(at(tree, {"a"}).text, "b");
  EXPECT_EQ(at(tree, {"c"}).text, "d\ne\n");
  EXPECT_EQ(at(tree, {"f"}).text, "g h");
  EXPECT_EQ(source_text(at(tree, {"c"})), "|\r\n  d\r\n  e");
  EXPECT_EQ(source_text(at(tree, {"i"})), "[j,\r\n  k]");
}

TEST(YamlSpans, ALastLineWithoutALineFeedReadsLikeOneThatHasIt) {
  EXPECT_EQ(at(read_yaml("a: |\n  x").tree, {"a"}).text, "x\n");
  EXPECT_EQ(at(read_yaml("a: b").tree, {"a"}).text, "b");
  EXPECT_EQ(source_text(at(read_yaml("- x\n-").tree, {"1"})), "");
}

TEST(YamlSpans, ColumnsAreCountedInCharactersNotInBytes) {
  const auto [tree, errors] = read_yaml("\u00e9\u00e9: {\u6a2a: \"\U0001F600\", x: 1}\n");
  ASSERT_TRUE(errors.empty());
  const Node& x = at(tree, {"\u00e9\u00e9", "x"});
  EXPECT_EQ(place_of(*x.span.source, x.span.begin).column, 17);
}

TEST(YamlDepth, SixtyFourLevelsAreReadAndSixtyFiveRefused) {
  const std::string sixty_four = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(places(read_yaml(sixty_four).errors), "");
  EXPECT_EQ(places(read_yaml("[" + sixty_four + "]").errors), "1:65 E107");
}

TEST(YamlDepth, AMillionBracketsAreOneMistake) {
  for (const char bracket : {'[', '{'}) EXPECT_EQ(places(read_yaml("a: " + std::string(1'000'000, bracket)).errors), "1:68 E107") << bracket;
  std::string deep;
  for (std::size_t i = 0; i < 2000; ++i) deep += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(places(read_yaml(deep).errors), "65:65 E107");
}

}  // namespace
}  // namespace duly
