#pragma once

// A formula as its author wrote it: the tree of a FEEL expression. No types, no meanings: those arrive in `check`.
// Spans point into the rule file, through quotes, escapes and block scalars.

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/number.h"
#include "base/source.h"
#include "base/text.h"

// clang-format off: one line each, so that a whole list can be read at a glance
namespace duly {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

enum class BinaryOp : std::uint8_t { add, subtract, multiply, divide, power, equal, not_equal, less, less_equal, greater, greater_equal, logical_and, logical_or };

struct NumberLiteral { Number value; };
struct TextLiteral { std::string value; };                ///< "...": a text, or a code word where one is wanted
struct BooleanLiteral { bool value; };
struct AtLiteral { std::string value; };                  ///< @"..." and a bare date YYYY-MM-DD: date, month or duration, read in `check`
struct DurationLiteral { std::int64_t amount; std::string unit; };  ///< 36 months, 5 years, 10 days, 2 weeks: unit in the plural
struct Name { std::string text; };                        ///< also `none`, `never`, `unlimited`, `self`, `item`, `any`: told apart in `check`
struct Negate { ExprPtr operand; };
struct Not { ExprPtr operand; };                          ///< `not x` and `not(x)`
struct Binary { BinaryOp op; ExprPtr left, right; };
struct OrNone { ExprPtr operand; };                       ///< `every x in xs satisfies ... or none`
struct If { ExprPtr condition, then, otherwise; };
struct Between { ExprPtr value, low, high; };
struct Range { ExprPtr low, high; bool low_closed, high_closed; };   ///< [a..b), an end missing where it is open: (<= 5) is a UnaryTest
struct UnaryTest { BinaryOp op; ExprPtr operand; };       ///< `< 5`, `>= 10`, `!= x`, only right of `in` and in table cells
struct In { ExprPtr value; std::vector<ExprPtr> tests; bool parenthesised; };  ///< tests: ranges, unary tests, lists, values
struct List { std::vector<ExprPtr> items; };
struct Quantified { bool every; std::vector<std::pair<std::string, ExprPtr>> variables; ExprPtr condition; };
struct For { std::vector<std::pair<std::string, ExprPtr>> variables; ExprPtr result; };
struct Path { ExprPtr object; std::string member; Span member_span; };
struct Filter { ExprPtr list; ExprPtr condition; };
struct Argument { std::string name; ExprPtr value; };     ///< name empty where positional
struct Call { std::string function; std::vector<Argument> arguments; Span function_span; };  ///< built-in or parameter; multi-word names with single blanks
struct AsOf { ExprPtr value, date; };
struct IfNone { ExprPtr value, otherwise; };              ///< `min(xs) if none never`
struct MeetsAll { std::vector<Name> except; std::vector<Span> spans; };  ///< `meets all`, `meets all but a`, `meets all but [a, b]`: manifests only

struct Expr {
  std::variant<NumberLiteral, TextLiteral, BooleanLiteral, AtLiteral, DurationLiteral, Name, Negate, Not, Binary, OrNone, If, Between, Range, UnaryTest,
               In, List, Quantified, For, Path, Filter, Call, AsOf, IfNone, MeetsAll>
      node;
  Span span;  ///< where it stands in the rule file
};

/// Calls `f` on each direct part of `e`. A new kind of node does not compile until it is named here.
template <class F>
void for_each_part(const Expr& e, F f) {
  std::visit(overload{
                 [](const NumberLiteral&) {}, [](const TextLiteral&) {}, [](const BooleanLiteral&) {}, [](const AtLiteral&) {},
                 [](const DurationLiteral&) {}, [](const Name&) {}, [](const MeetsAll&) {},
                 [&](const Negate& n) { f(*n.operand); },
                 [&](const Not& n) { f(*n.operand); },
                 [&](const Binary& b) { f(*b.left); f(*b.right); },
                 [&](const OrNone& n) { f(*n.operand); },
                 [&](const If& i) { f(*i.condition); f(*i.then); f(*i.otherwise); },
                 [&](const Between& b) { f(*b.value); f(*b.low); f(*b.high); },
                 [&](const Range& r) { if (r.low) f(*r.low); if (r.high) f(*r.high); },
                 [&](const UnaryTest& u) { f(*u.operand); },
                 [&](const In& i) { f(*i.value); for (const auto& t : i.tests) f(*t); },
                 [&](const List& l) { for (const auto& i : l.items) f(*i); },
                 [&](const Quantified& q) { for (const auto& v : q.variables) f(*v.second); f(*q.condition); },
                 [&](const For& q) { for (const auto& v : q.variables) f(*v.second); f(*q.result); },
                 [&](const Path& p) { f(*p.object); },
                 [&](const Filter& x) { f(*x.list); f(*x.condition); },
                 [&](const Call& c) { for (const auto& a : c.arguments) f(*a.value); },
                 [&](const AsOf& a) { f(*a.value); f(*a.date); },
                 [&](const IfNone& i) { f(*i.value); f(*i.otherwise); },
             },
             e.node);
}

}  // namespace duly
