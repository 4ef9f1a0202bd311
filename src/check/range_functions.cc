// How two ranges, or a point and a range, stand to each other: the relations of DMN 1.5, table 78. A point is a range that begins and ends with it.

#include "check/range_functions.h"

#include <algorithm>
#include <array>

namespace duly {
namespace {

struct Interval {
  Valued start, end;
  bool starts_closed = true, ends_closed = true;
  bool is_point = false;
};

class RangeRelation {
 public:
  RangeRelation(FormulaCheck& check, Terms& terms, const Span& span) : c_(check), t_(terms), span_(span) {}

  Valued of(std::string_view relation, const Interval& a, const Interval& b) {
    if (relation == "before") return before(a, b);
    if (relation == "after") return before(b, a);
    if (relation == "includes") return includes(a, b);
    if (relation == "during") return includes(b, a);
    if (relation == "meets") return both(said(a.ends_closed && b.starts_closed), same(a.end, b.start));
    if (relation == "overlaps") return both(reaches(a, b), reaches(b, a));
    if (relation == "starts") return both(same_start(a, b), not_past_end(a, b));
    if (relation == "finishes") return both(same_end(a, b), not_before_start(a, b));
    return both(same_start(a, b), same_end(a, b));  // coincides
  }

 private:
  Valued said(bool truth) { return {t_.truth(truth, span_), household_var}; }
  Valued both(Valued a, Valued b) { return t_.logical(TermOp::logical_and, a, b, span_); }
  Valued either(Valued a, Valued b) { return t_.logical(TermOp::logical_or, a, b, span_); }
  Valued less(Valued a, Valued b) { return c_.compare(Compare::less, a, b, span_); }
  Valued same(Valued a, Valued b) { return c_.compare(Compare::equal, a, b, span_); }
  /// a < b, or a = b where that is enough.
  Valued up_to(Valued a, Valued b, bool equal_is_enough) { return c_.compare(equal_is_enough ? Compare::less_equal : Compare::less, a, b, span_); }

  Valued before(const Interval& a, const Interval& b) { return up_to(a.end, b.start, !a.ends_closed || !b.starts_closed); }
  Valued reaches(const Interval& a, const Interval& b) { return up_to(b.start, a.end, a.ends_closed && b.starts_closed); }
  Valued not_before_start(const Interval& a, const Interval& b) { return up_to(b.start, a.start, !a.starts_closed || b.starts_closed); }
  Valued not_past_end(const Interval& a, const Interval& b) { return up_to(a.end, b.end, !a.ends_closed || b.ends_closed); }
  Valued includes(const Interval& whole, const Interval& part) { return both(not_before_start(part, whole), not_past_end(part, whole)); }
  Valued same_start(const Interval& a, const Interval& b) { return both(said(a.starts_closed == b.starts_closed), same(a.start, b.start)); }
  Valued same_end(const Interval& a, const Interval& b) { return both(said(a.ends_closed == b.ends_closed), same(a.end, b.end)); }

  FormulaCheck& c_;
  Terms& t_;
  const Span& span_;
};

}  // namespace

bool is_range_relation(std::string_view name) {
  constexpr std::array<std::string_view, 9> names{"before", "after", "includes", "during", "meets", "overlaps", "starts", "finishes", "coincides"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

Valued check_range_relation(FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors, const Call& call, const Expr& e,
                            const Context& context) {
  const auto mistake = [&](Code code, const Span& where, std::string message, std::string help) {
    errors.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
    return Valued{};
  };
  const std::string& relation = call.function;
  if (call.arguments.size() != 2 || !call.arguments[0].name.empty() || !call.arguments[1].name.empty())
    return mistake(Code::wrong_arguments, e.span, "`" + relation + "` compares two ranges, or a point and a range",
                   "such as " + relation + "([1..5], [6..10])");
  std::array<Interval, 2> sides;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Expr& written = *call.arguments[i].value;
    const Operand operand = check.check(written, context);
    if (!operand.ok()) return {};
    if (operand.kind == Operand::Kind::range) {
      if (!operand.items[0].ok() || !operand.items[1].ok())
        return mistake(Code::wrong_type, written.span, "the range has no end on one side", "write both ends");
      sides[i] = {operand.items[0].value, operand.items[1].value, operand.low_closed, operand.high_closed, false};
    } else {
      const Valued point = check.as_value(operand);
      if (!point.ok()) return {};
      sides[i] = {point, point, true, true, true};
    }
  }
  if ((relation == "meets" || relation == "overlaps") && (sides[0].is_point || sides[1].is_point))
    return mistake(Code::wrong_type, e.span, "`" + relation + "` compares two ranges", "use `in` or `includes` for a point");
  return RangeRelation(check, terms, e.span).of(relation, sides[0], sides[1]);
}

}  // namespace duly
