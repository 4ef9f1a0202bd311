#pragma once

// The rows of a tile, level by level, and how a row of one level finds its row in another. Rows of declared levels come from the fact table;
// units and spells are made by nodes of the plan; cross levels pair the rows of two levels household by household. Everything is built when
// a node first needs it, and once for a tile.
//
// Threads: belongs to the thread that evaluates.

#include <vector>

#include "evaluate/arena.h"
#include "evaluate/values.h"

namespace duly::columnar {

/// For each row of one level its row in another.
struct RowMap {
  const std::int32_t* to = nullptr;
  const std::uint64_t* may_miss = nullptr;  ///< rows that may have none (people whose unit is open); null where none
  bool identity = false;                    ///< the same level: `to` is null
  bool has_holes = false;                   ///< some row has none: -1
  /// From a pair of people to one of the two, who stand one after another, all pairs of a subject together.
  enum class OfPair : std::uint8_t { no, subject, item } of_pair = OfPair::no;
};

/// The place of nobody in a household.
inline constexpr std::uint8_t no_place = 255;

/// Who is in the units of one partition.
struct UnitTable {
  Rows rows;
  const std::int32_t* of_person = nullptr;    ///< -1 for a person in no unit
  const std::uint64_t* may_miss = nullptr;    ///< people who may be in no unit; null where membership is settled
  const std::uint64_t* members = nullptr;     ///< by unit: everyone who may belong to it, `set_words` words
  const std::uint64_t* certain = nullptr;     ///< by unit: those who surely do
  const std::uint64_t* undefined = nullptr;   ///< by unit: its membership may be undefined; null where none
  const std::uint64_t* nothing = nullptr;     ///< by unit: and surely is; null where `undefined` is
};

/// Dated records merged into spells.
struct SpellTable {
  Rows rows;
  std::int64_t* first_low = nullptr;
  std::int64_t* first_high = nullptr;
  std::int64_t* until_low = nullptr;          ///< first day after the spell
  std::int64_t* until_high = nullptr;
  std::int64_t* nights_low = nullptr;
  std::int64_t* nights_high = nullptr;
  std::uint64_t* may_be_open = nullptr;
  std::uint64_t* may_be_over = nullptr;
  std::uint64_t* may_not_exist = nullptr;     ///< rows kept only because the records are not all known
  std::uint64_t* may_be_undefined = nullptr;  ///< a record of the owner has no first day
  bool all_exist = true;
  bool all_defined = true;
  bool all_known = true;
};

class Levels {
 public:
  explicit Levels(Arena& arena) : arena_(arena) {}

  void start(const Declarations& declarations, const FactTable& facts, std::int64_t first, std::int32_t households);

  const Rows& rows(LevelId level) {
    Entry& entry = entries_[static_cast<std::size_t>(level)];
    if (!entry.built) build(level);
    return entry.rows;
  }
  [[nodiscard]] std::size_t count(LevelId level) { return static_cast<std::size_t>(rows(level).count); }

  /// Rows of `from` to rows of `to`: an ancestor (`parent`), or one of the subject or the item of a cross level.
  RowMap map(LevelId from, LevelId to, Via via) {
    const std::size_t key = (static_cast<std::size_t>(from) * entries_.size() + static_cast<std::size_t>(to)) * 3 + static_cast<std::size_t>(via);
    return map_at_[key] != 0 ? maps_[map_at_[key] - 1U] : new_map(from, to, via, key);
  }

  /// The person a row is about: a person itself, the item of a cross level, the owner of a record.
  RowMap item_person(LevelId level);

  /// For each row where that person stands in the household, `no_place` where there is none.
  const std::uint8_t* item_places(LevelId level);

  /// Row of the fact table where the tile's rows of a declared level begin.
  [[nodiscard]] std::int64_t first_row(LevelId level) const;

  void set_units(LevelId level, const UnitTable& units);
  void set_spells(LevelId level, const SpellTable& spells);
  [[nodiscard]] const UnitTable& units(LevelId level) const { return units_[static_cast<std::size_t>(level)]; }
  [[nodiscard]] const SpellTable& spells(LevelId level) const { return spells_[static_cast<std::size_t>(level)]; }
  /// Rows of `level` that may not exist; null where all do.
  [[nodiscard]] const std::uint64_t* may_not_exist(LevelId level) const;

  [[nodiscard]] const Level& level(LevelId id) const { return declarations_->levels[static_cast<std::size_t>(id)]; }

 private:
  struct Entry {
    Rows rows;
    bool built = false;
  };

  void build(LevelId id);
  void build_households(Rows& rows);
  void build_declared(LevelId id, Rows& rows);
  void build_cross(const Level& level, Rows& rows);
  RowMap new_map(LevelId from, LevelId to, Via via, std::size_t key);
  RowMap build_map(LevelId from, LevelId to, Via via);
  RowMap then(const std::int32_t* step, LevelId middle, LevelId from, LevelId to);
  const std::int32_t* filled(std::size_t count, std::int32_t value);

  Arena& arena_;
  const Declarations* declarations_ = nullptr;
  const FactTable* facts_ = nullptr;
  std::int64_t first_ = 0;
  std::int32_t households_ = 0;
  std::vector<Entry> entries_;
  std::vector<const std::uint8_t*> places_;  ///< by level; null until asked for
  std::vector<UnitTable> units_;
  std::vector<SpellTable> spells_;
  std::vector<std::int32_t> same_;    ///< 0, 1, 2, ...: kept from tile to tile
  std::vector<RowMap> maps_;          ///< few: a plan uses some twenty
  std::vector<std::uint16_t> map_at_;  ///< by level, level and way: one more than its place in `maps_`, 0 where it is not built yet
};

}  // namespace duly::columnar
