#pragma once

// The mistakes of one document. All are told at once, up to a bound, so that a huge wrong document cannot make a huge answer.
//
// Threads: one document's reader owns it.

#include "resolve/declarations.h"

namespace duly {

/// Most mistakes, and most warnings, that are told of one document; the last one says how many there are beyond.
inline constexpr std::size_t most_complaints = 100;

/// The fact or rule that a message stands in, and the citation it serves.
struct About {
  std::string name, cite;
};

class Complaints {
 public:
  void error(Code code, const Span& where, std::string message, std::string help = "", const About& about = {});
  void warning(Code code, const Span& where, std::string message, std::string help = "", const About& about = {});

  [[nodiscard]] bool any() const { return !errors_.told.empty(); }
  /// Further mistakes are only counted: their suggestions need not be looked for.
  [[nodiscard]] bool full() const { return errors_.told.size() >= most_complaints; }

  /// In the order of the text.
  std::vector<Diagnostic> take_errors() { return take(errors_); }
  std::vector<Diagnostic> take_warnings() { return take(warnings_); }

 private:
  struct Told {
    std::vector<Diagnostic> told;
    std::size_t beyond = 0;
  };
  static void add(Told& to, Severity severity, Code code, const Span& where, std::string message, std::string help, const About& about);
  static std::vector<Diagnostic> take(Told& from);

  Told errors_, warnings_;
};

/// "did you mean `x`?", or empty if nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace duly
