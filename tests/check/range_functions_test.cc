#include <gtest/gtest.h>

#include "duly/authoring.h"

namespace duly {
namespace {

std::string value(const std::string& expression) {
  const auto result = evaluate_expression(expression);
  return result ? result->text : code_text(result.errors().front().code);
}

void expect_true(std::initializer_list<const char*> expressions) {
  for (const char* expression : expressions) EXPECT_EQ(value(expression), "true") << expression;
}

void expect_false(std::initializer_list<const char*> expressions) {
  for (const char* expression : expressions) EXPECT_EQ(value(expression), "false") << expression;
}

TEST(RangeRelations, BeforeAndAfterLookAtOpenEnds) {
  expect_true({"before(1, 10)", "before(1, [2..5])", "before(1, (1..5])", "before([1..5), 5)", "before([1..5), [5..9])", "before([1..5], (5..9])",
               "after(10, 1)", "after([5..9], [1..5))", "after((5..9], 5)"});
  expect_false({"before(10, 1)", "before(1, [1..5])", "before([1..5], 5)", "before([1..5], [5..9])", "after([5..9], [1..5])", "after(5, [1..5])"});
}

TEST(RangeRelations, MeetsNeedsTheCommonPointInBoth) {
  expect_true({"meets([1..5], [5..9])"});
  expect_false({"meets([1..5), [5..9])", "meets([1..5], (5..9])", "meets([1..5], [6..9])"});
}

TEST(RangeRelations, OverlapsWhereOnePointIsInBoth) {
  expect_true({"overlaps([1..5], [3..9])", "overlaps([3..9], [1..5])", "overlaps([1..9], [3..5])", "overlaps([1..5], [5..9])"});
  expect_false({"overlaps([1..5], [6..9])", "overlaps([1..5), [5..9])", "overlaps([1..5], (5..9])"});
}

TEST(RangeRelations, IncludesAndDuringAreOneSeenFromBothSides) {
  expect_true({"includes([1..10], 5)", "includes([1..10], 1)", "includes([1..10], [4..6])", "includes([1..10], [1..10])",
               "includes((1..10), (1..10))", "includes([1..10], (1..10))", "during(5, [1..10])", "during([4..6], [1..10])"});
  expect_false({"includes([1..10], 12)", "includes((1..10], 1)", "includes([1..10), [1..10])", "during([1..10], [1..10))", "during(10, [1..10))"});
}

TEST(RangeRelations, StartsAndFinishesShareAnEnd) {
  expect_true({"starts(1, [1..10])", "starts([1..5], [1..10])", "starts((1..5], (1..10])", "finishes(10, [1..10])", "finishes([5..10], [1..10])"});
  expect_false({"starts(1, (1..10])", "starts([1..5], (1..10])", "starts([2..5], [1..10])", "finishes(10, [1..10))", "finishes([5..10), [1..10])"});
}

TEST(RangeRelations, CoincidesIsTheSame) {
  expect_true({"coincides(5, 5)", "coincides([1..5], [1..5])", "coincides((1..5), (1..5))"});
  expect_false({"coincides(5, 6)", "coincides([1..5], [1..5))", "coincides([1..5], [2..5])"});
}

TEST(RangeRelations, WorkOnDatesAndDurations) {
  expect_true({"before([2026-01-01..2026-02-01), [2026-02-01..2026-03-01))", "includes([1 month..1 year], 5 months)"});
}

TEST(RangeRelations, RefuseWhatHasNoMeaning) {
  EXPECT_EQ(value("before(1)"), "E122");
  EXPECT_EQ(value("before(1, 2, 3)"), "E122");
  EXPECT_EQ(value("meets(1, [1..5])"), "E123");
  EXPECT_EQ(value("overlaps([1..5], 3)"), "E123");
  EXPECT_EQ(value("before(1, true)"), "E123");
  EXPECT_EQ(value("before([1..5], [2026-01-01..2026-02-01])"), "E123");
}

TEST(RangeRelations, StayUnknownWhileTheFactsAre) {
  EXPECT_EQ(evaluate_expression("before(x, [2..5])", "x: null")->text, "unknown");
  EXPECT_EQ(evaluate_expression("includes([2..5], x) and false", "x: null")->text, "false");
}

}  // namespace
}  // namespace duly
