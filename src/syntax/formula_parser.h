#pragma once

// Tokens to a tree, by operator precedence (Pratt): an operand, then operators as long as they bind strongly enough.
// The first mistake ends the reading; what is said about it stands in `formula_mistakes.cc`.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "syntax/expr.h"
#include "syntax/formula_lexer.h"

namespace duly {

/// Reads one formula or one list of tests. Borrows both arguments.
class FormulaParser {
 public:
  FormulaParser(const FormulaText& text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  /// The whole text as one expression; null after a mistake.
  ExprPtr formula();
  /// The whole text as tests, such as `< 5, [10..20)`; empty after a mistake.
  std::vector<ExprPtr> tests();

  [[nodiscard]] const std::optional<FormulaMistake>& mistake() const { return mistake_; }

 private:
  /// Sets a member while a part is read.
  template <class T>
  class Within {
   public:
    Within(T& member, T value) : member_(member), before_(std::exchange(member, value)) {}
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;
    ~Within() { member_ = before_; }

   private:
    T& member_;
    T before_;
  };
  struct Opened {
    ExprPtr first;  ///< null after a mistake
    bool closed;    ///< `first` is a range, which took the closing bracket
  };

  // Operators
  ExprPtr expression(int lowest);
  ExprPtr climb(ExprPtr left, std::size_t begin, int lowest);
  ExprPtr binary(ExprPtr left, std::size_t begin, int power);
  ExprPtr comparison(ExprPtr left, std::size_t begin);
  ExprPtr between(ExprPtr left, std::size_t begin);
  ExprPtr in(ExprPtr left, std::size_t begin);
  bool bracketed_tests(std::vector<ExprPtr>& tests);
  ExprPtr test(int lowest);
  ExprPtr unary_test();

  // Operands
  ExprPtr operand(int lowest);
  ExprPtr primary(int lowest);
  ExprPtr number();
  ExprPtr duration();
  ExprPtr text_literal();
  ExprPtr at_literal();
  ExprPtr date_literal();
  ExprPtr boolean(bool value);
  ExprPtr negate();
  ExprPtr negation(int lowest);
  bool whole(ExprPtr& part);
  ExprPtr condition();
  ExprPtr word_operand();
  ExprPtr quantified(bool every);
  ExprPtr for_each();
  bool variables(std::vector<std::pair<std::string, ExprPtr>>& out);
  ExprPtr meets_all();

  // Brackets
  Opened after_opening(const Token& open);
  ExprPtr parenthesised();
  ExprPtr list_or_range();
  ExprPtr open_range();
  ExprPtr range(const Token& open, ExprPtr low);
  bool close(const Token& open, TokenKind closing);

  // What follows an operand
  ExprPtr postfixes(ExprPtr left, std::size_t begin, bool words);
  ExprPtr path(ExprPtr left, std::size_t begin);
  ExprPtr filter(ExprPtr left, std::size_t begin);
  ExprPtr as_of(ExprPtr left, std::size_t begin);
  ExprPtr if_none(ExprPtr left, std::size_t begin);
  ExprPtr plain_operand();
  ExprPtr call(std::string function, std::size_t begin);
  bool argument(Call& call);

  // Tokens
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  [[nodiscard]] bool at(TokenKind kind) const { return peek().kind == kind; }
  [[nodiscard]] std::string_view word(std::size_t ahead) const;  ///< empty if no word stands there
  [[nodiscard]] std::string_view text_of_token(const Token& token) const { return text_.text(token.begin, token.end); }
  const Token& take();
  bool take_if(TokenKind kind);
  [[nodiscard]] bool at_or_none() const;
  [[nodiscard]] bool at_quantifier() const;
  [[nodiscard]] bool starts_open_range() const;
  [[nodiscard]] std::size_t words_of_built_in() const;
  template <class N>
  ExprPtr make(N node, std::size_t begin) const {
    return std::make_shared<const Expr>(Expr{std::move(node), text_.span(begin, end_)});
  }

  // Mistakes: each notes what is wrong and gives null
  std::nullptr_t fail(std::size_t begin, std::size_t end, std::string message, std::string help, Code code = Code::formula_syntax);
  std::nullptr_t fail_at(const Token& token, std::string message, std::string help, Code code = Code::formula_syntax);
  std::nullptr_t missing_value();
  std::nullptr_t unexpected();
  std::nullptr_t unexpected_word();
  std::nullptr_t chained(std::size_t begin, std::size_t right_begin, const Token& sign);
  std::nullptr_t unknown_words();
  std::nullptr_t missing_word(const Token& start, std::string_view wanted, std::string_view shape);
  std::nullptr_t asks_unknown(const Token& token);
  bool may_nest();
  bool may_go_on();

  const FormulaText& text_;
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;     ///< of the token taken last
  int depth_ = 0;           ///< operands inside one another
  int operators_ = 0;       ///< links of chains such as `a + b + c`: together with `depth_` they bound the height of the tree
  bool filters_ = true;     ///< `[` after an operand is a filter, not the end of a range
  std::optional<FormulaMistake> mistake_;
};

}  // namespace duly
