#include "caseload/tile_decider.h"

#include <algorithm>

#include "base/at.h"
#include "determine/determine.h"

namespace duly {
std::vector<Diagnostic> TileDecider::decide(const LoadedProgram& program, const Tile& tile, Date law_date, DecidedColumns& out) {
  if (tile.table.households == 0) return {};
  std::vector<RuleId> stated;
  for (const StatedColumn& column : tile.table.stated) stated.push_back(column.rule);
  const auto bulk = program.ready_plan(law_date, stated, PlanUse::bulk);
  if (!bulk) return bulk.errors();
  const auto explained = program.ready_plan(law_date, std::move(stated));
  if (!explained) return explained.errors();
  evaluate(*(*bulk)->plan, tile.table, 0, tile.table.households, Keep::asked, values_);
  const Evaluated evaluated((*bulk)->index, values_);
  const BulkReader reader((*bulk)->index, outputs_);
  left_.clear();
  for (std::int32_t h = 0; h < static_cast<std::int32_t>(tile.table.households); ++h) {
    const std::size_t before = out.size();
    if (!reader.add(evaluated, h, tile.people[at(h)], out)) left_.push_back(h);
    std::fill(out.household.begin() + static_cast<std::ptrdiff_t>(before), out.household.end(), tile.household[at(h)]);
  }
  for (std::size_t first = 0; first < left_.size(); first += most_at_once)
    decide_left(tile, **explained, std::span(left_).subspan(first, std::min(most_at_once, left_.size() - first)), out);
  return {};
}

void TileDecider::decide_left(const Tile& tile, const ReadyPlan& ready, std::span<const std::int32_t> households, DecidedColumns& out) {
  const CheckedProgram& program = *ready.plan->program;
  copied_.clear();
  for (const std::int32_t household : households) copied_.push_back({household, 1});
  copy_households(*program.declarations, tile.table, copied_, ready.index.facts_read(), left_table_);
  evaluate(*ready.plan, left_table_, 0, left_table_.households, Keep::everything, values_of_left_);
  details_.resize(std::max(details_.size(), households.size()));
  std::vector<DetermineInput> inputs;
  for (std::size_t i = 0; i < households.size(); ++i) {
    details_[i].people = tile.people[at(households[i])];
    details_[i].record_labels.resize(program.declarations->records.size());  // rows go by their place in their list
    inputs.push_back({ready.index, values_of_left_, static_cast<std::int64_t>(i), &details_[i], trials_, Told::columns, &outputs_, &memory_});
  }
  const std::vector<std::vector<Determination>> determined = determine(inputs);
  for (std::size_t i = 0; i < households.size(); ++i)
    for (const Determination& d : determined[i]) append(out, static_cast<std::int32_t>(tile.household[at(households[i])]), d, outputs_);
}

}  // namespace duly
