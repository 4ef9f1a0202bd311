#pragma once

// A household document, read against a dictionary: its facts as columns, and what the determination and the explanation must know beside them.
//
// A document is read whole before anything is laid out, so that all its mistakes are told at once and the order of its keys means nothing but
// the order of people and records.
//
// Threads: no shared state; an index and its declarations may serve any number of readers at once.

#include "facts/dictionary_index.h"
#include "facts/fact_table.h"

namespace duly {

/// Completed years a document may give for an age.
inline constexpr int most_years_of_age = 150;

/// A presumption of the dictionary that stands in for a fact nobody gave.
struct PresumedFact {
  FactId fact = -1;
  std::int32_t row = 0;
  std::string_view value, cite;  ///< texts of the dictionary's index, which must outlive the household
};

/// A paper that proves a fact. A paper of a record proves each field the document gives.
struct EvidenceNote {
  FactId fact = -1;
  std::int32_t row = 0;
  std::string paper;
};

/// When a record became known: stored, and never read by a rule.
struct LearnedNote {
  int record = -1;
  std::int32_t row = 0;
  Date on;
};

/// The value of a rule that a document or an assumption gave.
struct StatedValue {
  RuleId rule = -1;
  std::int32_t row = 0;  ///< on the rule's level; -1 where it holds for every row
  std::string value;
  bool assumed = false;
};

struct Household {
  FactTable table;                                      ///< of one household
  std::vector<std::string> people;                      ///< keys in document order
  std::vector<std::vector<std::string>> record_labels;  ///< by record index, for each row: `ana.income[0]`, `expenses[2]`
  std::vector<PresumedFact> presumed;
  std::vector<EvidenceNote> evidence;
  std::vector<LearnedNote> learned;
  std::vector<StatedValue> stated;
  std::vector<Diagnostic> warnings;                     ///< E311 and the like
  bool rest_assumed = false;                            ///< `rest: nothing unusual` filled facts in: never to be issued as a notice
};

/// What the caller says instead of the document's `request`.
struct RequestOverrides {
  std::optional<Month> benefit_month;
  std::optional<Date> decided, applied;
  std::optional<std::string> occasion;
};

struct ReadOptions {
  bool allow_assume = false;  ///< cases and maps: `rest` and `assume`
  FactTable* spare = nullptr;  ///< a table nobody needs any more, in whose memory facts are laid out; it is left empty
  bool columns_only = false;   ///< nobody asks for what records are called and where presumptions stand in
  const std::vector<bool>* wanted =
      nullptr;  ///< by fact: those of whose columns nothing is read are left without rows, though what is said is checked
};

/// Reads one document.
///
/// Unit-level values under `stated` and `assume` are meant for the only unit of the household: their columns have one row for each household,
/// and so have facts of the world. Levels that evaluation makes have no rows in `levels`.
///
/// Errors, each with its place: E150 a presumption of the dictionary cannot be read; E203 an age without the day it is counted back from;
/// E301 to E315 as `docs/errors.md` lists them.
Result<Household> read_household(const DictionaryIndex& index, const Node& document, const RequestOverrides& request, const ReadOptions& options);

struct Reading;
class TableFiller;

/// A document that was read and found sound. Its facts are not in columns yet, so that those of many documents may be laid out together.
class DocumentFacts {
 public:
  /// Errors as of `read_household`. The document and the index must outlive what is read from them.
  static Result<DocumentFacts> read(const DictionaryIndex& index, const Node& document, const RequestOverrides& request, const ReadOptions& options);
  DocumentFacts(DocumentFacts&& other) noexcept;
  DocumentFacts& operator=(DocumentFacts&& other) noexcept;
  ~DocumentFacts();

  /// The value that a fact of the household certainly has, said or presumed, over 10^places; nothing where it is open.
  [[nodiscard]] std::optional<std::int64_t> known(FactId fact) const;
  /// Whether it states the same rules as the households in `filler`, and in the same way.
  [[nodiscard]] bool fits(const TableFiller& filler) const;
  /// Adds the household. Precondition: fits(filler), and all households in it are read with one index.
  void put_into(TableFiller& filler) const;
  /// All that is no column.
  Household take();

 private:
  explicit DocumentFacts(std::unique_ptr<Reading> reading);

  std::unique_ptr<Reading> reading_;
};

/// Whether two columns of one rule may be put behind each other.
bool are_stated_alike(const StatedColumn& a, const StatedColumn& b);
/// Puts the `count` rows of `one` behind the `rows` rows of `into`. Precondition: are_stated_alike.
void append_stated(StatedColumn& into, std::size_t rows, const StatedColumn& one, std::size_t count);

/// Whether the households of both may stand in one table: the same units given, and what both state
/// of one type and from one kind of source.
bool can_append(const FactTable& into, const FactTable& one);
/// Puts the households of `one` behind those of `into`. Sets of people get wider if they must. Precondition: can_append, or an empty `into`.
void append(const DictionaryIndex& index, FactTable& into, const FactTable& one);

}  // namespace duly
