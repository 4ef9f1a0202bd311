#pragma once

// What the tables of docs/*_in_every_place.md have in common: the places, the sample households, and how a determination is told in a cell.

#include <string>
#include <utility>
#include <vector>

#include "duly/determination.h"

namespace duly {

std::string text_of(const std::string& path);

/// The places in the order of the rules: `TX`, `Texas`.
std::vector<std::pair<std::string, std::string>> places();

/// ` (doubtful)` where a figure it rests on is less than official or reported.
std::string confidence_of(const Determination& determination);

/// `pending: rent, gap: standard_deduction`.
std::string pending_of(const Determination& determination);

}  // namespace duly
