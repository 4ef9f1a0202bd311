// What YAML does to a formula, and what its author is told instead.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "syntax/yaml_traps.h"
#include "yaml_reading.h"

namespace duly {
namespace {

using test::at;
using test::mistake_in;
using test::places;
using test::read_document;
using test::read_yaml;

// ---- read by YAML without a word

TEST(YamlTraps, AKeyThatStandsTwiceIsRefusedAndTheFirstOneNamed) {
  EXPECT_EQ(mistake_in("r:\n  title: a\n  cite: b\n  title: c\n"),
            "4:3 E102 `title` stands twice in this record | the first one is in line 2; keep one of them");
  EXPECT_EQ(places(read_yaml("a: {b: 1, 'b': 2}\n").errors), "1:11 E102");
  EXPECT_EQ(places(read_yaml("a: 1\nb: 2\na: 3\n").errors), "3:1 E102");
}

TEST(YamlTraps, AFormulaCutAtTheCommaOfARecordIsJoinedAndQuoted) {
  EXPECT_EQ(mistake_in("r: {when: spouses(a, b)}\n"),
            "1:11 E105 `spouses(a, b)` is cut into pieces by the { } around it | put it in quotes: `when: \"spouses(a, b)\"`");
  EXPECT_EQ(mistake_in("r: {when: f(a, a, a), cite: x}\n"),
            "1:11 E105 `f(a, a, a)` is cut into pieces by the { } around it | put it in quotes: `when: \"f(a, a, a)\"`");
  EXPECT_EQ(mistake_in("r: {source: Tables, second part, from: x}\n"),
            "1:13 E105 `Tables, second part` is cut into pieces by the { } around it | put it in quotes: `source: \"Tables, second part\"`");
  EXPECT_EQ(mistake_in("r: {when: f(a, b: c)}\n"),
            "1:11 E105 `f(a, b: c)` is cut into pieces by the { } around it | put it in quotes: `when: \"f(a, b: c)\"`");
}

TEST(YamlTraps, AFormulaCutAtTheCommaOfAListIsJoinedAndQuoted) {
  EXPECT_EQ(mistake_in("r: [f(a, b), c]\n"), "1:5 E105 `f(a, b)` is cut into pieces by the [ ] around it | put it in quotes: `\"f(a, b)\"`");
}

TEST(YamlTraps, AWordWithoutAValueInARecordIsNotCutFromAnything) {
  EXPECT_EQ(mistake_in("r: {a}\n"), "1:5 E101 `a` has no `: ` and no value | a record needs `key: value`; a list is written `[a, ...]`");
  EXPECT_EQ(places(read_yaml("r: {a: , b: ~, \"c\": null}\n").errors), "");
}

TEST(YamlTraps, ACitationWithParenthesesIsNoFormula) {
  EXPECT_EQ(places(read_yaml("r: {cite: 7 CFR 273.1(b)(1)(i), when: \"f(a, b)\"}\n").errors), "");
}

TEST(YamlTraps, AComparisonReadAsFoldedTextIsQuoted) {
  EXPECT_EQ(mistake_in("b: >5\nc: 1\n"), "1:4 E109 `>5` is read as the start of folded text | put it in quotes: `b: \">5\"`");
  EXPECT_EQ(mistake_in("b:\n  - >5\n"), "2:5 E109 `>5` is read as the start of folded text | put it in quotes: `\">5\"`");
}

TEST(YamlTraps, ATagLosesTextAndIsRefused) {
  EXPECT_EQ(mistake_in("a: !eligible\n"),
            "1:4 E103 `!` at the start of a value means a tag, which is not part of the language | "
            "write `not x` for \"not\"; text that starts with `!` is put in quotes: `a: \"!eligible\"`");
  EXPECT_EQ(places(read_yaml("a: !!str x\n").errors), "1:4 E103");
  EXPECT_EQ(places(read_yaml("a: !<x> y\n").errors), "1:4 E103");
  EXPECT_EQ(places(read_yaml("a: ! x\n").errors), "1:4 E103");
  EXPECT_EQ(places(read_yaml("a: !t\n  - x\n").errors), "1:4 E103");
}

TEST(YamlTraps, AnAnchorLosesTextAndIsRefused) {
  EXPECT_EQ(mistake_in("a: &b c\n"),
            "1:4 E103 `&` at the start of a value means an anchor, which is not part of the language | put it in quotes: `a: \"&b c\"`");
  EXPECT_EQ(places(read_yaml("a: & b\n").errors), "1:4 E103");
  EXPECT_EQ(places(read_yaml("a: &x\n  b: 1\n").errors), "1:4 E103");
}

TEST(YamlTraps, AnAliasIsRefusedEvenToWhatExists) {
  EXPECT_EQ(mistake_in("a: * 5\n"),
            "1:4 E103 `*` at the start of a value means an alias, which is not part of the language | put it in quotes: `a: \"* 5\"`");
  EXPECT_EQ(places(read_yaml("a: *b\n").errors), "1:4 E103");
  EXPECT_EQ(places(read_yaml("a: &b c\nd: *b\n").errors), "1:4 E103, 2:4 E103");
}

TEST(YamlTraps, MergeKeysAreRefused) {
  EXPECT_EQ(mistake_in("a:\n  <<: b\n"), "2:3 E103 merge keys (`<<`) are not part of the language | write the keys out, or share rules with `uses:`");
  EXPECT_EQ(places(read_yaml("'<<': b\n").errors), "");
}

TEST(YamlTraps, SeveralDocumentsAndDirectivesAreRefused) {
  EXPECT_EQ(mistake_in("---\na: 1\n"), "1:1 E103 a file holds one document | remove the line");
  EXPECT_EQ(places(read_yaml("a: 1\n...\nb: 2\n--- # x\nc: 3\n").errors), "2:1 E103, 4:1 E103");
  EXPECT_EQ(read_yaml("a: 1\n---\nb: 2\n").tree.items.size(), 2U);
  EXPECT_EQ(mistake_in("%YAML 1.2\na: 1\n"),
            "1:1 E103 YAML directives are not part of the language | remove the line, or put text that starts with `%` in quotes");
  EXPECT_EQ(places(read_yaml("a: |\n  ---\n  ...\nb: x --- y\n").errors), "");
}

// ---- refused by YAML in words nobody understands

TEST(YamlTraps, AValueThatStartsWithASignOfYamlIsQuoted) {
  EXPECT_EQ(mistake_in("a: @\"2025-10-01\"\n"), "1:4 E101 a value may not start with `@` | put it in quotes: `a: '@\"2025-10-01\"'`");
  EXPECT_EQ(mistake_in("a: %x\n"), "1:4 E101 a value may not start with `%` | put it in quotes: `a: \"%x\"`");
  EXPECT_EQ(mistake_in("a: , x\n"), "1:4 E101 a value may not start with `,` | put it in quotes: `a: \", x\"`");
  EXPECT_EQ(mistake_in("a: ]5..10]\n"), "1:4 E101 a value may not start with `]` | put it in quotes: `a: \"]5..10]\"`");
  EXPECT_EQ(mistake_in("a: } x\n"), "1:4 E101 a value may not start with `}` | put it in quotes: `a: \"} x\"`");
  EXPECT_EQ(mistake_in("a: `x`\n"), "1:4 E101 a value may not start with a backquote | put it in quotes: `a: \"`x`\"`");
  EXPECT_EQ(mistake_in("a: {b: @c, d: e}\n"), "1:8 E101 a value may not start with `@` | put it in quotes: `b: \"@c\"`");
  EXPECT_EQ(mistake_in("@x: y\n"), "1:1 E101 a key may not start with `@` | put it in quotes: `\"@x\"`");
}

TEST(YamlTraps, AMinusBehindAKeyIsNoList) {
  EXPECT_EQ(mistake_in("a: - b\n"),
            "1:4 E101 `- ` begins a list, which may not stand here | put it in quotes: `a: \"- b\"`; or begin the list on the next line");
  EXPECT_EQ(places(read_yaml("a: -b\n").errors), "");
}

TEST(YamlTraps, AComparisonAtTheStartIsNoFoldedText) {
  EXPECT_EQ(mistake_in("a: >= 5\n"), "1:4 E101 `>` at the start of a value means folded text | put it in quotes: `a: \">= 5\"`");
  EXPECT_EQ(mistake_in("a:\n  - > 5  # note\n"), "2:5 E101 `>` at the start of a value means folded text | put it in quotes: `\"> 5\"`");
}

TEST(YamlTraps, TextBehindAClosingQuoteOrBracketIsQuotedAsAWhole) {
  EXPECT_EQ(mistake_in("a: \"x\" = y\n"), "1:4 E101 the value ends at its closing `\"`; `= y` stands behind it | put it in quotes: `a: '\"x\" = y'`");
  EXPECT_EQ(mistake_in("a: {name} is how old?\n"),
            "1:4 E101 the value ends at its closing `}`; `is how old?` stands behind it | put it in quotes: `a: \"{name} is how old?\"`");
  EXPECT_EQ(mistake_in("a: [b] + c\n"), "1:4 E101 the value ends at its closing `]`; `+ c` stands behind it | put it in quotes: `a: \"[b] + c\"`");
  EXPECT_EQ(mistake_in("r: {when: \"a\" = b, c: d}\n"),
            "1:11 E101 the value ends at its closing `\"`; `= b` stands behind it | put it in quotes: `when: '\"a\" = b'`");
}

TEST(YamlTraps, ASecondColonInAValueIsQuoted) {
  EXPECT_EQ(mistake_in("a: b: c\n"), "1:4 E101 a second `: ` stands in one value | put it in quotes: `a: \"b: c\"`");
  EXPECT_EQ(mistake_in("r: {a: b c: d}\n"),
            "1:8 E105 a second `: ` stands in one value, or a comma is missing before it | put it in quotes: `a: \"b c: d\"`");
}

TEST(YamlTraps, AHalfOpenRangeIsReportedWhereItBegins) {
  EXPECT_EQ(mistake_in("a: [18..60)\nb: 1\nc: 2\n"),
            "1:4 E101 `[` is opened here and not closed | "
            "close it by `]`; if this is a formula or a range, put it in quotes: `a: \"[18..60)\"`");
  EXPECT_EQ(mistake_in("r:\n  - {a: 1, fits: [18..60), b: 2}\n"),
            "2:18 E101 `[` is opened here and not closed | "
            "close it by `]`; if this is a formula or a range, put it in quotes: `fits: \"[18..60)\"`");
  EXPECT_EQ(places(read_yaml("a: {b: 1\nc: 2\n").errors), "1:4 E101");
  EXPECT_EQ(places(read_yaml("- [a, b\n").errors), "1:3 E101");
}

TEST(YamlTraps, ARangeInsideOfAFormulaInARecordIsQuotedWithIt) {
  EXPECT_EQ(mistake_in("r: {fits: age in [6..19), reason: x}\n"),
            "1:11 E105 `age in [6..19)` is cut at its `[` | put it in quotes: `fits: \"age in [6..19)\"`");
  EXPECT_EQ(mistake_in("r:\n  - {fits: age in [6..19)}\n"),
            "2:12 E105 `age in [6..19)` is cut at its `[` | put it in quotes: `fits: \"age in [6..19)\"`");
  EXPECT_EQ(mistake_in("r: {of: all but [x, y]}\n"), "1:9 E105 `all but [x, y]` is cut at its `[` | put it in quotes: `of: \"all but [x, y]\"`");
}

TEST(YamlTraps, AGridBegunOnTheLineOfItsKeyIsMoved) {
  EXPECT_EQ(mistake_in("rows: | a | b\n  1 | 2\n"),
            "1:7 E108 a text grid begins on the line below its `|` | write `rows: |`, and below it, indented: `a | b`");
}

TEST(YamlTraps, AParserThatStopsBeforeItHasSaidTheQuotedTextIsUnderstood) {
  const auto source = make_source("", "a: \"x\" = y\n");
  Stop stop{Fault::in_block, 7, 0, nowhere, {source, 0, 1}, true};
  EXPECT_EQ(explain(source, 0, stop).said.help, "put it in quotes: `a: '\"x\" = y'`");
}

// ---- comments

TEST(YamlComments, OneBlankBeforeTheSignCutsAValue) {
  EXPECT_EQ(mistake_in("cite: 24 CFR 578.3 #5\n"),
            "1:20 E106 a comment needs two blanks before its `#` and one after | "
            "for a comment write `cite: 24 CFR 578.3  # 5`; if it belongs to the value, `cite: \"24 CFR 578.3 #5\"`");
  EXPECT_EQ(places(read_yaml("a: x # y\n").errors), "1:6 E106");
  EXPECT_EQ(places(read_yaml("a: x  #y\n").errors), "1:7 E106");
}

TEST(YamlComments, TwoBlanksBeforeAndOneAfterMakeAComment) {
  EXPECT_EQ(places(read_yaml("a: x  # y\nb: y#z\nc:  # d\n  - e\t\t# f\n# g\n#h\n  #i\nj: \"k #l\"  #\n").errors), "");
}

TEST(YamlComments, ACommentBehindAQuoteABracketOrAHeaderNeedsItsBlanksToo) {
  EXPECT_EQ(mistake_in("a: \"x\"#y\n"), "1:7 E106 a comment needs two blanks before its `#` and one after | for a comment write `a: \"x\"  # y`");
  EXPECT_EQ(places(read_yaml("a: [x]#y\n").errors), "1:7 E106");
  EXPECT_EQ(places(read_yaml("a: |#y\n  x\n").errors), "1:5 E106");
  EXPECT_EQ(places(read_yaml("a: >- #y\n  x\n").errors), "1:7 E106");
}

TEST(YamlComments, OneThatSwallowsABracketOrABreakIsTheMistake) {
  EXPECT_EQ(places(read_yaml("a: {x: y #z}\nb: 1\n").errors), "1:10 E106");
  EXPECT_EQ(places(read_yaml("a: x #y\n  z\nb: 1\n").errors), "1:6 E106");
}

TEST(YamlComments, ASignInsideOfATextIsNone) { EXPECT_EQ(places(read_yaml("a: |\n  x #y\n  # z\nb: 'x #y'\nc: >-\n  x #y\n").errors), ""); }

// ---- bytes

TEST(YamlBytes, WhatIsNoCleanTextIsRefusedAndNotRepeated) {
  const auto [tree, errors] = read_yaml("a: 1\nb: x\xFFy\n");
  ASSERT_EQ(places(errors), "2:5 E100");
  EXPECT_EQ(errors.front().source_line, "b: x?");
  EXPECT_TRUE(tree.is_map() && tree.items.empty());
  EXPECT_EQ(places(read_yaml("\xEF\xBB\xBF"
                             "a: 1\n")
                       .errors),
            "1:1 E100");
  EXPECT_EQ(places(read_yaml(std::string("a: \0\n", 5)).errors), "1:4 E100");
  EXPECT_EQ(places(read_yaml("a: 1\rb: 2\n").errors), "1:5 E100");
  EXPECT_EQ(places(read_yaml("\xFF\xFE"
                             "a")
                       .errors),
            "1:1 E100");
  EXPECT_EQ(places(read_yaml("a: \x1B[0m\n").errors), "1:4 E100");
}

TEST(YamlBytes, ANoBreakSpaceStandsOnlyInQuotesFoldedTextAndComments) {
  EXPECT_EQ(mistake_in("a: x\u00A0y\n"),
            "1:5 E100 a no-break space stands here | replace it by an ordinary blank, or put the text in quotes if it is meant");
  EXPECT_EQ(places(read_yaml("a:\u00A0y\n").errors), "1:3 E100");
  EXPECT_EQ(places(read_yaml("\u00A0\u00A0a: y\nb: 1\n").errors), "1:1 E100");
  EXPECT_EQ(places(read_yaml("a: |\n  x\u202F| y\n").errors), "2:4 E100");
  EXPECT_EQ(places(read_yaml("a: \"x\u00A0y\"  # \u00A0\nb: >-\n  1\u00A0000\n").errors), "");
}

TEST(YamlBytes, AnEscapeMayNotBringAControlCharacter) {
  EXPECT_EQ(mistake_in("a: \"x\\x07\"\n"),
            "1:6 E101 `\\x07` in double quotes is no character of a text | write `\\\\` for a backslash, or use single quotes");
  for (const char* escape : {"\\0", "\\a", "\\e", "\\N", "\\_", "\\u0085", "\\U0000007f", "\\d", "\\uD800", "\\xZZ"})
    EXPECT_EQ(places(read_yaml("a: \"" + std::string(escape) + "\"\n").errors), "1:5 E101") << escape;
  EXPECT_EQ(places(read_yaml("a: \"\\n\\t\\\\\\x41\\u00a0\"\nb: '\\d'\n").errors), "");
}

// ---- lines that do not fit together

TEST(YamlLines, ATabIsNoIndentation) {
  EXPECT_EQ(mistake_in("a:\n\tb: 1\n"), "2:1 E101 a line is indented by a tab | indent by two blanks for each level");
}

TEST(YamlLines, AKeyWithoutAColonIsNamed) {
  EXPECT_EQ(mistake_in("x: 1\ntitle Income\ny: 2\n"), "2:1 E101 `title Income` has no `: ` and no value | write `title Income: ...`");
  EXPECT_EQ(mistake_in("x: 1\ntitle Income\n"), "2:1 E101 `title Income` has no `: ` and no value | write `title Income: ...`");
  EXPECT_EQ(mistake_in("a:b\n"), "1:1 E101 `a:b` lacks a blank after its colon | write `a: b`");
  EXPECT_EQ(places(read_yaml(": x\n").errors), "1:1 E101");
}

TEST(YamlLines, AWrongIndentationIsSaidAtItsLine) {
  EXPECT_EQ(mistake_in("a: 1\n b: 2\n"),
            "2:2 E101 this line is indented below `a: 1`, which has its value already | "
            "indent it like the line above, or put a value of several words and colons in quotes");
  EXPECT_EQ(mistake_in("a:\n   b: 1\n  c: 2\n"),
            "3:3 E101 `c: 2` is indented like no line above it | indent it exactly like the lines it belongs to");
  EXPECT_EQ(mistake_in("a:\n  - x\n  y: 1\n"),
            "3:3 E101 `y: 1` stands among the items of a list | write `- ` before it, or indent it like the key of the list");
  EXPECT_EQ(mistake_in("b: 1\n- a\n"),
            "2:1 E101 `- a` is no entry of the record or list it stands in | write `key: value`, or `- value` in a list, indented like the lines "
            "around it");
}

TEST(YamlLines, AQuoteThatIsNeverClosedIsReportedWhereItOpens) {
  EXPECT_EQ(mistake_in("a: \"x\nb: 1\n"), "1:4 E101 a text is opened by `\"` and never closed | close it by `\"` on the same line");
  EXPECT_EQ(places(read_yaml("a: 'x\nb: it's\nc: \"y\"\n").errors), "1:4 E101");
  EXPECT_EQ(places(read_yaml("a: \"x\nb: \"y\"\nc: 1\n").errors), "1:4 E101");
}

TEST(YamlLines, AKeyIsAWordOnOneLine) {
  EXPECT_EQ(mistake_in("[a]: b\n"), "1:1 E101 a key is a word, not a list or a record | put it in quotes: `\"[a]: b\"`");
  EXPECT_EQ(places(read_yaml("? |\n  a\n: b\n").errors), "1:3 E101");
}

// ---- all of them at once

TEST(YamlRecords, TenBrokenRecordsGiveTenMistakesAndTheSoundOnesStay) {
  const std::string text =
      "good_1: {a: 1}\n"
      "bad_1:\n  passes: @x\n"
      "bad_2:\n  fits: [18..60)\n"
      "good_2:\n  - x\n"
      "bad_3: \"x\" = y\n"
      "bad_4:\n  when: a: b\n"
      "# a comment between\n"
      "bad_5: {when: f(a, b)}\n"
      "good_3: |\n  x | y\n"
      "bad_6: >= 5\n"
      "bad_7: !x\n"
      "bad_8:\n  a: 1\n  a: 2\n"
      "bad_9: x #y\n"
      "bad_10: \"x\n"
      "good_4: z\n";
  const auto [tree, errors] = read_yaml(text);
  EXPECT_EQ(places(errors), "3:11 E101, 5:9 E101, 8:8 E101, 10:9 E101, 12:15 E105, 15:8 E101, 16:8 E103, 19:3 E102, 20:10 E106, 21:9 E101");
  std::vector<std::string> kept;
  for (const Node& key : tree.keys) kept.push_back(key.text);
  EXPECT_THAT(kept, testing::ElementsAre("good_1", "good_2", "good_3", "good_4"));
  EXPECT_EQ(at(tree, {"good_3"}).text, "x | y\n");
}

TEST(YamlRecords, ARecordRightBeforeAMistakeIsNotLost) {
  const auto [tree, errors] = read_yaml("a: one\n@x: y\nb: two\n");
  EXPECT_EQ(places(errors), "2:1 E101");
  ASSERT_EQ(tree.items.size(), 2U);
  EXPECT_EQ(tree.items[0].text, "one");
  EXPECT_EQ(tree.items[1].text, "two");
}

TEST(YamlRecords, TheItemsOfAListAreRecordsToo) {
  const auto [tree, errors] = read_yaml("- a: 1\n- b: @x\n- c: 3\n- >= 4\n- e\n");
  EXPECT_EQ(places(errors), "2:6 E101, 4:3 E101");
  EXPECT_EQ(tree.items.size(), 3U);
}

TEST(YamlRecords, LinesInColumnOneMayBelongToTheRecordAbove) {
  const auto [tree, errors] = read_yaml("a:\n- x\n- y\nb: [\n  1,\n]\nc: @\n");
  EXPECT_EQ(places(errors), "7:4 E101");
  EXPECT_EQ(tree.items.size(), 2U);
}

TEST(YamlRecords, ARecordBehindAMistakeMayBeginWithAByteOrderMark) {
  const auto errors = read_yaml("x: }\n\xEF\xBB\xBF\n\n\n:\ne\n").errors;
  EXPECT_EQ(places(errors), "1:4 E101, 2:1 E100, 5:1 E101, 6:1 E101");
  const auto [tree, more] = read_yaml(
      "x: }\n\xEF\xBB\xBF"
      "aaa: bbb\nc: d\n");
  EXPECT_EQ(places(more), "1:4 E101, 2:1 E100");
  EXPECT_EQ(tree.items.size(), 2U);
}

TEST(YamlRecords, TwoHundredMistakesAreEnough) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "r" + std::to_string(i) + ": @x\n";
  const auto errors = read_yaml(text).errors;
  ASSERT_EQ(errors.size(), 201U);
  EXPECT_EQ(errors.back().message, "too many mistakes: not all of the file was read");
  text.clear();
  for (int i = 0; i < 199; ++i) text += "r" + std::to_string(i) + ": @x\n";
  EXPECT_EQ(read_yaml(text).errors.size(), 199U);
}

TEST(YamlRecords, AVeryLongLineIsNotRepeatedInItsDiagnostics) {
  const auto errors = read_yaml("a: {" + std::string(2000, 'x') + ": 1, b: f(c, d)}\n").errors;
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().source_line, "");
  EXPECT_EQ(errors.front().line, 1);
}

TEST(YamlRecords, MistakesOfADocumentHaveTheCodeOfDocuments) {
  EXPECT_EQ(places(read_document("people:\n  ana: {age: @34}\nwages: a: b\n").errors), "2:14 E300, 3:8 E300");
  EXPECT_EQ(places(read_document("a: 1\na: 2\n").errors), "2:1 E102");
}

}  // namespace
}  // namespace duly
