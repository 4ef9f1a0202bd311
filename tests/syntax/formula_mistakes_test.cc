// Formulas that cannot be read: what is marked, what is said, and what to do.

#include <gtest/gtest.h>

#include "base/text.h"
#include "formula_tree.h"

namespace duly {
namespace {

/// The characters over the carets.
std::string marked(const Diagnostic& d) {
  std::string out;
  int column = 0;
  for (const char c : d.source_line) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;
    if (column >= d.column && column < d.column + d.caret_length) out += c;
  }
  return out;
}

struct Said {
  std::string marked, message, help;
  bool operator==(const Said&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Said& said) {
  return out << "{`" << said.marked << "`, " << said.message << "; " << said.help << "}";
}

/// What is said about a formula that must be refused with exactly one diagnostic.
Said said(std::string text, Code code = Code::formula_syntax) {
  std::vector<Diagnostic> errors;
  const ExprPtr e = parse_formula_text(make_source("", std::move(text)), errors);
  if (e || errors.size() != 1) return {"", "was read, or gave several diagnostics", ""};
  EXPECT_EQ(code_text(errors[0].code), code_text(code));
  return {marked(errors[0]), errors[0].message, errors[0].help};
}

Said no_meaning(const std::string& sign, const std::string& help) { return {sign, "`" + sign + "` has no meaning in a formula", help}; }

TEST(FormulaMistakes, SignsOfOtherLanguagesAreTranslated) {
  EXPECT_EQ(said("a == b"), no_meaning("==", "write `=`"));
  EXPECT_EQ(said("a && b"), no_meaning("&&", "write `and`"));
  EXPECT_EQ(said("a & b"), no_meaning("&", "write `and`"));
  EXPECT_EQ(said("a || b"), no_meaning("||", "write `or`"));
  EXPECT_EQ(said("a and !b"), no_meaning("!", "write `not`"));
  EXPECT_EQ(said("a =< b"), no_meaning("=<", "write `<=`"));
  EXPECT_EQ(said("a => b"), no_meaning("=>", "write `>=`"));
  EXPECT_EQ(said("a <> b"), no_meaning("<>", "write `!=`"));
  EXPECT_EQ(said("a ^ 2"), no_meaning("^", "write `**` for a power"));
  EXPECT_EQ(said("a; b"), no_meaning(";", "write `,` between values"));
  EXPECT_EQ(said("{a: 1}"), no_meaning("{", "lists stand in `[ ]`; there are no records inside a formula"));
  EXPECT_EQ(said("a # b"), no_meaning("#", "a comment inside a formula is written `/* ... */`"));
}

TEST(FormulaMistakes, SignsOfWordProcessorsAreTranslated) {
  EXPECT_EQ(said("a ≥ b"), no_meaning("≥", "write `>=`"));
  EXPECT_EQ(said("a ≤ b"), no_meaning("≤", "write `<=`"));
  EXPECT_EQ(said("a ≠ b"), no_meaning("≠", "write `!=`"));
  EXPECT_EQ(said("a – b"), no_meaning("–", "write `-`"));
  EXPECT_EQ(said("a — b"), no_meaning("—", "write `-`"));
  EXPECT_EQ(said("a − b"), no_meaning("−", "write `-`"));
  EXPECT_EQ(said("a × b"), no_meaning("×", "write `*`"));
  EXPECT_EQ(said("a ÷ b"), no_meaning("÷", "write `/`"));
  EXPECT_EQ(said("[1…5]"), no_meaning("…", "write `..`"));
  EXPECT_EQ(said("a = “b”"), no_meaning("“", "write the straight quote `\"`"));
  EXPECT_EQ(said("a = ‘b’"), no_meaning("‘", "a text stands in straight double quotes: `\"...\"`"));
  EXPECT_EQ(said("a\u00A0= b"), no_meaning("\u00A0", "this blank is a no-break space: write an ordinary one"));
}

TEST(FormulaMistakes, OtherCharactersStandInQuotes) {
  const std::string help = "names are written with `a` to `z`, digits and `_`; anything else stands in quotes";
  EXPECT_EQ(said("größe > 1"), no_meaning("ö", help));
  EXPECT_EQ(said("a = 横"), no_meaning("横", help));
  EXPECT_EQ(said("a ? b"), no_meaning("?", help));
}

TEST(FormulaMistakes, SingleQuotesAreForNothing) {
  EXPECT_EQ(said("a = 'b'"), no_meaning("'", "a text stands in double quotes: `\"...\"`"));
  EXPECT_EQ(said("a = `b`"), no_meaning("`", "a text stands in double quotes: `\"...\"`"));
}

TEST(FormulaMistakes, PercentagesAreComputedForTheAuthor) {
  EXPECT_EQ(said("a * 20%"), (Said{"20%", "a rate is not written with `%`", "write `0.2`"}));
  EXPECT_EQ(said("7.65%"), (Said{"7.65%", "a rate is not written with `%`", "write `0.0765`"}));
  EXPECT_EQ(said("20 percent of income"), (Said{"20 percent", "a rate is written as a decimal", "write `0.2`"}));
  EXPECT_EQ(said("a % 3").marked, "%");
}

TEST(FormulaMistakes, AmountsAreWrittenPlainly) {
  EXPECT_EQ(said("a < $5"), no_meaning("$", "write an amount without a currency sign"));
  EXPECT_EQ(said("1,000"), (Said{"1,000", "a number has no comma inside", "write `1000`; between several numbers put a blank after each comma"}));
  EXPECT_EQ(said("a + 1,234,567.50 + b"),
            (Said{"1,234,567.50", "a number has no comma inside", "write `1234567.50`; between several numbers put a blank after each comma"}));
  EXPECT_EQ(said("+5"), (Said{"+", "a value is missing before `+`", "a number is written without `+`"}));
}

TEST(FormulaMistakes, ACommaIsNotTakenForASeparatorOfThousandsElsewhere) {
  EXPECT_EQ(test::read("f(1,12)"), "(call 'f' 1 12)");
  EXPECT_EQ(test::read("f(1, 000)"), "(call 'f' 1 0)");
  EXPECT_EQ(test::read("f(2017,123)"), "(call 'f' 2017 123)");
  EXPECT_EQ(test::read("f(1.5,123)"), "(call 'f' 1.5 123)");
  EXPECT_EQ(test::read("f(1,1234)"), "(call 'f' 1 1234)");
  EXPECT_EQ(said("f(12,345)").marked, "12,345");
}

TEST(FormulaMistakes, DatesAreNotComputedBySurprise) {
  const std::string help = "a date is written `YYYY-MM-DD`, without a time; to compute put blanks around ";
  EXPECT_EQ(said("d < 10/01/2025"), (Said{"10/01/2025", "`10/01/2025` is not a date", help + "`/`"}));
  EXPECT_EQ(said("2025/10/01"), (Said{"2025/10/01", "`2025/10/01` is not a date", help + "`/`"}));
  EXPECT_EQ(said("2025-1-5"), (Said{"2025-1-5", "`2025-1-5` is not a date", help + "`-`"}));
  EXPECT_EQ(said("2025-10-011").marked, "2025-10-011");
  EXPECT_EQ(said("2025-10-01T00:00:00").marked, "2025-10-01T00");
  EXPECT_EQ(said("m >= 2025-10"),
            (Said{"2025-10", "`2025-10` may be a month or a subtraction", "write `@\"2025-10\"` for the month, `2025 - 10` to subtract"}));
  EXPECT_EQ(test::read("2025-13"), "(- 2025 13)");
  EXPECT_EQ(test::read("2025-00"), "(- 2025 0)");
}

TEST(FormulaMistakes, NumbersAndWordsNeedSomethingBetweenThem) {
  EXPECT_EQ(said("36months"), (Said{"36months", "`36months` is neither a number nor a name", "write `36 months`"}));
  EXPECT_EQ(said("2x"), (Said{"2x", "`2x` is neither a number nor a name", "put an operator between, such as `2 * x`"}));
  EXPECT_EQ(said("1e"), (Said{"1e", "`1e` is neither a number nor a name", "put an operator between, such as `1 * e`"}));
  EXPECT_EQ(said("20 hours"), (Said{"hours", "`hours` follows `20` without an operator",
                                    "put an operator between; only `days`, `weeks`, `months` and `years` follow a number"}));
  EXPECT_EQ(said("1.5 months"),
            (Said{"1.5 months", "a length of time is a whole number of months with at most nine digits", "multiply, as in `1.5 * 1 month`"}));
  EXPECT_EQ(said("1.2.3").message, "`.3` follows `1.2` without an operator");
}

TEST(FormulaMistakes, NothingAsksWhetherAFactIsUnknown) {
  const std::string message = "no formula can ask whether a fact is unknown";
  const std::string help = "learning the fact could then reverse a settled answer; a word of a code list is written `\"unknown\"`";
  EXPECT_EQ(said("is unknown(x)"), (Said{"is", message, help}));
  EXPECT_EQ(said("x is unknown"), (Said{"is", message, help}));
  EXPECT_EQ(said("x is not unknown"), (Said{"is", message, help}));
  EXPECT_EQ(said("x = unknown"), (Said{"unknown", message, help}));
  EXPECT_EQ(test::read("x = \"unknown\""), "(= x \"unknown\")");
}

TEST(FormulaMistakes, NullIsLeftOutOnPurpose) {
  EXPECT_EQ(said("x = null"), (Said{"null", "there is no `null`",
                                    "what does not exist is `none`; a fact nobody gave is unknown by itself, and no rule asks for that"}));
}

TEST(FormulaMistakes, ComparisonsDoNotChain) {
  EXPECT_EQ(said("18 <= age < 60"), (Said{"<", "comparisons do not chain", "write `18 <= age and age < ...`"}));
  EXPECT_EQ(said("a = b = c"), (Said{"=", "comparisons do not chain", "write `a = b and b = ...`"}));
  EXPECT_EQ(said("x and a < (b + c) * 2 < d"), (Said{"<", "comparisons do not chain", "write `a < (b + c) * 2 and (b + c) * 2 < ...`"}));
  EXPECT_EQ(said("a in [1..2] = true"), (Said{"=", "comparisons do not chain", "put the first comparison in brackets: `(a in [1..2]) = ...`"}));
  EXPECT_EQ(said("a < b in [1..2]"), (Said{"in", "comparisons do not chain", "put the first comparison in brackets: `(a < b) in ...`"}));
  EXPECT_EQ(said("a between 1 and 2 between 3 and 4").message, "comparisons do not chain");
}

TEST(FormulaMistakes, NotStandsBeforeTheWholeComparison) {
  EXPECT_EQ(said("x not in [1, 2]"), (Said{"not in", "there is no `not in`", "write `not (x in ...)`"}));
  EXPECT_EQ(said("x not = 1"), (Said{"not", "`not` does not stand after a value", "write `... != ...` or `not (... = ...)`"}));
  EXPECT_EQ(said("a = not b"), (Said{"not", "`not` is looser than what stands before it", "put it in brackets: `(not ...)`"}));
}

TEST(FormulaMistakes, IsIsNotAnOperator) {
  EXPECT_EQ(said("x is true"), (Said{"is", "`is` has no meaning in a formula", "write `=`"}));
  EXPECT_EQ(said("x is not none"), (Said{"is", "`is` has no meaning in a formula", "write `!=`"}));
  EXPECT_EQ(said("xs is empty"), (Said{"is empty", "`is empty` stands before its list", "write `is empty(xs)`"}));
}

TEST(FormulaMistakes, OpenBracketsAreShownWhereTheyOpen) {
  EXPECT_EQ(said("(a + b"), (Said{"(", "`(` is not closed", "a `)` is missing"}));
  EXPECT_EQ(said("f(a, (b)"), (Said{"(", "`(` is not closed", "a `)` is missing"}));
  EXPECT_EQ(said("[1, 2"), (Said{"[", "`[` is not closed", "a `]` is missing"}));
  EXPECT_EQ(said("xs[a < 1"), (Said{"[", "`[` is not closed", "a `]` is missing"}));
  EXPECT_EQ(said("[1..5"), (Said{"[", "`[` is not closed", "a `]` is missing"}));
  EXPECT_EQ(said("x in (1, 2"), (Said{"(", "`(` is not closed", "a `)` is missing"}));
  EXPECT_EQ(said("if (a then b else c"), (Said{"(", "`(` is not closed before `then`", "a `)` is missing"}));
  EXPECT_EQ(said("meets all but [a"), (Said{"[", "`[` is not closed", "a `]` is missing"}));
}

TEST(FormulaMistakes, BracketsCloseWhatTheyOpened) {
  const std::string mixed = "; only a range may mix them, as in `[1..5)`";
  EXPECT_EQ(said("(a + b]"), (Said{"]", "`(` is closed by `]`", "write `)`" + mixed}));
  EXPECT_EQ(said("[a, b)"), (Said{")", "`[` is closed by `)`", "write `]`" + mixed}));
  EXPECT_EQ(said("a + b)"), (Said{")", "`)` closes nothing", "take it away, or open a bracket before"}));
  EXPECT_EQ(said("x in (2..4, 5)"), (Said{"(", "the range is not closed", "write `]` or `)` after its end"}));
}

TEST(FormulaMistakes, AValueMayBeMissing) {
  EXPECT_EQ(said(""), (Said{"", "the formula is empty", "write a formula here"}));
  EXPECT_EQ(said("  /* later */ ").message, "the formula is empty");
  EXPECT_EQ(said("a +"), (Said{"+", "the formula ends after `+`", "a value must follow"}));
  EXPECT_EQ(said("a and not "), (Said{"not", "the formula ends after `not`", "a value must follow"}));
  EXPECT_EQ(said("x in"), (Said{"in", "the formula ends after `in`", "a value must follow"}));
  EXPECT_EQ(said("f(a,"), (Said{",", "the formula ends after `,`", "a value must follow"}));
  EXPECT_EQ(said("a * / b"), (Said{"/", "a value is missing before `/`", ""}));
  EXPECT_EQ(said("[a, ]"), (Said{"]", "a value is missing before `]`", ""}));
  EXPECT_EQ(said("f(,a)"), (Said{",", "a value is missing before `,`", ""}));
  EXPECT_EQ(said("()"), (Said{")", "a value is missing before `)`", ""}));
  EXPECT_EQ(said("xs[]"), (Said{"]", "a value is missing before `]`", ""}));
  EXPECT_EQ(said("and b"), (Said{"and", "a value is missing before `and`", ""}));
}

TEST(FormulaMistakes, TestsStandOnlyWhereTheyCanBeTried) {
  EXPECT_EQ(said("< 5"), (Said{"<", "a value is missing before `<`", "without one, `<` stands only right of `in`, in `( )` and in a table"}));
  EXPECT_EQ(said("x in [< 5]"), (Said{"<", "a test such as `< 5` does not stand in `[ ]`", "write `x in (< 5, 10)`, with round brackets"}));
}

TEST(FormulaMistakes, RangesHaveBracketsAndTwoEnds) {
  EXPECT_EQ(said("x in 1..5"), (Said{"..", "a range stands in brackets", "such as `[1..5]`, or `[1..5)` without the 5"}));
  EXPECT_EQ(said("x in [18..]"), (Said{"..", "a range has two ends", "write `>= 5` for everything from 5 on"}));
  EXPECT_EQ(said("x in (..60)"), (Said{"..", "a range has two ends", "write `<= 5` for everything up to 5"}));
  EXPECT_EQ(said("[1..xs]["), (Said{"[", "the formula ends after `[`", "a value must follow"}));
}

TEST(FormulaMistakes, TextsEndOnTheirLine) {
  EXPECT_EQ(said("a = \"b"), (Said{"\"", "the text that starts here does not end", "end it with `\"` on the same line"}));
  EXPECT_EQ(said("a = \"b\nc\"").message, "the text that starts here does not end");
  EXPECT_EQ(said("\"a\\\"").message, "the text that starts here does not end");
  EXPECT_EQ(said("\"a\\").message, "the text that starts here does not end");
}

TEST(FormulaMistakes, EscapesAreFew) {
  const std::string help = "in a text `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u00e9` are known; a backslash is written `\\\\`";
  EXPECT_EQ(said(R"("a\qb")"), (Said{"\\q", "`\\q` stands for no character", help}));
  EXPECT_EQ(said(R"("\u12")").message, "`\\u` stands for no character");
  EXPECT_EQ(said(R"("\ud800")").message, "`\\u` stands for no character");
  EXPECT_EQ(said(R"("\ud800\u0041")").message, "`\\u` stands for no character");
  EXPECT_EQ(said(R"("\udc00\ud800")").message, "`\\u` stands for no character");
  EXPECT_EQ(said(R"("\u0000")").message, "`\\u` stands for no character");
  EXPECT_EQ(said(R"(@"\x")").marked, "\\x");
}

TEST(FormulaMistakes, AnAtSignIsFollowedByQuotes) {
  EXPECT_EQ(said("@2025"), (Said{"@", "after `@` a date, a month or a duration stands in quotes", "such as `@\"YYYY-MM-DD\"` or `@\"P2M\"`"}));
}

TEST(FormulaMistakes, TwoValuesInARowLackAnOperator) {
  const std::string help = "put an operator between, such as `+`, `=` or `and`";
  EXPECT_EQ(said("x.y z"), (Said{"z", "`z` follows `y` without an operator", help + "; if it is one name, it has no blank: `y_z`"}));
  EXPECT_EQ(said("gross income <= 5"),
            (Said{"income", "`income` follows `gross` without an operator", help + "; if it is one name, it has no blank: `gross_income`"}));
  EXPECT_EQ(said("a \"b\""), (Said{"\"b\"", "`\"b\"` follows `a` without an operator", help}));
  EXPECT_EQ(said("(a) b"), (Said{"b", "`b` follows `)` without an operator", help}));
  EXPECT_EQ(said("x.5").message, "`.5` follows `x` without an operator");
}

TEST(FormulaMistakes, UnknownFunctionsOfSeveralWordsAreCompared) {
  const auto code = Code::unknown_function;
  EXPECT_EQ(said("round hlf up(5, 2)", code), (Said{"round hlf up", "`round hlf up` is not a function", "did you mean `round half up`?"}));
  EXPECT_EQ(said("a + full year(a, b)", code), (Said{"full year", "`full year` is not a function", "did you mean `full years`?"}));
  EXPECT_EQ(said("gross income limit(5)", code),
            (Said{"gross income limit", "`gross income limit` is not a function", "a name has no blank: `gross_income_limit(...)`"}));
  EXPECT_EQ(said("meets all(x)", code).marked, "meets all");
}

TEST(FormulaMistakes, OnlyNamesAreCalled) {
  const Said expected{"(", "only a name can be called", "to multiply write `*`"};
  EXPECT_EQ(said("5(3)"), expected);
  EXPECT_EQ(said("(a)(b)"), expected);
  EXPECT_EQ(said("f(x)(y)"), expected);
  EXPECT_EQ(said("f(x).g(y)"), expected);
}

TEST(FormulaMistakes, PunctuationHasItsPlace) {
  EXPECT_EQ(said("a, b"), (Said{",", "a comma does not stand here", "several values are a list: `[a, b]`"}));
  EXPECT_EQ(said("(a, b)"), (Said{",", "a comma does not stand here", "several values are a list: `[a, b]`"}));
  EXPECT_EQ(said("a: b"), (Said{":", "a colon does not stand here", "only the name of an argument is followed by `:`, as in `f(name: value)`"}));
  EXPECT_EQ(said("x."), (Said{".", "after `.` a name must follow", "such as `person.age`"}));
  EXPECT_EQ(said(".x"), (Said{".", "a name is missing before `.`", "such as `person.age`"}));
}

TEST(FormulaMistakes, WordsThatBelongTogetherAreNamedTogether) {
  EXPECT_EQ(said("if a then b"), (Said{"if", "`if` has no `else`", "write `if ... then ... else ...`"}));
  EXPECT_EQ(said("if a"), (Said{"if", "`if` has no `then`", "write `if ... then ... else ...`"}));
  EXPECT_EQ(said("a else b"), (Said{"else", "`else` belongs to an `if`", "write `if ... then ... else ...`"}));
  EXPECT_EQ(said("x between 1 or 2"), (Said{"between", "`between` has no `and`", "write `x between low and high`"}));
  EXPECT_EQ(said("some x in xs"), (Said{"some", "`some` has no `satisfies`", "write `some x in ... satisfies ...`"}));
  EXPECT_EQ(said("every xs satisfies y"), (Said{"every xs", "`every` needs a list", "write `every x in ... satisfies ...`"}));
  EXPECT_EQ(said("for x in xs"), (Said{"for", "`for` has no `return`", "write `for x in ... return ...`"}));
  EXPECT_EQ(said("for x of xs return x").message, "`for` needs a list");
  EXPECT_EQ(said("if a b then c").marked, "b");
}

TEST(FormulaMistakes, OrNoneFollowsEveryInItsOwnBrackets) {
  const Said expected{"or none", "`or none` belongs to an `every`", "write `every x in ... satisfies ... or none`, both inside the same brackets"};
  EXPECT_EQ(said("a or none"), expected);
  EXPECT_EQ(said("(every x in xs satisfies y) or none"), expected);
  EXPECT_EQ(said("some x in xs satisfies y or none"), expected);
}

TEST(FormulaMistakes, MeetsAllNamesItsExceptions) {
  EXPECT_EQ(said("meets all but"), (Said{"but", "the formula ends after `but`", "a value must follow"}));
  EXPECT_EQ(said("meets all but []"), (Said{"]", "a value is missing before `]`", ""}));
  EXPECT_EQ(said("meets all but [a b]").marked, "b");
}

TEST(FormulaMistakes, CommentsEnd) { EXPECT_EQ(said("a /* b"), (Said{"/*", "the comment that starts here does not end", "end it with `*/`"})); }

TEST(FormulaMistakes, SayWhatIsWrongOnOneShortLine) {
  const Said long_name = said("a " + std::string(500, 'x'));
  EXPECT_LT(long_name.message.size(), 120U);
  EXPECT_LT(long_name.help.size(), 300U);
  EXPECT_EQ(said("a\nb c(d)", Code::unknown_function).message, "`a b c` is not a function");
}

TEST(FormulaMistakes, UnreadableTextIsRefusedAsAWhole) {
  EXPECT_EQ(said("a + \xFF", Code::unreadable_text).message, "the formula holds invalid UTF-8");
  EXPECT_EQ(said(std::string("a\0b", 3), Code::unreadable_text).message, "the formula holds a control character");
}

// What YAML cut or changed

Node node_at(const std::string& before, const std::string& written, Style style, std::string text, const std::string& after = "\n") {
  Node node;
  node.style = style;
  node.text = std::move(text);
  node.span = {make_source("rules.yaml", before + written + after), before.size(), before.size() + written.size()};
  return node;
}

Said refused(const Node& node, Code code) {
  std::vector<Diagnostic> errors;
  const ExprPtr e = parse_formula(node, errors);
  if (e || errors.size() != 1) return {"", "was read, or gave several diagnostics", ""};
  EXPECT_EQ(code_text(errors[0].code), code_text(code));
  return {marked(errors[0]), errors[0].message, errors[0].help};
}

TEST(FormulaInYaml, AListThatWasAFormulaIsShownInQuotes) {
  Node node = node_at("value: ", "[18..60]", Style::plain, "");
  node.kind = Node::Kind::sequence;
  node.flow = true;
  EXPECT_EQ(refused(node, Code::formula_in_flow),
            (Said{"[18..60]", "a formula that starts with `[` is read as a list", "write it in quotes: `\"[18..60]\"`"}));
}

TEST(FormulaInYaml, ARecordThatWasAFormulaIsShownInQuotes) {
  Node node = node_at("value: ", "{a, b: \"c\"}", Style::plain, "");
  node.kind = Node::Kind::map;
  node.flow = true;
  EXPECT_EQ(refused(node, Code::formula_in_flow),
            (Said{"{a, b: \"c\"}", "a formula that starts with `{` is read as a record", "write it in quotes: `'{a, b: \"c\"}'`"}));
}

TEST(FormulaInYaml, TheQuotedFixIsOnOneLineAndItsQuotesAreDoubled) {
  Node node = node_at("value: ", "[\"it's\",\n   b]", Style::plain, "");
  node.kind = Node::Kind::sequence;
  node.flow = true;
  EXPECT_EQ(refused(node, Code::formula_in_flow).help, "write it in quotes: `'[\"it''s\", b]'`");
}

TEST(FormulaInYaml, RecordsOverSeveralLinesAreNoFormula) {
  Node node = node_at("value:\n  ", "- a", Style::plain, "");
  node.kind = Node::Kind::sequence;
  EXPECT_EQ(refused(node, Code::wrong_shape).message, "a formula stands here, not several lines of records");
}

TEST(FormulaInYaml, AFoldedBlockIsRefused) {
  const Node node = node_at("value: ", ">\n  a and\n  b", Style::folded, "a and b\n");
  EXPECT_EQ(refused(node, Code::folded_formula), (Said{">", "`>` joins the lines of a formula", "write `|` instead of `>`"}));
}

TEST(FormulaInYaml, NothingIsNotAFormula) {
  const Said expected{"", "a formula is missing", "write it after the colon"};
  EXPECT_EQ(refused(node_at("value:", "", Style::plain, ""), Code::formula_syntax), expected);
  EXPECT_EQ(refused(node_at("value: ", "\"\"", Style::quoted, ""), Code::formula_syntax).message, expected.message);
  EXPECT_EQ(refused(node_at("value: ", "\"  \"", Style::quoted, "  "), Code::formula_syntax).message, expected.message);
  Node null = node_at("value: ", "null", Style::plain, "null");
  null.is_null = true;
  EXPECT_EQ(refused(null, Code::formula_syntax).message, "there is no `null`");
}

TEST(FormulaInYaml, AFormulaCutAtACommaIsShownWhole) {
  EXPECT_EQ(refused(node_at("- {when: ", "spouses(a", Style::plain, "spouses(a", ", b), cite: x}\n"), Code::formula_in_flow),
            (Said{"spouses(a", "the formula was cut at a comma inside `{ }` or `[ ]`", "write it in quotes: `\"spouses(a, b)\"`"}));
  EXPECT_EQ(refused(node_at("- {when: ", "f(a", Style::plain, "f(a", " , \"b}\", [c]) and d}\n"), Code::formula_in_flow).help,
            "write it in quotes: `'f(a , \"b}\", [c]) and d'`");
}

TEST(FormulaInYaml, AMistakeBeforeACommaIsNotTakenForACut) {
  EXPECT_EQ(refused(node_at("- {when: ", "a +", Style::plain, "a +", ", cite: x}\n"), Code::formula_syntax).message, "the formula ends after `+`");
  EXPECT_EQ(refused(node_at("- {when: ", "\"f(a\"", Style::quoted, "f(a", ", cite: x}\n"), Code::formula_syntax).message, "`(` is not closed");
  EXPECT_EQ(refused(node_at("- when: ", "f(a", Style::plain, "f(a", "\n"), Code::formula_syntax).message, "`(` is not closed");
}

TEST(FormulaInYaml, ALineCommentNeedsItsLineEnd) {
  EXPECT_EQ(refused(node_at("value: ", "a // why\n  + b", Style::plain, "a // why + b"), Code::formula_syntax),
            (Said{"//", "a `//` comment would hide the rest of a formula that goes on over several lines",
                  "write the comment as `/* ... */`, or the formula as a `|` block"}));
  std::vector<Diagnostic> errors;
  EXPECT_EQ(test::tree(parse_formula(node_at("value: ", "|\n  a // why\n  + b", Style::block, "a // why\n+ b\n"), errors)), "(+ a b)");
  EXPECT_EQ(test::tree(parse_formula(node_at("value: ", "a // why", Style::plain, "a // why"), errors)), "a");
  EXPECT_TRUE(errors.empty());
}

TEST(FormulaInYaml, AMistakeIsMarkedInItsOwnLine) {
  std::vector<Diagnostic> errors;
  EXPECT_FALSE(parse_formula(node_at("first: 1\nvalue: ", "|\n  a and\n  b == c", Style::block, "a and\nb == c\n"), errors));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].file, "rules.yaml");
  EXPECT_EQ(errors[0].line, 4);
  EXPECT_EQ(errors[0].column, 5);
  EXPECT_EQ(marked(errors[0]), "==");
}

TEST(FormulaInYaml, EarlierDiagnosticsStay) {
  std::vector<Diagnostic> errors(1);
  EXPECT_FALSE(parse_formula(node_at("value: ", "a +", Style::plain, "a +"), errors));
  EXPECT_EQ(errors.size(), 2U);
}

}  // namespace
}  // namespace duly
