// A sound document on its way into columns.

#include <algorithm>

#include "base/at.h"
#include "facts/reading.h"
#include "facts/table_filler.h"

namespace duly {
namespace {

/// Where a document's own rows begin among those of a filler.
struct FirstRows {
  std::int32_t household, person;
  std::vector<std::int32_t> records;  ///< by record index

  [[nodiscard]] std::int32_t of(const Fact& fact) const {
    if (fact.record >= 0) return records[at(fact.record)];
    return fact.level == person_level ? person : household;
  }
  [[nodiscard]] std::int32_t of(const Level& level) const {
    if (level.kind == LevelKind::record) return records[at(level.declared)];
    return level.kind == LevelKind::person ? person : household;
  }
};

FirstRows add_rows(const Reading& reading, TableFiller& filler) {
  FirstRows first{filler.add_household(), filler.people(), {}};
  for (std::size_t p = 0; p < reading.people(); ++p) filler.add_person(first.household);
  first.records.reserve(reading.lists.size());
  for (int r = 0; r < static_cast<int>(reading.lists.size()); ++r) {
    first.records.push_back(filler.records(r));
    const std::int32_t owners = reading.record(r).of_household ? first.household : first.person;
    for (const std::int32_t owner : reading.lists[at(r)].owner) filler.add_record(r, owners + owner, first.household);
  }
  return first;
}

void put_statement(const Reading& reading, const Statement& statement, std::int32_t row, TableFiller& filler) {
  const FactValue& value = statement.value;
  switch (value.kind) {
    case FactValue::Kind::unknown: return filler.say_unknown(statement.fact, row);
    case FactValue::Kind::absent: return filler.say_absent(statement.fact, row);
    case FactValue::Kind::given: break;
  }
  const ColumnShape shape = reading.index.fact(statement.fact).layout.shape;
  if (shape == ColumnShape::codes || shape == ColumnShape::people) filler.say_set(statement.fact, row, value.sure, value.maybe);
  else filler.say(statement.fact, row, value.low, value.high);
}

void put_lists(const Reading& reading, const FirstRows& first, TableFiller& filler) {
  for (int r = 0; r < static_cast<int>(reading.lists.size()); ++r) {
    const RecordList& list = reading.lists[at(r)];
    const std::int32_t owners = reading.record(r).of_household ? first.household : first.person;
    for (std::size_t owner = 0; owner < list.owners; ++owner)
      if (reading.owned[list.first_owned + owner].state == OwnedRecords::State::closed)
        filler.close_for(r, owners + static_cast<std::int32_t>(owner));
  }
}

void put_stated(const Reading& reading, const FirstRows& first, TableFiller& filler) {
  for (const StatedColumn& column : reading.stated) {
    const LevelId level = reading.declarations.rules[at(column.rule)].level;
    const Level& of = reading.declarations.levels[at(level)];
    const bool has_rows_of_its_own = of.kind == LevelKind::person || of.kind == LevelKind::record;
    filler.state(column, at(first.of(of)), has_rows_of_its_own ? reading.rows(level) : 1);
  }
}

}  // namespace

DocumentFacts::DocumentFacts(std::unique_ptr<Reading> reading) : reading_(std::move(reading)) {}
DocumentFacts::DocumentFacts(DocumentFacts&& other) noexcept = default;
DocumentFacts& DocumentFacts::operator=(DocumentFacts&& other) noexcept = default;
DocumentFacts::~DocumentFacts() = default;

Result<DocumentFacts> DocumentFacts::read(const DictionaryIndex& index, const Node& document, const RequestOverrides& request,
                                          const ReadOptions& options) {
  if (!index.mistakes().empty()) return index.mistakes();
  if (!document.is_map())
    return diagnostic_at(Code::document_shape, document.span, "a household document is a record of keys and values", "begin with people: {...}");
  constexpr std::size_t usual_statements = 128;
  auto reading = std::make_unique<Reading>(index, options);
  reading->statements.reserve(usual_statements);
  read_sections(*reading, document, request);
  settle(*reading);
  settle_relations(*reading);
  if (const Node* evidence = document.find("evidence")) read_evidence(*reading, *evidence);
  read_stated(*reading, document.find("stated"), options.allow_assume ? document.find("assume") : nullptr);
  if (reading->complaints.any()) return reading->complaints.take_errors();
  return DocumentFacts(std::move(reading));
}

std::optional<std::int64_t> DocumentFacts::known(FactId fact) const {
  const FactValue* value = nullptr;
  for (const Statement& statement : reading_->statements)
    if (statement.fact == fact) value = &statement.value;
  const auto& presumed = reading_->index.fact(fact).presumed;
  if (value == nullptr && presumed) value = &*presumed;
  if (value == nullptr || value->kind != FactValue::Kind::given || value->low != value->high) return std::nullopt;
  return value->low;
}

bool DocumentFacts::fits(const TableFiller& filler) const {
  return std::ranges::equal(reading_->stated, filler.stated(),
                            [](const StatedColumn& a, const StatedColumn& b) { return a.rule == b.rule && are_stated_alike(a, b); });
}

void DocumentFacts::put_into(TableFiller& filler) const {
  const FirstRows first = add_rows(*reading_, filler);
  for (const Statement& statement : reading_->statements)
    put_statement(*reading_, statement, first.of(reading_->fact(statement.fact)) + statement.row, filler);
  for (const RelatedPeople& related : reading_->related) filler.say_set(related.side, first.person + related.person, related.sure, related.maybe);
  put_lists(*reading_, first, filler);
  put_stated(*reading_, first, filler);
  for (const RuleId partition : reading_->one_unit) filler.assume_one_unit(partition);
}

Household DocumentFacts::take() {
  if (!reading_->options.columns_only)
    for (int r = 0; r < static_cast<int>(reading_->lists.size()); ++r) reading_->labels(r);
  reading_->out.warnings = reading_->complaints.take_warnings();
  return std::move(reading_->out);
}

}  // namespace duly
