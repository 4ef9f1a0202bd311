#include "check/written_number.h"

namespace duly {

std::optional<Number> written_number(const Terms& terms, TermId id) {
  const Term& term = terms.at(id);
  if (term.op == TermOp::constant && term.index == known_constant) return term.number;
  const bool is_written = term.op == TermOp::negate || term.op == TermOp::add || term.op == TermOp::subtract || term.op == TermOp::multiply;
  if (!is_written) return std::nullopt;
  const auto a = written_number(terms, term.args[0]);
  if (!a) return std::nullopt;
  if (term.op == TermOp::negate) return Number(-*a);
  const auto b = written_number(terms, term.args[1]);
  if (!b) return std::nullopt;
  if (term.op == TermOp::add) return Number(*a + *b);
  return term.op == TermOp::subtract ? Number(*a - *b) : Number(*a * *b);
}

}  // namespace duly
