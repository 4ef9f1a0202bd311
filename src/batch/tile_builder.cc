#include "batch/tile_builder.h"

#include <algorithm>

namespace duly {

std::vector<Diagnostic> TileBuilder::add(const Node& document, const RequestOverrides& request, std::int32_t household) {
  auto read = read_household(program_.index(), document, request, {});
  if (!read) return read.errors();
  const auto law_date = law_date_of(program_, read->table);
  if (!law_date) return law_date.errors();
  if (auto wrong = program_.not_covered(*law_date); !wrong.empty()) return wrong;
  const auto stated_alike = [&](const FactTable& table) {
    return std::ranges::equal(table.stated, read->table.stated, [](const StatedColumn& a, const StatedColumn& b) { return a.rule == b.rule; });
  };
  auto at = std::find_if(tiles_.begin(), tiles_.end(), [&](const DatedTile& tile) {
    return tile.law_date == *law_date && can_append(tile.tile.table, read->table) && stated_alike(tile.tile.table);
  });
  if (at == tiles_.end()) at = tiles_.insert(tiles_.end(), {*law_date, {}});
  Tile& tile = at->tile;
  append(program_.index(), tile.table, read->table);
  tile.household.push_back(household);
  tile.people.push_back(std::move(read->people));
  return {};
}

}  // namespace duly
