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
  for (std::int32_t h = 0; h < static_cast<std::int32_t>(tile.table.households); ++h) {
    const std::size_t before = out.size();
    if (!reader.add(evaluated, h, tile.people[at(h)], out)) decide_alone(tile, **explained, h, out);
    std::fill(out.household.begin() + static_cast<std::ptrdiff_t>(before), out.household.end(), tile.household[at(h)]);
  }
  return {};
}

void TileDecider::decide_alone(const Tile& tile, const ReadyPlan& ready, std::int32_t household, DecidedColumns& out) {
  Household details;
  details.people = tile.people[at(household)];
  details.record_labels.resize(ready.plan->program->declarations->records.size());  // rows go by their place in their list
  evaluate(*ready.plan, tile.table, household, 1, Keep::everything, values_of_one_);
  for (const Determination& d : determine({ready.index, values_of_one_, household, &details, trials_, &memory_})) append(out, household, d, outputs_);
}

}  // namespace duly
