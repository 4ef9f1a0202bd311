#pragma once

// The tree of a formula as one line that hides nothing, for tests: `1 + 2 * 3` is `(+ 1 (* 2 3))`.

#include <string>

#include "syntax/formula.h"

namespace duly::test {

inline std::string tree(const Expr& e);
inline std::string tree(const ExprPtr& e) { return e ? tree(*e) : "nothing"; }

inline std::string trees(const std::vector<ExprPtr>& all) {
  std::string out;
  for (const auto& e : all) out += " " + tree(e);
  return out;
}

inline std::string variables(const std::vector<std::pair<std::string, ExprPtr>>& all) {
  std::string out;
  for (const auto& [name, list] : all) out += " " + name + ":" + tree(list);
  return out;
}

inline std::string sign(BinaryOp op) {
  constexpr const char* signs[] = {"+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"};
  return signs[static_cast<std::size_t>(op)];
}

inline std::string tree(const Expr& e) {
  return std::visit(
      overload{
          [](const NumberLiteral& n) { return to_text(n.value); },
          [](const TextLiteral& t) { return "\"" + t.value + "\""; },
          [](const BooleanLiteral& b) { return std::string(b.value ? "true" : "false"); },
          [](const AtLiteral& a) { return "@" + a.value; },
          [](const DurationLiteral& d) { return "<" + std::to_string(d.amount) + " " + d.unit + ">"; },
          [](const Name& n) { return n.text; },
          [](const Negate& n) { return "(neg " + tree(n.operand) + ")"; },
          [](const Not& n) { return "(not " + tree(n.operand) + ")"; },
          [](const Binary& b) { return "(" + sign(b.op) + " " + tree(b.left) + " " + tree(b.right) + ")"; },
          [](const OrNone& n) { return "(or_none " + tree(n.operand) + ")"; },
          [](const If& i) { return "(if " + tree(i.condition) + " " + tree(i.then) + " " + tree(i.otherwise) + ")"; },
          [](const Between& b) { return "(between " + tree(b.value) + " " + tree(b.low) + " " + tree(b.high) + ")"; },
          [](const Range& r) {
            return "(range " + std::string(r.low_closed ? "[" : "(") + " " + tree(r.low) + " " + tree(r.high) + " " + (r.high_closed ? "]" : ")") +
                   ")";
          },
          [](const UnaryTest& u) { return "(test " + sign(u.op) + " " + tree(u.operand) + ")"; },
          [](const In& i) { return std::string(i.parenthesised ? "(in_any " : "(in ") + tree(i.value) + trees(i.tests) + ")"; },
          [](const List& l) { return "(list" + trees(l.items) + ")"; },
          [](const Quantified& q) { return std::string(q.every ? "(every" : "(some") + variables(q.variables) + " " + tree(q.condition) + ")"; },
          [](const For& f) { return "(for" + variables(f.variables) + " " + tree(f.result) + ")"; },
          [](const Path& p) { return "(. " + tree(p.object) + " " + p.member + ")"; },
          [](const Filter& f) { return "(filter " + tree(f.list) + " " + tree(f.condition) + ")"; },
          [](const Call& c) {
            std::string out = "(call '" + c.function + "'";
            for (const auto& a : c.arguments) out += " " + (a.name.empty() ? "" : a.name + ":") + tree(a.value);
            return out + ")";
          },
          [](const AsOf& a) { return "(as_of " + tree(a.value) + " " + tree(a.date) + ")"; },
          [](const IfNone& i) { return "(if_none " + tree(i.value) + " " + tree(i.otherwise) + ")"; },
          [](const MeetsAll& m) {
            std::string out = "(meets_all";
            for (const auto& name : m.except) out += " " + name.text;
            return out + ")";
          },
      },
      e.node);
}

/// The tree of a formula, or what was said about it.
inline std::string read(std::string text) {
  std::vector<Diagnostic> errors;
  const ExprPtr e = parse_formula_text(make_source("", std::move(text)), errors);
  if (e && errors.empty()) return tree(e);
  return errors.size() == 1 && !e ? code_text(errors[0].code) + " " + errors[0].message : "a tree and a mistake, or neither, or several";
}

}  // namespace duly::test
