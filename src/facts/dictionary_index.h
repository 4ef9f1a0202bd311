#pragma once

// A dictionary from the side of documents: what each key means where it stands, and how the values behind it are read. Built once for a program,
// used for every document.
//
// Threads: immutable once built; shared by any number of readers. The declarations must outlive it.

#include <unordered_map>

#include "facts/read_value.h"

namespace duly {

/// Where a key stands in a document.
enum class DocumentSection : std::uint8_t { request, place, world, household, person };
inline constexpr std::size_t document_sections = 5;

struct DocumentKey {
  enum class Kind : std::uint8_t {
    fact,
    age,         ///< completed years instead of a date
    relation,    ///< on a person: a list of people
    groups,      ///< of the household: a symmetric relation as groups of people
    list,        ///< records in long form
    short_form,  ///< a word of a record's list with its amount
    several,     ///< a word of more than one such list
  } kind = Kind::fact;
  FactId fact = -1;
  int record = -1;
  int word = -1;
};

class DictionaryIndex {
 public:
  /// `rule_types`, by RuleId, are the types that the rules turned out to have; without them those the rules declare.
  explicit DictionaryIndex(const Declarations& declarations, std::vector<Type> rule_types = {});

  struct RecordIndex {
    std::unordered_map<std::string_view, FactId> fields;
    FactId period = -1;  ///< the field that says what an amount per pay period is per: its list has the word `week`
  };

  [[nodiscard]] const Declarations& declarations() const { return declarations_; }
  /// Null if the key means nothing there.
  [[nodiscard]] const DocumentKey* find(DocumentSection section, std::string_view key) const;
  /// All keys of a section, sorted.
  [[nodiscard]] std::vector<std::string> keys(DocumentSection section) const;
  [[nodiscard]] const FactReading& fact(FactId id) const { return facts_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const RecordIndex& record(int id) const { return records_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const std::vector<ColumnLayout>& layouts() const { return layouts_; }
  /// Its number among the facts of its level, and how many a level has.
  [[nodiscard]] std::size_t number_on_level(FactId id) const { return numbers_on_level_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::size_t facts_on(LevelId level) const { return facts_on_[static_cast<std::size_t>(level)]; }
  /// Relations between people by the side that is declared first.
  [[nodiscard]] const std::vector<FactId>& relations() const { return relations_; }
  /// The facts that have a presumption.
  [[nodiscard]] const std::vector<FactId>& presumed() const { return presumed_; }
  /// The other side of a relation: its inverse, itself where it is symmetric, -1 where none is declared.
  [[nodiscard]] FactId other_side(FactId relation) const { return other_sides_[static_cast<std::size_t>(relation)]; }
  /// -1 if there is no such rule.
  [[nodiscard]] RuleId rule(std::string_view name) const;
  /// Nothing where neither the check nor the rule says it.
  [[nodiscard]] std::optional<Type> rule_type(RuleId rule) const;
  /// Presumptions of the dictionary that are no values of their facts (E150).
  [[nodiscard]] const std::vector<Diagnostic>& mistakes() const { return mistakes_; }

 private:
  using Keys = std::unordered_map<std::string_view, DocumentKey>;

  Keys& section(DocumentSection of) { return sections_[static_cast<std::size_t>(of)]; }
  void add_fact(FactId id);
  void add_relation(FactId id);
  void add_record(int id);
  void add_short_forms(int id);
  void read_presumption(FactId id);

  const Declarations& declarations_;
  std::vector<Type> rule_types_;
  std::vector<Keys> sections_;
  std::vector<FactReading> facts_;
  std::vector<ColumnLayout> layouts_;
  std::vector<RecordIndex> records_;
  std::vector<std::size_t> numbers_on_level_, facts_on_;
  std::vector<FactId> relations_;
  std::vector<FactId> presumed_;
  std::vector<FactId> other_sides_;
  std::unordered_map<std::string_view, RuleId> rules_;
  std::vector<Diagnostic> mistakes_;
};

}  // namespace duly
