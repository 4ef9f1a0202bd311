#include "duly/determination.h"

namespace duly {

std::string_view to_word(Outcome outcome) {
  switch (outcome) {
    case Outcome::eligible: return "eligible";
    case Outcome::ineligible: return "ineligible";
    case Outcome::conditional: return "conditional";
    case Outcome::pending: return "pending";
    case Outcome::error: return "error";
  }
  return "";
}

}  // namespace duly
