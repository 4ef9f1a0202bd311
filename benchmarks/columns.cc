// Full programs on a made-up caseload whose columns are ready, against the chain by hand in the same run.

#include <fmt/format.h>

#include "benchmarks.h"
#include "caseload.h"
#include "caseload/tile_decider.h"
#include "duly/ruleset.h"
#include "forget.h"
#include "made_caseload.h"
#include "resolve/rule_files.h"
#include "snap_chain_by_hand.h"
#include "workload.h"

namespace duly::bench {
namespace {

constexpr std::int64_t households_of_caseload = 50'000;
constexpr unsigned percent_unknown = 5;
constexpr std::int64_t households_decided = 500;  ///< with trials of what is unknown
constexpr std::int64_t households_by_hand = 1'000'000;

/// The first tiles, decided as a batch does: evaluated, read, and what is open tried. Returns how many households those are.
std::int64_t decide(const std::vector<DatedTile>& tiles, int trials) {
  TileDecider decider({}, trials);
  DecidedColumns decided;
  std::int64_t households = 0;
  for (std::size_t t = 0; t < tiles.size() && households < households_decided; ++t) {
    decider.decide(*tiles[t].program, tiles[t].tile, tiles[t].law_date, decided);
    households += tiles[t].tile.table.households;
  }
  return households;
}

/// `percent` of the rows of each fact forgotten.
void forget_some(std::vector<DatedTile>& tiles, unsigned percent) {
  for (std::size_t t = 0; t < tiles.size(); ++t) forget(tiles[t].program->declarations(), tiles[t].tile.table, percent, t);
}

/// A household with unknown facts decided to the end, and which share of that is trying what the unknown facts might be.
void measure_decided(Run& run, const std::vector<DatedTile>& tiles, const Caseload& by_hand) {
  std::vector<std::int64_t> allotments(static_cast<std::size_t>(households_by_hand));
  std::int64_t households = 0;
  const auto times = medians({[&] { households = decide(tiles, Request{}.trials); }, [&] { decide(tiles, 0); },
                              [&] { allotments_by_hand(by_hand.columns(), allotments.size(), allotments.data()); }},
                             std::min(run.rounds, 5), 1, Clock::processor);
  const double hand = times[2] / static_cast<double>(households_by_hand);
  run.figures.push_back(
      {"snap_unknown_decided_x", times[0] / static_cast<double>(households) / hand,
       fmt::format("times a household of the chain by hand, decided to the end; trials {:.0f} percent of it", 100 * (1 - times[1] / times[0])), "", 0,
       std::min(run.rounds, 5)});
}

}  // namespace

bool measure_columns(Run& run) {
  if (run.only_check || (!run.wants("snap_full") && !run.wants("snap_unknown") && !run.wants("magi_"))) return true;
  const Folder folder;
  const auto files = rules_in_folder(source_path("rules"));
  const auto chain = load_program("benchmarks/rules", "snap_chain");
  if (!files || !chain || !generate(households_of_caseload, CaseloadFormat::csv, folder.path("caseload"))) {
    fmt::print(stderr, "the caseload cannot be made\n");
    return false;
  }
  const Programs programs(*files);
  const auto snap = workload(programs, "us/snap", folder.path("caseload"));
  auto unknown = workload(programs, "us/snap", folder.path("caseload"));
  const auto magi = workload(programs, "us/medicaid", folder.path("caseload"));
  if (!snap || !unknown || !magi) {
    fmt::print(stderr, "the caseload cannot be read\n");
    return false;
  }
  forget_some(unknown->tiles, percent_unknown);
  const Caseload by_hand(chain->declarations(), households_by_hand);
  std::vector<std::int64_t> allotments(static_cast<std::size_t>(households_by_hand));
  const auto times =
      medians({[&] { evaluate_all(*snap, 1); }, [&] { evaluate_all(*snap, 2); }, [&] { evaluate_all(*magi, 1); },
               [&] { allotments_by_hand(by_hand.columns(), allotments.size(), allotments.data()); }, [&] { evaluate_all(*unknown, 1); }},
              run.rounds, 1, Clock::wall);
  const auto each = [](double nanoseconds, std::int64_t subjects) { return nanoseconds / static_cast<double>(subjects); };
  const double hand = each(times[3], households_by_hand);
  const auto add = [&](const std::string& name, double nanoseconds_each, const std::string& of, const std::string& against, double ratio) {
    run.figures.push_back({name, 1e3 / nanoseconds_each, "million " + of + " a second", against, ratio, run.rounds});
  };
  add("snap_full_1t", each(times[0], snap->subjects), "households", "", 0);
  add("snap_full_2t", each(times[1], snap->subjects), "households", "snap_full_1t", times[0] / times[1]);
  add("magi_1t", each(times[2], magi->subjects), "people", "", 0);
  run.figures.push_back({"snap_full_x", each(times[0], snap->subjects) / hand,
                         fmt::format("times a household of the chain by hand, {} operations", snap->operations), "", 0, run.rounds});
  run.figures.push_back({"magi_x", each(times[2], magi->subjects) / hand,
                         fmt::format("times a household of the chain by hand, {} operations", magi->operations), "", 0, run.rounds});
  if (run.wants("snap_unknown"))
    run.figures.push_back({"snap_unknown_x", each(times[4], unknown->subjects) / hand,
                           fmt::format("times a household of the chain by hand, {} percent of every fact unknown", percent_unknown), "", 0,
                           run.rounds});
  if (run.wants("snap_unknown_decided_x")) measure_decided(run, unknown->tiles, by_hand);
  return true;
}

}  // namespace duly::bench
