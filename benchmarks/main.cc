// The figures that are claimed, measured: `duly_bench` prints a table, `--json` one object a figure, `--check` only compares the answers.
// Rounds of the things compared take turns in one run, and the median of each counts: the machines are shared. Method: benchmarks/README.md.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "compile/plan_from_program.h"
#include "determine/determine.h"
#include "duly/render.h"
#include "engine/loaded_program.h"
#include "evaluate/dispatch.h"
#include "snap_chain_by_hand.h"

namespace duly::bench {
namespace {

constexpr int rounds = 11;
constexpr std::int64_t tile = 1024;

struct Figure {
  std::string name;
  double value;
  std::string unit, against;
  double ratio;
};

/// Nanoseconds of one call of each, the median of interleaved rounds.
std::vector<double> medians(const std::vector<std::function<void()>>& contenders, std::int64_t repeats) {
  std::vector<std::vector<double>> times(contenders.size());
  for (int round = 0; round < rounds; ++round)
    for (std::size_t c = 0; c < contenders.size(); ++c) {
      const auto began = std::chrono::steady_clock::now();
      for (std::int64_t i = 0; i < repeats; ++i) contenders[c]();
      times[c].push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began).count() / static_cast<double>(repeats));
    }
  std::vector<double> out;
  for (auto& t : times) {
    std::nth_element(t.begin(), t.begin() + rounds / 2, t.end());
    out.push_back(t[rounds / 2]);
  }
  return out;
}

std::shared_ptr<const LoadedProgram> load(const std::string& folder, const std::string& id) {
  const auto files = rules_in_folder(std::string(DULY_SOURCE_DIR) + "/" + folder);
  const auto program = files ? LoadedProgram::load(**files, id) : Result<std::shared_ptr<const LoadedProgram>>(files.errors());
  if (program) return *program;
  std::fputs(to_text(program.errors()).c_str(), stderr);
  return nullptr;
}

/// Columns of households whose facts are all known, with amounts spread as in a caseload.
class Caseload {
 public:
  Caseload(const Declarations& d, std::int64_t households) : households_(households) {
    table.households = households;
    table.levels.resize(d.levels.size());
    for (const LevelId level : {household_level, person_level}) table.levels[static_cast<std::size_t>(level)].begin.resize(static_cast<std::size_t>(households) + 1);
    auto& rows = table.levels[household_level];
    rows.count = households;
    rows.owner.resize(static_cast<std::size_t>(households));
    for (std::size_t i = 0; i < rows.begin.size(); ++i) rows.begin[i] = static_cast<std::int32_t>(i);
    fill_unknown(d, table);
    for (std::size_t f = 0; f < d.facts.size(); ++f) fill(d.facts[f], table.facts[f]);
  }

  FactTable table;
  SnapColumns columns{};

 private:
  std::int64_t pick(std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random_); }
  std::int64_t now_and_then(std::int64_t one_in, std::int64_t most) { return pick(1, one_in) == 1 ? pick(1, most) : 0; }

  void fill(const Fact& fact, FactColumn& column) {
    if (fact.name == "elderly_or_disabled") {
      for (std::size_t w = 0; w < column.may_be_true.size(); ++w) {
        column.may_be_true[w] = random_() & random_();
        column.may_be_false[w] = ~column.may_be_true[w];
      }
      columns.elderly_or_disabled = column.may_be_true.data();
      return;
    }
    const auto known = [&](const std::int64_t*& where, auto value) {
      column.high.clear();
      column.low.resize(static_cast<std::size_t>(households_));
      for (auto& x : column.low) x = value();
      where = column.low.data();
    };
    if (fact.name == "unit_size") known(columns.unit_size, [&] { return std::min(pick(1, 12), std::min(pick(1, 12), pick(1, 6))); });
    if (fact.name == "earned_income") known(columns.earned_income, [&] { return now_and_then(3, 350'000); });
    if (fact.name == "unearned_income") known(columns.unearned_income, [&] { return now_and_then(2, 200'000); });
    if (fact.name == "medical_expenses") known(columns.medical_expenses, [&] { return now_and_then(10, 60'000); });
    if (fact.name == "dependent_care_costs") known(columns.dependent_care_costs, [&] { return now_and_then(20, 60'000); });
    if (fact.name == "child_support_paid") known(columns.child_support_paid, [&] { return now_and_then(30, 60'000); });
    if (fact.name == "rent") known(columns.rent, [&] { return pick(0, 3) > 0 ? pick(1, 200'000) : 0; });
    if (fact.name == "utility_allowance") known(columns.utility_allowance, [&] { return pick(0, 2) > 0 ? pick(100, 700) * 100 : 0; });
  }

  std::int64_t households_;
  std::mt19937_64 random_{1};
};

/// The chain over columns against the same arithmetic by hand. False if an answer differs.
bool measure_chain(bool only_check, std::vector<Figure>& figures) {
  const auto program = load("benchmarks/rules", "snap_chain");
  if (!program) return false;
  const auto plan = plan_from_program(program->shared_program(), *date_from_text("2026-06-01"), {});
  if (!plan) return false;
  const std::int64_t households = only_check ? 50'000 : 1'000'000;
  Caseload caseload(program->declarations(), households);
  const NodeId benefit = (*plan)->outputs[0].value;
  const std::int64_t denominator = (*plan)->nodes[static_cast<std::size_t>(benefit)].denominator;
  std::vector<std::int64_t> ours(static_cast<std::size_t>(households));
  std::vector<std::int64_t> by_hand(static_cast<std::size_t>(households));
  Values values;
  const auto run = [&] {
    for (std::int64_t first = 0; first < households; first += tile) {
      const std::int64_t count = std::min(tile, households - first);
      evaluate(**plan, caseload.table, first, count, Keep::asked, values);
      std::copy_n(static_cast<const std::int64_t*>(values.column(benefit).a), count, ours.begin() + first);
    }
  };
  const auto hand = [&] { allotments_by_hand(caseload.columns, static_cast<std::size_t>(households), by_hand.data()); };
  hand();
  for (const KernelLevel level : {KernelLevel::v2, KernelLevel::v3, best_kernel_level()}) {
    if (level > best_kernel_level()) continue;
    set_kernel_level(level);
    run();
    for (std::size_t i = 0; i < ours.size(); ++i)
      if (ours[i] * 100 != by_hand[i] * denominator) {
        std::fprintf(stderr, "household %zu differs\n", i);
        return false;
      }
  }
  if (only_check) return true;
  const auto at = [&](KernelLevel level) {
    return [&, level] {
      set_kernel_level(level);
      run();
    };
  };
  const auto times = medians({at(best_kernel_level()), at(KernelLevel::v3), hand}, 1);
  set_kernel_level(best_kernel_level());
  const auto rate = [&](double nanoseconds) { return static_cast<double>(households) * 1e3 / nanoseconds; };
  figures.push_back({"snap_chain_vs_scalar", rate(times[0]), "million households a second", "scalar C++", times[2] / times[0]});
  figures.push_back({"snap_chain_v3_vs_scalar", rate(times[1]), "million households a second", "scalar C++", times[2] / times[1]});
  return true;
}

bool measure_single(bool only_check, std::vector<Figure>& figures) {
  const auto program = load("rules", "us/snap");
  if (!program) return false;
  std::ifstream in(std::string(DULY_SOURCE_DIR) + "/examples/households/family_of_three.yaml");
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::vector<Diagnostic> errors;
  auto decided = decide(program, parse_document(make_source("", text), errors), {}, {});
  if (!decided || decided->determinations.empty() || decided->determinations[0].outcome != Outcome::eligible) return false;
  if (only_check) return true;
  Values values;
  const auto evaluated = [&] { evaluate(*decided->ready->plan, decided->household->table, 0, 1, Keep::everything, values); };
  const auto determined = [&] { determine({decided->ready->index, decided->values, 0, decided->household.get(), 256}); };
  const Explanation explanation = explain(*decided, 0);
  const auto as_text = [&] { static_cast<void>(to_text(explanation)); };
  const auto as_json = [&] { static_cast<void>(to_json(std::vector<Explanation>{explanation})); };
  const auto times = medians({evaluated, determined, as_text, as_json}, 200);
  const char* names[] = {"evaluate_single", "determine_single", "explain_text", "explain_json"};
  for (std::size_t i = 0; i < times.size(); ++i) figures.push_back({names[i], times[i] / 1e3, "microseconds", "", 0});
  const auto loaded = medians({[&] { static_cast<void>(load("rules", "us/snap")); }}, 3);
  figures.push_back({"check_rules", loaded[0] / 1e6, "milliseconds", "", 0});
  return true;
}

void print(const std::vector<Figure>& figures, bool json) {
  for (const auto& f : figures) {
    if (json)
      std::printf("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"%s\", \"against\": \"%s\", \"ratio\": %.2f, \"rounds\": %d}\n", f.name.c_str(), f.value,
                  f.unit.c_str(), f.against.c_str(), f.ratio, rounds);
    else if (f.against.empty())
      std::printf("%-28s %10.2f %s\n", f.name.c_str(), f.value, f.unit.c_str());
    else
      std::printf("%-28s %10.2f %s, %.2f times %s\n", f.name.c_str(), f.value, f.unit.c_str(), f.ratio, f.against.c_str());
  }
}

}  // namespace
}  // namespace duly::bench

int main(int argc, char** argv) {
  const auto has = [&](std::string_view option) { return std::find(argv + 1, argv + argc, option) != argv + argc; };
  std::vector<duly::bench::Figure> figures;
  const bool sound = duly::bench::measure_chain(has("--check"), figures) && duly::bench::measure_single(has("--check"), figures);
  duly::bench::print(figures, has("--json"));
  if (has("--check")) std::puts(sound ? "all answers are equal" : "answers DIFFER");
  return sound ? 0 : 1;
}
