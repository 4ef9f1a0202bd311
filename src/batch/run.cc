#include "batch/run.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "base/mistake.h"
#include "batch/caseload_source.h"
#include "batch/piece_decider.h"
#include "batch/rules_bundle.h"
#include "caseload/in_order.h"
#include "duly/version.h"

namespace duly {
namespace {

std::vector<Diagnostic> as_list(std::optional<Diagnostic> diagnostic) {
  return diagnostic ? std::vector{std::move(*diagnostic)} : std::vector<Diagnostic>{};
}

/// One of the runs made while a caseload is read.
struct Side {
  RunIdentity identity;
  RowWriter writer;
  SideOfRun how;
  std::unique_ptr<ResultsFolder> results;
  Summary summary;

  Side(const RunOptions& options, const LoadedProgram& program, RunIdentity which, std::shared_ptr<const PreviousRun> previous, bool is_compared)
      : identity(std::move(which)),
        writer(options.format, program.declarations().program.outputs, !identity.benefit.empty(), previous != nullptr || is_compared),
        how{{}, program.declarations().program.outputs, !identity.benefit.empty(), options.request.trials, nullptr, std::move(previous)} {}
};

class Run {
 public:
  Run(const RunOptions& options, CaseloadSource& source, std::vector<Side>& sides)
      : options_(options), source_(source), sides_(sides), keys_([this](const KnownKeys::Each& each) { add_earlier_keys(each); }) {
    for (Side& side : sides_) {
      hows_.push_back(side.how);
      hows_.back().writer = &side.writer;
    }
  }

  std::vector<Diagnostic> run() {
    if (auto wrong = begin(); !wrong.empty()) return wrong;
    const int threads = options_.threads > 0 ? options_.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    in_order(
        threads, [this] { return next(); }, [this] { return PieceDecider(source_, hows_); },
        [this](DecidedPiece piece) { return put(std::move(piece)); });
    if (!wrong_.empty()) return wrong_;
    if (!wrong_on_reading_.empty()) {
      if (auto wrong = check_in(place_); !wrong.empty()) return wrong;
      return wrong_on_reading_;
    }
    return {};
  }

 private:
  std::vector<Diagnostic> begin() {
    place_ = source_.positions();
    if (const auto& come_so_far = sides_.front().results->come_so_far()) {
      sides_.front().summary = come_so_far->summary;
      if (auto wrong = source_.resume(come_so_far->inputs); !wrong.empty()) return wrong;
      return remember_keys(come_so_far->inputs);
    }
    for (const Side& side : sides_)
      if (auto wrong = side.results->add(side.writer.header(), RowWriter::error_header())) return {*wrong};
    return {};
  }

  /// The keys of what was decided before the run was cut off.
  std::vector<Diagnostic> remember_keys(const Positions& end) {
    place_ = end;
    return source_.each_key(end, [&](std::string_view key) { keys_.add(key); });
  }

  std::optional<Piece> next() {
    auto piece = source_.next();
    if (piece) return std::move(*piece);
    wrong_on_reading_ = piece.errors();
    return std::nullopt;
  }

  void add_earlier_keys(const KnownKeys::Each& each) {
    source_.each_key(place_, each);  // what could be read once and cannot now makes the run fail where it is read on
    for (std::size_t h = 0; h < household_; ++h) each((*piece_keys_)[h]);
  }

  bool put(DecidedPiece piece) {
    place_ = piece.before;
    piece_keys_ = &piece.keys;
    std::vector<bool> is_new;
    for (household_ = 0; household_ < piece.keys.size(); ++household_) is_new.push_back(keys_.add(piece.keys[household_]));
    place_ = piece.after;
    household_ = 0;
    for (std::size_t s = 0; s < sides_.size() && wrong_.empty(); ++s) wrong_ = put_side(piece.keys, is_new, piece.sides[s], sides_[s]);
    if (wrong_.empty() && ++pieces_ % options_.pieces_between_checkpoints == 0) wrong_ = check_in(piece.after);
    if (wrong_.empty() && options_.progress && !report(piece.after)) {
      wrong_ = check_in(piece.after);
      if (wrong_.empty()) wrong_ = {stopped()};
    }
    return wrong_.empty();
  }

  static std::vector<Diagnostic> put_side(const std::vector<std::string>& keys, const std::vector<bool>& is_new, const DecidedSide& decided,
                                          Side& side) {
    std::string rows;
    std::string errors;
    auto error = decided.errors.begin();
    std::size_t row = 0;
    const auto tell = [&](const CaseloadError& one) {
      RowWriter::add_error(one, errors);
      side.summary.add_error(one.diagnostic.code);
    };
    const auto tell_errors_of = [&](std::int32_t household) {
      const auto first = error;
      for (; error != decided.errors.end() && error->household <= household; ++error) tell(*error);
      return error != first;
    };
    for (; error != decided.errors.end() && error->household < 0; ++error) {
      tell(*error);
      ++side.summary.rows_of_nobody;
    }
    for (std::size_t h = 0; h < keys.size(); ++h) {
      const auto household = static_cast<std::int32_t>(h);
      ++side.summary.households;
      std::size_t rows_end = row;
      while (rows_end < decided.order.size() && decided.columns.household[decided.order[rows_end]] == household) ++rows_end;
      if (!is_new[h]) tell(twice(keys[h]));
      if (tell_errors_of(household) || !is_new[h]) {
        ++side.summary.households_in_error;
      } else {
        ++side.summary.households_decided;
        side.summary.households_without_subject += rows_end == row ? 1 : 0;
        rows += decided.rows.of(h);
        for (std::size_t r = row; r < rows_end; ++r)
          side.summary.add(decided.columns, decided.order[r], keys[h], side.how.has_benefit, decided.previous.get());
      }
      row = rows_end;
    }
    return as_list(side.results->add(rows, errors));
  }

  std::vector<Diagnostic> check_in(const Positions& place) const {
    for (const Side& side : sides_)
      if (auto wrong = side.results->check_in(place, side.summary)) return {*wrong};
    return {};
  }

  bool report(const Positions& after) const {
    RunProgress progress{sides_.front().summary.households, 0, source_.bytes_in_all()};
    for (const FilePosition& file : after) progress.bytes += file.bytes;
    return options_.progress(progress);
  }

  static Diagnostic stopped() {
    Diagnostic d;
    d.code = Code::cancelled;
    d.message = "the run was stopped";
    d.help = "go on with --resume";
    return d;
  }

  static CaseloadError twice(const std::string& key) {
    CaseloadError error;
    error.key = key;
    error.diagnostic.code = Code::household_twice;
    error.diagnostic.message = "a household `" + key + "` stands further up in the caseload";
    error.diagnostic.help = "give each household a key of its own; the first was decided";
    return error;
  }

  const RunOptions& options_;
  CaseloadSource& source_;
  std::vector<Side>& sides_;
  std::vector<SideOfRun> hows_;
  KnownKeys keys_;
  Positions place_;
  const std::vector<std::string>* piece_keys_ = nullptr;
  std::size_t household_ = 0;
  std::int64_t pieces_ = 0;
  std::vector<Diagnostic> wrong_, wrong_on_reading_;
};

RunIdentity identity_of(const RunOptions& options, const LoadedProgram& program, const PreviousRun* previous, const std::string& bundle) {
  const Declarations& d = program.declarations();
  RunIdentity out;
  out.program = options.program;
  out.rules = d.rules_hash;
  out.bundle = sha256(bundle);
  out.engine = DULY_VERSION;
  out.benefit_month = options.request.benefit_month.value_or("");
  out.decided = options.request.decided.value_or("");
  out.applied = options.request.applied.value_or("");
  out.occasion = options.request.occasion.value_or("");
  out.input = options.input;
  out.determinations = options.format == RowFormat::csv ? "determinations.csv" : "determinations.jsonl";
  out.previous = previous == nullptr ? "" : previous->sha256();
  out.trials = options.request.trials;
  out.benefit = program.benefit();
  out.benefit_unit = program.benefit_unit();
  return out;
}

bool is_same_place(const std::string& one, const std::string& other) {
  std::error_code error;
  return std::filesystem::equivalent(one, other, error) && !error;
}

}  // namespace

Result<Manifest> run_batch(const Programs& programs, const RunOptions& options) {
  const auto picker = PackPicker::on(programs, options.program);
  if (!picker) return picker.errors();
  const auto overrides = overrides_from(options.request);
  if (!overrides) return overrides.errors();
  if (is_same_place(options.input, options.results))
    return mistake(Code::results_in_the_way, "`" + options.results + "` is the folder of the caseload", "name another folder for the results");
  auto source = caseload_source(options.input, {&*picker, *overrides, options.households_in_piece});
  if (!source) return source.errors();
  std::shared_ptr<const PreviousRun> previous;
  if (!options.previous.empty()) {
    auto read = PreviousRun::read(options.previous, options.program);
    if (!read) return read.errors();
    previous = std::move(*read);
  }
  auto bundle = rules_bundle(programs, options.program);
  if (!bundle) return bundle.errors();
  const RunIdentity identity = identity_of(options, picker->asked(), previous.get(), *bundle);
  auto results = ResultsFolder::open(options.results, identity, options.resume);
  if (!results) return results.errors();
  if (!(*results)->is_finished()) {
    std::vector<Side> sides;
    sides.emplace_back(options, picker->asked(), identity, std::move(previous), false);
    sides.front().how.request = *overrides;
    sides.front().results = std::move(*results);
    if (auto wrong = Run(options, **source, sides).run(); !wrong.empty()) return wrong;
    if (auto wrong = sides.front().results->finish((*source)->positions(), sides.front().summary, *bundle)) return *wrong;
  }
  return read_manifest(options.results);
}

Result<std::pair<Manifest, Manifest>> run_both(const Programs& programs, const RunOptions& before, const RunOptions& after) {
  const auto picker = PackPicker::on(programs, before.program);
  if (!picker) return picker.errors();
  auto bundle = rules_bundle(programs, before.program);
  if (!bundle) return bundle.errors();
  std::vector<Side> sides;
  for (const RunOptions* options : {&before, &after}) {
    const auto overrides = overrides_from(options->request);
    if (!overrides) return overrides.errors();
    const RunIdentity identity = identity_of(*options, picker->asked(), nullptr, *bundle);
    auto results = ResultsFolder::open(options->results, identity, false);
    if (!results) return results.errors();
    Side& side = sides.emplace_back(*options, picker->asked(), identity, nullptr, options == &after);
    side.how.request = *overrides;
    side.results = std::move(*results);
  }
  auto source = caseload_source(before.input, {&*picker, sides.front().how.request, before.households_in_piece});
  if (!source) return source.errors();
  if (auto wrong = Run(before, **source, sides).run(); !wrong.empty()) return wrong;
  std::vector<Manifest> manifests;
  for (Side& side : sides) {
    if (!manifests.empty()) side.results->compare_with(manifests.back().determinations.sha256);
    if (auto wrong = side.results->finish((*source)->positions(), side.summary, *bundle)) return *wrong;
    auto manifest = read_manifest(&side == &sides.front() ? before.results : after.results);
    if (!manifest) return manifest.errors();
    manifests.push_back(std::move(*manifest));
  }
  return std::pair(std::move(manifests[0]), std::move(manifests[1]));
}

}  // namespace duly
