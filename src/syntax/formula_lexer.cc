#include "syntax/formula_lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/number.h"
#include "base/text.h"
#include "syntax/formula_characters.h"
#include "syntax/formula_words.h"

namespace duly {
namespace {

constexpr std::size_t longest_number = 190;  // written out in full, so that a formula that was read can be printed and read again

struct Keyword {
  std::string_view word;
  TokenKind kind;
};
constexpr std::array<Keyword, 12> keywords{{{"and", TokenKind::word_and},
                                            {"or", TokenKind::word_or},
                                            {"not", TokenKind::word_not},
                                            {"if", TokenKind::word_if},
                                            {"then", TokenKind::word_then},
                                            {"else", TokenKind::word_else},
                                            {"in", TokenKind::word_in},
                                            {"between", TokenKind::word_between},
                                            {"return", TokenKind::word_return},
                                            {"satisfies", TokenKind::word_satisfies},
                                            {"true", TokenKind::word_true},
                                            {"false", TokenKind::word_false}}};

TokenKind kind_of_word(std::string_view word) {
  for (const auto& keyword : keywords)
    if (keyword.word == word) return keyword.kind;
  return TokenKind::word;
}

struct Foreign {
  std::string_view found;
  std::string_view help;
};
constexpr std::array<Foreign, 36> foreign_signs{{{"==", "write `=`"},
                                                 {"&&", "write `and`"},
                                                 {"||", "write `or`"},
                                                 {"=<", "write `<=`"},
                                                 {"=>", "write `>=`"},
                                                 {"<>", "write `!=`"},
                                                 {"!", "write `not`"},
                                                 {"&", "write `and`"},
                                                 {"|", "write `or`"},
                                                 {"^", "write `**` for a power"},
                                                 {"'", "a text stands in double quotes: `\"...\"`"},
                                                 {"`", "a text stands in double quotes: `\"...\"`"},
                                                 {"%", "write a rate as a decimal, 20 percent is `0.2`; a remainder is `modulo(a, b)`"},
                                                 {"$", "write an amount without a currency sign"},
                                                 {"{", "lists stand in `[ ]`; there are no records inside a formula"},
                                                 {"}", "lists stand in `[ ]`; there are no records inside a formula"},
                                                 {";", "write `,` between values"},
                                                 {"#", "a comment inside a formula is written `/* ... */`"},
                                                 {"\u2265", "write `>=`"},
                                                 {"\u2264", "write `<=`"},
                                                 {"\u2260", "write `!=`"},
                                                 {"\u2013", "write `-`"},
                                                 {"\u2014", "write `-`"},
                                                 {"\u2212", "write `-`"},
                                                 {"\u2010", "write `-`"},
                                                 {"\u2011", "write `-`"},
                                                 {"\u00D7", "write `*`"},
                                                 {"\u00F7", "write `/`"},
                                                 {"\u2026", "write `..`"},
                                                 {"\u201C", "write the straight quote `\"`"},
                                                 {"\u201D", "write the straight quote `\"`"},
                                                 {"\u201E", "write the straight quote `\"`"},
                                                 {"\u2018", "a text stands in straight double quotes: `\"...\"`"},
                                                 {"\u2019", "a text stands in straight double quotes: `\"...\"`"},
                                                 {"\u20AC", "write an amount without a currency sign"},
                                                 {"\u00A0", "this blank is a no-break space: write an ordinary one"}}};

struct Mark {
  TokenKind kind = TokenKind::end;
  std::size_t length = 1;
};

/// The mark that starts with `c` and goes on with `next`; `end` where there is none.
Mark mark_of(char c, char next) {
  switch (c) {
    case '+': return {TokenKind::plus};
    case '-': return {TokenKind::minus};
    case '*': return next == '*' ? Mark{TokenKind::power, 2} : Mark{TokenKind::star};
    case '/': return {TokenKind::slash};
    case '=': return next == '=' || next == '<' || next == '>' ? Mark{} : Mark{TokenKind::equal};
    case '!': return next == '=' ? Mark{TokenKind::not_equal, 2} : Mark{};
    case '<': return next == '>' ? Mark{} : next == '=' ? Mark{TokenKind::less_equal, 2} : Mark{TokenKind::less};
    case '>': return next == '=' ? Mark{TokenKind::greater_equal, 2} : Mark{TokenKind::greater};
    case ',': return {TokenKind::comma};
    case ':': return {TokenKind::colon};
    case '.': return next == '.' ? Mark{TokenKind::range, 2} : Mark{TokenKind::dot};
    case '(': return {TokenKind::open_paren};
    case ')': return {TokenKind::close_paren};
    case '[': return {TokenKind::open_bracket};
    case ']': return {TokenKind::close_bracket};
    default: return {};
  }
}

class Lexer {
 public:
  Lexer(std::string_view text, bool lines_kept) : text_(text), lines_kept_(lines_kept) { out_.list.reserve(text.size() / 3 + 2); }

  Tokens run() {
    for (;;) {
      skip_blanks_and_comments();
      if (out_.mistake) break;
      if (at_ == text_.size()) {
        push(TokenKind::end, at_);
        break;
      }
      next();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] char byte(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  void push(TokenKind kind, std::size_t end) {
    out_.list.push_back({kind, at_, end});
    at_ = end;
  }

  void fail(std::size_t begin, std::size_t end, std::string message, std::string help) {
    if (!out_.mistake) out_.mistake = FormulaMistake{begin, end, std::move(message), std::move(help)};
  }

  void skip_blanks_and_comments() {
    for (;;) {
      while (is_gap(byte(at_))) ++at_;
      if (byte(at_) != '/') return;
      if (byte(at_ + 1) == '/') {
        if (!lines_kept_) {
          return fail(at_, at_ + 2, "a `//` comment would hide the rest of a formula that goes on over several lines",
                      "write the comment as `/* ... */`, or the formula as a `|` block");
        }
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (byte(at_ + 1) == '*') {
        const std::size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos) return fail(at_, at_ + 2, "the comment that starts here does not end", "end it with `*/`");
        at_ = close + 2;
      } else {
        return;
      }
    }
  }

  void next() {
    const char c = text_[at_];
    if (is_letter(c)) return word();
    if (is_digit(c) || (c == '.' && is_digit(byte(at_ + 1)))) return number();
    if (c == '"') return text(at_, TokenKind::text);
    if (c == '@') return at_text();
    const Mark mark = mark_of(c, byte(at_ + 1));
    if (mark.kind == TokenKind::end) return foreign();
    push(mark.kind, at_ + mark.length);
  }

  [[nodiscard]] std::size_t end_of_word(std::size_t from) const {
    while (is_letter(byte(from)) || is_digit(byte(from))) ++from;
    return from;
  }
  [[nodiscard]] std::size_t end_of_digits(std::size_t from) const {
    while (is_digit(byte(from))) ++from;
    return from;
  }

  void word() {
    const std::size_t end = end_of_word(at_);
    push(kind_of_word(text_.substr(at_, end - at_)), end);
  }

  void text(std::size_t quote, TokenKind kind) {
    std::size_t end = quote + 1;
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    if (byte(end) == '"') return push(kind, end + 1);
    fail(quote, quote + 1, "the text that starts here does not end", "end it with `\"` on the same line");
  }

  void at_text() {
    if (byte(at_ + 1) == '"') return text(at_ + 1, TokenKind::at_text);
    fail(at_, at_ + 1, "after `@` a date, a month or a duration stands in quotes", "such as `@\"YYYY-MM-DD\"` or `@\"P2M\"`");
  }

  void foreign() {
    const std::string_view rest = text_.substr(at_);
    for (const auto& sign : foreign_signs)
      if (rest.substr(0, sign.found.size()) == sign.found)
        return fail(at_, at_ + sign.found.size(), "`" + std::string(sign.found) + "` has no meaning in a formula", std::string(sign.help));
    const std::size_t length = length_of_character(rest);
    const auto first = static_cast<unsigned char>(rest[0]);
    const bool visible = length > 1 || (first > 0x20 && first < 0x7F);
    fail(at_, at_ + length, (visible ? "`" + std::string(rest.substr(0, length)) + "`" : "a control character") + " has no meaning in a formula",
         "names are written with `a` to `z`, digits and `_`; anything else stands in quotes");
  }

  // Numbers, and what starts like one

  void number() {
    if (date()) return;
    std::size_t end = end_of_digits(at_);
    const bool whole = byte(end) != '.' || !is_digit(byte(end + 1));
    if (!whole) end = end_of_digits(end + 1);
    if (whole && grouped(end)) return;
    const std::size_t places = exponent(end);
    if (places > 0) end = end_of_digits(end + 2);
    if (byte(end) == '%') return percent(end);
    if (is_letter(byte(end))) return letter_after_number(end);
    const std::size_t left_out_zero = text_[at_] == '.' ? 1 : 0;
    if (left_out_zero + (end - at_) + places > longest_number) return fail(at_, end, "a number has at most 190 digits", "round it");
    if (!length_of_time(end, whole && places == 0)) push(TokenKind::number, end);
  }

  /// The size of the exponent that follows at `at`, 0 if none does; more than is allowed for one that is too large.
  [[nodiscard]] std::size_t exponent(std::size_t at) const {
    if (byte(at) != 'e' && byte(at) != 'E') return 0;
    const std::size_t sign = byte(at + 1) == '+' || byte(at + 1) == '-' ? 1 : 0;
    const std::size_t begin = at + 1 + sign;
    const std::size_t end = end_of_digits(begin);
    if (end == begin) return 0;
    std::size_t size = 0;
    std::from_chars(text_.data() + begin, text_.data() + std::min(end, begin + 4), size);
    return std::max<std::size_t>(1, size <= 100 && end - begin <= 4 ? size : longest_number + 1);
  }

  /// A bare date, or a mistake that looks like one: both would otherwise be computed as a subtraction or a division.
  bool date() {
    const std::size_t first = end_of_digits(at_);
    const char separator = byte(first);
    if ((separator != '-' && separator != '/') || first - at_ > 4) return false;
    const std::size_t second = end_of_digits(first + 1);
    const std::size_t third = byte(second) == separator ? end_of_digits(second + 1) : second;
    const std::array<std::size_t, 3> sizes{first - at_, second - first - 1, third == second ? 0 : third - second - 1};
    if (sizes[1] < 1 || sizes[1] > 2) return false;
    if (separator == '-' && sizes == std::array<std::size_t, 3>{4, 2, 2} && !is_letter(byte(third))) return push(TokenKind::date, third), true;
    const bool like_a_date = (sizes[0] == 4 && sizes[2] >= 1) || (separator == '/' && sizes[0] <= 2 && sizes[2] == 4);
    if (like_a_date) {
      const std::size_t end = end_of_word(third);
      return fail(at_, end, "`" + shown(text_.substr(at_, end - at_)) + "` is not a date",
                  "a date is written `YYYY-MM-DD`, without a time; to compute put blanks around `" + std::string(1, separator) + "`"),
             true;
    }
    return separator == '-' && third == second && month_or_subtraction(second);
  }

  bool month_or_subtraction(std::size_t end) {
    const std::string_view written = text_.substr(at_, end - at_);
    if (written.size() != 7 || written.substr(5) == "00" || written.substr(5) > "12") return false;
    const std::string year(written.substr(0, 4));
    const std::string month(written.substr(5));
    return fail(at_, end, "`" + std::string(written) + "` may be a month or a subtraction",
                "write `@\"" + std::string(written) + "\"` for the month, `" + year + " - " + month + "` to subtract"),
           true;
  }

  /// `1,000`: in an argument list it would be two numbers.
  bool grouped(std::size_t end) {
    if (end - at_ > 3) return false;
    std::string joined(text_.substr(at_, end - at_));
    while (byte(end) == ',' && end_of_digits(end + 1) == end + 4) {
      joined += text_.substr(end + 1, 3);
      end += 4;
    }
    if (joined.size() <= 3) return false;
    if (byte(end) == '.' && is_digit(byte(end + 1))) {
      const std::size_t stop = end_of_digits(end + 1);
      joined += text_.substr(end, stop - end);
      end = stop;
    }
    return fail(at_, end, "a number has no comma inside", "write `" + shown(joined) + "`; between several numbers put a blank after each comma"),
           true;
  }

  void percent(std::size_t end) {
    const auto value = number_from_text(text_.substr(at_, end - at_));
    fail(at_, end + 1, "a rate is not written with `%`", value ? "write `" + shown(to_text(Number(*value / 100))) + "`" : "write it as a decimal");
  }

  void letter_after_number(std::size_t end) {
    const std::size_t stop = end_of_word(end);
    const std::string digits = shown(text_.substr(at_, end - at_));
    const std::string letters = shown(text_.substr(end, stop - end));
    const bool unit = !unit_of_time(text_.substr(end, stop - end)).empty();
    fail(at_, stop, "`" + shown(text_.substr(at_, stop - at_)) + "` is neither a number nor a name",
         unit ? "write `" + digits + " " + letters + "`" : "put an operator between, such as `" + digits + " * " + letters + "`");
  }

  /// `36 months` is one token.
  bool length_of_time(std::size_t end_of_number, bool whole) {
    std::size_t begin = end_of_number;
    while (is_gap(byte(begin))) ++begin;
    if (!is_letter(byte(begin))) return false;
    const std::size_t end = end_of_word(begin);
    const std::string_view unit = unit_of_time(text_.substr(begin, end - begin));
    if (unit.empty()) return false;
    if (whole && end_of_number - at_ <= 9) return push(TokenKind::duration, end), true;
    const std::string singular(unit.substr(0, unit.size() - 1));
    return fail(at_, end, "a length of time is a whole number of " + std::string(unit) + " with at most nine digits",
                whole ? "write a smaller number" : "multiply, as in `" + shown(text_.substr(at_, end_of_number - at_)) + " * 1 " + singular + "`"),
           true;
  }

  std::string_view text_;
  bool lines_kept_;
  std::size_t at_ = 0;
  Tokens out_;
};

}  // namespace

bool is_word(TokenKind kind) { return kind >= TokenKind::word && kind <= TokenKind::word_false; }

bool is_sign_of_comparison(TokenKind kind) { return kind >= TokenKind::equal && kind <= TokenKind::greater_equal; }

Tokens tokens_of(std::string_view text, bool lines_kept) { return Lexer(text, lines_kept).run(); }

}  // namespace duly
