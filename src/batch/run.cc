#include "batch/run.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "batch/caseload_source.h"
#include "batch/rules_bundle.h"
#include "caseload/in_order.h"
#include "caseload/tile_decider.h"
#include "duly/version.h"

namespace duly {
namespace {

/// A piece decided and written out, to be put behind those before it.
struct DecidedPiece {
  Positions before, after;
  std::vector<std::string> keys;
  std::vector<CaseloadError> errors;
  DecidedColumns columns;
  HouseholdTexts rows;
};

std::vector<Diagnostic> as_list(std::optional<Diagnostic> diagnostic) {
  return diagnostic ? std::vector{std::move(*diagnostic)} : std::vector<Diagnostic>{};
}

class PieceWorker {
 public:
  PieceWorker(std::unique_ptr<PieceReader> reader, const std::vector<std::string>& outputs, int trials, const RowWriter& writer)
      : reader_(std::move(reader)), outputs_(outputs), decider_(outputs, trials), writer_(writer) {}

  DecidedPiece operator()(const Piece& piece) {
    ReadPiece read = reader_->read(piece);
    DecidedPiece out{piece.before, piece.after, std::move(read.keys), std::move(read.errors), {}, {}};
    for (const DatedTile& tile : read.tiles) {
      const auto wrong = decider_.decide(*tile.program, tile.tile, tile.law_date, out.columns);
      for (const std::int32_t household : wrong.empty() ? std::vector<std::int32_t>{} : tile.tile.household)
        out.errors.push_back({household, out.keys[static_cast<std::size_t>(household)], "", 0, "", wrong.front()});
    }
    for (const auto& [household, determination] : read.pending) append(out.columns, household, determination, outputs_);
    std::stable_sort(out.errors.begin(), out.errors.end(), [](const CaseloadError& a, const CaseloadError& b) { return a.household < b.household; });
    out.columns = sorted_by_household(std::move(out.columns));
    out.rows = writer_.rows(out.keys, out.columns);
    return out;
  }

 private:
  std::unique_ptr<PieceReader> reader_;
  const std::vector<std::string>& outputs_;
  TileDecider decider_;
  const RowWriter& writer_;
};

class Run {
 public:
  Run(const RunOptions& options, const LoadedProgram& program, RunIdentity identity, std::shared_ptr<const PreviousRun> previous,
      CaseloadSource& source, ResultsFolder& results, std::string rules)
      : options_(options),
        outputs_(program.declarations().program.outputs),
        identity_(std::move(identity)),
        previous_(std::move(previous)),
        source_(source),
        results_(results),
        rules_(std::move(rules)),
        writer_(options.format, outputs_, !identity_.benefit.empty(), previous_.get()),
        keys_([this](const KnownKeys::Each& each) { add_earlier_keys(each); }) {}

  std::vector<Diagnostic> run() {
    if (auto wrong = begin(); !wrong.empty()) return wrong;
    const int threads = options_.threads > 0 ? options_.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    in_order(
        threads, [this] { return next(); }, [this] { return PieceWorker(source_.reader(), outputs_, options_.request.trials, writer_); },
        [this](DecidedPiece piece) { return put(std::move(piece)); });
    if (!wrong_.empty()) return wrong_;
    if (!wrong_on_reading_.empty()) {
      if (auto wrong = results_.check_in(place_, summary_)) return {*wrong};
      return wrong_on_reading_;
    }
    return as_list(results_.finish(source_.positions(), summary_, rules_));
  }

  [[nodiscard]] const Summary& summary() const { return summary_; }

 private:
  std::vector<Diagnostic> begin() {
    place_ = source_.positions();
    if (results_.come_so_far()) {
      summary_ = results_.come_so_far()->summary;
      if (auto wrong = source_.resume(results_.come_so_far()->inputs); !wrong.empty()) return wrong;
      return remember_keys(results_.come_so_far()->inputs);
    }
    return as_list(results_.add(writer_.header(), RowWriter::error_header()));
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
    std::string rows;
    std::string errors;
    std::size_t error = 0;
    std::size_t row = 0;
    const auto add_errors_of = [&](std::int32_t household) {
      const std::size_t first = error;
      for (; error < piece.errors.size() && piece.errors[error].household <= household; ++error) tell(piece.errors[error], errors);
      return error > first;
    };
    while (error < piece.errors.size() && piece.errors[error].household < 0) {
      tell(piece.errors[error++], errors);
      ++summary_.rows_of_nobody;
    }
    for (household_ = 0; household_ < piece.keys.size(); ++household_) {
      const auto h = static_cast<std::int32_t>(household_);
      const std::string& key = piece.keys[household_];
      ++summary_.households;
      std::size_t rows_end = row;
      while (rows_end < piece.columns.size() && piece.columns.household[rows_end] == h) ++rows_end;
      const bool is_new = keys_.add(key);
      if (!is_new) tell(twice(key), errors);
      if (add_errors_of(h) || !is_new) {
        ++summary_.households_in_error;
      } else {
        ++summary_.households_decided;
        summary_.households_without_subject += rows_end == row ? 1 : 0;
        rows += piece.rows.of(household_);
        for (std::size_t r = row; r < rows_end; ++r) summary_.add(piece.columns, r, key, !identity_.benefit.empty(), previous_.get());
      }
      row = rows_end;
    }
    place_ = piece.after;
    household_ = 0;
    wrong_ = as_list(results_.add(rows, errors));
    if (wrong_.empty() && ++pieces_ % options_.pieces_between_checkpoints == 0) wrong_ = as_list(results_.check_in(piece.after, summary_));
    if (wrong_.empty() && options_.progress && !report(piece.after)) {
      wrong_ = as_list(results_.check_in(piece.after, summary_));
      if (wrong_.empty()) wrong_ = {stopped()};
    }
    return wrong_.empty();
  }

  void tell(const CaseloadError& error, std::string& errors) {
    RowWriter::add_error(error, errors);
    summary_.add_error(error.diagnostic.code);
  }

  bool report(const Positions& after) const {
    RunProgress progress{summary_.households, 0, source_.bytes_in_all()};
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
  std::vector<std::string> outputs_;
  RunIdentity identity_;
  std::shared_ptr<const PreviousRun> previous_;
  CaseloadSource& source_;
  ResultsFolder& results_;
  std::string rules_;
  RowWriter writer_;
  KnownKeys keys_;
  Summary summary_;
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
  return out;
}

}  // namespace

Result<Manifest> run_batch(const RuleFiles& files, const RunOptions& options) {
  const Programs programs(std::shared_ptr<const RuleFiles>(std::shared_ptr<const RuleFiles>(), &files));
  const auto picker = PackPicker::on(programs, options.program);
  if (!picker) return picker.errors();
  const auto overrides = overrides_from(options.request);
  if (!overrides) return overrides.errors();
  auto source = caseload_source(options.input, {&*picker, *overrides, options.households_in_piece});
  if (!source) return source.errors();
  std::shared_ptr<const PreviousRun> previous;
  if (!options.previous.empty()) {
    auto read = PreviousRun::read(options.previous);
    if (!read) return read.errors();
    previous = std::move(*read);
  }
  auto bundle = rules_bundle(programs, options.program);
  if (!bundle) return bundle.errors();
  const RunIdentity identity = identity_of(options, picker->asked(), previous.get(), *bundle);
  const auto results = ResultsFolder::open(options.results, identity, options.resume);
  if (!results) return results.errors();
  if (!(*results)->is_finished()) {
    Run run(options, picker->asked(), identity, previous, **source, **results, std::move(*bundle));
    if (auto wrong = run.run(); !wrong.empty()) return wrong;
  }
  return read_manifest(options.results);
}

}  // namespace duly
