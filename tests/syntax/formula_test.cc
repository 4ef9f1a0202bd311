// Formulas that can be read, and the trees they give.

#include "syntax/formula.h"

#include <gtest/gtest.h>

#include "formula_tree.h"

namespace duly {
namespace {

using test::read;
using test::tree;
using test::trees;

TEST(FormulaLiterals, NumbersKeepTheirExactValue) {
  EXPECT_EQ(read("50"), "50");
  EXPECT_EQ(read("125.4321987654"), "125.4321987654");
  EXPECT_EQ(read(".872"), "0.872");
  EXPECT_EQ(read("0.10"), "0.1");
  EXPECT_EQ(read("007"), "7");
  EXPECT_EQ(read("12345678901234567890123"), "12345678901234567890123");
}

TEST(FormulaLiterals, NumbersMayHaveAnExponent) {
  EXPECT_EQ(read("1.23e4"), "12300");
  EXPECT_EQ(read("1.23e-4"), "0.000123");
  EXPECT_EQ(read("2E+3"), "2000");
}

TEST(FormulaLiterals, AMinusBeforeANumberIsAnOperation) {
  EXPECT_EQ(read("-5"), "(neg 5)");
  EXPECT_EQ(read("- -5"), "(neg (neg 5))");
  EXPECT_EQ(read("-.872"), "(neg 0.872)");
}

TEST(FormulaLiterals, TextsResolveTheirEscapes) {
  EXPECT_EQ(read(R"("foo bar")"), "\"foo bar\"");
  EXPECT_EQ(read(R"("")"), "\"\"");
  EXPECT_EQ(read(R"("a\"b\\c")"), "\"a\"b\\c\"");
  EXPECT_EQ(read(R"("a\nb\tc")"), "\"a\nb\tc\"");
  EXPECT_EQ(read(R"("\u00e9\u6a2a")"), "\"\u00e9\u6a2a\"");
  EXPECT_EQ(read(R"("\uD83D\uDE00")"), "\"\U0001F600\"");
  EXPECT_EQ(read("\"\u6a2a\u7db1 // not a comment\""), "\"\u6a2a\u7db1 // not a comment\"");
}

TEST(FormulaLiterals, TrueAndFalseAreWords) {
  EXPECT_EQ(read("true"), "true");
  EXPECT_EQ(read("false"), "false");
  EXPECT_EQ(read("True"), "True");  // a name: `check` says that it is not defined
}

TEST(FormulaLiterals, DatesStandBareOrAfterAnAtSign) {
  EXPECT_EQ(read("2025-10-01"), "@2025-10-01");
  EXPECT_EQ(read("@\"2019-03-31\""), "@2019-03-31");
  EXPECT_EQ(read("@\"P1Y2M\""), "@P1Y2M");
  EXPECT_EQ(read("@\"2025-10\""), "@2025-10");
  EXPECT_EQ(read("2025-10-01 - 2024-10-01"), "(- @2025-10-01 @2024-10-01)");
  EXPECT_EQ(read("[2025-10-01..2025-12-31]"), "(range [ @2025-10-01 @2025-12-31 ])");
  EXPECT_EQ(read("2025-10-01.year"), "(. @2025-10-01 year)");
}

TEST(FormulaLiterals, WhatIsSpacedIsComputed) {
  EXPECT_EQ(read("2025 - 10 - 01"), "(- (- 2025 10) 1)");
  EXPECT_EQ(read("10-5"), "(- 10 5)");
  EXPECT_EQ(read("10/5/2"), "(/ (/ 10 5) 2)");
  EXPECT_EQ(read("2025 - 10"), "(- 2025 10)");
}

TEST(FormulaLiterals, LengthsOfTimeAreOneValueWithTheUnitInThePlural) {
  EXPECT_EQ(read("36 months"), "<36 months>");
  EXPECT_EQ(read("1 month"), "<1 months>");
  EXPECT_EQ(read("5 years"), "<5 years>");
  EXPECT_EQ(read("10 days"), "<10 days>");
  EXPECT_EQ(read("1 week"), "<1 weeks>");
  EXPECT_EQ(read("-36 months"), "(neg <36 months>)");
  EXPECT_EQ(read("3 * 1 month"), "(* 3 <1 months>)");
  EXPECT_EQ(read("999999999 days"), "<999999999 days>");
  EXPECT_EQ(read("month + months"), "(+ month months)");
}

TEST(FormulaNames, MayLookLikeOtherThings) {
  EXPECT_EQ(read("gross_income"), "gross_income");
  EXPECT_EQ(read("_x1"), "_x1");
  EXPECT_EQ(read("none"), "none");
  EXPECT_EQ(read("never"), "never");
  EXPECT_EQ(read("android or notable"), "(or android notable)");
  EXPECT_EQ(read("a-b"), "(- a b)");
}

TEST(FormulaNames, SomeEveryAndForAreAlsoNamesOfFields) {
  EXPECT_EQ(read("every = week"), "(= every week)");
  EXPECT_EQ(read("income[every = week and for = tuition]"), "(filter income (and (= every week) (= for tuition)))");
  EXPECT_EQ(read("income.every"), "(. income every)");
  EXPECT_EQ(read("every in [week, month]"), "(in every (list week month))");
}

TEST(FormulaCalls, OfOneWordAreNotJudgedHere) {
  EXPECT_EQ(read("limit(size)"), "(call 'limit' size)");
  EXPECT_EQ(read("no_such_function()"), "(call 'no_such_function')");
  EXPECT_EQ(read("limit (size)"), "(call 'limit' size)");
  EXPECT_EQ(read("f(g(a), h())"), "(call 'f' (call 'g' a) (call 'h'))");
}

TEST(FormulaCalls, MayNameTheirArguments) {
  EXPECT_EQ(read("date(from:\"2012-12-25\")"), "(call 'date' from:\"2012-12-25\")");
  EXPECT_EQ(read("modulo(dividend: 10, divisor:4)"), "(call 'modulo' dividend:10 divisor:4)");
  EXPECT_EQ(read("place among(xs, by: amount)"), "(call 'place among' xs by:amount)");
  EXPECT_EQ(read("decimal(n:15/78*2,scale:3)"), "(call 'decimal' n:(* (/ 15 78) 2) scale:3)");
  EXPECT_EQ(read("f(in: 1, every: 2)"), "(call 'f' in:1 every:2)");
}

TEST(FormulaCalls, BuiltInsOfSeveralWordsAreOneName) {
  EXPECT_EQ(read("round half up(5.5, 0)"), "(call 'round half up' 5.5 0)");
  EXPECT_EQ(read("round   up (1)"), "(call 'round up' 1)");
  EXPECT_EQ(read("years and months duration(a, b)"), "(call 'years and months duration' a b)");
  EXPECT_EQ(read("months in a row(ms) >= 12"), "(>= (call 'months in a row' ms) 12)");
  EXPECT_EQ(read("not is empty(claimed_by)"), "(not (call 'is empty' claimed_by))");
  EXPECT_EQ(read("first day of(m) - last day of(m)"), "(- (call 'first day of' m) (call 'last day of' m))");
  EXPECT_EQ(read("list contains(xs, x)"), "(call 'list contains' xs x)");
}

TEST(FormulaCalls, EveryBuiltInIsReadAsACall) {
  EXPECT_GE(built_in_names().size(), 50U);
  for (const auto& name : built_in_names()) {
    EXPECT_TRUE(is_built_in(name)) << name;
    const std::string expected = name == "not" ? "(not x)" : "(call '" + name + "' x)";
    EXPECT_EQ(read(name + "(x)"), expected);
    EXPECT_EQ(read("a and " + name + "(x)"), "(and a " + expected + ")");
  }
  EXPECT_FALSE(is_built_in("limit"));
  EXPECT_FALSE(is_built_in("half up"));
}

TEST(FormulaCalls, WordsOfABuiltInAreNamesWhereNoBracketFollows) {
  EXPECT_EQ(read("months in [1, 2]"), "(in months (list 1 2))");
  EXPECT_EQ(read("years and months"), "(and years months)");
  EXPECT_EQ(read("count + round"), "(+ count round)");
}

TEST(FormulaCalls, GoThroughAPathOfNames) {
  EXPECT_EQ(read("gap.only([hospital, jail])"), "(call 'gap.only' (list hospital jail))");
  EXPECT_EQ(read("a.b.c(1).d"), "(. (call 'a.b.c' 1) d)");
}

TEST(FormulaPaths, FollowAnything) {
  EXPECT_EQ(read("members.wages"), "(. members wages)");
  EXPECT_EQ(read("date(\"2018-12-10\").year"), "(. (call 'date' \"2018-12-10\") year)");
  EXPECT_EQ(read("(a + b).c"), "(. (+ a b) c)");
  EXPECT_EQ(read("a . b . c"), "(. (. a b) c)");
  EXPECT_EQ(read("-a.b"), "(neg (. a b))");
}

TEST(FormulaFilters, StandAfterAnOperand) {
  EXPECT_EQ(read("xs[age < 18]"), "(filter xs (< age 18))");
  EXPECT_EQ(read("sum(bills[left > 0].amount)"), "(call 'sum' (. (filter bills (> left 0)) amount))");
  EXPECT_EQ(read("[1, 2][item > 1]"), "(filter (list 1 2) (> item 1))");
  EXPECT_EQ(read("xs[a][b]"), "(filter (filter xs a) b)");
  EXPECT_EQ(read("xs[not (item in self.left_out)].magi"), "(. (filter xs (not (in item (. self left_out)))) magi)");
}

TEST(FormulaOperators, BindAsInArithmetic) {
  EXPECT_EQ(read("a + b * c"), "(+ a (* b c))");
  EXPECT_EQ(read("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(read("a / b * c"), "(* (/ a b) c)");
  EXPECT_EQ(read("(a + b) * c"), "(* (+ a b) c)");
  EXPECT_EQ(read("-10+-5"), "(+ (neg 10) (neg 5))");
  EXPECT_EQ(read("5+2**(5+3)"), "(+ 5 (** 2 (+ 5 3)))");
}

TEST(FormulaOperators, PowersGoToTheLeftAndAMinusBindsTighter) {
  EXPECT_EQ(read("2 ** 3 ** 2"), "(** (** 2 3) 2)");
  EXPECT_EQ(read("2**-3"), "(** 2 (neg 3))");
  EXPECT_EQ(read("-3 ** 2"), "(** (neg 3) 2)");
  EXPECT_EQ(read("2 * 3 ** 2"), "(* 2 (** 3 2))");
}

TEST(FormulaOperators, AndBindsTighterThanOr) {
  EXPECT_EQ(read("a or b and c"), "(or a (and b c))");
  EXPECT_EQ(read("a and b or c"), "(or (and a b) c)");
  EXPECT_EQ(read("a or b or c"), "(or (or a b) c)");
  EXPECT_EQ(read("a = b and c < d"), "(and (= a b) (< c d))");
}

TEST(FormulaOperators, NotIsLooserThanComparisonAndTighterThanAnd) {
  EXPECT_EQ(read("not a = b"), "(not (= a b))");
  EXPECT_EQ(read("not a and b"), "(and (not a) b)");
  EXPECT_EQ(read("not(a) and b"), "(and (not a) b)");
  EXPECT_EQ(read("not not a"), "(not (not a))");
  EXPECT_EQ(read("not (a + b) > c"), "(not (> (+ a b) c))");
}

TEST(FormulaOperators, NotWithBracketsAlsoStandsAfterAComparison) {
  EXPECT_EQ(read("a = not(b)"), "(= a (not b))");
  EXPECT_EQ(read("a = not(b) and c"), "(and (= a (not b)) c)");
  EXPECT_EQ(read("a = (not b)"), "(= a (not b))");
  EXPECT_EQ(read("(not a = b)"), "(not (= a b))");
}

TEST(FormulaOperators, BetweenTakesTheFirstAnd) {
  EXPECT_EQ(read("a between 1 and 10"), "(between a 1 10)");
  EXPECT_EQ(read("a between 1 and 10 and b"), "(and (between a 1 10) b)");
  EXPECT_EQ(read("a + 1 between b * 2 and c - 1 or d"), "(or (between (+ a 1) (* b 2) (- c 1)) d)");
}

TEST(FormulaOperators, ComparisonsInBracketsMayBeCompared) {
  EXPECT_EQ(read("(a < b) = (c < d)"), "(= (< a b) (< c d))");
  EXPECT_EQ(read("(a in [1..2]) = true"), "(= (in a (range [ 1 2 ])) true)");
}

TEST(FormulaIn, TakesAValueAListOrARange) {
  EXPECT_EQ(read("x in 5"), "(in x 5)");
  EXPECT_EQ(read("x in ys"), "(in x ys)");
  EXPECT_EQ(read("x in a + b"), "(in x (+ a b))");
  EXPECT_EQ(read("x in [1,2,3]"), "(in x (list 1 2 3))");
  EXPECT_EQ(read("x in [18..60)"), "(in x (range [ 18 60 )))");
  EXPECT_EQ(read("x in (2..4]"), "(in x (range ( 2 4 ]))");
  EXPECT_EQ(read("x in ]2..4["), "(in x (range ( 2 4 )))");
  EXPECT_EQ(read("x in [ [1..2], 5 ]"), "(in x (list (range [ 1 2 ]) 5))");
  EXPECT_EQ(read("x + 1 in [1..2] and y"), "(and (in (+ x 1) (range [ 1 2 ])) y)");
}

TEST(FormulaIn, TakesTests) {
  EXPECT_EQ(read("x in < 5"), "(in x (test < 5))");
  EXPECT_EQ(read("x in <= a + b"), "(in x (test <= (+ a b)))");
  EXPECT_EQ(read("x in !=5"), "(in x (test != 5))");
  EXPECT_EQ(read("x in =10"), "(in x (test = 10))");
  EXPECT_EQ(read("x in !=[1,2]"), "(in x (test != (list 1 2)))");
  EXPECT_EQ(read("x in (1, < 5, >= 10)"), "(in_any x 1 (test < 5) (test >= 10))");
  EXPECT_EQ(read("x in ((1..2), [3..4], ]5..6])"), "(in_any x (range ( 1 2 )) (range [ 3 4 ]) (range ( 5 6 ]))");
}

TEST(FormulaIn, BracketsAroundOneTestLeaveNoTrace) {
  EXPECT_EQ(read("x in (5)"), "(in x 5)");
  EXPECT_EQ(read("x in (< 5)"), "(in x (test < 5))");
  EXPECT_EQ(read("x in ([1..2])"), "(in x (range [ 1 2 ]))");
  EXPECT_EQ(read("x in (a or b)"), "(in x (or a b))");
}

TEST(FormulaIn, ABracketMayOnlyBeginAValue) {
  EXPECT_EQ(read("x in (a + b) * 2"), "(in x (* (+ a b) 2))");
  EXPECT_EQ(read("x in (a).b and c"), "(and (in x (. a b)) c)");
  EXPECT_EQ(read("x in (a)[item > 1]"), "(in x (filter a (> item 1)))");
}

TEST(FormulaRanges, StandAlone) {
  EXPECT_EQ(read("[1..2] = [1..3]"), "(= (range [ 1 2 ]) (range [ 1 3 ]))");
  EXPECT_EQ(read("(1..10] = ]1..10]"), "(= (range ( 1 10 ]) (range ( 1 10 ]))");
  EXPECT_EQ(read("[1..10) = [1..10["), "(= (range [ 1 10 )) (range [ 1 10 )))");
  EXPECT_EQ(read("overlaps([a..b), c)"), "(call 'overlaps' (range [ a b )) c)");
  EXPECT_EQ(read("(!=10) = (!=10)"), "(= (test != 10) (test != 10))");
}

TEST(FormulaRanges, HaveSumsAtTheirEnds) {
  EXPECT_EQ(read("[m - 36 months..m - 1 month]"), "(range [ (- m <36 months>) (- m <1 months>) ])");
  EXPECT_EQ(read("[1..5]"), "(range [ 1 5 ])");
  EXPECT_EQ(read("[.5...75]"), "(range [ 0.5 0.75 ])");
  EXPECT_EQ(read("[-1..-0.5)"), "(range [ (neg 1) (neg 0.5) ))");
}

TEST(FormulaRanges, EndWithABracketAndNotWithAFilter) {
  EXPECT_EQ(read("x in [a..b[ and c"), "(and (in x (range [ a b ))) c)");
  EXPECT_EQ(read("[a..(xs[c])]"), "(range [ a (filter xs c) ])");
  EXPECT_EQ(read("[a..max(xs[c])["), "(range [ a (call 'max' (filter xs c)) ))");
  EXPECT_EQ(read("[xs[c]..b]"), "(range [ (filter xs c) b ])");
  EXPECT_EQ(read("xs[item in [a..b]]"), "(filter xs (in item (range [ a b ])))");
}

TEST(FormulaLists, MayBeEmptyOrNested) {
  EXPECT_EQ(read("[]"), "(list)");
  EXPECT_EQ(read("[1,2,[3, 4]]"), "(list 1 2 (list 3 4))");
  EXPECT_EQ(read("[a and b, not c, if d then e else f]"), "(list (and a b) (not c) (if d e f))");
  EXPECT_EQ(read("[(< 5), 7]"), "(list (test < 5) 7)");
}

TEST(FormulaWords, IfReachesRight) {
  EXPECT_EQ(read("if a then b else c + 1"), "(if a b (+ c 1))");
  EXPECT_EQ(read("if a then b else if c then d else e"), "(if a b (if c d e))");
  EXPECT_EQ(read("1 + if a then b else c + 2"), "(+ 1 (if a b (+ c 2)))");
  EXPECT_EQ(read("(if a then b else c) + 2"), "(+ (if a b c) 2)");
  EXPECT_EQ(read("if bool then num+10 else num-10"), "(if bool (+ num 10) (- num 10))");
}

TEST(FormulaWords, QuantifiersReachRight) {
  EXPECT_EQ(read("some x in xs satisfies x.age < 6 and y"), "(some x:xs (and (< (. x age) 6) y))");
  EXPECT_EQ(read("some p in ps, q in qs satisfies p = q"), "(some p:ps q:qs (= p q))");
  EXPECT_EQ(read("every x in a + b satisfies x > 0"), "(every x:(+ a b) (> x 0))");
  EXPECT_EQ(read("for x in xs return x * 2"), "(for x:xs (* x 2))");
  EXPECT_EQ(read("for x in [1..3], y in ys return x + y"), "(for x:(range [ 1 3 ]) y:ys (+ x y))");
}

TEST(FormulaWords, OrNoneBelongsToTheInnermostEvery) {
  EXPECT_EQ(read("every x in xs satisfies a or none"), "(or_none (every x:xs a))");
  EXPECT_EQ(read("every x in xs satisfies a or b or none"), "(or_none (every x:xs (or a b)))");
  EXPECT_EQ(read("every x in xs satisfies not a and b or none"), "(or_none (every x:xs (and (not a) b)))");
  EXPECT_EQ(read("every x in xs satisfies every y in ys satisfies a or none"), "(every x:xs (or_none (every y:ys a)))");
  EXPECT_EQ(read("every x in xs satisfies (every y in ys satisfies a) or none"), "(or_none (every x:xs (every y:ys a)))");
  EXPECT_EQ(read("a and every x in xs satisfies b or none or c"), "(or (and a (or_none (every x:xs b))) c)");
  EXPECT_EQ(read("a or none_applies"), "(or a none_applies)");
}

TEST(FormulaWords, AsOfTakesOneValue) {
  EXPECT_EQ(read("limit(size) as of applied"), "(as_of (call 'limit' size) applied)");
  EXPECT_EQ(read("limit as of 2025-10-01 + 5"), "(+ (as_of limit @2025-10-01) 5)");
  EXPECT_EQ(read("limit as of first day of(m).next"), "(as_of limit (. (call 'first day of' m) next))");
  EXPECT_EQ(read("2 * limit as of (d - 1 day)"), "(* 2 (as_of limit (- d <1 days>)))");
  EXPECT_EQ(read("as = of"), "(= as of)");
}

TEST(FormulaWords, IfNoneTakesOneValue) {
  EXPECT_EQ(read("min(xs) if none never"), "(if_none (call 'min' xs) never)");
  EXPECT_EQ(read("a >= (max(xs) if none 0)"), "(>= a (if_none (call 'max' xs) 0))");
  EXPECT_EQ(read("max(xs) if none -1 + 2"), "(+ (if_none (call 'max' xs) (neg 1)) 2)");
  EXPECT_EQ(read("max(xs) if none 0 if none 1"), "(if_none (if_none (call 'max' xs) 0) 1)");
  EXPECT_EQ(read("x as of d if none 0"), "(if_none (as_of x d) 0)");
  EXPECT_EQ(read("if none then 1 else 2"), "(if none 1 2)");
}

TEST(FormulaWords, MeetsAllIsForManifests) {
  EXPECT_EQ(read("meets all"), "(meets_all)");
  EXPECT_EQ(read("meets all but status_test"), "(meets_all status_test)");
  EXPECT_EQ(read("meets all but [status_test, ssn_test] and emergency"), "(and (meets_all status_test ssn_test) emergency)");
  EXPECT_EQ(read("all(xs) and meets(a, b)"), "(and (call 'all' xs) (call 'meets' a b))");
}

TEST(FormulaComments, AreLeftOut) {
  EXPECT_EQ(read("a /* why */ + b"), "(+ a b)");
  EXPECT_EQ(read("a // why\n + b // because"), "(+ a b)");
  EXPECT_EQ(read("/**/a/* * / */"), "a");
}

// Places

/// The text in the file under each part of `e`, outermost first.
void collect(const Expr& e, std::vector<std::string>& out) {
  out.emplace_back(text_of(e.span));
  for_each_part(e, [&](const Expr& part) { collect(part, out); });
}

std::vector<std::string> places(const Node& scalar) {
  std::vector<Diagnostic> errors;
  const ExprPtr e = parse_formula(scalar, errors);
  std::vector<std::string> out;
  if (e) collect(*e, out);
  return out;
}

/// A scalar that starts at `written` in a file that holds other things as well, and reads as `text`.
Node scalar_at(const std::string& before, const std::string& written, Style style, std::string text) {
  Node node;
  node.style = style;
  node.text = std::move(text);
  node.span = {make_source("rules.yaml", before + written + "\nnext: 1\n"), before.size(), before.size() + written.size()};
  return node;
}

using Texts = std::vector<std::string>;

TEST(FormulaPlaces, OfAPlainScalarAreExact) {
  EXPECT_EQ(places(scalar_at("value: ", "a + f(b) * 2", Style::plain, "a + f(b) * 2")), (Texts{"a + f(b) * 2", "a", "f(b) * 2", "f(b)", "b", "2"}));
}

TEST(FormulaPlaces, CoverBracketsOfWhatIsInside) {
  EXPECT_EQ(places(scalar_at("value: ", "(a + b) * (c)", Style::plain, "(a + b) * (c)")), (Texts{"(a + b) * (c)", "a + b", "a", "b", "c"}));
  EXPECT_EQ(places(scalar_at("value: ", "x in (1, < 5)", Style::plain, "x in (1, < 5)")), (Texts{"x in (1, < 5)", "x", "1", "< 5", "5"}));
}

TEST(FormulaPlaces, GoThroughQuotesEscapesAndBlocks) {
  EXPECT_EQ(places(scalar_at("value: ", "\"age in [6..19)\"", Style::quoted, "age in [6..19)")),
            (Texts{"age in [6..19)", "age", "[6..19)", "6", "19"}));
  EXPECT_EQ(places(scalar_at("value: ", R"("a = \"b\" or c")", Style::quoted, "a = \"b\" or c")),
            (Texts{R"(a = \"b\" or c)", R"(a = \"b\")", "a", R"(\"b\")", "c"}));
  EXPECT_EQ(places(scalar_at("value: ", "|\n  a and\n  bc", Style::block, "a and\nbc\n")), (Texts{"a and\n  bc", "a", "bc"}));
  EXPECT_EQ(places(scalar_at("value: ", "a and\n  bc", Style::plain, "a and bc")), (Texts{"a and\n  bc", "a", "bc"}));
}

TEST(FormulaPlaces, OfMembersFunctionsAndExceptionsAreKept) {
  std::vector<Diagnostic> errors;
  const auto path = parse_formula_text(make_source("", "ana.age"), errors);
  EXPECT_EQ(text_of(std::get<Path>(path->node).member_span), "age");
  const auto call = parse_formula_text(make_source("", "1 + round half up(x, 2)"), errors);
  EXPECT_EQ(text_of(std::get<Call>(std::get<Binary>(call->node).right->node).function_span), "round half up");
  const auto dotted = parse_formula_text(make_source("", "gap.only(x)"), errors);
  EXPECT_EQ(text_of(std::get<Call>(dotted->node).function_span), "gap.only");
  const auto meets = parse_formula_text(make_source("", "meets all but [a, bc]"), errors);
  EXPECT_EQ(text_of(std::get<MeetsAll>(meets->node).spans[1]), "bc");
}

TEST(FormulaPlaces, AreLeftOutWhereAScalarHasNone) {
  Node scalar;
  scalar.text = "a + b";
  std::vector<Diagnostic> errors;
  const auto e = parse_formula(scalar, errors);
  ASSERT_TRUE(e);
  EXPECT_FALSE(e->span.source);
  scalar.text = "a +";
  EXPECT_FALSE(parse_formula(scalar, errors));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].line, 0);
}

// Cells of decision tables

GridCell cell_of(std::string text) {
  const std::string line = "   " + text + " | next";
  return {text, {make_source("rules.yaml", line), 3, 3 + text.size()}};
}

std::string cell_tests(std::string text) {
  std::vector<Diagnostic> errors;
  const CellTests tests = parse_cell_tests(cell_of(std::move(text)), errors);
  if (!errors.empty()) return tests.tests.empty() && !tests.any ? errors[0].message : "tests and a mistake";
  return tests.any ? "any" : trees(tests.tests);
}

TEST(FormulaCells, HoldTests) {
  EXPECT_EQ(cell_tests("< 0.30"), " (test < 0.3)");
  EXPECT_EQ(cell_tests("[18..60)"), " (range [ 18 60 ))");
  EXPECT_EQ(cell_tests("car, street"), " car street");
  EXPECT_EQ(cell_tests("1, < 5, (10..20)"), " 1 (test < 5) (range ( 10 20 ))");
  EXPECT_EQ(cell_tests("limit * 2"), " (* limit 2)");
  EXPECT_EQ(cell_tests("not(a)"), " (not a)");
  EXPECT_EQ(cell_tests("\"a, b\""), " \"a, b\"");
}

TEST(FormulaCells, WithADashMatchAnything) {
  EXPECT_EQ(cell_tests("-"), "any");
  EXPECT_EQ(cell_tests("-5"), " (neg 5)");
}

TEST(FormulaCells, AreRefusedWhereNothingCanBeRead) {
  EXPECT_EQ(cell_tests(""), "the formula is empty");
  EXPECT_EQ(cell_tests("1,183"), "a number has no comma inside");
  EXPECT_EQ(cell_tests("18..60"), "a range stands in brackets");
  EXPECT_EQ(cell_tests("a b"), "`b` follows `a` without an operator");
  EXPECT_EQ(cell_tests("a,"), "the formula ends after `,`");
}

TEST(FormulaCells, ValuesAreExpressions) {
  std::vector<Diagnostic> errors;
  EXPECT_EQ(tree(parse_cell_value(cell_of("0.03"), errors)), "0.03");
  EXPECT_EQ(tree(parse_cell_value(cell_of("a or b"), errors)), "(or a b)");
  const auto e = parse_cell_value(cell_of("limit * 2"), errors);
  EXPECT_EQ(text_of(e->span), "limit * 2");
  EXPECT_TRUE(errors.empty());
  EXPECT_FALSE(parse_cell_value(cell_of("-"), errors));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].column, 4);
}

// Limits

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  while (times-- > 0) out += part;
  return out;
}

TEST(FormulaLimits, SixtyLevelsMayBeNested) {
  const auto nested = [](std::string_view open, std::string_view close, std::size_t times) {
    return read(repeated(open, times) + "x" + repeated(close, times)).substr(0, 4);
  };
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
           {"(", ")"}, {"[", "]"}, {"f(", ")"}, {"xs[", "]"}, {"-", ""}, {"not ", ""}, {"if a then b else ", ""}, {"1 + (", ")"}, {"x in (", ")"}}) {
    EXPECT_NE(nested(open, close, 60), "E107") << open;
    EXPECT_EQ(nested(open, close, 61), "E107") << open;
  }
}

TEST(FormulaLimits, FiveHundredOperatorsMayStandInOneFormula) {
  EXPECT_EQ(read("x" + repeated(" + x", 500)).substr(0, 2), "(+");
  EXPECT_EQ(read("x" + repeated(" + x", 501)), "E107 the formula has more than 500 operators");
  EXPECT_EQ(read("x" + repeated(".x", 500)).substr(0, 2), "(.");
  EXPECT_EQ(read("x" + repeated(".x", 501)).substr(0, 4), "E107");
}

TEST(FormulaLimits, ListsMayBeLong) { EXPECT_EQ(read("[1" + repeated(", 1", 20'000) + "]").size(), 6 + 2 * 20'001U); }

TEST(FormulaLimits, NumbersHaveAtMostAHundredAndNinetyDigits) {
  EXPECT_EQ(read(repeated("9", 190)), repeated("9", 190));
  EXPECT_EQ(read("." + repeated("7", 188)), "0." + repeated("7", 188));
  EXPECT_EQ(read("." + repeated("7", 189)), "E120 a number has at most 190 digits");
  EXPECT_EQ(read(repeated("9", 191)), "E120 a number has at most 190 digits");
  EXPECT_EQ(read("1e100"), "1" + repeated("0", 100));
  EXPECT_EQ(read("1e101"), "E120 a number has at most 190 digits");
  EXPECT_EQ(read("1e99999999999999999999"), "E120 a number has at most 190 digits");
  EXPECT_EQ(read("1000000000 days"), "E120 a length of time is a whole number of days with at most nine digits");
}

}  // namespace
}  // namespace duly
