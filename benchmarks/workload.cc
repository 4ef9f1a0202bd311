#include "workload.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "engine/pack_picker.h"

namespace duly::bench {

std::optional<Workload> workload(const Programs& programs, const std::string& program, const std::string& folder) {
  const auto picker = PackPicker::on(programs, program);
  if (!picker) return std::nullopt;
  Workload out;
  out.tiles = tiles_of(*picker, folder);
  for (const DatedTile& tile : out.tiles) {
    const auto ready = tile.program->ready_plan(tile.law_date, {}, PlanUse::bulk);
    if (!ready) return std::nullopt;
    const Plan& plan = *(*ready)->plan;
    out.plans.push_back(&plan);
    const bool of_people = plan.program->decided == person_level;
    out.subjects += of_people ? tile.tile.table.levels[person_level].count : tile.tile.table.households;
    const auto computed = std::count_if(plan.nodes.begin(), plan.nodes.end(), [](const PlanNode& n) { return n.op != PlanOp::constant; });
    out.operations = std::max(out.operations, static_cast<std::size_t>(computed));
  }
  return out;
}

void evaluate_all(const Workload& workload, std::size_t threads) {
  const auto& tiles = workload.tiles;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    Values values;
    for (std::size_t t = next++; t < tiles.size(); t = next++)
      evaluate(*workload.plans[t], tiles[t].tile.table, 0, tiles[t].tile.table.households, Keep::asked, values);
  };
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < threads; ++t) others.emplace_back(work);
  work();
}

}  // namespace duly::bench
