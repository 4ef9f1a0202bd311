// SNAP of made-up households against PolicyEngine-US, which decides the same ones in a process of its own: engines/policyengine_snap.py. One thread each.

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <utility>

#include "benchmarks.h"
#include "caseload/tile_decider.h"
#include "duly/ruleset.h"
#include "resolve/rule_files.h"
#include "worker.h"
#include "workload.h"

namespace duly::bench {
namespace {

constexpr std::int64_t households_made = 50'000;
constexpr const char* other_engine = "policyengine";  // the other contenders of its script are reasons why it may say another amount

/// Households of one unit that are decided without trying what is unknown.
struct Decided {
  std::vector<std::string> keys;
  std::vector<std::int64_t> cents;  ///< beside them; none where not eligible
};

void add(const ReadPiece& piece, const DecidedColumns& columns, Decided& out) {
  for (std::size_t row = 0; row < columns.size(); ++row) {
    const std::int32_t household = columns.household[row];
    const bool alone =
        (row == 0 || columns.household[row - 1] != household) && (row + 1 == columns.size() || columns.household[row + 1] != household);
    const bool eligible = columns.outcome[row] == Outcome::eligible;
    if (!alone || columns.members[row] != columns.people[row] || (!eligible && columns.outcome[row] != Outcome::ineligible)) continue;
    const std::string benefit(columns.outputs[0].text[row]);
    out.keys.push_back(piece.keys[static_cast<std::size_t>(household)]);
    out.cents.push_back(eligible ? std::llround(std::strtod(benefit.c_str(), nullptr) * 100) : 0);
  }
}

/// Nothing where the caseload cannot be read.
std::optional<Decided> decide(const PackPicker& picker, const std::string& folder) {
  const auto source = caseload_source(folder, {&picker, {}, most_households_in_tile});
  if (!source) return std::nullopt;
  Decided out;
  TileDecider decider({"benefit"}, 0);
  const auto reader = (*source)->reader();
  for (auto next = (*source)->next(); next && *next; next = (*source)->next()) {
    const ReadPiece piece = reader->read(**next);
    DecidedColumns columns;
    for (const DatedTile& tile : piece.tiles)
      if (!decider.decide(*tile.program, tile.tile, tile.law_date, columns).empty()) return std::nullopt;
    add(piece, sorted_by_household(std::move(columns)), out);
  }
  return out;
}

bool write_keys(const std::string& path, const std::vector<std::string>& keys) {
  std::ofstream file(path);
  file << "household\n";
  for (const std::string& key : keys) file << key << '\n';
  return static_cast<bool>(file.flush());
}

using Answers = std::map<std::string, std::vector<std::int64_t>>;

std::optional<Answers> answers_of(Worker& worker, const Folder& folder, std::size_t households) {
  Answers out;
  for (const auto& [contender, name] : worker.contenders()) {
    if (!worker.write_answers(contender)) return std::nullopt;
    out[contender] = integers_in(folder.path(contender + ".answers"));
    if (out[contender].size() == households) continue;
    fmt::print(stderr, "{}: {} answers for {} households\n", name, out[contender].size(), households);
    return std::nullopt;
  }
  return out;
}

/// Empty where both say the same; else the reason that, undone, lets PolicyEngine say what we do: one alone, or `together`, which is last, all of them.
/// Nothing where none does.
std::optional<std::string> reason_of(const Answers& answers, std::size_t household, std::int64_t ours) {
  if (answers.at(other_engine)[household] == ours) return "";
  for (const auto& [reason, cents] : answers)
    if (cents[household] == ours) return reason;
  return std::nullopt;
}

/// Whether every household has the same amount, or another for a reason that is named; says how many have which.
bool agree(const std::map<std::string, std::string>& contenders, const Answers& answers, const Decided& ours) {
  std::map<std::string, int> counted;
  for (std::size_t h = 0; h < ours.cents.size(); ++h) {
    const auto reason = reason_of(answers, h, ours.cents[h]);
    if (reason) {
      ++counted[*reason];
      continue;
    }
    fmt::print(stderr, "household {}: {} says {} cents, we {}, and no reason is known\n", ours.keys[h], contenders.at(other_engine),
               answers.at(other_engine)[h], ours.cents[h]);
    return false;
  }
  fmt::print(stderr, "{}: {} of {} households have the same benefit\n", contenders.at(other_engine), counted[""], ours.cents.size());
  for (const auto& [reason, households] : counted)
    if (!reason.empty()) fmt::print(stderr, "  {} more with {}\n", households, contenders.at(reason));
  return true;
}

/// As a batch decides them, what is open in columns included.
void decide_all(const Workload& workload) {
  TileDecider decider({"benefit"}, 0);
  for (const DatedTile& tile : workload.tiles) {
    DecidedColumns columns;
    decider.decide(*tile.program, tile.tile, tile.law_date, columns);
  }
}

bool measure(Run& run, Worker& worker, const Workload& ours) {
  bool ended = false;
  const auto each = [&](const std::function<void()>& work) { return nanoseconds_of(work, Clock::processor) / static_cast<double>(ours.subjects); };
  const std::vector<double> times = medians({[&] { return each([&] { evaluate_all(ours, 1); }); }, [&] { return each([&] { decide_all(ours); }); },
                                             [&] {
                                               const auto nanoseconds = ended ? std::nullopt : worker.run(other_engine);
                                               ended = !nanoseconds;
                                               return nanoseconds.value_or(0);
                                             }},
                                            run.rounds);
  if (ended) return false;
  const std::string& name = worker.contenders().at(other_engine);
  run.figures.push_back({"policyengine", 1e3 / times[0], "million households a second", name, times[2] / times[0], run.rounds});
  run.figures.push_back(
      {"policyengine_decided", 1e3 / times[1], "million households a second, decided to the end", name, times[2] / times[1], run.rounds});
  return true;
}

}  // namespace

bool measure_policyengine(Run& run) {
  if (run.only_check || !run.wants("policyengine")) return true;
  const char* python = std::getenv("DULY_BENCH_POLICYENGINE");
  if (python == nullptr) {
    fmt::print(stderr, "SNAP is not compared with PolicyEngine-US: ./dev bench installs it\n");
    return true;
  }
  const Folder folder;
  const auto files = rules_in_folder(source_path("rules"));
  if (!files || !generate(households_made, CaseloadFormat::csv, folder.path("caseload"))) {
    fmt::print(stderr, "the caseload cannot be made\n");
    return false;
  }
  const Programs programs(*files);
  const auto picker = PackPicker::on(programs, "us/snap");
  const auto all = picker ? decide(*picker, folder.path("caseload")) : std::nullopt;
  if (!all || !write_keys(folder.path("decided.csv"), all->keys)) {
    fmt::print(stderr, "the caseload cannot be decided\n");
    return false;
  }
  Worker worker({python, source_path("benchmarks/engines/policyengine_snap.py"), folder.path("")});
  if (!worker.is_ready() || !worker.contenders().contains(other_engine)) return false;
  const auto taken = decide(*picker, folder.path("taken"));
  const auto ours = workload(programs, "us/snap", folder.path("taken"));
  if (!taken || !ours || std::cmp_not_equal(taken->keys.size(), ours->subjects)) {
    fmt::print(stderr, "the households that PolicyEngine takes cannot be decided\n");
    return false;
  }
  fmt::print(stderr, "{} of {} made-up households are decided, PolicyEngine can be told the same of {}\n", all->keys.size(), households_made,
             taken->keys.size());
  const auto answers = answers_of(worker, folder, taken->keys.size());
  return answers && agree(worker.contenders(), *answers, *taken) && measure(run, worker, *ours);
}

}  // namespace duly::bench
