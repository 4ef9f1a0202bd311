#pragma once

// Rules loaded once and used by any number of threads.
//
//   auto rules = duly::Ruleset::from_folder("rules");
//   auto decided = rules->determine("us/program", document, {});
//
// Threads: a Ruleset is immutable for its users; all const functions may be called at once from any number of threads. Copies share one state.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duly/determination.h"
#include "duly/screening.h"

namespace duly {

/// What a caller asks beside the document. Each member that is set wins over the document's own `request`.
struct Request {
  std::optional<std::string> benefit_month;  ///< `YYYY-MM`
  std::optional<std::string> decided;        ///< `YYYY-MM-DD`, the day the decision is made; the library reads no clock
  std::optional<std::string> applied;        ///< `YYYY-MM-DD`
  std::optional<std::string> occasion;       ///< `application`, `renewal` or `change`
  int trials = 256;                          ///< most combinations of missing facts that are tried, 1 to 4096
  std::vector<std::string> languages{"en"};  ///< of the sentences of reasons, those of them that the program has
};

/// A program, for a list of programs.
struct ProgramInfo {
  std::string id, title, authority;
  std::string covered_from, covered_until;   ///< months; `covered_until` may be empty
  std::string last_checked;
  std::string decides;                       ///< `person`, or the name of the unit
  std::vector<std::string> requires_tests;
  std::vector<std::string> outputs;
  std::vector<std::pair<std::string, std::string>> not_modelled;  ///< what, citation
  std::vector<std::string> doubts;
  std::string rules_hash;
  bool is_frame = false;                     ///< a base that decides nobody without a pack
  std::string extends;                       ///< of a pack: its base
  std::vector<std::pair<std::string, std::vector<std::string>>> covers;  ///< a fact of the place, and the words of it that are covered; empty: all
  std::vector<std::string> packs;            ///< packs on this program, sorted
  std::vector<std::string> slots;            ///< of a frame: what each of its packs must define
  std::vector<std::pair<std::string, std::string>> replaced;  ///< of a pack: rule or parameter of its base, citation of what replaces it
};

struct Determinations {
  std::vector<Determination> determinations;  ///< one for each unit or person decided, in document order
  std::vector<Diagnostic> warnings;
};

class DULY_API Ruleset {
 public:
  /// Rules below `folder`. Programs are read when they are first asked for. Errors: E500.
  static Result<Ruleset> from_folder(const std::string& folder);
  /// Rules held in memory: path below the rules folder to text.
  static Result<Ruleset> from_texts(std::map<std::string, std::string> texts);

  /// Ids of all programs, frames and packs, sorted.
  [[nodiscard]] std::vector<std::string> programs() const;
  /// Errors: E202 unknown_program, and every E1xx of its rule files.
  [[nodiscard]] Result<ProgramInfo> program(const std::string& id) const;
  /// All mistakes and warnings of the program's rules; empty if they are sound.
  [[nodiscard]] std::vector<Diagnostic> check(const std::string& id) const;

  /// Decides `program` for every unit or person of the household document (JSON or YAML). Where packs extend it, the one that covers the
  /// household's place decides; while the place is open the household is `pending` on it. Pure: same inputs, same answer, any thread.
  /// A missing fact is no error: that determination is `pending` and names it.
  /// Errors: E201 no_rules_in_force, also of a place that is not covered, E202, E203 missing_request, E3xx for the document, E1xx for the rules.
  [[nodiscard]] Result<Determinations> determine(const std::string& program, std::string_view document, const Request& request = {}) const;
  /// The same, with an explanation of each determination.
  [[nodiscard]] Result<std::vector<Explanation>> explain(const std::string& program, std::string_view document, const Request& request = {}) const;
  /// Every program that covers the household's place and month, those that others read first; what one decided fills the facts that another reads
  /// from it, where the document does not state them. With `only`, that program and those it reads. Errors: E2xx where no program decides, E3xx for
  /// the document, E1xx for the rules, E170.
  [[nodiscard]] Result<Screening> screen(std::string_view document, const Request& request = {}, const std::string& only = "") const;
  /// The compiled plan as text: nodes in evaluation order with their ranges, and the number of operations.
  [[nodiscard]] Result<std::string> plan_text(const std::string& program, const std::string& month) const;

  class State;
  explicit Ruleset(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace duly
