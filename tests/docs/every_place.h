#pragma once

#include <string>
#include <utility>
#include <vector>

#include "duly/determination.h"

// What the tables of docs/ that show families in every place have in common.

namespace duly {

std::string text_of(const std::string& path);

/// The places in the order of the rules: `TX`, `Texas`.
std::vector<std::pair<std::string, std::string>> places();

/// ` (doubtful)` and its like for the least sure figure that decided; empty where all are official or reported.
std::string confidence_of(const Determination& d);

/// `pending: rent, gap: limit`.
std::string what_is_missing(const Determination& d);

/// Holds `page` to `now`, after writing it anew where DULY_RECORD is set.
void expect_page(const std::string& page, const std::string& now);

}  // namespace duly
