#pragma once

// Values of one evaluation, read one at a time: what a node is in a row, and how it is shown.
//
// A node is *settled* in a row where it has one value or surely none, and *open* where several remain. The members of a set are asked one by
// one: `item` is the person (counted from the first of the household), the word or the month; `whole_set` asks for the set as a whole.
//
// Threads: belongs to the thread that reads; plan and values must outlive it.

#include <memory>
#include <optional>
#include <utility>

#include "determine/known_ends.h"
#include "duly/determination.h"

namespace duly {

inline constexpr int whole_set = -1;

/// The words that people of a household go by in determinations.
using PeopleNames = std::vector<std::string>;

class Readings {
 public:
  Readings(const PlanIndex& index, const Values& values) : index_(index), plan_(index.plan()), values_(values), d_(*plan_.program->declarations) {}

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const Values& values() const { return values_; }
  [[nodiscard]] const Declarations& declarations() const { return d_; }
  [[nodiscard]] const PlanNode& node(NodeId id) const { return plan_.nodes[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Term& term(TermId id) const { return plan_.program->terms[static_cast<std::size_t>(id)]; }
  [[nodiscard]] NodeId node_of(TermId id) const { return id == no_term ? no_node : plan_.node_of_term[static_cast<std::size_t>(id)]; }

  [[nodiscard]] TruthValue truth(NodeId id, std::int32_t row) const;
  [[nodiscard]] bool surely(NodeId id, std::int32_t row) const;
  [[nodiscard]] bool surely_not(NodeId id, std::int32_t row) const;
  [[nodiscard]] bool may_be_true(NodeId id, std::int32_t row) const { return truth(id, row).may_be_true; }
  [[nodiscard]] NumberValue number(NodeId id, std::int32_t row) const;
  /// The number in steps of one over the node's denominator; nothing on the exact lane, or where it is not one number.
  [[nodiscard]] std::optional<std::int64_t> known_integer(NodeId id, std::int32_t row) const;
  /// The least and the most of a whole number that surely has a value; nothing where it is not held as one.
  [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> whole_range(NodeId id, std::int32_t row) const;
  [[nodiscard]] std::uint64_t possible_words(NodeId id, std::int32_t row) const;
  [[nodiscard]] bool surely_in(NodeId id, std::int32_t row, int item) const;
  [[nodiscard]] bool possibly_in(NodeId id, std::int32_t row, int item) const;
  [[nodiscard]] bool surely_undefined(NodeId id, std::int32_t row) const;
  [[nodiscard]] bool is_open(NodeId id, std::int32_t row, int item = whole_set) const;

  /// The value of a node as a value of `type`, ready to be shown: of an open number the ends that are known. Sets of people need their `people`.
  [[nodiscard]] Value value(NodeId id, std::int32_t row, const Type& type, const PeopleNames& people) const;

 private:
  [[nodiscard]] bool is_bare_constant(NodeId id) const { return values_.column(id).a == nullptr; }
  [[nodiscard]] KnownEnds::Which known_ends(NodeId id, std::int32_t row) const;
  [[nodiscard]] Value number_value(NodeId id, std::int32_t row, const Type& type) const;
  [[nodiscard]] Value long_code_value(NodeId id, std::int32_t row, const CodeList& list) const;
  [[nodiscard]] Value code_value(NodeId id, std::int32_t row, const CodeList& list) const;
  [[nodiscard]] Value set_value(NodeId id, std::int32_t row, Value::Kind kind, std::size_t size, const std::vector<std::string>& names) const;
  [[nodiscard]] std::vector<std::string> months_of_window(NodeId id, std::int32_t row) const;

  const PlanIndex& index_;
  const Plan& plan_;
  const Values& values_;
  const Declarations& d_;
  mutable std::unique_ptr<const KnownEnds> known_ends_;  ///< there once a number is open
};

/// `USD per month`, `hours per week`, empty for a bare number.
std::string unit_text(const Type& type);
/// An exact number as a value of `type`: an amount, a date, a month, a count.
Value shown_number(const Number& number, const Type& type);
/// The same of `value / denominator`; nothing where that takes unbounded numbers.
std::optional<Value> shown_integer(std::int64_t value, std::int64_t denominator, const Type& type);
/// How an exact number is written in a value of `type`: `1697.5`, a day, a month.
std::string number_text(const Number& number, const Type& type);
/// The same of `value / denominator`; nothing where that takes unbounded numbers.
std::optional<std::string> integer_text(std::int64_t value, std::int64_t denominator, const Type& type);

}  // namespace duly
