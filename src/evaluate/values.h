#pragma once

// What an evaluation leaves behind: the rows of every level, and a column for each node of the plan that is asked for. Where everything is kept, a
// column is computed when somebody first reads it (decision 015); a bulk run computes all in the order of the plan and keeps those it was asked
// for. Nothing else computes values: determinations and explanations read these.
//
// Threads: one `Values` belongs to one thread at a time, also while it is only read; plans and fact tables are shared.

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "compile/plan.h"
#include "facts/fact_table.h"

namespace duly {

/// An exact number in a column: a fraction with a positive denominator, not always in lowest terms, or (denominator 0) an index into the evaluator's table
/// of numbers that leave 128 bits.
struct Exact {
  Int128 numerator;
  Int128 denominator;
};

/// A column in the arena. Which pointers count depends on the node's shape:
///   truth   `a` may be true, `b` may be false (bitmaps)
///   number  `a` low, `b` high; the same pointer where every row of the tile is known. i64 lane int64_t, or int32_t while it is `narrow`; exact lane
///           Exact, or, where `over` is not 0, int64_t over that denominator
///   code    `a` possible words (uint64_t a row)
///   set     `a` sure, `b` possible (`words` uint64_t a row); the same pointer where all known
/// Bits and values past `rows` are unspecified. The value of a row that surely has none is unspecified too: a truth has neither bit, a code no
/// word. A truth may have a value where it may be true or false, so its `defined` is always null.
struct Column {
  void* a = nullptr;
  void* b = nullptr;
  std::uint64_t* undefined = nullptr;  ///< may be undefined; null where no row can be
  std::uint64_t* defined = nullptr;  ///< may have a value; null where every row may
  std::int64_t over = 0;  ///< exact lane: the denominator of all rows; 0 where each has its own
  std::int64_t most = 0;  ///< beside it: no integer of a row that may have a value is larger, either way
  bool narrow = false;  ///< only within an evaluation: nobody reads such a column afterwards
};

/// The rows of one level in the tile. The world has a row for each household, as in the fact table.
struct Rows {
  std::int32_t count = 0;
  const std::int32_t* parent = nullptr;  ///< row in the parent level; -1 for a person in no unit
  const std::int32_t* household = nullptr;  ///< row in the household level
  const std::int32_t* first = nullptr;  ///< cross levels: row of the subject
  const std::int32_t* second = nullptr;  ///< cross levels: row of the item
  const std::int32_t* begin = nullptr;  ///< for each household its first row; one more at the end. Rows of a household are consecutive
};

struct TruthValue {
  bool may_be_true, may_be_false, may_be_undefined;
};
struct NumberValue {
  Number low, high;
  bool may_be_undefined, may_be_defined;
};

class Values {
 public:
  Values();
  ~Values();
  Values(Values&&) noexcept;
  Values& operator=(Values&&) noexcept;

  [[nodiscard]] const Plan& plan() const;
  [[nodiscard]] const FactTable& facts() const;
  [[nodiscard]] const Rows& rows(LevelId level) const;
  [[nodiscard]] const Column& column(NodeId node) const;
  [[nodiscard]] std::int64_t first_household() const;
  [[nodiscard]] int set_words() const;

  // Reading one value, for determination, explanation and tests.
  [[nodiscard]] TruthValue truth(NodeId node, std::int32_t row) const;
  [[nodiscard]] NumberValue number(NodeId node, std::int32_t row) const;
  /// The ends of a number, over one denominator; nothing where it surely is undefined, or is no integer over the denominator of its column.
  struct Ends {
    std::int64_t low, high, over;
    bool may_be_undefined;
  };
  [[nodiscard]] std::optional<Ends> ends(NodeId node, std::int32_t row) const;
  /// A number that is known, as numerator and denominator; nothing where it is open, undefined, or leaves 64 bits.
  [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> known_ratio(NodeId node, std::int32_t row) const;
  [[nodiscard]] std::uint64_t possible_words(NodeId node, std::int32_t row) const;
  [[nodiscard]] bool surely_in(NodeId node, std::int32_t row, int item) const;
  [[nodiscard]] bool possibly_in(NodeId node, std::int32_t row, int item) const;
  [[nodiscard]] bool may_be_undefined(NodeId node, std::int32_t row) const;
  [[nodiscard]] bool may_be_defined(NodeId node, std::int32_t row) const;
  /// One value only and defined: nothing about it is open.
  [[nodiscard]] bool is_settled(NodeId node, std::int32_t row) const;

  struct State;
  std::unique_ptr<State> state;  ///< the evaluator's own
};

enum class Keep : std::uint8_t { everything, asked };

/// Evaluates `plan` over households [first, first + count) of `facts` into `out` (its memory is used again). No allocation after the first
/// tile of a size. `everything`: any node can be read, as long as `plan` and `facts` are there and unchanged. `asked`: only nodes whose `last_use`
/// is the end of the plan keep their columns.
void evaluate(const Plan& plan, const FactTable& facts, std::int64_t first, std::int64_t count, Keep keep, Values& out);

}  // namespace duly
