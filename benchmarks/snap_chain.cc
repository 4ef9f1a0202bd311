// The SNAP chain of `rules/snap_chain` over columns, against the same arithmetic by hand and against the same rules in other engines. One thread.

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "benchmarks.h"
#include "caseload.h"
#include "compile/plan_from_program.h"
#include "evaluate/dispatch.h"
#include "made_caseload.h"
#include "worker.h"

namespace duly::bench {
namespace {

constexpr std::int64_t tile = 2048;
constexpr std::int64_t households_one_by_one = 5'000;  // for an engine that decides one household after the other

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

  /// The facts in files, for engines that run elsewhere.
  [[nodiscard]] bool write_facts(const Folder& folder) const {
    const auto write = [&](const std::string& name, const auto& value_of) {
      std::vector<std::int64_t> values(ours_.size());
      for (std::size_t h = 0; h < values.size(); ++h) values[h] = value_of(h);
      return write_integers(folder.path(name + ".column"), values);
    };
    const SnapColumns& facts = caseload_.columns();
    const std::pair<const char*, const std::int64_t*> amounts[] = {{"unit_size", facts.unit_size},
                                                                   {"earned_income", facts.earned_income},
                                                                   {"unearned_income", facts.unearned_income},
                                                                   {"medical_expenses", facts.medical_expenses},
                                                                   {"dependent_care_costs", facts.dependent_care_costs},
                                                                   {"child_support_paid", facts.child_support_paid},
                                                                   {"rent", facts.rent},
                                                                   {"utility_allowance", facts.utility_allowance}};
    const auto flag = [&](std::size_t h) { return static_cast<std::int64_t>(facts.elderly_or_disabled[h / 64] >> (h % 64) & 1U); };
    return std::all_of(std::begin(amounts), std::end(amounts),
                       [&](const auto& amount) { return write(amount.first, [&](std::size_t h) { return amount.second[h]; }); }) &&
           write("elderly_or_disabled", flag);
  }

  /// Whether another engine answers as the chain by hand does, for each of the households that it took.
  [[nodiscard]] bool agrees_with(const std::string& engine, const std::vector<std::int64_t>& answers, std::int64_t households) const {
    if (std::cmp_not_equal(answers.size(), households)) {
      fmt::print(stderr, "snap_chain, {}: {} answers for {} households\n", engine, answers.size(), households);
      return false;
    }
    for (std::size_t h = 0; h < answers.size(); ++h) {
      if (answers[h] == by_hand_[h]) continue;
      fmt::print(stderr, "snap_chain, household {}: {} says {} cents, by hand {}\n", h, engine, answers[h], by_hand_[h]);
      return false;
    }
    return true;
  }

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

std::int64_t taken_by(const std::string& engine, std::int64_t households) {
  return engine == "zen" ? std::min(households, households_one_by_one) : households;
}

/// Each of the other engines beside the chain at the best level. True where there are none: they are installed by `./dev bench`.
bool measure_others(Run& run, Chain& chain, std::int64_t households) {
  const char* python = std::getenv("DULY_BENCH_ENGINES");
  if (python == nullptr) {
    fmt::print(stderr, "the chain is not compared with other engines: ./dev bench installs them\n");
    return true;
  }
  const Folder folder;
  if (!chain.write_facts(folder)) return false;
  Worker worker({python, source_path("benchmarks/engines/chains.py"), folder.path(""), source_path("benchmarks/rules/snap_chain"),
                 std::to_string(households_one_by_one)});
  if (!worker.is_ready()) return false;
  for (const auto& [engine, name] : worker.contenders())
    if (!worker.write_answers(engine) || !chain.agrees_with(name, integers_in(folder.path(engine + ".answers")), taken_by(engine, households)))
      return false;
  if (run.only_check) return true;

  bool ended = false;
  const auto ours = [&] { return nanoseconds_of([&] { chain.run(best_kernel_level()); }, Clock::processor) / static_cast<double>(households); };
  std::vector<std::function<double()>> contenders{ours};
  for (const auto& engine : worker.contenders())
    contenders.emplace_back([&worker, &ended, key = engine.first] {
      const auto nanoseconds = ended ? std::nullopt : worker.run(key);
      ended = !nanoseconds;
      return nanoseconds.value_or(0);
    });
  const std::vector<double> times = medians(contenders, run.rounds);
  if (ended) return false;
  std::size_t next = 1;
  for (const auto& [engine, name] : worker.contenders())
    run.figures.push_back({"snap_chain_vs_" + engine, 1e3 / times[0], "million households a second", name, times[next++] / times[0], run.rounds});
  return true;
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
  return measure_others(run, chain, households);
}

}  // namespace duly::bench
