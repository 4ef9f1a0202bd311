// From a byte of a value to its place in the file, through folds, indentation and escapes.

#include "syntax/scalar_map.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "yaml_reading.h"

namespace duly {
namespace {

using test::at;
using test::place_in;
using test::places;
using test::read_json;
using test::read_yaml;
using test::source_of;

Node value_of(const std::string& yaml) {
  auto reading = read_yaml(yaml);
  EXPECT_EQ(places(reading.errors), "") << yaml;
  return at(reading.tree, {"a"});
}

TEST(SpanIn, APlainScalarStandsInTheFileAsItReads) {
  const Node scalar = value_of("a: income <= limit(size)  # note\n");
  EXPECT_EQ(source_of(scalar, "limit"), "limit");
  EXPECT_EQ(place_in(scalar, 10), "1:14");
  EXPECT_EQ(text_of(span_in(scalar, 0, scalar.text.size())), "income <= limit(size)");
}

TEST(SpanIn, APlainScalarOverSeveralLinesIsFoundOnEach) {
  const Node scalar = value_of("a: one  two   \n\n     three\n   four\nb: x\n");
  ASSERT_EQ(scalar.text, "one  two\nthree four");
  EXPECT_EQ(place_in(scalar, scalar.text.find("two")), "1:9");
  EXPECT_EQ(place_in(scalar, scalar.text.find("three")), "3:6");
  EXPECT_EQ(place_in(scalar, scalar.text.find("four")), "4:4");
  EXPECT_EQ(source_of(scalar, "three four"), "three\n   four");
}

TEST(SpanIn, QuotesAreStrippedAndDoubledOnesCounted) {
  EXPECT_EQ(place_in(value_of("a: \"x\"\n"), 0), "1:5");
  const Node scalar = value_of("a: 'it''s or ''not'''\n");
  ASSERT_EQ(scalar.text, "it's or 'not'");
  EXPECT_EQ(source_of(scalar, "'"), "''");
  EXPECT_EQ(place_in(scalar, scalar.text.find("or")), "1:11");
  EXPECT_EQ(source_of(scalar, "'not'"), "''not''");
}

TEST(SpanIn, EscapesAreFoundAsTheyAreWritten) {
  const Node scalar = value_of(R"(a: "x\n\u00e9\"\x41\U0001F600\\y\/\L")"
                               "\n");
  ASSERT_EQ(scalar.text, "x\n\u00e9\"A\U0001F600\\y/\u2028");
  EXPECT_EQ(source_of(scalar, "\n"), "\\n");
  EXPECT_EQ(source_of(scalar, "\u00e9"), "\\u00e9");
  EXPECT_EQ(source_of(scalar, "\""), "\\\"");
  EXPECT_EQ(source_of(scalar, "A"), "\\x41");
  EXPECT_EQ(source_of(scalar, "\U0001F600"), "\\U0001F600");
  EXPECT_EQ(source_of(scalar, "\\y"), "\\\\y");
  EXPECT_EQ(source_of(scalar, "/"), "\\/");
  EXPECT_EQ(source_of(scalar, "\u2028"), "\\L");
}

TEST(SpanIn, AQuotedTextOverSeveralLinesIsFoundOnEach) {
  const Node scalar = value_of("a: \"one  \n\n\n   two \\\n   three\\n\n  four\"\n");
  ASSERT_EQ(scalar.text, "one\n\ntwo three\n four");
  EXPECT_EQ(place_in(scalar, scalar.text.find("two")), "4:4");
  EXPECT_EQ(place_in(scalar, scalar.text.find("three")), "5:4");
  EXPECT_EQ(place_in(scalar, scalar.text.find("four")), "6:3");
}

TEST(SpanIn, ABlockKeepsItsLinesAndLosesItsIndentation) {
  const Node scalar = value_of("a: |\n\n    one\n      two\n\n    three\nb: x\n");
  ASSERT_EQ(scalar.text, "\none\n  two\n\nthree\n");
  EXPECT_EQ(place_in(scalar, scalar.text.find("one")), "3:5");
  EXPECT_EQ(place_in(scalar, scalar.text.find("two")), "4:7");
  EXPECT_EQ(place_in(scalar, scalar.text.find("  two")), "4:5");
  EXPECT_EQ(source_of(scalar, "two\n\nthree"), "two\n\n    three");
}

TEST(SpanIn, ABlockMaySayItsIndentationAndItsEnd) {
  const Node scalar = value_of("a: |2-  # note\n    x\n  y\n");
  ASSERT_EQ(scalar.text, "  x\ny");
  EXPECT_EQ(place_in(scalar, 0), "2:3");
  EXPECT_EQ(place_in(scalar, scalar.text.find('y')), "3:3");
  EXPECT_EQ(value_of("a: |+\n  x\n\n\nb: y\n").text, "x\n\n\n");
}

TEST(SpanIn, WindowsLineEndsCountTwoBytesOfTheFile) {
  const Node scalar = value_of("a: |\r\n  x\r\n  y\r\n");
  ASSERT_EQ(scalar.text, "x\ny\n");
  EXPECT_EQ(source_of(scalar, "\n"), "\r\n");
  EXPECT_EQ(place_in(scalar, 2), "3:3");
}

TEST(SpanIn, TheWordsOfAFoldedTextAreFound) {
  const Node scalar = value_of("a: >-\n  one\n  two\n\n  three\n    four\n  five\n");
  for (const char* word : {"one", "two", "three", "four", "five"}) EXPECT_EQ(source_of(scalar, word), word);
  EXPECT_EQ(place_in(scalar, scalar.text.find("four")), "6:5");
}

TEST(SpanIn, AnEmptyRangeIsAPlaceAndOneBehindTheEndIsTheEnd) {
  const Node scalar = value_of("a: \"xy\"\n");
  EXPECT_EQ(span_in(scalar, 1, 1).begin, 5U);
  EXPECT_EQ(span_in(scalar, 1, 1).end, 5U);
  EXPECT_EQ(span_in(scalar, 2, 2).begin, 6U);
  EXPECT_EQ(span_in(scalar, 90, 99).begin, 6U);
  const Node empty = value_of("a: \"\"\n");
  EXPECT_EQ(span_in(empty, 0, 0).begin, 4U);
  const Node escaped = value_of("a: \"x\\n\"\n");
  EXPECT_EQ(span_in(escaped, 2, 2).begin, 7U);
}

TEST(SpanIn, JsonTextsHaveTheirOwnEscapes) {
  const auto [tree, errors] = read_json(R"({"a": "x\u00e9\ud83d\ude00\/\"\ty"})");
  ASSERT_TRUE(errors.empty());
  const Node& scalar = at(tree, {"a"});
  EXPECT_EQ(source_of(scalar, "\u00e9"), "\\u00e9");
  EXPECT_EQ(source_of(scalar, "\U0001F600"), "\\ud83d\\ude00");
  EXPECT_EQ(source_of(scalar, "y"), "y");
  EXPECT_EQ(place_in(scalar, scalar.text.find('y')), "1:33");
}

TEST(ScalarMap, RefusesAValueThatIsNotTheOneInTheFile) {
  EXPECT_FALSE(ScalarMap::of("abc", 0, Style::plain, "abd"));
  EXPECT_FALSE(ScalarMap::of("'abc'", 0, Style::quoted, "ab"));
  EXPECT_FALSE(ScalarMap::of("'abc", 0, Style::quoted, "abc"));
  EXPECT_FALSE(ScalarMap::of("|\n  abc\n", 0, Style::block, "abc\nd\n"));
  EXPECT_FALSE(ScalarMap::of("|\n  abc\n", 0, Style::block, "bc\n"));
  EXPECT_FALSE(ScalarMap::of(">\n  abc\n", 0, Style::folded, "a bc\n"));
}

// ---- random texts, written in each style, are found again byte for byte

/// Words, blanks and characters that mean something to YAML, also outside of ASCII.
rc::Gen<std::string> some_text() {
  const auto piece =
      rc::gen::element<std::string>("a", "b7", " ", "  ", "'", "\"", "\\", ":", "#", "|", "\u00e9", "\U0001F600", ",", "[", ")", "-", "\t");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string text;
    for (const auto& p : pieces) text += p;
    return text;
  });
}

std::string spaces(std::size_t count) { return std::string(count, ' '); }

bool is_inside_a_character(const std::string& text, std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; }

/// Every character of the value comes from a piece of the file that reads as this character.
template <class F>
void require_found(const Node& scalar, const F& reads_as) {
  for (std::size_t begin = 0; begin < scalar.text.size();) {
    std::size_t end = begin + 1;
    while (end < scalar.text.size() && is_inside_a_character(scalar.text, end)) ++end;
    const std::string character = scalar.text.substr(begin, end - begin);
    const std::string source(text_of(span_in(scalar, begin, end)));
    if (!reads_as(source, character)) RC_FAIL("`" + character + "` is said to come from `" + source + "`");
    begin = end;
  }
}

bool as_written(const std::string& source, const std::string& character) { return source == character; }

TEST(ScalarMapProperties, SingleQuotedTextsAreFoundByteForByte) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *some_text();
    std::string written;
    for (const char c : text) written += c == '\'' ? "''" : std::string(1, c);
    auto reading = read_yaml("a: '" + written + "'\nb: c\n");
    RC_ASSERT(reading.errors.empty());
    RC_ASSERT(at(reading.tree, {"a"}).text == text);
    require_found(at(reading.tree, {"a"}), [](const std::string& source, const std::string& c) { return source == (c == "'" ? "''" : c); });
  }));
}

TEST(ScalarMapProperties, DoubleQuotedTextsAreFoundThroughTheirEscapes) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *some_text();
    std::string written;
    for (const char c : text) {
      const bool by_number = c == 'a' || c == ' ';
      written += c == '"' || c == '\\' ? std::string("\\") + c : c == '\t' ? "\\t" : by_number ? (c == 'a' ? "\\x61" : "\\u0020") : std::string(1, c);
    }
    auto reading = read_yaml("a: \"" + written + "\"\nb: c\n");
    RC_ASSERT(reading.errors.empty());
    RC_ASSERT(at(reading.tree, {"a"}).text == text);
    require_found(at(reading.tree, {"a"}), [](const std::string& source, const std::string& c) {
      if (c == "\"" || c == "\\") return source == "\\" + c;
      if (c == "a") return source == "\\x61";
      if (c == " ") return source == "\\u0020";
      return source == (c == "\t" ? "\\t" : c);
    });
  }));
}

TEST(ScalarMapProperties, BlocksAreFoundByteForByte) {
  EXPECT_TRUE(rc::check([] {
    const auto lines = *rc::gen::container<std::vector<std::string>>(some_text());
    const std::size_t indent = *rc::gen::inRange<std::size_t>(1, 8);
    const std::string line_feed = *rc::gen::element<std::string>("\n", "\r\n");
    std::string written = "a: |" + std::to_string(indent) + "+" + line_feed;
    std::string text;
    for (const std::string& line : lines) {
      written += spaces(indent) + line + line_feed;
      text += line + "\n";
    }
    auto reading = read_yaml(written + "b: c" + line_feed);
    RC_ASSERT(reading.errors.empty());
    RC_ASSERT(at(reading.tree, {"a"}).text == text);
    require_found(at(reading.tree, {"a"}),
                  [&](const std::string& source, const std::string& c) { return c == "\n" ? source == line_feed : as_written(source, c); });
  }));
}

TEST(ScalarMapProperties, PlainTextsOverSeveralLinesAreFoundByteForByte) {
  EXPECT_TRUE(rc::check([] {
    const auto word = rc::gen::element<std::string>("a", "b7", "x  y", "it's", "\u00e9", "(p, q)", "<=", "\"s\"");
    const auto words = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(word));
    std::string written = "a: w";
    std::string text = "w";
    for (const std::string& w : words) {
      const auto breaks = *rc::gen::inRange<std::size_t>(0, 4);
      const auto blanks = *rc::gen::inRange<std::size_t>(1, 5);
      for (std::size_t i = 0; i < breaks; ++i) written += spaces(blanks - 1) + "\n";
      written += spaces(blanks) + w;
      text += (breaks > 1 ? std::string(breaks - 1, '\n') : breaks == 1 ? " " : spaces(blanks)) + w;
    }
    auto reading = read_yaml(written + "\nb: c\n");
    RC_ASSERT(reading.errors.empty());
    RC_ASSERT(at(reading.tree, {"a"}).text == text);
    require_found(at(reading.tree, {"a"}), [](const std::string& source, const std::string& c) {
      return c == " " || c == "\n" ? source.find_first_not_of(" \n") == std::string::npos && !source.empty() : source == c;
    });
  }));
}

}  // namespace
}  // namespace duly
