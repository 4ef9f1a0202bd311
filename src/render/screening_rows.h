#pragma once

// Who stands together in a screening that is shown.
//
// Threads: pure functions.

#include "duly/screening.h"

namespace duly {

/// A program's decision of one unit or person, or of several people of whom it says the same.
struct ScreeningRow {
  const Screened* told;  ///< the first of them
  std::string who;       ///< `ana`; `leo and mia, each`
};

/// In the order of the screening. People stand together where they follow each other and everything that is shown of them is alike, in `language`.
std::vector<ScreeningRow> screening_rows(const Screening& screening, const std::string& language);

}  // namespace duly
