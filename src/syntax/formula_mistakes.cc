// What is said about a formula that cannot be read: the mistake by its name, and what to write instead.

#include "base/text.h"
#include "syntax/formula.h"
#include "syntax/formula_characters.h"
#include "syntax/formula_parser.h"

namespace duly {
namespace {

constexpr int deepest_nesting = 60;
constexpr int most_operators = 500;

std::string as_shown(std::string_view text) { return "`" + shown(text) + "`"; }

std::string_view closing_of(TokenKind open) { return open == TokenKind::open_paren ? ")" : "]"; }

}  // namespace

std::nullptr_t FormulaParser::fail(std::size_t begin, std::size_t end, std::string message, std::string help, Code code) {
  if (!mistake_) mistake_ = FormulaMistake{begin, end, std::move(message), std::move(help), code};
  return nullptr;
}

std::nullptr_t FormulaParser::fail_at(const Token& token, std::string message, std::string help, Code code) {
  return fail(token.begin, token.end, std::move(message), std::move(help), code);
}

bool FormulaParser::may_nest() {
  if (depth_ <= deepest_nesting + 1) return true;
  return fail_at(peek(), "the formula is nested more than " + std::to_string(deepest_nesting) + " deep", "give parts of it names of their own",
                 Code::too_deep) != nullptr;
}

bool FormulaParser::may_go_on() {
  if (++operators_ <= most_operators) return true;
  return fail_at(peek(), "the formula has more than " + std::to_string(most_operators) + " operators", "give parts of it names of their own",
                 Code::too_deep) != nullptr;
}

/// An operand should stand here.
std::nullptr_t FormulaParser::missing_value() {
  const Token& here = peek();
  const bool first = at_ == 0;
  if (here.kind == TokenKind::end) {
    if (first) return fail(0, here.end, "the formula is empty", "write a formula here");
    const Token& last = tokens_[at_ - 1];
    return fail_at(last, "the formula ends after " + as_shown(text_of_token(last)), "a value must follow");
  }
  const std::string found = as_shown(text_of_token(here));
  switch (here.kind) {
    case TokenKind::plus: return fail_at(here, "a value is missing before " + found, "a number is written without `+`");
    case TokenKind::less:
    case TokenKind::less_equal:
    case TokenKind::greater:
    case TokenKind::greater_equal:
    case TokenKind::equal:
    case TokenKind::not_equal:
      return fail_at(here, "a value is missing before " + found, "without one, " + found + " stands only right of `in`, in `( )` and in a table");
    case TokenKind::dot: return fail_at(here, "a name is missing before `.`", "such as `person.age`");
    case TokenKind::range: return fail_at(here, "a range has two ends", "such as `[1..5]`; everything up to 5 is `<= 5`");
    default: return fail_at(here, "a value is missing before " + found, "");
  }
}

/// An operand is complete, and what stands here cannot follow it.
std::nullptr_t FormulaParser::unexpected() {
  const Token& here = peek();
  const std::string found = as_shown(text_of_token(here));
  switch (here.kind) {
    case TokenKind::end: return fail_at(at_ > 0 ? tokens_[at_ - 1] : here, "the formula ends too early", "");
    case TokenKind::word_not:
      if (word(1) != "in") return fail_at(here, "`not` does not stand after a value", "write `... != ...` or `not (... = ...)`");
      return fail(here.begin, peek(1).end, "there is no `not in`", "write `not (x in ...)`");
    case TokenKind::word_or:
      return fail(here.begin, peek(1).end, "`or none` belongs to an `every`",
                  "write `every x in ... satisfies ... or none`, both inside the same brackets");
    case TokenKind::open_paren: return fail_at(here, "only a name can be called", "to multiply write `*`");
    case TokenKind::close_paren:
    case TokenKind::close_bracket: return fail_at(here, found + " closes nothing", "take it away, or open a bracket before");
    case TokenKind::comma: return fail_at(here, "a comma does not stand here", "several values are a list: `[a, b]`");
    case TokenKind::colon:
      return fail_at(here, "a colon does not stand here", "only the name of an argument is followed by `:`, as in `f(name: value)`");
    case TokenKind::range: return fail_at(here, "a range stands in brackets", "such as `[1..5]`, or `[1..5)` without the 5");
    case TokenKind::word_then:
    case TokenKind::word_else: return fail_at(here, found + " belongs to an `if`", "write `if ... then ... else ...`");
    case TokenKind::word_return: return fail_at(here, found + " belongs to a `for`", "write `for x in ... return ...`");
    case TokenKind::word_satisfies: return fail_at(here, found + " belongs to `some` or `every`", "write `some x in ... satisfies ...`");
    case TokenKind::open_bracket: return fail_at(here, "a filter does not stand at the end of a range", "put the value in brackets: `(xs[...])`");
    default: return unexpected_word();
  }
}

/// A word or another value follows a value.
std::nullptr_t FormulaParser::unexpected_word() {
  const Token& here = peek();
  const Token& last = tokens_[at_ - 1];
  const std::string found = std::string(text_of_token(here));
  if (found == "is") {
    if (word(1) == "unknown" || (word(1) == "not" && word(2) == "unknown")) return asks_unknown(here);
    if (word(1) == "empty") return fail(here.begin, peek(1).end, "`is empty` stands before its list", "write `is empty(xs)`");
    return fail_at(here, "`is` has no meaning in a formula", word(1) == "not" ? "write `!=`" : "write `=`");
  }
  if (found == "percent" && last.kind == TokenKind::number) {
    const auto number = number_from_text(text_of_token(last));
    return fail(last.begin, here.end, "a rate is written as a decimal", number ? "write `" + shown(to_text(Number(*number / 100))) + "`" : "");
  }
  std::string help = "put an operator between, such as `+`, `=` or `and`";
  if (last.kind == TokenKind::word && here.kind == TokenKind::word)
    help += "; if it is one name, it has no blank: `" + shown(text_of_token(last)) + "_" + shown(found) + "`";
  if (last.kind == TokenKind::number && here.kind == TokenKind::word)
    help = "put an operator between; only `days`, `weeks`, `months` and `years` follow a number";
  return fail_at(here, as_shown(found) + " follows " + as_shown(text_of_token(last)) + " without an operator", help);
}

/// Several words in a row where a value begins: a built-in that does not exist, or a name with blanks.
std::nullptr_t FormulaParser::unknown_words() {
  std::size_t count = 0;
  std::vector<std::string> parts;
  for (; peek(count).kind == TokenKind::word; ++count) parts.emplace_back(word(count));
  const std::size_t begin = peek().begin;
  const std::size_t end = peek(count - 1).end;
  std::string blanks, joined;
  for (const auto& part : parts) {
    blanks += (blanks.empty() ? "" : " ") + part;
    joined += (joined.empty() ? "" : "_") + part;
  }
  if (parts[0] == "some" || parts[0] == "every")
    return fail(begin, end, "`" + parts[0] + "` needs a list", "write `" + parts[0] + " x in ... satisfies ...`");
  if (parts[0] == "for") return fail(begin, end, "`for` needs a list", "write `for x in ... return ...`");
  if (peek(count).kind == TokenKind::open_paren) {
    const std::string near = nearest(blanks, built_in_names());
    return fail(begin, end, as_shown(blanks) + " is not a function",
                near.empty() ? "a name has no blank: " + as_shown(joined + "(...)") : "did you mean `" + near + "`?", Code::unknown_function);
  }
  take();
  return unexpected();
}

/// `a <= b < c`: from `begin` a comparison is complete, its right side starts at `right_begin`, and another comparison follows.
std::nullptr_t FormulaParser::chained(std::size_t begin, std::size_t right_begin, const Token& sign) {
  const Token& here = peek();
  const bool both_signs = sign.kind != TokenKind::word_in && sign.kind != TokenKind::word_between && here.kind != TokenKind::word_in &&
                          here.kind != TokenKind::word_between;
  const std::string first = shown(text_.text(begin, end_));
  const std::string middle = shown(text_.text(right_begin, end_));
  const std::string next(text_of_token(here));
  return fail_at(here, "comparisons do not chain",
                 both_signs ? "write `" + first + " and " + middle + " " + next + " ...`"
                            : "put the first comparison in brackets: `(" + first + ") " + next + " ...`");
}

std::nullptr_t FormulaParser::missing_word(const Token& start, std::string_view wanted, std::string_view shape) {
  const TokenKind kind = peek().kind;
  const bool word_or_end = kind == TokenKind::end || (is_word(kind) && kind != TokenKind::word && kind != TokenKind::word_not);
  const bool bracket = kind == TokenKind::close_paren || kind == TokenKind::close_bracket;
  if ((!word_or_end && !bracket) || at_or_none()) return unexpected();
  return fail_at(start, as_shown(text_of_token(start)) + " has no `" + std::string(wanted) + "`", "write `" + std::string(shape) + "`");
}

std::nullptr_t FormulaParser::asks_unknown(const Token& token) {
  return fail_at(token, "no formula can ask whether a fact is unknown",
                 "learning the fact could then reverse a settled answer; a word of a code list is written `\"unknown\"`");
}

/// Takes the bracket that ends what `open` began.
bool FormulaParser::close(const Token& open, TokenKind closing) {
  if (take_if(closing)) return true;
  const std::string opened = as_shown(text_of_token(open));
  const std::string wanted = "`" + std::string(closing_of(open.kind)) + "`";
  if (at(TokenKind::end)) fail_at(open, opened + " is not closed", "a " + wanted + " is missing");
  else if (at(TokenKind::close_paren) || at(TokenKind::close_bracket))
    fail_at(peek(), opened + " is closed by " + as_shown(text_of_token(peek())), "write " + wanted + "; only a range may mix them, as in `[1..5)`");
  else if (at(TokenKind::word_then) || at(TokenKind::word_else) || at(TokenKind::word_return) || at(TokenKind::word_satisfies))
    fail_at(open, opened + " is not closed before " + as_shown(text_of_token(peek())), "a " + wanted + " is missing");
  else unexpected();
  return false;
}

}  // namespace duly
