#include "batch/tile_builder.h"

#include <algorithm>

#include "engine/open_place.h"

namespace duly {

std::vector<Diagnostic> TileBuilder::add(const Node& document, const RequestOverrides& request, std::int32_t household) {
  auto picked = picker_.pick(document);
  if (!picked) return picked.errors();
  if (!picked->open.empty()) {
    const auto waiting = pending_on_place(std::move(picked->program), picked->open, document, request, {});
    if (!waiting) return waiting.errors();
    for (const Determination& d : waiting->determinations) piece_.pending.emplace_back(household, d);
    return {};
  }
  const LoadedProgram& program = *picked->program;
  auto facts = DocumentFacts::read(program.index(), document, request, {.columns_only = true});
  if (!facts) return facts.errors();
  const auto law_date = law_date_of(program, facts->known(program.program().law_date));
  if (!law_date) return law_date.errors();
  if (auto wrong = program.not_covered(*law_date); !wrong.empty()) return wrong;
  auto tile = std::find_if(tiles_.begin(), tiles_.end(), [&](const OpenTile& open) {
    return open.program == picked->program && open.law_date == *law_date && facts->fits(open.filler);
  });
  if (tile == tiles_.end()) {
    tiles_.push_back({picked->program, *law_date, TableFiller(program.index(), &program.facts_read()), {}, {}});
    tile = std::prev(tiles_.end());
  }
  facts->put_into(tile->filler);
  tile->household.push_back(household);
  tile->people.push_back(facts->take().people);
  return {};
}

void TileBuilder::finish() {
  for (OpenTile& tile : tiles_)
    piece_.tiles.push_back({std::move(tile.program), tile.law_date, {std::move(tile.household), std::move(tile.people), tile.filler.finish()}});
  tiles_.clear();
}

}  // namespace duly
