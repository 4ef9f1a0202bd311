// The operands of a formula: literals, names, calls, brackets, what begins with a word, and what follows an operand without an operator.

#include <charconv>

#include "syntax/formula_characters.h"
#include "syntax/formula_parser.h"
#include "syntax/formula_powers.h"
#include "syntax/formula_words.h"

namespace duly {
namespace {

/// `gap.only` for the path that stands before the bracket of `gap.only(...)`; empty for a path that does not start with a name.
std::string dotted_name(const Expr& e) {
  if (const auto* name = std::get_if<Name>(&e.node)) return name->text;
  const auto* path = std::get_if<Path>(&e.node);
  const std::string object = path != nullptr ? dotted_name(*path->object) : "";
  return object.empty() ? "" : object + "." + path->member;
}

}  // namespace

ExprPtr FormulaParser::operand(int lowest) {
  const Within nested(depth_, depth_ + 1);
  if (!may_nest()) return nullptr;
  const std::size_t begin = peek().begin;
  return postfixes(primary(lowest), begin, true);
}

ExprPtr FormulaParser::primary(int lowest) {
  switch (peek().kind) {
    case TokenKind::number: return number();
    case TokenKind::duration: return duration();
    case TokenKind::text: return text_literal();
    case TokenKind::at_text: return at_literal();
    case TokenKind::date: return date_literal();
    case TokenKind::word_true: return boolean(true);
    case TokenKind::word_false: return boolean(false);
    case TokenKind::minus: return negate();
    case TokenKind::word_not: return negation(lowest);
    case TokenKind::word_if: return condition();
    case TokenKind::word: return word_operand();
    case TokenKind::open_paren: return parenthesised();
    case TokenKind::open_bracket: return list_or_range();
    case TokenKind::close_bracket: return starts_open_range() ? open_range() : missing_value();
    default: return missing_value();
  }
}

ExprPtr FormulaParser::number() {
  const Token token = take();
  const std::string_view digits = text_of_token(token);
  std::int64_t small = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), small);
  if (error == std::errc() && stop == digits.data() + digits.size()) return make(NumberLiteral{Number(small)}, token.begin);
  auto value = number_from_text(digits);
  if (!value) return fail_at(token, "`" + shown(digits) + "` is not a number", "write it as `12`, `0.5` or `1.2e3`");
  return make(NumberLiteral{std::move(*value)}, token.begin);
}

ExprPtr FormulaParser::duration() {
  const Token token = take();
  const std::string_view written = text_of_token(token);
  DurationLiteral value{0, ""};
  std::from_chars(written.data(), written.data() + written.size(), value.amount);
  value.unit = unit_of_time(written.substr(written.find_last_of(" \t\r\n") + 1));
  return make(std::move(value), token.begin);
}

ExprPtr FormulaParser::text_literal() {
  const Token token = take();
  auto value = text_value(text_of_token(token), token.begin, mistake_);
  return value ? make(TextLiteral{std::move(*value)}, token.begin) : nullptr;
}

ExprPtr FormulaParser::at_literal() {
  const Token token = take();
  auto value = text_value(text_of_token(token).substr(1), token.begin + 1, mistake_);
  return value ? make(AtLiteral{std::move(*value)}, token.begin) : nullptr;
}

ExprPtr FormulaParser::date_literal() {
  const Token token = take();
  return make(AtLiteral{std::string(text_of_token(token))}, token.begin);
}

ExprPtr FormulaParser::boolean(bool value) {
  const Token token = take();
  return make(BooleanLiteral{value}, token.begin);
}

ExprPtr FormulaParser::negate() {
  const std::size_t begin = take().begin;
  ExprPtr value = expression(power::minus);
  return value ? make(Negate{std::move(value)}, begin) : nullptr;
}

/// `not x` reaches over comparisons. Where only something tighter fits, as in `x = not(y)`, it is a call.
ExprPtr FormulaParser::negation(int lowest) {
  const Token start = take();
  if (lowest > power::negation && !at(TokenKind::open_paren))
    return fail_at(start, "`not` is looser than what stands before it", "put it in brackets: `(not ...)`");
  ExprPtr value = lowest > power::negation ? parenthesised() : expression(power::negation);
  return value ? make(Not{std::move(value)}, start.begin) : nullptr;
}

/// Reads as far as it goes.
bool FormulaParser::whole(ExprPtr& part) {
  part = expression(power::reaches_right);
  return part != nullptr;
}

ExprPtr FormulaParser::condition() {
  constexpr std::string_view shape = "if ... then ... else ...";
  const Token start = take();
  If node;
  if (!whole(node.condition)) return nullptr;
  if (!take_if(TokenKind::word_then)) return missing_word(start, "then", shape);
  if (!whole(node.then)) return nullptr;
  if (!take_if(TokenKind::word_else)) return missing_word(start, "else", shape);
  if (!whole(node.otherwise)) return nullptr;
  return make(std::move(node), start.begin);
}

ExprPtr FormulaParser::word_operand() {
  const Token start = peek();
  const std::string_view first = text_of_token(start);
  if (at_quantifier()) return first == "for" ? for_each() : quantified(first == "every");
  if (const std::size_t words = words_of_built_in(); words > 0) {
    std::string name;
    for (std::size_t i = 0; i < words; ++i) name += (i > 0 ? " " : "") + std::string(text_of_token(take()));
    return call(std::move(name), start.begin);
  }
  const bool called = peek(1).kind == TokenKind::open_paren;
  if (first == "meets" && word(1) == "all" && peek(2).kind != TokenKind::open_paren) return meets_all();
  if (first == "unknown" || (first == "is" && word(1) == "unknown")) return asks_unknown(start);
  if (first == "null" && !called)
    return fail_at(start, "there is no `null`", "what does not exist is `none`; a fact nobody gave is unknown by itself, and no rule asks for that");
  if (peek(1).kind == TokenKind::word && !(word(1) == "as" && word(2) == "of")) return unknown_words();
  take();
  return called ? call(std::string(first), start.begin) : make(Name{std::string(first)}, start.begin);
}

ExprPtr FormulaParser::quantified(bool every) {
  const Token start = take();
  Quantified node{every, {}, nullptr};
  if (!variables(node.variables)) return nullptr;
  if (!take_if(TokenKind::word_satisfies))
    return missing_word(start, "satisfies", every ? "every x in ... satisfies ..." : "some x in ... satisfies ...");
  if (!whole(node.condition)) return nullptr;
  ExprPtr e = make(std::move(node), start.begin);
  if (!every || !at_or_none()) return e;
  take();
  take();
  return make(OrNone{std::move(e)}, start.begin);
}

ExprPtr FormulaParser::for_each() {
  const Token start = take();
  For node;
  if (!variables(node.variables)) return nullptr;
  if (!take_if(TokenKind::word_return)) return missing_word(start, "return", "for x in ... return ...");
  if (!whole(node.result)) return nullptr;
  return make(std::move(node), start.begin);
}

bool FormulaParser::variables(std::vector<std::pair<std::string, ExprPtr>>& out) {
  do {
    if (!at(TokenKind::word) || peek(1).kind != TokenKind::word_in) return unexpected(), false;
    std::string name(text_of_token(take()));
    take();
    ExprPtr list = expression(power::sum);
    if (!list) return false;
    out.emplace_back(std::move(name), std::move(list));
  } while (take_if(TokenKind::comma));
  return true;
}

ExprPtr FormulaParser::meets_all() {
  const std::size_t begin = take().begin;
  take();
  MeetsAll node;
  const auto one_test = [&] {
    if (!at(TokenKind::word)) return false;
    node.except.push_back({std::string(text_of_token(peek()))});
    node.spans.push_back(text_.span(peek().begin, peek().end));
    take();
    return true;
  };
  if (word(0) == "but") {
    take();
    const Token open = peek();
    if (!take_if(TokenKind::open_bracket)) return one_test() ? make(std::move(node), begin) : missing_value();
    do {
      if (!one_test()) return missing_value();
    } while (take_if(TokenKind::comma));
    if (!close(open, TokenKind::close_bracket)) return nullptr;
  }
  return make(std::move(node), begin);
}

// Brackets

/// What stands first after an opening bracket. Only at `..` it shows whether the bracket opened a range.
FormulaParser::Opened FormulaParser::after_opening(const Token& open) {
  if (is_sign_of_comparison(peek().kind)) {
    if (open.kind == TokenKind::open_paren) return {unary_test(), false};
    return {fail_at(peek(), "a test such as `< 5` does not stand in `[ ]`", "write `x in (< 5, 10)`, with round brackets"), false};
  }
  if (at(TokenKind::range)) return {fail_at(peek(), "a range has two ends", "write `<= 5` for everything up to 5"), false};
  const std::size_t begin = peek().begin;
  ExprPtr first = climb(operand(power::reaches_right), begin, power::sum);
  if (first && at(TokenKind::range)) return {range(open, std::move(first)), true};
  return {climb(std::move(first), begin, power::reaches_right), false};
}

ExprPtr FormulaParser::parenthesised() {
  const Within brackets(filters_, true);
  const Token open = take();
  Opened opened = after_opening(open);
  if (!opened.first || opened.closed) return opened.first;
  return close(open, TokenKind::close_paren) ? opened.first : nullptr;
}

ExprPtr FormulaParser::list_or_range() {
  const Within brackets(filters_, true);
  const Token open = take();
  List list;
  if (take_if(TokenKind::close_bracket)) return make(std::move(list), open.begin);
  Opened opened = after_opening(open);
  if (!opened.first || opened.closed) return opened.first;
  list.items.push_back(std::move(opened.first));
  while (take_if(TokenKind::comma)) {
    if (!whole(list.items.emplace_back())) return nullptr;
  }
  return close(open, TokenKind::close_bracket) ? make(std::move(list), open.begin) : nullptr;
}

/// `]2..4]`
ExprPtr FormulaParser::open_range() {
  const Within brackets(filters_, true);
  const Token open = take();
  ExprPtr low = expression(power::sum);
  if (!low) return nullptr;
  return at(TokenKind::range) ? range(open, std::move(low)) : unexpected();
}

ExprPtr FormulaParser::range(const Token& open, ExprPtr low) {
  const Token dots = take();
  const auto closes = [&] { return at(TokenKind::close_paren) || at(TokenKind::close_bracket) || at(TokenKind::open_bracket); };
  if (at(TokenKind::close_paren) || at(TokenKind::close_bracket))
    return fail_at(dots, "a range has two ends", "write `>= 5` for everything from 5 on");
  ExprPtr high;
  {
    const Within end_of_range(filters_, false);
    high = expression(power::sum);
  }
  if (!high) return nullptr;
  if (at(TokenKind::end)) return close(open, TokenKind::close_bracket), nullptr;
  if (!closes()) return at(TokenKind::comma) ? fail_at(open, "the range is not closed", "write `]` or `)` after its end") : unexpected();
  Range node{std::move(low), std::move(high), open.kind == TokenKind::open_bracket, at(TokenKind::close_bracket)};
  take();
  return make(std::move(node), open.begin);
}

// What follows an operand

/// Paths and filters; with `words` also `as of` and `if none`.
ExprPtr FormulaParser::postfixes(ExprPtr left, std::size_t begin, bool words) {
  while (left) {
    const bool path_called = at(TokenKind::open_paren) && std::holds_alternative<Path>(left->node);
    std::string function = path_called ? dotted_name(*left) : "";
    const bool of_date = words && word(0) == "as" && word(1) == "of";
    const bool or_none = words && at(TokenKind::word_if) && word(1) == "none";
    const bool goes_on = at(TokenKind::dot) || (at(TokenKind::open_bracket) && filters_) || !function.empty() || of_date || or_none;
    if (!goes_on) break;
    if (!may_go_on()) return nullptr;
    if (at(TokenKind::dot)) left = path(std::move(left), begin);
    else if (of_date) left = as_of(std::move(left), begin);
    else if (or_none) left = if_none(std::move(left), begin);
    else if (!function.empty()) left = call(std::move(function), begin);
    else left = filter(std::move(left), begin);
  }
  return left;
}

ExprPtr FormulaParser::path(ExprPtr left, std::size_t begin) {
  const Token dot = take();
  if (!is_word(peek().kind)) return fail_at(dot, "after `.` a name must follow", "such as `person.age`");
  const Token member = take();
  return make(Path{std::move(left), std::string(text_of_token(member)), text_.span(member.begin, member.end)}, begin);
}

ExprPtr FormulaParser::filter(ExprPtr left, std::size_t begin) {
  const Within brackets(filters_, true);
  const Token open = take();
  ExprPtr condition = expression(power::reaches_right);
  if (!condition || !close(open, TokenKind::close_bracket)) return nullptr;
  return make(Filter{std::move(left), std::move(condition)}, begin);
}

ExprPtr FormulaParser::as_of(ExprPtr left, std::size_t begin) {
  take();
  take();
  ExprPtr date = plain_operand();
  return date ? make(AsOf{std::move(left), std::move(date)}, begin) : nullptr;
}

ExprPtr FormulaParser::if_none(ExprPtr left, std::size_t begin) {
  take();
  take();
  ExprPtr otherwise = plain_operand();
  return otherwise ? make(IfNone{std::move(left), std::move(otherwise)}, begin) : nullptr;
}

/// One value, as after `as of` and `if none`: these words apply from left to right.
ExprPtr FormulaParser::plain_operand() {
  const Within nested(depth_, depth_ + 1);
  if (!may_nest()) return nullptr;
  const std::size_t begin = peek().begin;
  if (take_if(TokenKind::minus)) {
    ExprPtr value = plain_operand();
    return value ? make(Negate{std::move(value)}, begin) : nullptr;
  }
  return postfixes(primary(power::postfix), begin, false);
}

ExprPtr FormulaParser::call(std::string function, std::size_t begin) {
  Call node{std::move(function), {}, text_.span(begin, end_)};
  const Within brackets(filters_, true);
  const Token open = take();
  if (!take_if(TokenKind::close_paren)) {
    do {
      if (!argument(node)) return nullptr;
    } while (take_if(TokenKind::comma));
    if (!close(open, TokenKind::close_paren)) return nullptr;
  }
  return make(std::move(node), begin);
}

bool FormulaParser::argument(Call& call) {
  Argument argument;
  if (is_word(peek().kind) && peek(1).kind == TokenKind::colon) {
    argument.name = text_of_token(take());
    take();
  }
  if (!whole(argument.value)) return false;
  call.arguments.push_back(std::move(argument));
  return true;
}

}  // namespace duly
