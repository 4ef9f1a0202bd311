#include "syntax/formula_print.h"

#include <array>
#include <string_view>

#include "syntax/formula.h"
#include "syntax/formula_powers.h"

namespace duly {
namespace {

struct Sign {
  std::string_view text;
  int power;
};

Sign sign_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::add: return {"+", power::sum};
    case BinaryOp::subtract: return {"-", power::sum};
    case BinaryOp::multiply: return {"*", power::product};
    case BinaryOp::divide: return {"/", power::product};
    case BinaryOp::power: return {"**", power::exponent};
    case BinaryOp::equal: return {"=", power::comparison};
    case BinaryOp::not_equal: return {"!=", power::comparison};
    case BinaryOp::less: return {"<", power::comparison};
    case BinaryOp::less_equal: return {"<=", power::comparison};
    case BinaryOp::greater: return {">", power::comparison};
    case BinaryOp::greater_equal: return {">=", power::comparison};
    case BinaryOp::logical_and: return {"and", power::logical_and};
    case BinaryOp::logical_or: return {"or", power::logical_or};
  }
  return {"?", power::atom};
}

/// As it is read, or less where brackets help the reader: `(x if none 0) + 1`.
int power_of(const Expr& e) {
  return std::visit(overload{
                        [](const If&) { return power::reaches_right; },
                        [](const For&) { return power::reaches_right; },
                        [](const Quantified&) { return power::reaches_right; },
                        [](const OrNone&) { return power::reaches_right; },
                        [](const Binary& b) { return sign_of(b.op).power; },
                        [](const Not&) { return power::negation; },
                        [](const Between&) { return power::comparison; },
                        [](const In&) { return power::comparison; },
                        [](const Negate&) { return power::minus; },
                        [](const AsOf&) { return power::comparison; },
                        [](const IfNone&) { return power::comparison; },
                        [](const Path&) { return power::postfix; },
                        [](const Filter&) { return power::postfix; },
                        [](const auto&) { return power::atom; },
                    },
                    e.node);
}

bool is_bare_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  return true;
}

class Printer {
 public:
  /// `e`, in brackets if it binds less strongly than `lowest`.
  void print(const Expr& e, int lowest) {
    const bool filter_at_end = !filters_ && std::holds_alternative<Filter>(e.node);
    if (power_of(e) < lowest || filter_at_end || std::holds_alternative<UnaryTest>(e.node)) return in_brackets('(', ')', [&] { bare(e); });
    bare(e);
  }

  std::string out;

 private:
  void bare(const Expr& e) {
    std::visit([&](const auto& node) { write(node); }, e.node);
  }

  template <class F>
  void in_brackets(char open, char close, F inner) {
    const bool before = filters_;
    filters_ = true;
    out += open;
    inner();
    out += close;
    filters_ = before;
  }

  void list(const std::vector<ExprPtr>& items) {
    separated(items, [&](const ExprPtr& item) { print(*item, power::reaches_right); });
  }

  template <class T, class F>
  void separated(const std::vector<T>& items, F one) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += ", ";
      one(items[i]);
    }
  }

  void test(const Expr& e, int lowest) {
    if (std::holds_alternative<UnaryTest>(e.node)) return bare(e);
    print(e, lowest);
  }

  void text(std::string_view value) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') out += '\\', out += c;
      else if (c == '\n') out += "\\n";
      else if (c == '\t') out += "\\t";
      else if (byte < 0x20 || byte == 0x7F) out += "\\u00", out += digits[byte >> 4U], out += digits[byte & 15U];
      else out += c;
    }
    out += '"';
  }

  void variables(const std::vector<std::pair<std::string, ExprPtr>>& all) {
    separated(all, [&](const auto& variable) {
      out += variable.first + " in ";
      print(*variable.second, power::sum);
    });
  }

  void write(const NumberLiteral& n) { out += duly::to_text(n.value); }
  void write(const TextLiteral& t) { text(t.value); }
  void write(const BooleanLiteral& b) { out += b.value ? "true" : "false"; }
  void write(const AtLiteral& a) {
    if (is_bare_date(a.value)) {
      out += a.value;
    } else {
      out += '@';
      text(a.value);
    }
  }
  void write(const DurationLiteral& d) { out += std::to_string(d.amount) + " " + (d.amount == 1 ? d.unit.substr(0, d.unit.size() - 1) : d.unit); }
  void write(const Name& n) { out += n.text; }
  void write(const Negate& n) {
    out += '-';
    print(*n.operand, power::minus);
  }
  void write(const Not& n) {
    out += "not ";
    print(*n.operand, power::sum);
  }
  void write(const Binary& b) {
    const Sign sign = sign_of(b.op);
    print(*b.left, lowest_left(b, sign.power));
    out += " " + std::string(sign.text) + " ";
    const std::size_t right = out.size();
    print(*b.right, lowest_right(sign.power));
    if (b.op == BinaryOp::logical_or && starts_with_none(right)) out.insert(right, "("), out += ')';
  }
  /// `or none` is two words of their own.
  [[nodiscard]] bool starts_with_none(std::size_t at) const {
    const std::string_view rest = std::string_view(out).substr(at);
    return rest.substr(0, 4) == "none" && (rest.size() == 4 || !is_name(rest.substr(0, 5)));
  }
  /// An `and` beside an `or` gets brackets, and so does what stands before `**`: few readers know which binds first.
  static int lowest_left(const Binary& b, int power) {
    const auto* left = std::get_if<Binary>(&b.left->node);
    if (power == power::logical_or && !(left != nullptr && left->op == BinaryOp::logical_or)) return power::negation;
    if (power == power::comparison) return power::sum;
    return power == power::exponent ? power::words : power;
  }
  static int lowest_right(int power) {
    if (power == power::logical_or) return power::negation;
    if (power == power::comparison) return power::sum;
    return power == power::exponent ? power::minus : power + 1;
  }
  void write(const OrNone& n) {
    // A condition that reaches right would take the `or none` for itself.
    if (const auto* every = std::get_if<Quantified>(&n.operand->node)) quantified(*every, power::logical_or);
    else print(*n.operand, power::atom);
    out += " or none";
  }
  void write(const If& i) {
    out += "if ";
    print(*i.condition, power::reaches_right);
    out += " then ";
    print(*i.then, power::reaches_right);
    out += " else ";
    print(*i.otherwise, power::reaches_right);
  }
  void write(const Between& b) {
    const std::size_t value = out.size();
    print(*b.value, power::sum);
    const std::size_t after_value = out.size();
    out += " between ";
    const std::size_t low = out.size();
    print(*b.low, power::sum);
    if (out[low] == '(' && ends_as_built_in(value, after_value)) {
      out.insert(after_value, ")");
      out.insert(value, "(");
    }
    out += " and ";
    print(*b.high, power::sum);
  }
  /// `months between (` begins a call of the built-in.
  [[nodiscard]] bool ends_as_built_in(std::size_t begin, std::size_t end) const {
    const std::string_view value = std::string_view(out).substr(begin, end - begin);
    const std::string last_word(value.substr(value.find_last_of(" .-([") + 1));
    return is_built_in(last_word + " between");
  }
  void write(const Range& r) {
    const bool before = filters_;
    out += r.low_closed ? '[' : '(';
    filters_ = true;
    if (r.low) print(*r.low, power::sum);
    out += "..";
    filters_ = false;
    if (r.high) print(*r.high, power::sum);
    out += r.high_closed ? ']' : ')';
    filters_ = before;
  }
  void write(const UnaryTest& t) {
    out += std::string(sign_of(t.op).text) + " ";
    print(*t.operand, power::sum);
  }
  void write(const In& i) {
    print(*i.value, power::sum);
    out += " in ";
    if (i.tests.size() == 1 && !i.parenthesised) return test(*i.tests[0], power::sum);
    in_brackets('(', ')', [&] { separated(i.tests, [&](const ExprPtr& t) { test(*t, power::reaches_right); }); });
  }
  void write(const List& l) {
    in_brackets('[', ']', [&] { list(l.items); });
  }
  void write(const Quantified& q) { quantified(q, power::reaches_right); }
  void quantified(const Quantified& q, int lowest) {
    out += q.every ? "every " : "some ";
    variables(q.variables);
    out += " satisfies ";
    print(*q.condition, lowest);
  }
  void write(const For& f) {
    out += "for ";
    variables(f.variables);
    out += " return ";
    print(*f.result, power::reaches_right);
  }
  void write(const Path& p) {
    print(*p.object, power::postfix);
    out += "." + p.member;
  }
  void write(const Filter& f) {
    print(*f.list, power::postfix);
    in_brackets('[', ']', [&] { print(*f.condition, power::reaches_right); });
  }
  void write(const Call& c) {
    out += c.function;
    in_brackets('(', ')', [&] {
      separated(c.arguments, [&](const Argument& a) {
        if (!a.name.empty()) out += a.name + ": ";
        print(*a.value, power::reaches_right);
      });
    });
  }
  void write(const AsOf& a) { in_words(*a.value, " as of ", *a.date); }
  void write(const IfNone& i) { in_words(*i.value, " if none ", *i.otherwise); }
  void in_words(const Expr& left, std::string_view words, const Expr& right) {
    print(left, power::words);
    out += words;
    print(right, power::postfix);
  }
  void write(const MeetsAll& m) {
    out += "meets all";
    if (m.except.empty()) return;
    out += " but ";
    if (m.except.size() == 1) {
      out += m.except[0].text;
      return;
    }
    in_brackets('[', ']', [&] { separated(m.except, [&](const Name& name) { out += name.text; }); });
  }

  bool filters_ = true;  ///< a filter here is read as one; not so at the end of a range
};

}  // namespace

std::string to_text(const Expr& formula) {
  Printer printer;
  printer.print(formula, power::reaches_right);
  return std::move(printer.out);
}

}  // namespace duly
