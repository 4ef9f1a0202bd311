#pragma once

// What is said to the person who made a mistake: where, a stable code, what, and what to do.
//
// Threads: plain value types; distinct objects may be used from distinct threads, const objects from any number of threads.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "duly/export.h"

namespace duly {

/// A stable error or warning code. The number never changes its meaning and is never used again.
/// E1xx rules, E2xx program and month, E3xx facts, E4xx evaluation, E5xx files and batch, E9xx our fault. Listed in `docs/errors.md`.
enum class Code : std::uint16_t {
#define DULY_CODE(number, name, summary) name = number,
#include "duly/codes.inc"
#undef DULY_CODE
};

/// `E104`.
DULY_API std::string code_text(Code code);
/// `unknown_name`.
DULY_API std::string_view code_name(Code code);

enum class Severity : std::uint8_t { error, warning };

/// One mistake, complete in itself: it can be shown without the files it speaks of.
struct Diagnostic {
  Code code;
  Severity severity = Severity::error;
  std::string message{};     ///< lower case, user input in backquotes, no final stop
  std::string file{};        ///< path as given, empty if the input has no file
  int line = 0;            ///< from 1; 0 if there is no place
  int column = 0;          ///< from 1, in code points
  std::string source_line{}; ///< the line of the file, empty if there is none
  int caret_length = 0;    ///< code points to underline, at least 1 where there is a place
  std::string rule{};        ///< the rule or fact it stands in, empty outside
  std::string cite{};        ///< the citation that rule serves
  std::string help{};        ///< what to do, empty if the message says it
};

/// The text a person reads: `file:line:column: error[E104]: ...`, the line, a caret, the rule and its citation, help. Ends with a newline.
DULY_API std::string to_text(const Diagnostic& diagnostic);
/// All of them, a blank line between.
DULY_API std::string to_text(const std::vector<Diagnostic>& diagnostics);

/// Either a value or the diagnostics that say why there is none (at least one).
template <class T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}                                   // NOLINT(google-explicit-constructor)
  Result(std::vector<Diagnostic> errors) : state_(std::move(errors)) {}           // NOLINT(google-explicit-constructor)
  Result(Diagnostic error) : state_(std::vector<Diagnostic>{std::move(error)}) {} // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  /// Precondition of the next four: ok().
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  /// Precondition: not ok().
  [[nodiscard]] const std::vector<Diagnostic>& errors() const { return std::get<1>(state_); }

 private:
  std::variant<T, std::vector<Diagnostic>> state_;
};

}  // namespace duly
