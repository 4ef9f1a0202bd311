#pragma once

// Which engine this is, and which language it reads.
//
// Threads: no shared state.

#include <string_view>

#include "duly/export.h"

namespace duly {

/// The engine as a semantic version, `MAJOR.MINOR.PATCH`.
DULY_API std::string_view engine_version();

/// The language of rule files and household documents this engine reads: the `1` of `duly: 1`.
DULY_API int language_version();

}  // namespace duly
