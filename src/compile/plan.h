#pragma once

// The plan of one program in one stretch of law: a flat list of nodes in evaluation order, no recursion and no name left in it.
//
// Every node has one value for each row of its level. A value is a set of possibilities, so that an unknown fact is a value like any other:
//   truth    may be true, may be false (two bits)
//   number   an interval [low..high] of integers over the node's denominator; known where both ends meet
//   code     one bit for each word that is still possible (lists of at most 64 words; longer lists are numbers, the word's index)
//   set      two bit strings: surely in, possibly in
// and, on nodes that can be undefined (a division by zero, a key that no row serves), two more bits: may be undefined, may have a value.
//
// Threads: immutable once built.

#include <algorithm>
#include <array>
#include <initializer_list>

#include "check/program.h"

// clang-format off: one line each, so that a whole list can be read at a glance
namespace duly {

enum class Shape : std::uint8_t { truth, number, code, set };
enum class Lane : std::uint8_t { i64, exact };  ///< of numbers: 64-bit integers where ranges prove they suffice, else exact rationals

enum class PlanOp : std::uint8_t {
  constant,        // low (number, also as `exact_low`), bits (code), truth in `k` (0/1); a set: nobody
  unknown,         // nothing is known: the whole of low..high, every word of `bits`, both truths, surely nobody and possibly everybody
  undefined,       // there is no value
  fact, fact_absent, list_closed,   // index: FactId / FactId / record index
  stated,          // args {computed}; index: RuleId
  alias,           // args {x}: the same column; another denominator or name
  scale,           // x * k
  add, subtract, multiply, negate, absolute, minimum, maximum,
  divide,          // exact lane; undefined where the divisor is 0
  modulo,          // x - y * floor(x / y), both over one denominator; undefined where y is 0
  round_to,        // i64 or exact in; number of steps = rounding of x * k / k2 by `mode`, times k3: result over this node's denominator
  compare,         // args over one denominator on the i64 lane; any lanes and denominators otherwise
  code_equal, code_in,               // code_in: bits
  has_word,        // args {set of codes, code}
  word_in_set,     // args {set of codes}; index: the word
  logical_and, logical_or, logical_not,
  choose,          // args {condition, then, otherwise}
  lookup, lookup_absent,             // index: table; args: keys
  lift,            // args {x}; via
  sum, count, least, greatest, some, // args {value, included} or {included}: rows of level `index` -> this level; as do set_from_rows, months_from_rows
  add_months, months_between, years_between, year_of, month_number, day_of, weekday_of, first_day, last_day, month_of,
  self_set, everyone, unit_people, set_union, set_intersect, set_except, compose, set_from_rows, in_set, set_size,
  closure, outside, split, make_units, in_unit, unit_settled,
  months_from_rows, months_between_bounds, months_run, has_month,
  running,         // args {included, start, step, low or no_node, high or no_node, order keys...}, all over this node's denominator but the keys
  make_spells, spell_field,
};

using NodeId = int;
inline constexpr NodeId no_node = -1;

/// The arguments of a node. Four stand in the node itself, since most nodes have no more and are read for every household; more take memory of their own.
class Args {
 public:
  Args() = default;
  Args(std::initializer_list<NodeId> ids) { put(ids.begin(), ids.size()); }
  Args(const std::vector<NodeId>& ids) { put(ids.data(), ids.size()); }  // NOLINT(google-explicit-constructor): stands for what it holds

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const NodeId* begin() const { return size_ <= near_.size() ? near_.data() : far_.data(); }
  [[nodiscard]] const NodeId* end() const { return begin() + size_; }
  NodeId operator[](std::size_t i) const { return begin()[i]; }
  void clear() { *this = Args(); }
  bool operator==(const Args& other) const { return std::equal(begin(), end(), other.begin(), other.end()); }

 private:
  void put(const NodeId* ids, std::size_t count) {
    size_ = static_cast<std::uint32_t>(count);
    if (count <= near_.size()) std::copy_n(ids, count, near_.begin());
    else far_.assign(ids, ids + count);
  }

  std::uint32_t size_ = 0;
  std::array<NodeId, 4> near_{};
  std::vector<NodeId> far_;
};

/// What an evaluation reads comes first and fills two lines of the cache; the exact range is for the compiler and for fractions.
struct alignas(64) PlanNode {
  PlanOp op = PlanOp::constant;
  Shape shape = Shape::truth;
  Lane lane = Lane::i64;
  Via via = Via::parent;
  Compare comparison = Compare::equal;
  RoundMode mode = RoundMode::none;
  bool may_be_undefined = false;
  bool is_small : 1 = false;       ///< scale, round_to: operand and factors have at most 31 bits. lookup: every cell in reach holds one value
  bool is_narrow : 1 = false;      ///< over many rows it is computed in lanes of 32 bits, which its values and those of its operands fit into
  LevelId level = household_level;
  int index = -1;
  Args args;
  std::int64_t low = 0, high = 0;  ///< proven range over the denominator (i64 lane); the constant's value in `low`
  std::uint64_t bits = 0;          ///< code constant, code_in
  std::int64_t k = 1, k2 = 1, k3 = 1;
  std::int64_t denominator = 1;    ///< of numbers on the i64 lane: value = integer / denominator
  int words = 1;                   ///< bit words of a set of codes or months; sets of people take the tile's width
  TermId origin = no_term;         ///< the term it carries out
  Number exact_low, exact_high;    ///< proven range as numbers, both lanes
};

/// A parameter in one stretch of law, with every key resolved: dense over the product of its keys.
/// Number keys are cut to [0..extent-1]; past the end the last row holds, plus `each_more` for each unit past `grows_from`. `lookup_table` adds what
/// grows inside the table to its cells, so that only their last ones grow, from their own key on.
struct LookupTable {
  int parameter = -1;
  Shape shape = Shape::number;
  std::vector<std::int64_t> extents;     ///< of each key
  std::vector<std::int64_t> key_offset;  ///< subtracted from a key first (a month key counts from its first month)
  std::int64_t denominator = 1;
  enum Cell : std::uint8_t { value, absent, gap, no_row };
  std::vector<std::uint8_t> state;
  std::vector<std::int64_t> low, high;   ///< equal but for gaps (the parameter's range); codes: bits
  std::vector<std::int64_t> each_more;   ///< empty, or by cell
  std::vector<std::int32_t> grows_from;  ///< beside it
  std::vector<std::int32_t> row;         ///< index into Parameter::rows, -1 where no row
  /// What all places of one key hold together.
  struct Hull {
    std::int64_t low, high;
    bool value, absent, no_row;
    std::uint64_t words;
  };
  std::vector<std::vector<Hull>> over_key;  ///< of each key, by combination of the others; empty for a key of few places, and where values grow
  [[nodiscard]] std::size_t size() const { return state.size(); }
};

/// One requirement, output or outcome line on the decided level.
struct PlanRequirement { RuleId rule; bool fails_person; NodeId passes, exempt; };
struct PlanOutcome { NodeId when; std::string outcome, scope, remedy, cite; };
struct PlanOutput { RuleId rule; NodeId value, absent; };

struct Plan {
  std::shared_ptr<const CheckedProgram> program;
  Date law_date;                     ///< first day of the stretch it was built for
  Date law_until;                    ///< first day of the next stretch
  std::vector<PlanNode> nodes;       ///< every argument stands before its node
  std::vector<LookupTable> tables;
  std::vector<NodeId> node_of_term;  ///< parallel to program->terms; no_node where the law in force does not reach it
  std::vector<int> last_use;         ///< index of the last node that reads this one; nodes.size() where the result is asked for
  std::vector<RuleId> stated;        ///< rules whose value may come stated with a row
  NodeId decided_when = no_node, settled = no_node;
  std::vector<PlanRequirement> requirements;
  std::vector<PlanOutcome> outcomes;
  std::vector<PlanOutput> outputs;
};

}  // namespace duly
