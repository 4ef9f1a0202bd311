// Text grids: cells, what keeps them apart, and what is said about a wrong shape.

#include <gtest/gtest.h>

#include "yaml_reading.h"

namespace duly {
namespace {

using test::at;
using test::place;
using test::places;
using test::read_json;
using test::read_yaml;

struct GridReading {
  Grid grid;
  std::vector<Diagnostic> errors;
};

/// The grid of `rows: |` with these lines; line 1 of the file is the key.
GridReading read_lines(const std::vector<std::string>& lines) {
  std::string text = "rows: |\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  GridReading reading;
  const auto yaml = read_yaml(text);
  EXPECT_EQ(places(yaml.errors), "");
  reading.grid = parse_grid(at(yaml.tree, {"rows"}), reading.errors);
  return reading;
}

std::string shown(const std::vector<GridCell>& cells) {
  std::string out;
  for (const GridCell& cell : cells) out += "<" + cell.text + ">";
  return out;
}

std::string mistake_in(const std::vector<std::string>& lines) {
  const auto errors = read_lines(lines).errors;
  return errors.size() == 1 ? place(errors.front()) + " " + errors.front().message : std::to_string(errors.size()) + " mistakes: " + places(errors);
}

TEST(Grid, CellsAreSplitAndTrimmed) {
  const auto [grid, errors] = read_lines({"region | 1   | each_more", "48_dc  | 298 |218 ", "", "AK     |   385| -  "});
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(shown(grid.header), "<region><1><each_more>");
  ASSERT_EQ(grid.rows.size(), 2U);
  EXPECT_EQ(shown(grid.rows[0]), "<48_dc><298><218>");
  EXPECT_EQ(shown(grid.rows[1]), "<AK><385><->");
}

TEST(Grid, EachCellKnowsItsPlace) {
  const auto [grid, errors] = read_lines({"a | b", "\u00e9 |  x y |"});
  ASSERT_EQ(errors.size(), 1U);
  const auto reading = read_lines({"a  | b", "\u00e9\u00e9 |  x y"});
  const Span& cell = reading.grid.rows.at(0).at(1).span;
  EXPECT_EQ(text_of(cell), "x y");
  EXPECT_EQ(place_of(*cell.source, cell.begin).line, 3);
  EXPECT_EQ(place_of(*cell.source, cell.begin).column, 9);
}

TEST(Grid, ABarAtTheEndIsAnEmptyLastCell) {
  const auto [grid, errors] = read_lines({"a | b", "1 |", "  | 2"});
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(shown(grid.rows[0]), "<1><>");
  EXPECT_EQ(shown(grid.rows[1]), "<><2>");
}

TEST(Grid, QuotesKeepBarsAndSignsTogether) {
  const auto [grid, errors] = read_lines({"a | b", "\"x | y\" | \"  # \\\" |\"", "mother's | it's"});
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(shown(grid.rows[0]), "<\"x | y\"><\"  # \\\" |\">");
  EXPECT_EQ(shown(grid.rows[1]), "<mother's><it's>");
}

TEST(Grid, TwoBlanksAndASignBeginAComment) {
  const auto [grid, errors] = read_lines({"# the first line", "a | b  # names", "1 | 2  # values", "#x", "3 |    # nothing", "y#z | w"});
  ASSERT_TRUE(errors.empty());
  ASSERT_EQ(grid.rows.size(), 3U);
  EXPECT_EQ(shown(grid.rows[0]), "<1><2>");
  EXPECT_EQ(shown(grid.rows[1]), "<3><>");
  EXPECT_EQ(shown(grid.rows[2]), "<y#z><w>");
}

TEST(Grid, ASignWithoutItsBlanksIsRefused) {
  EXPECT_EQ(mistake_in({"a | b", "1 | 2 # x"}), "3:9 E106 a comment needs two blanks before its `#` and one after");
  EXPECT_EQ(mistake_in({"a | b", "1 | 2  #x"}), "3:10 E106 a comment needs two blanks before its `#` and one after");
  EXPECT_EQ(mistake_in({"a | b", "1 |#x"}), "3:6 E106 a comment needs two blanks before its `#` and one after");
}

TEST(Grid, ARowOfAnotherLengthIsNamedAndLeftOut) {
  const auto [grid, errors] = read_lines({"a | b | c", "1 | 2", "1 | 2 | 3", "1 | 2 | 3 |", "1 | 2 | 3 | 4"});
  ASSERT_EQ(places(errors), "3:3 E108, 5:3 E108, 6:3 E108");
  EXPECT_EQ(errors[0].message, "this row has 2 cells, the header names 3 columns");
  EXPECT_EQ(errors[1].help, "remove the `|` at the end: it begins an empty last cell");
  EXPECT_EQ(grid.rows.size(), 1U);
}

TEST(Grid, AHeaderIsWanted) {
  EXPECT_EQ(mistake_in({"< 0.30 | 0", ">= 0.30 | 1"}), "2:3 E108 `< 0.30` is no name of a column");
  EXPECT_EQ(mistake_in({"1696 | 2292"}), "1:7 E108 the grid has one line: a header or a row is missing");
  EXPECT_EQ(mistake_in({"a |  | c", "1 | 2 | 3"}), "2:8 E108 a column has no name");
  EXPECT_EQ(mistake_in({"a | b | a", "1 | 2 | 3"}), "2:11 E108 two columns are named `a`");
  EXPECT_EQ(mistake_in({"# nothing"}), "1:7 E108 the grid is empty");
}

TEST(Grid, TheTablesOfOtherLanguagesAreExplained) {
  EXPECT_EQ(mistake_in({"| a | b |", "| 1 | 2 |"}), "2:3 E108 a line of a grid does not begin with `|`");
  EXPECT_EQ(mistake_in({"a | b", "--- | ---", "1 | 2"}), "3:3 E108 a grid has no line of dashes");
}

TEST(Grid, ANumberWithACommaIsRefusedAndAListIsNot) {
  EXPECT_EQ(mistake_in({"a | b", "1,183 | x"}), "3:3 E108 `1,183` has a comma");
  EXPECT_EQ(mistake_in({"a | b", "12,345,678.90 | x"}), "3:3 E108 `12,345,678.90` has a comma");
  for (const char* cell : {"1, 183", "1,2", "a,183", "1,1834", "1183", "\"1,183\"", ",183"})
    EXPECT_EQ(mistake_in({"a | b", std::string(cell) + " | x"}), "0 mistakes: ") << cell;
}

TEST(Grid, AQuoteClosesInItsRow) { EXPECT_EQ(mistake_in({"a | b", "\"x | y"}), "3:3 E108 a text is opened by `\"` and not closed in its row"); }

TEST(Grid, OnlyABlockOfLinesIsAGrid) {
  for (const char* text : {"rows: a | b\n", "rows: >\n  a | b\n  1 | 2\n", "rows: [a, b]\n", "rows:\n  a: b\n"}) {
    std::vector<Diagnostic> errors;
    const auto yaml = read_yaml(text);
    parse_grid(at(yaml.tree, {"rows"}), errors);
    ASSERT_EQ(errors.size(), 1U) << text;
    EXPECT_EQ(errors.front().code, Code::grid_shape);
  }
  std::vector<Diagnostic> errors;
  const auto json = read_json(R"({"rows": "a | b\n1 | 2"})");
  const Grid grid = parse_grid(at(json.tree, {"rows"}), errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(text_of(grid.rows.at(0).at(1).span), "2");
}

TEST(Grid, WindowsLineEndsDoNotCount) {
  std::vector<Diagnostic> errors;
  const auto yaml = read_yaml("rows: |\r\n  a | b\r\n  1 | 2\r\n");
  const Grid grid = parse_grid(at(yaml.tree, {"rows"}), errors);
  ASSERT_TRUE(errors.empty());
  EXPECT_EQ(shown(grid.rows.at(0)), "<1><2>");
  EXPECT_EQ(text_of(grid.rows.at(0).at(1).span), "2");
}

}  // namespace
}  // namespace duly
