#pragma once

// What stands behind the handles of the C API, and the door through which every function that can fail goes: exceptions become E900,
// misuse becomes E901.
//
// Threads: handles are immutable once made, but for the explanations of a set, which are made once when first asked for.

#include <exception>
#include <memory>
#include <mutex>
#include <optional>

#include "duly/c.h"
#include "duly/ruleset.h"

struct duly_rules {
  duly::Ruleset rules;
};

struct duly_string {
  std::string text;
};

struct duly_strings {
  std::vector<std::string> texts;
};

struct duly_error {
  std::vector<duly::Diagnostic> diagnostics;
  std::vector<std::string> texts;  ///< beside them, as people read them
};

struct duly_set {
  duly::Ruleset rules;
  std::string program;
  std::string document;
  duly::Request request;
  duly::Determinations determinations;
  std::unique_ptr<duly_error> warnings;
  mutable std::once_flag explained;
  mutable std::optional<duly::Result<std::vector<duly::Explanation>>> explanations;
};

struct duly_screening {
  duly::Screening screening;
  std::string language;
  std::unique_ptr<duly_error> warnings;
};

namespace duly::capi {

std::unique_ptr<duly_error> error_from(std::vector<Diagnostic> diagnostics);

/// The hundreds of the first error's code; DULY_OK where there are only warnings.
duly_status status_of(const std::vector<Diagnostic>& diagnostics);

/// What misuse says.
std::vector<Diagnostic> bad_argument(const char* message);
std::vector<Diagnostic> our_fault(const char* what);

/// Whether `format` is one of those of an explanation.
bool is_format(int format);

duly_outcome_value outcome_value(Outcome outcome);

/// What a caller asks beside the document; what misuse says, if it is misuse.
std::vector<Diagnostic> read_request(const duly_request* from, Request& to);

/// Runs `work`, which returns the diagnostics of its failure, and gives them to `error` if somebody wants them.
template <class Work>
duly_status guarded(duly_error** error, Work work) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    std::vector<Diagnostic> failure;
    try {
      failure = work();
    } catch (const std::exception& thrown) { failure = our_fault(thrown.what()); }
    const duly_status status = status_of(failure);
    if (error != nullptr && !failure.empty()) *error = error_from(std::move(failure)).release();
    return status;
  } catch (...) { return DULY_INTERNAL; }
}

/// `Handle` holding `value`, owned by the caller from now on.
template <class Handle, class Value>
void give(Handle** to, Value value) {
  *to = new Handle{std::move(value)};
}

}  // namespace duly::capi
