#pragma once

// A formula's canonical text: the brackets it needs and no others, one blank around operators. It reads as the same tree.
// Comments are not part of the tree.

#include <string>

#include "syntax/expr.h"

namespace duly {

std::string to_text(const Expr& formula);

}  // namespace duly
