// Constants, facts, rules, roundings, choices and codes.

#include <algorithm>

#include "compile/compiler.h"
#include "compile/table_reach.h"

namespace duly {
namespace {

BigInt ten_to(int places) { return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(places)); }

}  // namespace

NodeId Compiler::constant(TermId id, const Term& t) {
  if (t.index == undefined_constant || t.index == broken_bound_constant) return nothing(id, t);
  if (t.index == unknown_constant) {
    PlanNode n = base(PlanOp::unknown, t, id, {});
    n.index = -1;
    if (n.shape == Shape::number) whole_range(n, t.type);
    if (n.shape == Shape::code) n.bits = all_words(t.type);
    return b_.add(std::move(n));
  }
  switch (shape_of(t.type)) {
    case Shape::truth: return b_.truth_constant(t.truth, id);
    case Shape::code: {
      PlanNode n = base(PlanOp::constant, t, id, {});
      n.index = -1;
      for (const int word : t.words) n.bits |= std::uint64_t{1} << static_cast<unsigned>(word);
      return b_.add(std::move(n));
    }
    case Shape::number: return b_.number_constant(t.type.base == Base::code ? Number(t.words.at(0)) : t.number, id);
    case Shape::set: {
      PlanNode n = base(PlanOp::constant, t, id, {});
      n.index = -1;
      return b_.add(std::move(n));
    }
  }
  return no_node;
}

NodeId Compiler::nothing(TermId id, const Term& t) {
  PlanNode n = base(PlanOp::undefined, t, id, {});
  n.index = -1;
  n.may_be_undefined = true;
  if (t.index == broken_bound_constant) n.k2 = t.words[0] + 2, n.k3 = t.words[1] + 2;  // each is told by its own name
  return b_.add(std::move(n));
}

NodeId Compiler::fact(TermId id, const Term& t) {
  const Fact& f = fact_at(t.index);
  PlanNode n = base(PlanOp::fact, t, id, {});
  n.may_be_undefined = !f.type.absent.empty();
  if (n.shape == Shape::code) n.bits = all_words(f.type);
  if (n.shape == Shape::number) {
    if (f.type.base == Base::code) {
      whole_range(n, f.type);
    } else {
      n.exact_low = f.low;
      n.exact_high = f.high;
      n.denominator = *to_int64(ten_to(f.places));
    }
  }
  return b_.add(std::move(n));
}

NodeId Compiler::rule(TermId id, const Term& t) {
  const Rule& declared = d_.rules[static_cast<std::size_t>(t.index)];
  const NodeId value = on_level(t.args[0]);
  if (std::find(options_.stated.begin(), options_.stated.end(), t.index) == options_.stated.end()) return value;
  PlanNode n = base(PlanOp::stated, t, id, {value});
  if (n.shape == Shape::number) {
    const PlanNode computed = b_.at(value);
    whole_range(n, t.type);
    if (declared.range) n.exact_low = declared.range->first, n.exact_high = declared.range->second;
    n.exact_low = std::min(n.exact_low, computed.exact_low);
    n.exact_high = std::max(n.exact_high, computed.exact_high);
    const int places = t.type.base != Base::number || t.type.whole ? 0 : t.type.unit == Unit::none ? 6 : 2;
    const BigInt common = boost::multiprecision::lcm(ten_to(places), BigInt(computed.denominator));
    n.denominator = to_int64(common).value_or(1);
    if (computed.lane == Lane::i64)
      if (const NodeId aligned = b_.over(value, n.denominator); aligned != no_node) n.args = {aligned};
    if (computed.lane != Lane::i64) return b_.add_exact(std::move(n));
  }
  return b_.add(std::move(n));
}

NodeId Compiler::rounded(TermId id, const Term& t) {
  const auto out = b_.rounded(node(t.args[0]), t.number, t.mode, id);
  if (out) return *out;
  mistake(Code::not_constant, t.span, "so fine a rounding is only possible of a written number", "round to at most 15 decimals");
  return node(t.args[0]);
}

bool Compiler::is_broken_bound(TermId id) const {
  const Term& t = term_at(id);
  return t.op == TermOp::lift ? is_broken_bound(t.args[0]) : t.op == TermOp::constant && t.index == broken_bound_constant;
}

bool Compiler::is_proven(const Term& compared) {
  if (compared.op != TermOp::compare) return false;
  const NodeId value = node(compared.args[0]);
  const NodeId limit = node(compared.args[1]);
  const PlanNode& a = b_.at(value);
  const PlanNode& b = b_.at(limit);
  if (a.shape != Shape::number || b.shape != Shape::number || b.may_be_undefined) return false;
  if (compared.comparison == Compare::less_equal) return a.exact_high <= b.exact_low;
  return compared.comparison == Compare::greater_equal && a.exact_low >= b.exact_high;
}

NodeId Compiler::choice(TermId id, const Term& t) {
  if (is_broken_bound(t.args[2]) && is_proven(term_at(t.args[0]))) return node(t.args[1]);
  const NodeId condition = node(t.args[0]);
  if (const auto holds = b_.constant_truth(condition)) return node(t.args[*holds ? 1 : 2]);
  return b_.chosen(condition, node(t.args[1]), node(t.args[2]), t.level, id);
}

NodeId Compiler::codes_equal(TermId id, const Term& t) {
  const NodeId a = on_level(t.args[0]);
  const NodeId b = on_level(t.args[1]);
  if (b_.at(a).shape == Shape::number) return b_.compared(Compare::equal, a, b, t.level, id);
  for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}}) {
    if (b_.at(one).op != PlanOp::constant) continue;
    if (b_.at(other).op == PlanOp::constant) return b_.truth_constant(b_.at(one).bits == b_.at(other).bits, id);
    const std::uint64_t reach = words_in_reach(b_, other);
    const bool always_defined = !b_.at(other).may_be_undefined;
    if (always_defined && (reach & b_.at(one).bits) == 0) return b_.truth_constant(false, id);
    if (always_defined && (reach & ~b_.at(one).bits) == 0) return b_.truth_constant(true, id);
    PlanNode n = base(PlanOp::code_in, t, id, {other});
    n.bits = b_.at(one).bits;
    n.index = -1;
    return b_.add(std::move(n));
  }
  return b_.add(base(PlanOp::code_equal, t, id, {a, b}));
}

NodeId Compiler::has_word(TermId id, const Term& t) {
  const NodeId set = on_level(t.args[0]);
  const NodeId word = on_level(t.args[1]);
  const Term& written = term_at(t.args[1]);
  const Term* constant = &written;
  while (constant->op == TermOp::lift) constant = &term_at(constant->args[0]);
  if (constant->op == TermOp::constant && constant->words.size() == 1) {
    PlanNode n = base(PlanOp::word_in_set, t, id, {set});
    n.index = constant->words[0];
    return b_.add(std::move(n));
  }
  return b_.add(base(PlanOp::has_word, t, id, {set, word}));
}

}  // namespace duly
