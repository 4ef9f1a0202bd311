#pragma once

// A formula's text to tokens. What people bring along from other languages (`==`, `20%`, `1,000`, curly quotes) is caught here, by name.

#include <string_view>
#include <vector>

#include "syntax/formula_text.h"

namespace duly {

// clang-format off
enum class TokenKind : std::uint8_t {
  end, number, text, at_text, date, duration,
  word, word_and, word_or, word_not, word_if, word_then, word_else, word_in, word_between, word_return, word_satisfies, word_true, word_false,
  plus, minus, star, slash, power, equal, not_equal, less, less_equal, greater, greater_equal,
  comma, colon, dot, range, open_paren, close_paren, open_bracket, close_bracket
};
// clang-format on

/// Bytes [begin, end) of the formula: a text with its quotes, a duration with its number and unit.
struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A reserved word or any other.
bool is_word(TokenKind kind);
/// `=` to `>=`.
bool is_sign_of_comparison(TokenKind kind);

struct Tokens {
  std::vector<Token> list;  ///< the last is always `end`, unless there is a mistake
  std::optional<FormulaMistake> mistake;
};

/// `lines_kept`: line ends of the file are still in `text`, so that a `//` comment ends where its author ended it.
Tokens tokens_of(std::string_view text, bool lines_kept);

}  // namespace duly
