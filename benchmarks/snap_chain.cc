// The SNAP chain of `rules/snap_chain` over columns, against the same arithmetic by hand. One thread.

#include <algorithm>

#include <fmt/format.h>

#include "benchmarks.h"
#include "caseload.h"
#include "compile/plan_from_program.h"
#include "evaluate/dispatch.h"

namespace duly::bench {
namespace {

constexpr std::int64_t tile = 1024;

class Chain {
 public:
  Chain(std::shared_ptr<const Plan> plan, std::int64_t households)
      : plan_(std::move(plan)), caseload_(*plan_->program->declarations, households), ours_(static_cast<std::size_t>(households)), by_hand_(ours_) {}

  void run(KernelLevel level) {
    set_kernel_level(level);
    const NodeId allotment = plan_->outputs[0].value;
    for (std::int64_t first = 0; first < caseload_.households(); first += tile) {
      const std::int64_t count = std::min(tile, caseload_.households() - first);
      evaluate(*plan_, caseload_.table(), first, count, Keep::asked, values_);
      std::copy_n(static_cast<const std::int64_t*>(values_.column(allotment).a), count, ours_.begin() + first);
    }
  }

  void run_by_hand() { allotments_by_hand(caseload_.columns(), by_hand_.size(), by_hand_.data()); }

  bool agrees(KernelLevel level) {
    std::fill(ours_.begin(), ours_.end(), -1);
    run(level);
    const std::int64_t denominator = plan_->nodes[static_cast<std::size_t>(plan_->outputs[0].value)].denominator;
    for (std::size_t h = 0; h < ours_.size(); ++h) {
      if (ours_[h] * 100 == by_hand_[h] * denominator) continue;
      fmt::print(stderr, "snap_chain, household {}: {}/{} dollars, by hand {} cents\n", h, ours_[h], denominator, by_hand_[h]);
      return false;
    }
    return true;
  }

 private:
  std::shared_ptr<const Plan> plan_;
  Caseload caseload_;
  Values values_;
  std::vector<std::int64_t> ours_, by_hand_;
};

/// Millions of households a second at each level, and how many times the speed of the chain by hand that is.
void measure(Run& run, Chain& chain, const std::vector<std::pair<std::string, KernelLevel>>& levels, std::int64_t households, int repeats) {
  std::vector<std::function<void()>> contenders;
  for (const auto& level : levels) contenders.emplace_back([&chain, level] { chain.run(level.second); });
  contenders.emplace_back([&chain] { chain.run_by_hand(); });
  const std::vector<double> times = medians(contenders, run.rounds, repeats, Clock::processor);
  const auto rate = [&](double nanoseconds) { return static_cast<double>(households) * 1e3 / nanoseconds; };
  for (std::size_t i = 0; i < levels.size(); ++i)
    run.figures.push_back({levels[i].first, rate(times[i]), "million households a second", "scalar C++", times.back() / times[i], run.rounds});
}

}  // namespace

bool measure_snap_chain(Run& run) {
  if (!run.wants("snap_chain")) return true;
  const auto program = load_program("benchmarks/rules", "snap_chain");
  if (!program) return false;
  const auto plan = plan_from_program(program->shared_program(), *date_from_text("2026-06-01"), {});
  if (!plan) return false;
  const std::int64_t households = run.only_check ? 50'001 : 1'000'000;
  Chain chain(*plan, households);
  chain.run_by_hand();
  const KernelLevel best = best_kernel_level();
  for (const KernelLevel level : {KernelLevel::base, KernelLevel::v2, KernelLevel::v3, KernelLevel::v4})
    if (kernels_of(level) != nullptr && !chain.agrees(level)) return false;
  if (!run.only_check) {
    std::vector<std::pair<std::string, KernelLevel>> levels{{"snap_chain_vs_scalar", best}};
    if (best > KernelLevel::v3) levels.emplace_back("snap_chain_v3_vs_scalar", KernelLevel::v3);
    measure(run, chain, levels, households, 1);
  }
  set_kernel_level(best);
  return true;
}

}  // namespace duly::bench
