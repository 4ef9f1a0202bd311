#pragma once

// The charts of a comparison: whom it touches, by how much, and in which group.
//
// Threads: pure functions.

#include "compare/comparison.h"
#include "render/charts.h"

namespace duly {

/// As the page shows it, from the best to those nothing happens to.
struct ShownChange {
  Change change;
  std::string_view label, color;
};
inline constexpr std::array<ShownChange, 7> shown_changes{{{Change::newly_eligible, "newly eligible", "#11632b"},
                                                           {Change::up, "get more", "#4c9a5f"},
                                                           {Change::down, "get less", "#c26a3a"},
                                                           {Change::lost, "no longer eligible", "#9b1c1c"},
                                                           {Change::other, "another outcome", "#7a5200"},
                                                           {Change::fresh, "decided now only", "#666"},
                                                           {Change::same, "as before", "#bbb"}}};

Chart chart_of_changes(const RulesComparison& comparison);
Chart chart_of_distribution(const RulesComparison& comparison);
/// The groups that it touches most, and only those it touches: nothing where it touches none.
std::optional<Chart> chart_of_groups(const RulesComparison& comparison);

}  // namespace duly
