// The canonical text of a formula, and that it always reads as the same tree.

#include "syntax/formula_print.h"

#include <gtest/gtest.h>

#include <random>

#include "formula_tree.h"

namespace duly {
namespace {

std::string printed(const std::string& text) {
  std::vector<Diagnostic> errors;
  const ExprPtr e = parse_formula_text(make_source("", text), errors);
  return e ? to_text(*e) : errors[0].message;
}

TEST(FormulaPrint, SetsOneBlankAroundOperatorsAndNoneInsideBrackets) {
  EXPECT_EQ(printed("a+b *c"), "a + b * c");
  EXPECT_EQ(printed("f( a ,b )"), "f(a, b)");
  EXPECT_EQ(printed("x in[ 1,2 ]"), "x in [1, 2]");
  EXPECT_EQ(printed("x in [ a .. b )"), "x in [a..b)");
  EXPECT_EQ(printed("date(from:d)"), "date(from: d)");
  EXPECT_EQ(printed("xs [ a<1 ] . b"), "xs[a < 1].b");
  EXPECT_EQ(printed("round  half   up (x)"), "round half up(x)");
}

TEST(FormulaPrint, KeepsTheBracketsThatMatter) {
  EXPECT_EQ(printed("(a + b) * (c)"), "(a + b) * c");
  EXPECT_EQ(printed("a - (b - c)"), "a - (b - c)");
  EXPECT_EQ(printed("(a - b) - c"), "a - b - c");
  EXPECT_EQ(printed("((a)) and (b and c)"), "a and (b and c)");
  EXPECT_EQ(printed("(if a then b else c) + 1"), "(if a then b else c) + 1");
  EXPECT_EQ(printed("1 + if a then b else c"), "1 + (if a then b else c)");
  EXPECT_EQ(printed("(a.b).c[(d)]"), "a.b.c[d]");
}

TEST(FormulaPrint, AddsBracketsThatHelpTheReader) {
  EXPECT_EQ(printed("a or b and c"), "a or (b and c)");
  EXPECT_EQ(printed("a and b or c"), "(a and b) or c");
  EXPECT_EQ(printed("a or b or c"), "a or b or c");
  EXPECT_EQ(printed("not x in [a]"), "not (x in [a])");
  EXPECT_EQ(printed("not a and not f(b)"), "not a and not f(b)");
  EXPECT_EQ(printed("-3 ** 2"), "(-3) ** 2");
  EXPECT_EQ(printed("limit >= (max(xs) if none 0)"), "limit >= (max(xs) if none 0)");
  EXPECT_EQ(printed("a or (none) or (none.b = c) or nonesuch"), "a or (none) or (none.b = c) or nonesuch");
  EXPECT_EQ(printed("(x + days) between (if a then b else c) and 3"), "(x + days) between (if a then b else c) and 3");
  EXPECT_EQ(printed("limit as of d + 1 day"), "(limit as of d) + 1 day");
}

TEST(FormulaPrint, WritesEachThingInOneWay) {
  EXPECT_EQ(printed("not(a)"), "not a");
  EXPECT_EQ(printed("x in (5)"), "x in 5");
  EXPECT_EQ(printed("x in ]2..4["), "x in (2..4)");
  EXPECT_EQ(printed("(!=10) = (!=10)"), "(!= 10) = (!= 10)");
  EXPECT_EQ(printed("x in (1,<5)"), "x in (1, < 5)");
  EXPECT_EQ(printed("@\"2025-10-01\""), "2025-10-01");
  EXPECT_EQ(printed("@\"P1Y\""), "@\"P1Y\"");
  EXPECT_EQ(printed("1 months + 2 month"), "1 month + 2 months");
  EXPECT_EQ(printed("1.50e3 + .5"), "1500 + 0.5");
  EXPECT_EQ(printed("\"a\\u0041\\n\\\"\""), "\"aA\\n\\\"\"");
  EXPECT_EQ(printed("meets all but [a]"), "meets all but a");
  EXPECT_EQ(printed("a /* why */ + b"), "a + b");
}

/// Random trees of the shapes the parser gives. The choice is made by a seed, so that a failure can be repeated.
class Trees {
 public:
  explicit Trees(unsigned seed) : random_(seed) {}

  ExprPtr tree(int depth) {
    if (depth <= 0) return leaf();
    const auto sub = [&] { return tree(depth - 1 - pick(2)); };
    switch (pick(18)) {
      case 0: return make(Negate{sub()});
      case 1: return make(Not{sub()});
      case 2: return make(OrNone{make(Quantified{true, variables(depth), sub()})});
      case 3: return make(If{sub(), sub(), sub()});
      case 4: return make(Between{sub(), sub(), sub()});
      case 5: return make(Range{sub(), sub(), pick(2) == 0, pick(2) == 0});
      case 6: return make(UnaryTest{comparison(), sub()});
      case 7: return in(depth);
      case 8: return make(List{list(depth, 0)});
      case 9: return make(Quantified{pick(2) == 0, variables(depth), sub()});
      case 10: return make(For{variables(depth), sub()});
      case 11: return make(Path{sub(), word(), {}});
      case 12: return make(Filter{sub(), sub()});
      case 13: return call(depth);
      case 14: return make(AsOf{sub(), sub()});
      case 15: return make(IfNone{sub(), sub()});
      default: return make(Binary{static_cast<BinaryOp>(pick(13)), sub(), sub()});
    }
  }

 private:
  template <class N>
  static ExprPtr make(N node) {
    return std::make_shared<const Expr>(Expr{std::move(node), {}});
  }
  int pick(int choices) { return static_cast<int>(random_() % static_cast<unsigned>(choices)); }
  template <class T, std::size_t n>
  T one_of(const T (&all)[n]) {
    return all[random_() % n];
  }
  BinaryOp comparison() { return static_cast<BinaryOp>(static_cast<int>(BinaryOp::equal) + pick(6)); }
  std::string word() {
    return one_of<std::string>(
        {"a", "size", "days", "every", "some", "for", "item", "none", "months", "round", "as", "of", "is", "meets", "all", "but", "of_age"});
  }
  ExprPtr leaf() {
    switch (pick(8)) {
      case 0: return make(NumberLiteral{Number(pick(100'000)) / one_of({1, 10, 1000, 8})});
      case 1: return make(TextLiteral{one_of<std::string>({"", "a b", "say \"x\"", "back\\slash", "two\nlines\t", "\u00e9 \u6a2a"})});
      case 2: return make(BooleanLiteral{pick(2) == 0});
      case 3: return make(AtLiteral{one_of<std::string>({"2025-10-01", "2025-10", "P1Y2M", "-P3D", "x\"y"})});
      case 4: return make(DurationLiteral{pick(40), one_of<std::string>({"days", "weeks", "months", "years"})});
      case 5: return meets_all();
      default: return make(Name{word()});
    }
  }
  ExprPtr meets_all() {
    MeetsAll node;
    for (int i = pick(3); i > 0; --i) node.except.push_back({word()});
    return make(std::move(node));
  }
  std::vector<ExprPtr> list(int depth, int least) {
    std::vector<ExprPtr> out;
    for (int i = least + pick(3); i > 0; --i) out.push_back(tree(depth - 1));
    return out;
  }
  std::vector<std::pair<std::string, ExprPtr>> variables(int depth) {
    std::vector<std::pair<std::string, ExprPtr>> out;
    for (const auto& item : list(depth, 1)) out.emplace_back(word(), item);
    return out;
  }
  ExprPtr in(int depth) {
    In node{tree(depth - 1), list(depth, 1), false};
    node.parenthesised = node.tests.size() > 1;
    return make(std::move(node));
  }
  ExprPtr call(int depth) {
    Call node{pick(2) == 0 ? one_of(built_in_names()) : word(), {}, {}};
    if (node.function == "not") node.function = "gap.only";
    for (const auto& value : list(depth, 0)) node.arguments.push_back({pick(3) == 0 ? word() : "", value});
    return make(std::move(node));
  }
  std::string one_of(const std::vector<std::string>& all) { return all[random_() % all.size()]; }

  std::mt19937 random_;
};

TEST(FormulaPrint, WhatIsPrintedReadsAsTheSameTree) {
  for (unsigned seed = 0; seed < 10'000; ++seed) {
    const ExprPtr e = Trees(seed).tree(static_cast<int>(seed % 5));
    const std::string text = to_text(*e);
    ASSERT_EQ(test::read(text), test::tree(e)) << "seed " << seed << ": " << text;
    ASSERT_EQ(printed(text), text) << "seed " << seed;
  }
}

TEST(FormulaPrint, LongNumbersAreReadAgain) {
  for (const auto& text : std::vector<std::string>{"1e100", "1e-100", "." + std::string(188, '7'), std::string(80, '9') + "e99", "1.5e-100"})
    EXPECT_EQ(test::read(printed(text)), test::read(text));
}

/// Words and marks thrown together: nearly all of it is wrong, some of it is read, none of it does harm.
TEST(FormulaPrint, AnyRowOfTokensIsReadOrRefused) {
  const std::vector<std::string> tokens{
      "a",    "b",     "none", "1",       "2.5",  "\"t\"", "@\"P1D\"", "2025-10-01", "3 days",    "and",    "or",   "not", "if",
      "then", "else",  "in",   "between", "some", "every", "for",      "x",          "satisfies", "return", "true", "(",   ")",
      "[",    "]",     "..",   ".",       ",",    ":",     "+",        "-",          "*",         "/",      "**",   "=",   "<",
      ">=",   "meets", "all",  "but",     "as",   "of",    "round",    "half",       "up",        "is"};
  std::mt19937 random(7);
  int read = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text;
    for (auto n = 1 + random() % 9; n > 0; --n) text += tokens[random() % tokens.size()] + " ";
    std::vector<Diagnostic> errors;
    const ExprPtr e = parse_formula_text(make_source("", text), errors);
    ASSERT_EQ(errors.size(), e ? 0U : 1U) << text;
    if (!e) continue;
    ++read;
    ASSERT_EQ(test::read(to_text(*e)), test::tree(e)) << text;
  }
  EXPECT_GT(read, 1'000);
}

}  // namespace
}  // namespace duly
