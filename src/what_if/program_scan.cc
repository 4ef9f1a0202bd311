#include "what_if/program_scan.h"

#include <algorithm>

#include "base/at.h"
#include "caseload/in_order.h"
#include "caseload/tile.h"
#include "what_if/number_copies.h"

namespace duly {
namespace {

constexpr std::int64_t most_documents = 10'000;  ///< where each value is a document of its own
constexpr std::int64_t most_alone = 1'000;       ///< values between points at which something is open, over a whole scan

/// Puts runs of a later stretch behind those there are.
void append_runs(std::vector<Run>& into, std::vector<Run> more) {
  for (Run& run : more)
    if (into.empty() || !(into.back().decisions == run.decisions)) into.push_back(std::move(run));
}

/// Some values next to each other.
struct Piece {
  std::int64_t first = 0, count = 0;
};

struct PieceResult {
  std::vector<Run> runs;
  std::int64_t not_looked_at = 0;
};

class ColumnScan {
 public:
  ColumnScan(std::shared_ptr<const LoadedProgram> program, NumberPlaces places, const VariedFact& fact, Date law_date, const ScanOptions& options)
      : program_(std::move(program)), places_(std::move(places)), fact_(fact), law_date_(law_date), options_(options) {}

  Result<ProgramScan> run() {
    auto decider = CopyDecider::of(program_, places_.lowest(), law_date_, options_.decide.trials);
    if (!decider) return decider.errors();
    out_.gives_money = decider->gives_money();
    out_.people = places_.lowest()->people;
    add_money();
    decide_points(*decider);
    decide_between();
    return std::move(out_);
  }

 private:
  [[nodiscard]] FactTable copies(std::int64_t count) const {
    return copies_of(program_->declarations(), places_.lowest()->table, 0, static_cast<std::int32_t>(count));
  }

  void add_money() {
    const MoneyIn first = money_in(*program_, *places_.lowest(), law_date_);
    const MoneyIn last = money_in(*program_, *places_.highest(), law_date_);
    out_.money.base = first.total;
    out_.money.slope = (last.total - first.total) / (fact_.high - fact_.low);
    out_.money.counted = first.counted;
    out_.money.not_counted = first.not_counted;
  }

  void decide_points(CopyDecider& decider) {
    const std::vector<std::int64_t> points = fact_.points();
    for (std::size_t first = 0; first < points.size(); first += most_households_in_tile) {
      const std::size_t count = std::min<std::size_t>(most_households_in_tile, points.size() - first);
      FactTable table = copies(static_cast<std::int64_t>(count));
      for (std::size_t c = 0; c < count; ++c) places_.put(table, c, points[first + c]);
      for (CopyDecisions& decisions : decider.decide(table, most_households_in_tile)) out_.points.push_back(std::move(decisions));
    }
    out_.decided += static_cast<std::int64_t>(points.size());
  }

  /// Every value of the range, the points too: the same answer twice is cheaper than leaving them out.
  void decide_between() {
    const std::int64_t total = fact_.high - fact_.low + 1;
    const std::int64_t pieces = (total + most_households_in_tile - 1) / most_households_in_tile;
    const auto alone = static_cast<std::int32_t>(std::max<std::int64_t>(1, most_alone / pieces));
    std::int64_t next_first = 0;
    const auto next = [&]() -> std::optional<Piece> {
      if (next_first >= total) return std::nullopt;
      const Piece piece{next_first, std::min<std::int64_t>(most_households_in_tile, total - next_first)};
      next_first += piece.count;
      return piece;
    };
    const auto make_worker = [&] {
      auto decider = std::make_shared<CopyDecider>(std::move(*CopyDecider::of(program_, places_.lowest(), law_date_, options_.decide.trials)));
      auto table = std::make_shared<FactTable>(copies(std::min<std::int64_t>(most_households_in_tile, total)));
      return [this, decider, table, alone](const Piece& piece) {
        if (table->households != piece.count) *table = copies(piece.count);
        for (std::int64_t c = 0; c < piece.count; ++c) places_.put(*table, at(c), fact_.low + piece.first + c);
        PieceResult result;
        std::int64_t value = piece.first;
        for (CopyDecisions& decisions : decider->decide(*table, alone)) {
          if (!decisions.looked_at) ++result.not_looked_at;
          if (result.runs.empty() || !(result.runs.back().decisions == decisions)) result.runs.push_back({value, std::move(decisions)});
          ++value;
        }
        return result;
      };
    };
    const auto done = [&](PieceResult result) {
      append_runs(out_.runs, std::move(result.runs));
      out_.not_looked_at += result.not_looked_at;
      return true;
    };
    in_order(options_.threads, next, make_worker, done);
    out_.decided += total;
  }

  std::shared_ptr<const LoadedProgram> program_;
  NumberPlaces places_;
  const VariedFact& fact_;
  Date law_date_;
  const ScanOptions& options_;
  ProgramScan out_;
};

/// Each value written into the document and decided: for what is no plain number, such as an age, a word or a place.
class DocumentScan {
 public:
  DocumentScan(const PackPicker& picker, const DictionaryIndex& index, const Node& document, const VariedFact& fact, const ScanOptions& options)
      : picker_(picker), index_(index), document_(document), fact_(fact), options_(options) {}

  Result<ProgramScan> run() {
    if (!fact_.is_range) {
      for (const std::string& value : fact_.values)
        if (auto wrong = decide_value(value); !wrong.empty()) return wrong;
      out_.points = std::move(all_);
      return std::move(out_);
    }
    if (fact_.high - fact_.low >= most_documents) return too_many();
    for (std::int64_t value = fact_.low; value <= fact_.high; ++value)
      if (auto wrong = decide_value(fact_.text(value)); !wrong.empty()) return wrong;
    for (const std::int64_t point : fact_.points()) out_.points.push_back(all_[at(point - fact_.low)]);
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (i == 0 || !(all_[i] == all_[i - 1])) out_.runs.push_back({static_cast<std::int64_t>(i), all_[i]});
    return std::move(out_);
  }

 private:
  [[nodiscard]] Diagnostic too_many() const {
    Diagnostic d;
    d.code = Code::bad_range;
    d.message = "`" + fact_.path + "` would have " + std::to_string(fact_.high - fact_.low + 1) + " values, each a document of its own; at most " +
                std::to_string(most_documents) + " can be decided";
    d.help = "write a narrower range";
    return d;
  }

  std::vector<Diagnostic> decide_value(const std::string& value) {
    const auto decided = decide(picker_, with_value(index_, document_, fact_, value), options_.request, options_.decide);
    if (!decided) return decided.errors();
    ++out_.decided;
    if (out_.people.empty()) out_.people = decided->household->people;
    if (!decided->ready) {
      CopyDecisions open;
      open.subjects.emplace_back();
      open.subjects.back().outcome = Outcome::pending;
      open.subjects.back().is_known = false;
      all_.push_back(std::move(open));
      out_.money.each.emplace_back(0);
      return {};
    }
    const auto household = std::make_shared<const Household>(*decided->household);
    const auto law_date = law_date_of(*decided->program, household->table);
    if (!law_date) return law_date.errors();
    const auto decider = CopyDecider::of(decided->program, household, *law_date, options_.decide.trials);
    if (!decider) return decider.errors();
    all_.push_back(decider->from(decided->determinations));
    out_.gives_money = out_.gives_money || decider->gives_money();
    MoneyIn money = money_in(*decided->program, *household, *law_date);
    out_.money.each.push_back(money.total);
    out_.money.counted = std::move(money.counted);
    out_.money.not_counted = std::move(money.not_counted);
    for (const Diagnostic& warning : household->warnings) {
      const auto same = [&](const Diagnostic& other) { return other.message == warning.message; };
      if (std::none_of(out_.warnings.begin(), out_.warnings.end(), same)) out_.warnings.push_back(warning);
    }
    return {};
  }

  const PackPicker& picker_;
  const DictionaryIndex& index_;
  const Node& document_;
  const VariedFact& fact_;
  const ScanOptions& options_;
  std::vector<CopyDecisions> all_;
  ProgramScan out_;
};

/// Who is decided, and what is asked where something is open: both from one document as it is decided alone.
void look_closer(const PackPicker& picker, const DictionaryIndex& index, const Node& document, const VariedFact& fact, const ScanOptions& options,
                 ProgramScan& out) {
  const auto decided_at = [&](std::size_t point) {
    return decide(picker, with_value(index, document, fact, fact.values[point]), options.request, options.decide);
  };
  const auto is_open = [](const CopyDecisions& decisions) {
    return std::any_of(decisions.subjects.begin(), decisions.subjects.end(), [](const CopyDecision& d) { return d.outcome == Outcome::pending; });
  };
  if (const auto first = decided_at(0))
    for (const Determination& d : first->determinations) out.subjects.push_back(d.subject);
  const auto open = std::find_if(out.points.begin(), out.points.end(), is_open);
  if (open == out.points.end()) return;
  const auto decided = decided_at(at(open - out.points.begin()));
  if (!decided) return;
  for (const Determination& d : decided->determinations)
    for (const MissingFact& missing : d.missing) {
      const auto same = [&](const MissingFact& other) { return other.fact == missing.fact && other.of == missing.of; };
      if (std::none_of(out.missing.begin(), out.missing.end(), same)) out.missing.push_back(missing);
    }
}

Result<ProgramScan> scan(const PackPicker& picker, const LoadedProgram& program, std::shared_ptr<const LoadedProgram> picked, bool is_open,
                         const Node& document, const VariedFact& fact, const ScanOptions& options) {
  if (!is_open && fact.is_range) {
    auto places = NumberPlaces::of(program, document, options.request, fact);
    if (!places) return places.errors();
    if (*places) {
      const Household& household = *(*places)->lowest();
      const auto law_date = law_date_of(program, household.table);
      if (!law_date) return law_date.errors();
      if (auto wrong = program.not_covered(*law_date); !wrong.empty()) return wrong;
      std::vector<Diagnostic> warnings = household.warnings;
      for (const Diagnostic& warning : (*places)->highest()->warnings) {
        const auto same = [&](const Diagnostic& other) { return other.message == warning.message; };
        if (std::none_of(warnings.begin(), warnings.end(), same)) warnings.push_back(warning);
      }
      for (Diagnostic& warning : program.after_last_check(*law_date)) warnings.push_back(std::move(warning));
      auto out = ColumnScan(std::move(picked), std::move(**places), fact, *law_date, options).run();
      if (out) out->warnings = std::move(warnings);
      return out;
    }
  }
  return DocumentScan(picker, program.index(), document, fact, options).run();
}

}  // namespace

Result<ProgramScan> scan_program(const PackPicker& picker, const Node& document, const VariedFact& fact, const ScanOptions& options) {
  // The place may be what varies: then the first value picks whose dictionary reads the path.
  const auto picked = picker.pick(with_value(picker.asked().index(), document, fact, fact.values.front()));
  if (!picked) return picked.errors();
  const LoadedProgram& program = *picked->program;
  auto out = scan(picker, program, picked->program, !picked->open.empty(), document, fact, options);
  if (!out) return out;
  out->id = program.declarations().program.id;
  out->title = program.declarations().program.title;
  const auto& facts = program.declarations().facts;
  out->knows_received = std::any_of(facts.begin(), facts.end(), [](const Fact& f) { return f.received; });
  look_closer(picker, program.index(), document, fact, options, *out);
  return out;
}

}  // namespace duly
