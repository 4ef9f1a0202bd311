#include "caseload/tile_decider.h"

#include <algorithm>

#include "determine/determine.h"

namespace duly {
namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

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
  copy_households(*program.declarations, tile.table, households, ready.index.facts_read(), left_table_);
  evaluate(*ready.plan, left_table_, 0, left_table_.households, Keep::everything, values_of_left_);
  Household details;
  details.record_labels.resize(program.declarations->records.size());  // rows go by their place in their list
  for (std::size_t i = 0; i < households.size(); ++i) {
    const std::size_t household = at(households[i]);
    details.people = tile.people[household];
    const auto index = static_cast<std::int64_t>(i);
    for (const Determination& d : determine({ready.index, values_of_left_, index, &details, trials_, Told::columns, &memory_}))
      append(out, static_cast<std::int32_t>(tile.household[household]), d, outputs_);
  }
}

}  // namespace duly
