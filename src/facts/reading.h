#pragma once

// A document on its way to a fact table: first everything it says is collected (`read_sections.cc`, `read_records.cc`, `read_people.cc`), then it is
// held against itself and settled (`settle.cc`, `relations.cc`, `evidence.cc`, `stated.cc`). What is sound goes to a filler (`document_facts.cc`).
//
// Threads: one document's reader owns it.

#include <unordered_map>

#include "facts/household.h"

namespace duly {

/// A value for one row of a fact. Rows count from the first of their level.
struct Statement {
  FactId fact = -1;
  std::int32_t row = 0;
  FactValue value;
  const Node* where = nullptr;
};

/// `everyone` and `nobody`.
struct StatementForAll {
  FactId fact = -1;
  FactValue value;
  const Node* where = nullptr;
  std::string_view section;
};

/// Names of people as a document lists them.
struct NamedPeople {
  BitRows named;
  bool complete = true;
  bool sound = true;     ///< false if a name was wrong: nothing may be concluded from who is not there
};

/// One person's list of one side of a relation.
struct RelationStatement {
  FactId side = -1;
  std::int32_t person = 0;
  NamedPeople people;
  const Node* where = nullptr;
};

/// A symmetric relation given as groups.
struct GroupStatement {
  FactId relation = -1;
  std::vector<BitRows> groups;
  const Node* where = nullptr;
};

/// Who is and who may be on one side of a relation of one person, settled.
struct RelatedPeople {
  FactId side = -1;
  std::int32_t person = 0;
  BitRows sure, maybe;
};

/// The records of one kind that one owner has, and whether there may be more.
struct OwnedRecords {
  enum class State : std::uint8_t { not_given, closed, open } state = State::not_given;
  int count = 0;
  const Node* given_at = nullptr;  ///< their long form
};

/// All records of one kind.
struct RecordList {
  std::vector<std::int32_t> owner;  ///< of each row
  std::size_t owners = 0;           ///< people, or one household
  std::size_t first_owned = 0;      ///< in `Reading::owned`
};

/// A record in short form, found again by what proves it.
struct ShortRecord {
  int record = -1;
  int word = -1;
  std::int32_t owner = 0;
  std::int32_t row = 0;
};

struct Reading;

/// For each fact and row which statement gave it, counted from 1; 0 where none did.
class GivenRows {
 public:
  void lay_out(const Reading& reading);
  std::int32_t& at(FactId fact, std::size_t row) { return given_[place(fact, row)]; }
  [[nodiscard]] bool has(FactId fact, std::size_t row) const { return given_[place(fact, row)] != 0; }

 private:
  struct OnLevel {
    std::size_t first, rows;  ///< of each fact
  };
  [[nodiscard]] std::size_t place(FactId fact, std::size_t row) const {
    const OnLevel& on = levels_[static_cast<std::size_t>(index_->layouts()[static_cast<std::size_t>(fact)].level)];
    return on.first + index_->number_on_level(fact) * on.rows + row;
  }

  const DictionaryIndex* index_ = nullptr;
  std::vector<OnLevel> levels_;
  std::vector<std::int32_t> given_;
};

struct Reading {
  Reading(const DictionaryIndex& its_index, const ReadOptions& its_options)
      : index(its_index), declarations(its_index.declarations()), options(its_options) {}

  const DictionaryIndex& index;
  const Declarations& declarations;
  const ReadOptions options;
  Complaints complaints;
  Household out;

  std::unordered_map<std::string_view, std::int32_t> person_of;
  std::optional<Date> decided;
  bool missed_decided = false;   ///< told once
  bool rest = false;
  std::vector<Statement> statements;
  std::vector<StatementForAll> for_all;
  std::vector<RelationStatement> relations;
  std::vector<RelationStatement> relations_for_all;   ///< `person` says nothing
  std::vector<GroupStatement> groups;
  std::vector<RelatedPeople> related;
  std::vector<StatedColumn> stated;
  std::vector<RuleId> one_unit;                       ///< partitions whose units are given
  std::vector<RecordList> lists;                      ///< by record index
  std::vector<OwnedRecords> owned;                    ///< by record index and owner
  std::vector<ShortRecord> short_records;
  std::vector<std::pair<int, const Node*>> no_other;  ///< record, where
  GivenRows given;

  [[nodiscard]] std::size_t people() const { return out.people.size(); }
  [[nodiscard]] const Fact& fact(FactId id) const { return declarations.facts[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const RecordKind& record(int id) const { return declarations.records[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::string_view person(std::int32_t row) const { return out.people[static_cast<std::size_t>(row)]; }
  void state(FactId id, std::int32_t row, FactValue value, const Node& where) { statements.push_back({id, row, std::move(value), &where}); }
  [[nodiscard]] OwnedRecords& owned_by(int record_id, std::size_t owner) {
    return owned[lists[static_cast<std::size_t>(record_id)].first_owned + owner];
  }
  /// Rows of a declared level.
  [[nodiscard]] std::size_t rows(LevelId level) const;
  /// What rows of records are called.
  const std::vector<std::string>& labels(int record_id);
};

/// E302 unless `node` is a map.
bool want_map(Reading& reading, const Node& node, const std::string& what);
/// A list of scalars, or one scalar; E302 for anything else.
std::vector<const Node*> scalars(Reading& reading, const Node& node, const std::string& what);

// read_sections.cc
void read_sections(Reading& reading, const Node& document, const RequestOverrides& request);
/// One key of a person (`owner` is the row) or of the household, with what stands behind it.
void read_entry(Reading& reading, DocumentSection section, std::int32_t owner, const Node& key, const Node& value);
/// E301 for a key that means nothing there.
void complain_of_key(Reading& reading, DocumentSection section, const Node& key);

// read_people.cc
void read_names_of_people(Reading& reading, const Node& people);
void read_people(Reading& reading, const Node& people);
NamedPeople read_named(Reading& reading, const Node& value, const ValueName& name, const About& about);
void read_relation(Reading& reading, FactId side, std::int32_t person, const Node& key, const Node& value);
void read_groups(Reading& reading, FactId relation, const Node& key, const Node& value);
void read_everyone(Reading& reading, const Node& everyone);
void read_nobody(Reading& reading, const Node& nobody);

// read_records.cc
void read_list(Reading& reading, int record, std::int32_t owner, const Node& key, const Node& value);
void read_short_form(Reading& reading, const DocumentKey& meaning, std::int32_t owner, const Node& key, const Node& value);
void read_no_other(Reading& reading, const Node& node);

// settle.cc
/// What is said twice, `everyone`, lists, presumptions and the rest; not relations.
void settle(Reading& reading);
/// What `rest: nothing unusual` makes of a fact nobody gave; nothing where it says nothing.
std::optional<FactValue> usual_value(const FactReading& how);

// relations.cc
void settle_relations(Reading& reading);

// evidence.cc
void read_evidence(Reading& reading, const Node& evidence);
/// Whether the dictionary has `paper` among those that prove one of `facts`; told where it has others only. `of` is what it shall prove.
bool is_paper(Reading& reading, std::span<const FactId> facts, const Node& paper, const std::string& of);

// stated.cc
void read_stated(Reading& reading, const Node* stated, const Node* assumed);

}  // namespace duly
