#include "cases/row_condition.h"

#include <algorithm>

namespace duly {
namespace {

/// Less, equal or greater: -1, 0, 1.
int order_of(const std::string& a, const std::string& b) {
  const auto x = number_from_text(a);
  const auto y = number_from_text(b);
  if (x && y) return *x < *y ? -1 : *x > *y ? 1 : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

bool is_comparison(BinaryOp op) { return op >= BinaryOp::equal && op <= BinaryOp::greater_equal; }

bool compares(BinaryOp op, int order) {
  switch (op) {
    case BinaryOp::equal: return order == 0;
    case BinaryOp::not_equal: return order != 0;
    case BinaryOp::less: return order < 0;
    case BinaryOp::less_equal: return order <= 0;
    case BinaryOp::greater: return order > 0;
    default: return order >= 0;
  }
}

bool is_value(const Expr& e) {
  return std::holds_alternative<Name>(e.node) || std::holds_alternative<TextLiteral>(e.node) || std::holds_alternative<NumberLiteral>(e.node) ||
         std::holds_alternative<AtLiteral>(e.node);
}

bool is_test(const Expr& e) {
  if (const auto* list = std::get_if<List>(&e.node))
    return std::all_of(list->items.begin(), list->items.end(), [](const ExprPtr& item) { return is_value(*item); });
  if (const auto* unary = std::get_if<UnaryTest>(&e.node)) return is_value(*unary->operand);
  return is_value(e);
}

/// Whether the engine of conditions carries out `e` itself; its parts are looked at apart.
bool is_condition(const Expr& e) {
  if (const auto* binary = std::get_if<Binary>(&e.node)) {
    if (is_comparison(binary->op)) return is_value(*binary->left) && is_value(*binary->right);
    return binary->op == BinaryOp::logical_and || binary->op == BinaryOp::logical_or;
  }
  if (const auto* in = std::get_if<In>(&e.node))
    return is_value(*in->value) && std::all_of(in->tests.begin(), in->tests.end(), [](const ExprPtr& test) { return is_test(*test); });
  return std::holds_alternative<Not>(e.node);
}

}  // namespace

std::optional<RowCondition> RowCondition::read(const Node& scalar, const Csv& table, std::vector<Diagnostic>& errors) {
  const std::size_t errors_before = errors.size();
  ExprPtr e = parse_formula(scalar, errors);
  if (e == nullptr) return std::nullopt;
  RowCondition condition(e);
  condition.check(*e, table, errors);
  if (errors.size() > errors_before) return std::nullopt;
  return condition;
}

void RowCondition::check(const Expr& e, const Csv& table, std::vector<Diagnostic>& errors) {
  if (!is_condition(e)) {
    errors.push_back(diagnostic_at(Code::bad_map, e.span, "this is no condition on columns",
                                   "compare a column with a text or a number, such as `basis = \"fitted\"`, and join comparisons by and, or, not"));
    return;
  }
  for_each_part(e, [&](const Expr& part) {
    if (const auto* name = std::get_if<Name>(&part.node)) {
      const int column = table.column(name->text);
      if (column >= 0) {
        columns_[name->text] = column;
      } else {
        const std::string near = nearest(name->text, table.header);
        errors.push_back(diagnostic_at(Code::bad_map, part.span, "`" + name->text + "` is no column of the table",
                                       near.empty() ? "a text is written in double quotes" : "did you mean `" + near + "`?"));
      }
    } else if (!is_test(part)) {
      check(part, table, errors);
    } else {
      for_each_part(part, [&](const Expr& item) {
        const auto* inner = std::get_if<Name>(&item.node);
        if (inner != nullptr)
          errors.push_back(diagnostic_at(Code::bad_map, item.span, "a list holds texts and numbers, and `" + inner->text + "` is neither",
                                         "write it in double quotes"));
      });
    }
  });
}

bool RowCondition::holds(const CsvRow& row) const { return holds(*condition_, row); }

bool RowCondition::holds(const Expr& e, const CsvRow& row) const {
  if (const auto* no = std::get_if<Not>(&e.node)) return !holds(*no->operand, row);
  if (const auto* in = std::get_if<In>(&e.node)) {
    const std::string value = text(*in->value, row);
    return std::any_of(in->tests.begin(), in->tests.end(), [&](const ExprPtr& test) { return is_met(*test, value, row); });
  }
  const auto& binary = std::get<Binary>(e.node);
  if (binary.op == BinaryOp::logical_and) return holds(*binary.left, row) && holds(*binary.right, row);
  if (binary.op == BinaryOp::logical_or) return holds(*binary.left, row) || holds(*binary.right, row);
  return compares(binary.op, order_of(text(*binary.left, row), text(*binary.right, row)));
}

bool RowCondition::is_met(const Expr& test, const std::string& value, const CsvRow& row) const {
  if (const auto* list = std::get_if<List>(&test.node))
    return std::any_of(list->items.begin(), list->items.end(), [&](const ExprPtr& item) { return order_of(value, text(*item, row)) == 0; });
  if (const auto* unary = std::get_if<UnaryTest>(&test.node)) return compares(unary->op, order_of(value, text(*unary->operand, row)));
  return order_of(value, text(test, row)) == 0;
}

std::string RowCondition::text(const Expr& e, const CsvRow& row) const {
  if (const auto* name = std::get_if<Name>(&e.node)) return row.cells[static_cast<std::size_t>(columns_.at(name->text))];
  if (const auto* number = std::get_if<NumberLiteral>(&e.node)) return to_text(number->value);
  if (const auto* at = std::get_if<AtLiteral>(&e.node)) return at->value;
  return std::get<TextLiteral>(e.node).value;
}

}  // namespace duly
