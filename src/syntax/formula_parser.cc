#include "syntax/formula_parser.h"

#include <algorithm>

#include "syntax/formula_powers.h"
#include "syntax/formula_words.h"

namespace duly {
namespace {

/// How strongly the operator binds, 0 for a token that is none.
int infix_power(TokenKind kind) {
  switch (kind) {
    case TokenKind::word_or: return power::logical_or;
    case TokenKind::word_and: return power::logical_and;
    case TokenKind::equal:
    case TokenKind::not_equal:
    case TokenKind::less:
    case TokenKind::less_equal:
    case TokenKind::greater:
    case TokenKind::greater_equal:
    case TokenKind::word_in:
    case TokenKind::word_between: return power::comparison;
    case TokenKind::plus:
    case TokenKind::minus: return power::sum;
    case TokenKind::star:
    case TokenKind::slash: return power::product;
    case TokenKind::power: return power::exponent;
    default: return 0;
  }
}

BinaryOp operator_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::word_or: return BinaryOp::logical_or;
    case TokenKind::word_and: return BinaryOp::logical_and;
    case TokenKind::not_equal: return BinaryOp::not_equal;
    case TokenKind::less: return BinaryOp::less;
    case TokenKind::less_equal: return BinaryOp::less_equal;
    case TokenKind::greater: return BinaryOp::greater;
    case TokenKind::greater_equal: return BinaryOp::greater_equal;
    case TokenKind::plus: return BinaryOp::add;
    case TokenKind::minus: return BinaryOp::subtract;
    case TokenKind::star: return BinaryOp::multiply;
    case TokenKind::slash: return BinaryOp::divide;
    case TokenKind::power: return BinaryOp::power;
    default: return BinaryOp::equal;
  }
}

}  // namespace

ExprPtr FormulaParser::formula() {
  ExprPtr e = expression(power::reaches_right);
  return e && !at(TokenKind::end) ? unexpected() : e;
}

std::vector<ExprPtr> FormulaParser::tests() {
  std::vector<ExprPtr> all;
  do {
    all.push_back(test(power::reaches_right));
    if (!all.back()) return {};
  } while (take_if(TokenKind::comma));
  if (at(TokenKind::end)) return all;
  unexpected();
  return {};
}

// Operators

ExprPtr FormulaParser::expression(int lowest) {
  const std::size_t begin = peek().begin;
  return climb(operand(lowest), begin, lowest);
}

/// Takes operators of at least `lowest` that follow `left`, which started at `begin`.
ExprPtr FormulaParser::climb(ExprPtr left, std::size_t begin, int lowest) {
  int highest = power::exponent;
  Token sign;
  std::size_t right_begin = begin;
  while (left) {
    const int power = infix_power(peek().kind);
    if (power == 0 || power < lowest || at_or_none()) break;
    if (power > highest) return power == power::comparison ? chained(begin, right_begin, sign) : unexpected();
    if (!may_go_on()) return nullptr;
    if (power == power::comparison) {
      sign = peek();
      right_begin = peek(1).begin;
      highest = power::comparison - 1;
      left = comparison(std::move(left), begin);
    } else {
      left = binary(std::move(left), begin, power);
    }
  }
  return left;
}

ExprPtr FormulaParser::binary(ExprPtr left, std::size_t begin, int power) {
  const BinaryOp op = operator_of(take().kind);
  ExprPtr right = expression(power == power::exponent ? power::minus : power + 1);
  return right ? make(Binary{op, std::move(left), std::move(right)}, begin) : nullptr;
}

ExprPtr FormulaParser::comparison(ExprPtr left, std::size_t begin) {
  if (at(TokenKind::word_in)) return in(std::move(left), begin);
  if (at(TokenKind::word_between)) return between(std::move(left), begin);
  return binary(std::move(left), begin, power::comparison);
}

ExprPtr FormulaParser::between(ExprPtr left, std::size_t begin) {
  const Token start = take();
  ExprPtr low = expression(power::sum);
  if (!low) return nullptr;
  if (!take_if(TokenKind::word_and)) return missing_word(start, "and", "x between low and high");
  ExprPtr high = expression(power::sum);
  return high ? make(Between{std::move(left), std::move(low), std::move(high)}, begin) : nullptr;
}

ExprPtr FormulaParser::in(ExprPtr left, std::size_t begin) {
  take();
  In node{std::move(left), {}, false};
  if (at(TokenKind::open_paren)) {
    if (!bracketed_tests(node.tests)) return nullptr;
    node.parenthesised = node.tests.size() > 1;
  } else {
    node.tests.push_back(test(power::sum));
    if (!node.tests.back()) return nullptr;
  }
  return make(std::move(node), begin);
}

/// `(1, < 5)`, `(2..4]`, and `(a + b) * c`, where the brackets only begin a value. Brackets around one test leave no trace.
bool FormulaParser::bracketed_tests(std::vector<ExprPtr>& tests) {
  const std::size_t begin = peek().begin;
  {
    const Within nested(depth_, depth_ + 1);
    const Within brackets(filters_, true);
    if (!may_nest()) return false;
    const Token open = take();
    Opened opened = after_opening(open);
    tests.push_back(std::move(opened.first));
    while (tests.back() && !opened.closed && take_if(TokenKind::comma)) tests.push_back(test(power::reaches_right));
    if (!tests.back() || (!opened.closed && !close(open, TokenKind::close_paren))) return false;
  }
  if (tests.size() == 1) tests[0] = climb(postfixes(std::move(tests[0]), begin, true), begin, power::sum);
  return tests[0] != nullptr;
}

ExprPtr FormulaParser::test(int lowest) { return is_sign_of_comparison(peek().kind) ? unary_test() : expression(lowest); }

ExprPtr FormulaParser::unary_test() {
  const Token sign = take();
  ExprPtr value = expression(power::sum);
  return value ? make(UnaryTest{operator_of(sign.kind), std::move(value)}, sign.begin) : nullptr;
}

// Tokens

std::string_view FormulaParser::word(std::size_t ahead) const {
  const Token& token = peek(ahead);
  return is_word(token.kind) ? text_of_token(token) : std::string_view();
}

const Token& FormulaParser::take() {
  const Token& token = peek();
  if (token.kind != TokenKind::end) ++at_;
  end_ = token.end;
  return token;
}

bool FormulaParser::take_if(TokenKind kind) {
  if (!at(kind)) return false;
  take();
  return true;
}

bool FormulaParser::at_or_none() const { return at(TokenKind::word_or) && word(1) == "none"; }

/// `every`, `some` and `for` are also good names for a field; here they are followed by `x in`.
bool FormulaParser::at_quantifier() const {
  const std::string_view first = word(0);
  return (first == "some" || first == "every" || first == "for") && peek(1).kind == TokenKind::word && peek(2).kind == TokenKind::word_in;
}

/// Whether the `]` here opens a range: a `..` comes before this bracket's part of the formula ends.
bool FormulaParser::starts_open_range() const {
  int depth = 0;
  for (std::size_t i = at_ + 1; i < tokens_.size() && depth >= 0; ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (depth == 0 && kind == TokenKind::range) return true;
    if (depth == 0 && kind == TokenKind::comma) return false;
    if (kind == TokenKind::open_paren || kind == TokenKind::open_bracket) ++depth;
    if (kind == TokenKind::close_paren || kind == TokenKind::close_bracket) --depth;
  }
  return false;
}

/// How many words from here name a built-in of several words whose bracket follows; the longest wins, 0 if there is none.
std::size_t FormulaParser::words_of_built_in() const {
  if (!is_word(peek(1).kind)) return 0;
  std::size_t longest = 0;
  for (std::string_view name : built_ins_of_several_words()) {
    std::size_t count = 0;
    while (!name.empty()) {
      const std::string_view here = word(count);
      if (here.empty() || name.substr(0, here.size()) != here) break;
      name.remove_prefix(here.size());
      if (!name.empty() && name[0] != ' ') break;
      name.remove_prefix(name.empty() ? 0 : 1);
      ++count;
    }
    if (name.empty() && peek(count).kind == TokenKind::open_paren) longest = std::max(longest, count);
  }
  return longest;
}

}  // namespace duly
