#include "language/open_text.h"

#include <gmock/gmock.h>

namespace duly {
namespace {

constexpr const char* apple = "\xF0\x9F\x8D\x8E";
constexpr const char* half = "\xEF\xBF\xBD";

std::string replaced(const std::string& text, TextPosition from, TextPosition to, std::string_view with, PositionUnit unit = PositionUnit::utf16) {
  OpenText open(text);
  open.replace(from, to, with, unit);
  return open.text();
}

TEST(OpenText, CountsUnitsOfUtf16OrBytes) {
  const OpenText text(std::string("a") + apple + "b\n\xC3\xA9z");
  EXPECT_EQ(text.offset_of({0, 3}, PositionUnit::utf16), 5U);
  EXPECT_EQ(text.offset_of({0, 5}, PositionUnit::utf8), 5U);
  EXPECT_EQ(text.position_of(5, PositionUnit::utf16), (TextPosition{0, 3}));
  EXPECT_EQ(text.position_of(5, PositionUnit::utf8), (TextPosition{0, 5}));
  EXPECT_EQ(text.offset_of({1, 1}, PositionUnit::utf16), 9U);
  EXPECT_EQ(text.position_of(9, PositionUnit::utf16), (TextPosition{1, 1}));
}

TEST(OpenText, TakesPlacesThatAreNotThereAsTheNearestBefore) {
  const OpenText text(std::string("a") + apple + "\nb");
  EXPECT_EQ(text.offset_of({0, 99}, PositionUnit::utf16), 5U);
  EXPECT_EQ(text.offset_of({7, 0}, PositionUnit::utf16), 7U);
  EXPECT_EQ(text.offset_of({0, 2}, PositionUnit::utf16), 1U);
  EXPECT_EQ(text.offset_of({0, 3}, PositionUnit::utf8), 1U);
  EXPECT_EQ(text.position_of(99, PositionUnit::utf16), (TextPosition{1, 1}));
}

TEST(OpenText, EndsLinesAsTheProtocolDoes) {
  const OpenText text("a\r\nb\rc\nd");
  EXPECT_EQ(text.line(0), "a");
  EXPECT_EQ(text.line(1), "b");
  EXPECT_EQ(text.line(2), "c");
  EXPECT_EQ(text.line(3), "d");
  EXPECT_EQ(text.line(4), "");
  EXPECT_EQ(text.offset_of({0, 9}, PositionUnit::utf16), 1U);
}

TEST(OpenText, ReplacesWhatStandsBetweenTwoPlaces) {
  EXPECT_EQ(replaced("one\ntwo\n", {0, 1}, {1, 2}, "X"), "oXo\n");
  EXPECT_EQ(replaced("one", {0, 3}, {5, 0}, "\n"), "one\n");
  EXPECT_EQ(replaced("one", {0, 2}, {0, 1}, "X"), "onXe") << "an end before the beginning takes nothing away";
  EXPECT_EQ(replaced(std::string("\xC3\xA9") + apple, {0, 0}, {0, 2}, "e", PositionUnit::utf8), std::string("e") + apple);
}

TEST(OpenText, KeepsCountWhereAnEditCutsAPairInTwo) {
  EXPECT_EQ(replaced(std::string("a") + apple + "b", {0, 1}, {0, 2}, ""), std::string("a") + half + "b");
  EXPECT_EQ(replaced(std::string("a") + apple + "b", {0, 2}, {0, 3}, ""), std::string("a") + half + "b");
  EXPECT_EQ(replaced(std::string("a") + apple + "b", {0, 2}, {0, 2}, "X"), std::string("a") + half + "X" + half + "b");
  EXPECT_EQ(replaced(std::string("a") + apple + apple + "b", {0, 2}, {0, 4}, ""), std::string("a") + half + half + "b");
}

}  // namespace
}  // namespace duly
