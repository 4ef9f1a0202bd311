#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Ran eval(const std::string& expression, const std::string& names) {
  const Folder folder;
  return run_line({"eval", expression, "--context", folder.put("names", names)});
}

Ran eval(const std::string& expression) { return run_line({"eval", expression}); }

TEST(Eval, IsExact) {
  EXPECT_EQ(eval("0.1 + 0.2").out, "0.3\n");
  EXPECT_EQ(eval("1/3").out, "1/3\n");
  EXPECT_EQ(eval("10 ** 40 + 1").out, "10000000000000000000000000000000000000001\n");
}

TEST(Eval, GivesJson) {
  EXPECT_EQ(run_line({"eval", "1/3", "--json"}).out, "0.3333333333333333333333333333333333\n");
  EXPECT_EQ(run_line({"eval", "2026-06-25 + 14 months", "--json"}).out, "\"2027-08-25\"\n");
  EXPECT_EQ(run_line({"eval", "[1, true, @\"P14M\"]", "--json"}).out, "[1, true, \"P1Y2M\"]\n");
}

TEST(Eval, RoundsToThirtyFourDigitsOnlyWhatHasNoDecimal) {
  EXPECT_EQ(run_line({"eval", "2/3", "--json"}).out, "0.6666666666666666666666666666666667\n");
  EXPECT_EQ(run_line({"eval", "1/70000000", "--json"}).out, "0.00000001428571428571428571428571428571429\n");
  EXPECT_EQ(run_line({"eval", "-1000000/7", "--json"}).out, "-142857.1428571428571428571428571429\n");
  EXPECT_EQ(run_line({"eval", "1/1024", "--json"}).out, "0.0009765625\n");
}

TEST(Eval, KnowsTheNamesOfItsContext) {
  EXPECT_EQ(eval("rent * 12", "rent: 900.50").out, "10806\n");
  EXPECT_EQ(eval("rent * 12", "{\"rent\": 900.50}").out, "10806\n");
  EXPECT_EQ(eval("day + 1 month", "day: 2026-01-31").out, "2026-02-28\n");
  EXPECT_EQ(eval("month + 1 month", "month: 2026-12").out, "2027-01\n");
  EXPECT_EQ(eval("sum(xs) > 5 and ok", "{xs: [1, 2, 3], ok: true}").out, "true\n");
  EXPECT_EQ(eval("some x in xs satisfies x = 2", "xs: [1, 2]").out, "true\n");
  EXPECT_EQ(eval("time * 2", "time: P1Y1M").out, "P2Y2M\n");
}

TEST(Eval, TakesNullForUnknownOfWhateverTypeFits) {
  EXPECT_EQ(eval("a and false", "a: null").out, "false\n");
  EXPECT_EQ(eval("a or false", "a: null").out, "unknown\n");
  EXPECT_EQ(eval("rent > 5", "rent: null").out, "unknown\n");
  EXPECT_EQ(eval("day > 2026-01-01", "day: null").out, "unknown\n");
  EXPECT_EQ(eval("min([x, 3]) <= 3", "x: null").out, "true\n");
  EXPECT_THAT(eval("min([x, 3])", "x: null").out, AllOf(HasSubstr("unknown, from "), HasSubstr(" to 3\n")));
}

TEST(Eval, SaysWhatIsWrongWithTheExpression) {
  const Ran ran = eval("1 + true");
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "1:1: error[E123]: number + boolean has no meaning\n    1 | 1 + true\n      | ^^^^^^^^\n");
}

TEST(Eval, SaysWhereADivisionByZeroStands) {
  EXPECT_THAT(eval("1 + 10 / n", "n: 0").err, AllOf(HasSubstr("1:5: error[E401]"), HasSubstr("10 / n")));
  EXPECT_EQ(eval("if n = 0 then 0 else 10 / n", "n: 0").out, "0\n");
}

TEST(Eval, RefusesAContextItCannotUse) {
  EXPECT_THAT(eval("1", "[1, 2]").err, HasSubstr("E302"));
  EXPECT_THAT(eval("1", "{\"a\": {\"b\": 1}}").err, HasSubstr("E302"));
  EXPECT_THAT(eval("1", "{\"two words\": 1}").err, HasSubstr("E306"));
  EXPECT_THAT(eval("1", "{\"a\": ").err, HasSubstr("E300"));
  EXPECT_THAT(run_line({"eval", "1", "--context", "/nowhere"}).err, HasSubstr("E500"));
}

TEST(Eval, NeedsAnExpressionOrLines) {
  EXPECT_EQ(run_line({"eval"}).status, bad_input);
  EXPECT_EQ(run_line({"eval", "1", "--lines"}).status, bad_input);
}

TEST(EvalLines, AnswersEachLineByOneLine) {
  const Ran ran = run_line(Typed{{"eval", "--lines"},
                                 "{\"id\": 1, \"expression\": \"a + 0.10\", \"context\": {\"a\": 0.20}}\n"
                                 "\n"
                                 "{\"id\": \"two\", \"expression\": \"1 +\"}\n"
                                 "{\"id\": [3], \"expression\": \"a\", \"context\": {\"a\": null}}\r\n"});
  EXPECT_EQ(ran.status, clean);
  EXPECT_EQ(ran.out,
            "{\"id\": 1, \"value\": 0.3}\n"
            "{\"id\": \"two\", \"error\": \"E120: the formula ends after `+` (a value must follow)\"}\n"
            "{\"id\": [3], \"value\": null}\n");
}

TEST(EvalLines, AnswersAlsoWhatIsNoRequest) {
  const Ran ran = run_line(Typed{{"eval", "--lines"}, "{\n[]\n{\"id\": 5}\n{\"id\": 6, \"expression\": [1]}\n\"text\"\n\xff\n"});
  EXPECT_EQ(ran.status, clean);
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 6);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("{\"id\": 5, \"error\": \"E302"), HasSubstr("{\"id\": 6, \"error\": \"E302"),
                             HasSubstr("{\"id\": null, \"error\": \"E300")));
}

TEST(EvalLines, SurviveAnyDepth) {
  const std::string deep = "{\"id\": 1, \"expression\": \"" + std::string(100'000, '(') +
                           "\"}\n{\"id\": 2, \"expression\": \"1\", \"context\": {\"a\": " + std::string(100'000, '[') +
                           "}}\n{\"id\": 3, \"expression\": \"2\"}\n";
  const Ran ran = run_line(Typed{{"eval", "--lines"}, deep});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("E107"), HasSubstr("{\"id\": 3, \"value\": 2}")));
}

}  // namespace
}  // namespace duly::cli
