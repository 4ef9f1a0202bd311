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
  auto read = read_household(program.index(), document, request, {.spare = &spare_, .wanted = &program.facts_read()});
  if (!read) return read.errors();
  const auto law_date = law_date_of(program, read->table);
  if (!law_date) return law_date.errors();
  if (auto wrong = program.not_covered(*law_date); !wrong.empty()) return wrong;
  const auto stated_alike = [&](const FactTable& table) {
    return std::ranges::equal(table.stated, read->table.stated, [](const StatedColumn& a, const StatedColumn& b) { return a.rule == b.rule; });
  };
  std::vector<DatedTile>& tiles = piece_.tiles;
  auto at = std::find_if(tiles.begin(), tiles.end(), [&](const DatedTile& tile) {
    return tile.program == picked->program && tile.law_date == *law_date && can_append(tile.tile.table, read->table) && stated_alike(tile.tile.table);
  });
  if (at == tiles.end()) at = tiles.insert(tiles.end(), {picked->program, *law_date, {}});
  Tile& tile = at->tile;
  append(program.index(), tile.table, read->table);
  tile.household.push_back(household);
  tile.people.push_back(std::move(read->people));
  spare_ = std::move(read->table);
  return {};
}

}  // namespace duly
