#include "batch/piece_decider.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
namespace {

constexpr const char* month_fact = "benefit_month";

/// What was decided in a piece, to be compared with.
std::shared_ptr<const PreviousRun> as_previous(const std::vector<std::string>& keys, const DecidedSide& decided, bool has_benefit) {
  auto out = std::make_shared<PreviousRun>();
  auto error = decided.errors.begin();
  for (const std::size_t row : decided.order) {
    const std::int32_t household = decided.columns.household[row];
    while (error != decided.errors.end() && error->household < household) ++error;
    if (error != decided.errors.end() && error->household == household) continue;
    const auto benefit = has_benefit ? amount_from_text(decided.columns.outputs.front().text[row]) : std::nullopt;
    out->add(keys[at(household)], decided.columns.subject[row], {decided.columns.outcome[row], benefit});
  }
  return out;
}

/// Puts another benefit month into what was read with one. False where more might be read otherwise: then nothing can be said but by reading again.
bool move_to_month(ReadPiece& read, const RequestOverrides& from, const RequestOverrides& to) {
  if (!from.benefit_month || !to.benefit_month || from.decided != to.decided || from.applied != to.applied || from.occasion != to.occasion)
    return false;
  if (!read.errors.empty() || !read.pending.empty()) return false;
  std::vector<Date> law_dates;
  for (const DatedTile& tile : read.tiles) {
    const Declarations& d = tile.program->declarations();
    const bool picks_law = d.facts[at(tile.program->program().law_date)].name == month_fact;
    law_dates.push_back(picks_law ? first_day_of(*to.benefit_month) : tile.law_date);
    if (!tile.program->not_covered(law_dates.back()).empty()) return false;
    const auto fact = d.request_facts.find(month_fact);
    if (fact != d.request_facts.end() && !tile.tile.table.facts[at(fact->second)].may_be_absent.empty()) return false;
  }
  for (std::size_t t = 0; t < read.tiles.size(); ++t) {
    DatedTile& tile = read.tiles[t];
    tile.law_date = law_dates[t];
    const auto& request_facts = tile.program->declarations().request_facts;
    const auto fact = request_facts.find(month_fact);
    if (fact == request_facts.end()) continue;
    FactColumn& months = tile.tile.table.facts[at(fact->second)];
    std::fill(months.low.begin(), months.low.end(), to.benefit_month->index);
    std::fill(months.high.begin(), months.high.end(), to.benefit_month->index);
  }
  return true;
}

}  // namespace

PieceDecider::PieceDecider(const CaseloadSource& source, const std::vector<SideOfRun>& sides) {
  for (const SideOfRun& side : sides) sides_.push_back({&side, source.reader(side.request), TileDecider(side.outputs, side.trials)});
}

DecidedPiece PieceDecider::operator()(const Piece& piece) {
  DecidedPiece out{piece.before, piece.after, {}, std::vector<DecidedSide>(sides_.size())};
  ReadPiece read = sides_.front().reader->read(piece);
  for (std::size_t s = 0; s < sides_.size(); ++s) {
    if (s > 0 && !move_to_month(read, sides_[s - 1].how->request, sides_[s].how->request)) read = sides_[s].reader->read(piece);
    out.keys = read.keys;
    DecidedSide& decided = out.sides[s];
    decided.previous = s == 0 ? sides_[s].how->previous : as_previous(out.keys, out.sides[s - 1], sides_[s].how->has_benefit);
    decide(sides_[s], read, decided);
    decided.rows = sides_[s].how->writer->rows(out.keys, decided.columns, decided.order, decided.previous.get());
  }
  return out;
}

void PieceDecider::decide(Side& side, const ReadPiece& read, DecidedSide& out) {
  out.errors = read.errors;
  for (const DatedTile& tile : read.tiles) {
    const auto wrong = side.decider.decide(*tile.program, tile.tile, tile.law_date, out.columns);
    for (const std::int32_t household : wrong.empty() ? std::vector<std::int32_t>{} : tile.tile.household)
      out.errors.push_back({household, read.keys[at(household)], "", 0, "", wrong.front()});
  }
  for (const auto& [household, determination] : read.pending) append(out.columns, household, determination, side.how->outputs);
  std::stable_sort(out.errors.begin(), out.errors.end(), [](const CaseloadError& a, const CaseloadError& b) { return a.household < b.household; });
  out.order = rows_by_household(out.columns);
}

}  // namespace duly
