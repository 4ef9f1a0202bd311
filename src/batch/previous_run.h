#pragma once

// What an earlier run decided, by household and subject.
//
// Threads: immutable once read; shared by any number of threads.

#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "batch/known_keys.h"
#include "determine/decided_columns.h"

namespace duly {

/// An amount in ten-thousandths, where it is one.
std::optional<std::int64_t> amount_from_text(std::string_view text);

/// `newly_eligible`, `lost`, `up`, `down`, `same`, or `new` where the earlier run did not decide the subject; `other` where the outcome changed in
/// another way.
enum class Change : std::uint8_t { newly_eligible, lost, up, down, same, fresh, other };
constexpr std::size_t at(Change change) { return static_cast<std::size_t>(change); }
std::string_view to_word(Change change);

struct EarlierDetermination {
  Outcome outcome = Outcome::error;
  std::optional<std::int64_t> benefit;
};

class PreviousRun {
 public:
  /// Reads the determinations of a finished run of `program`. Errors: E500, E502, E508 where it is one of another program.
  static Result<std::shared_ptr<const PreviousRun>> read(const std::string& folder, const std::string& program);

  /// Null if the subject was not decided.
  [[nodiscard]] const EarlierDetermination* find(std::string_view household, std::string_view subject) const;
  /// SHA-256 of its determinations.
  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  void add(std::string_view household, std::string_view subject, const EarlierDetermination& determination);

 private:
  struct FirstWord {
    std::size_t operator()(const KeyHash& hash) const { return hash[0]; }
  };
  std::unordered_map<KeyHash, EarlierDetermination, FirstWord> determinations_;
  std::string sha256_;
};

/// Nothing where `word` is none.
std::optional<Outcome> outcome_from_word(std::string_view word);
/// What somebody gets: nothing who is not eligible. Of whom that is not known, neither is the amount.
std::optional<std::int64_t> worth(Outcome outcome, std::optional<std::int64_t> benefit);
Change change_since(const EarlierDetermination* earlier, Outcome outcome, std::optional<std::int64_t> benefit);

}  // namespace duly
