#pragma once

#include <string>

#include "duly/diagnostic.h"

namespace duly {

/// A mistake that stands at no place of a file.
Diagnostic mistake(Code code, std::string message, std::string help = "");

}  // namespace duly
