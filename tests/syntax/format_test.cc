// The canonical layout, and that it changes nothing but the layout.

#include "syntax/format.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "yaml_reading.h"

namespace duly {
namespace {

/// The layout of `text`; or why there is none.
std::string formatted(const std::string& text) {
  const auto result = format_rules(make_source("rules.yaml", text));
  return result ? *result : test::places(result.errors());
}

void expect_stays(const std::string& text) { EXPECT_EQ(formatted(text), text); }

TEST(Format, TwoBlanksForEachLevelAndListsBelowTheirKey) {
  EXPECT_EQ(formatted("a:\n    b:   c\n    d:\n    - e\n    -   f: g\n        h: i\n    -\n      - j\n      -    k\n"),
            "a:\n  b: c\n  d:\n    - e\n    - f: g\n      h: i\n    - - j\n      - k\n");
}

TEST(Format, WhatIsLaidOutAlreadyStays) {
  expect_stays(
      "kind: chapter\n\nlimit:\n  title: A limit\n  values:\n    - from: 2025-10-01\n      is: 0.10\n    - {from: 2026-10-01, is: not known}\n");
  expect_stays("a: ~\nb:\nc: null\nd:\n  -\n  - x\n");
  expect_stays("- a: 1\n  b: 2\n- c\n");
  expect_stays("");
}

TEST(Format, AValueOnItsOwnLineMovesBehindItsKey) { EXPECT_EQ(formatted("a:\n  some words\nb:\n    \"x\"\n"), "a: some words\nb: \"x\"\n"); }

TEST(Format, WindowsLineEndsAndAMissingLastOneBecomeLineFeeds) { EXPECT_EQ(formatted("a: b\r\nc: |\r\n  d\r\ne: f"), "a: b\nc: |\n  d\ne: f\n"); }

TEST(Format, OfSeveralBlankLinesOneStaysAndNoneAtTheEnds) {
  EXPECT_EQ(formatted("\n\na: 1\n\n\n\nb: 2\n  \n# c\n\n\nd: 3\n\n"), "a: 1\n\nb: 2\n\n# c\n\nd: 3\n");
}

TEST(FormatComments, AloneOnALineTheyStandBeforeTheirEntryAtItsIndentation) {
  EXPECT_EQ(formatted("a:\n      # of b\n    b: 1\n    # of the list\n    c:\n# of d\n      - d\n"),
            "a:\n  # of b\n  b: 1\n  # of the list\n  c:\n    # of d\n    - d\n");
}

TEST(FormatComments, AtTheEndOfABlockTheyKeepTheirDepth) {
  expect_stays("a:\n  - b\n  # - c\nd: 1\n");
  expect_stays("a:\n  - b\n# of d\nd: 1\n# the end\n");
  EXPECT_EQ(formatted("a:\n    b:\n        - c\n        # x\n    # y\nd: 1\n    # z\n"), "a:\n  b:\n    - c\n    # x\n  # y\nd: 1\n# z\n");
}

TEST(FormatComments, AtTheEndOfALineTheyStayOnItInOneColumnWithTheirNeighbours) {
  EXPECT_EQ(formatted("a: 1      # one\nlonger: 2   # two\nb: 3\nc:    # three\n  - d     # four\n"),
            "a: 1       # one\nlonger: 2  # two\nb: 3\nc:     # three\n  - d  # four\n");
  EXPECT_EQ(formatted("a: {b: c}     # one\nrows: |     # two\n   x | y\n   1 | 2\n"), "a: {b: c}  # one\nrows: |    # two\n  x | y\n  1 | 2\n");
}

TEST(FormatComments, BetweenADashOrKeyAndItsValueTheyMoveBeforeTheEntry) {
  EXPECT_EQ(formatted("a:\n  -   # x\n    b: 1\n  - c:\n      # y\n      d\n"), "a:\n  # x\n  - b: 1\n  # y\n  - c: d\n");
}

TEST(FormatFlows, OnOneLineTheyHaveOneBlankAfterEachCommaAndColon) {
  EXPECT_EQ(formatted("a: {  b:   c,d: [ 1,2 ,   3 ] , e: {}, f: [ ] }\n"), "a: {b: c, d: [1, 2, 3], e: {}, f: []}\n");
  EXPECT_EQ(formatted("a: {b: , c: ~, \"d\": 'e'}\n"), "a: {b:, c: ~, \"d\": 'e'}\n");
}

TEST(FormatFlows, FormulasInThemAreQuoted) {
  EXPECT_EQ(formatted("- {when: homeless, then: 0}\n"), "- {when: \"homeless\", then: 0}\n");
  EXPECT_EQ(formatted("- {limit: a + b * 2, cite: 7 CFR 273.1(b)(1)}\n"), "- {limit: \"a + b * 2\", cite: 7 CFR 273.1(b)(1)}\n");
  EXPECT_EQ(formatted("- {when: x = \"y\", title: a word}\n"), "- {when: 'x = \"y\"', title: a word}\n");
  expect_stays("when: homeless\nlimit: a + b\n");
}

TEST(FormatFlows, OverSeveralLinesTheyStayAsTheyAre) {
  expect_stays("a: {b:   c,  # why\n    d: [1,\n        2]}  # end\ne: 1\n");
  EXPECT_EQ(formatted("x:\n    a: [b,\n        c]\n"), "x:\n  a: [b,\n      c]\n");
}

TEST(FormatScalars, TextOverSeveralLinesIsIndentedAnew) {
  EXPECT_EQ(formatted("a:\n      one\n      two\n\n      three\nb: \"x\n y\\\n      z\"\n"), "a: one\n  two\n\n  three\nb: \"x\n  y\\\n  z\"\n");
}

TEST(FormatScalars, BlocksKeepTheirLines) {
  EXPECT_EQ(formatted("a:\n    b: |\n          x\n            y\n\n          z\n    c: 1\n"), "a:\n  b: |\n    x\n      y\n\n    z\n  c: 1\n");
  EXPECT_EQ(formatted("a: >-\n     x\n     y\n\n       z\nb: |4-\n      x\n    y\n"), "a: >-\n  x\n  y\n\n    z\nb: |2-\n    x\n  y\n");
  expect_stays("a: |+\n  x\n\n\nb: >+\n  y\n\nc: 1\n");
}

TEST(FormatGrids, ColumnsStandBelowEachOther) {
  EXPECT_EQ(formatted("rows: |\n    region|1|2 | each_more\n    48_dc |298| 546|218\n"),
            "rows: |\n  region | 1   | 2   | each_more\n  48_dc  | 298 | 546 | 218\n");
  EXPECT_EQ(formatted("rows: |\n  a|b\n  \u00e9\u00e9|\n  # own line\n  x |y  # why\n"),
            "rows: |\n  a  | b\n  \u00e9\u00e9 |\n  # own line\n  x  | y  # why\n");
}

TEST(FormatGrids, OnlyRowsAreGridsAndOnlySoundOnes) {
  expect_stays("text: |\n  a|b\n  ccc|d\n");
  expect_stays("rows: |\n  a|b\n  ccc\n");
}

TEST(Format, AFileWithMistakesIsNotLaidOut) { EXPECT_EQ(formatted("a: b: c\nd: @\n"), "1:4 E101, 2:4 E101"); }

// ---- random trees

/// A random tree as text, with odd indentation, comments and blank lines.
class Scribbler {
 public:
  std::string map(std::size_t indent, int depth) {
    std::string out;
    const auto count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) { out += noise(indent) + std::string(indent, ' ') + "key_" + std::to_string(i) + ":" + value(indent, depth); }
    return out;
  }

 private:
  std::string value(std::size_t indent, int depth) {
    const auto deeper = *rc::gen::inRange<std::size_t>(1, 5);
    switch (*rc::gen::inRange(0, depth > 0 ? 8 : 5)) {
      case 0: return *rc::gen::element<std::string>(" word", "  two words", " 'it''s'", " \"x # y\"", "", " ~") + end_of_line();
      case 1: return "\n" + std::string(indent + deeper, ' ') + "some\n" + std::string(indent + deeper + 1, ' ') + "words" + end_of_line();
      case 2: return " {a:  b,when: c = d , e: [ 1,2 ]}" + end_of_line();
      case 3: return " |" + end_of_line() + std::string(indent + deeper, ' ') + "line\n\n" + std::string(indent + deeper + 2, ' ') + "deeper\n";
      case 4: return " [one,\n" + std::string(indent + deeper, ' ') + "two]" + end_of_line();
      case 5: return end_of_line() + map(indent + deeper, depth - 1);
      default: return end_of_line() + list(indent + (*rc::gen::arbitrary<bool>() ? deeper : 0), depth - 1);
    }
  }

  std::string list(std::size_t indent, int depth) {
    std::string out;
    const auto count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) {
      const bool nested = depth > 0 && *rc::gen::arbitrary<bool>();
      const std::string dash = noise(indent) + std::string(indent, ' ') + "-";
      out += nested ? dash + end_of_line() + map(indent + 2, depth - 1) : dash + value(indent, 0);
    }
    return out;
  }

  std::string end_of_line() {
    if (*rc::gen::inRange(0, 4) > 0) return "\n";
    return std::string(*rc::gen::inRange<std::size_t>(2, 6), ' ') + "# " + std::to_string(comment_++) + "\n";
  }
  std::string noise(std::size_t indent) {
    switch (*rc::gen::inRange(0, 8)) {
      case 0: return "\n\n";
      case 1: return std::string(indent, ' ') + "# " + std::to_string(comment_++) + "\n";
      case 2: return std::string(*rc::gen::inRange<std::size_t>(0, 9), ' ') + "# " + std::to_string(comment_++) + "\n";
      default: return "";
    }
  }

  int comment_ = 0;
};

TEST(FormatProperties, RandomTreesAreLaidOutWithEveryCommentKept) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = Scribbler().map(0, 3);
    const auto result = format_rules(make_source("rules.yaml", text));
    if (!result) RC_FAIL(to_text(result.errors()) + text);
    RC_ASSERT(std::count(result->begin(), result->end(), '#') == std::count(text.begin(), text.end(), '#'));
    const auto again = format_rules(make_source("rules.yaml", *result));
    RC_ASSERT(again.ok());
    RC_ASSERT(*again == *result);
  }));
}

}  // namespace
}  // namespace duly
