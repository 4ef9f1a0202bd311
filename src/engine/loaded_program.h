#pragma once

// A program read once: its checked rules, the index of its dictionary, and the plans built so far, one for each stretch of law and set of stated rules.
//
// Threads: all functions may be called at once from any number of threads.

#include <mutex>

#include "compile/plan_from_program.h"
#include "determine/plan_index.h"
#include "duly/determination.h"
#include "evaluate/values.h"
#include "facts/household.h"
#include "render/notice.h"
#include "resolve/rule_files.h"

namespace duly {

/// A plan and what determinations look up in it.
struct ReadyPlan {
  explicit ReadyPlan(std::shared_ptr<const Plan> its_plan) : plan(std::move(its_plan)), index(*plan) {}
  std::shared_ptr<const Plan> plan;
  PlanIndex index;
};

/// Whether every rule has its nodes, so that any of them can be explained or asked for, or only what is read in bulk.
enum class PlanUse : std::uint8_t { explained, bulk };

class LoadedProgram {
 public:
  static Result<std::shared_ptr<const LoadedProgram>> load(const RuleFiles& files, const std::string& id);
  explicit LoadedProgram(std::shared_ptr<const CheckedProgram> program);

  [[nodiscard]] const CheckedProgram& program() const { return *program_; }
  [[nodiscard]] std::string benefit() const;  ///< name of the first output where that is an amount of money, else empty
  [[nodiscard]] std::string benefit_unit() const;  ///< of it, `USD per month`; empty where there is none
  [[nodiscard]] const std::shared_ptr<const CheckedProgram>& shared_program() const { return program_; }
  [[nodiscard]] const Declarations& declarations() const { return *program_->declarations; }
  [[nodiscard]] const DictionaryIndex& index() const { return index_; }
  [[nodiscard]] const Notices& notices() const { return notices_; }

  /// By fact: whether anything that decides by the program, on whatever day, reads its column.
  [[nodiscard]] const std::vector<bool>& facts_read() const { return facts_read_; }

  /// The plan in force on `law_date`, for explained runs.
  Result<std::shared_ptr<const Plan>> plan(Date law_date, std::vector<RuleId> stated) const;
  /// The same with its index.
  Result<std::shared_ptr<const ReadyPlan>> ready_plan(Date law_date, std::vector<RuleId> stated, PlanUse use = PlanUse::explained) const;

  /// E201 with the months that are covered, where the month of `law_date` is not; else nothing.
  [[nodiscard]] std::vector<Diagnostic> not_covered(Date law_date) const;
  /// The warning E204 where the month of `law_date` began after the rules were last checked; else nothing.
  [[nodiscard]] std::vector<Diagnostic> after_last_check(Date law_date) const;

 private:
  struct Stretch {
    Date from, until;
    std::vector<RuleId> stated;
    PlanUse use;
    std::shared_ptr<const ReadyPlan> ready;
  };
  std::shared_ptr<const CheckedProgram> program_;
  DictionaryIndex index_;
  Notices notices_;
  std::vector<bool> facts_read_;
  mutable std::mutex mutex_;
  mutable std::vector<Stretch> plans_;
};

/// The day whose law decides the first household of `table`. Errors: E203.
Result<Date> law_date_of(const LoadedProgram& program, const FactTable& table);
/// The same, where the value of that fact is at hand, if it is known.
Result<Date> law_date_of(const LoadedProgram& program, std::optional<std::int64_t> value);

/// One household evaluated, with all that its determinations and explanations are made of.
struct Decided {
  std::shared_ptr<const LoadedProgram> program;
  std::shared_ptr<const ReadyPlan> ready;  ///< null where nothing was evaluated: it is open which pack decides
  std::unique_ptr<Household> household;  ///< where it is, the values point to
  Values values;
  std::vector<Determination> determinations;
};

/// What another program decided of a person, for a fact that this one may be given.
struct FilledFact {
  FactId fact = -1;
  std::string person;
  std::int64_t value = 0;  ///< the word of the fact's list, or 1 for yes
  std::string by;  ///< the program that decided it
};

/// What was decided and is needed no more: the next takes its memory over.
struct DecideMemory {
  FactTable table;
  Values values;
};

struct DecideOptions {
  bool allow_assume = false;  ///< `assume` and `rest` of cases and maps
  int trials = 256;
  std::vector<std::string> languages{"en"};
  std::vector<FilledFact> filled{};  ///< of the program that is asked; what the document states goes before
  DecideMemory* memory = nullptr;
};

/// Reads, evaluates and decides one document. Errors: E201, E203, E3xx.
Result<Decided> decide(std::shared_ptr<const LoadedProgram> program, const Node& document, const RequestOverrides& request,
                       const DecideOptions& options);

class PackPicker;
/// The same by the program that the household's place picks. Errors: also those of picking.
Result<Decided> decide(const PackPicker& picker, const Node& document, const RequestOverrides& request, const DecideOptions& options);

/// The explanation of one of the determinations. Precondition: `at` is an index into `decided.determinations`.
Explanation explain(const Decided& decided, std::size_t at);

/// The row of a rule's level that is the subject's: see `value_of_rule`. Errors: E206.
Result<std::int32_t> row_of_rule(const Decided& decided, const std::string& rule, const std::string& subject);

/// The value of a rule for a subject of the document: a person's key, or of a unit its first person. Errors: E206.
Result<Value> value_of_rule(const Decided& decided, const std::string& rule, const std::string& subject);

}  // namespace duly
