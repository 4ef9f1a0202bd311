#pragma once

// The sentences of reasons, in every language a program has: ICU messages over a reason's named values. Beside ICU's own argument types there are
// `money` (an amount in dollars and cents) and `date` (written as the language writes a day); numbers are exact, never binary.
//
// Threads: immutable once built; may be shared by any number of threads.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "duly/determination.h"

namespace duly {

class Notices {
 public:
  using Wordings = std::map<std::string, std::map<std::string, std::string>>;  ///< language -> reason -> ICU message

  explicit Notices(const Wordings& wordings);
  ~Notices();
  Notices(Notices&&) noexcept;
  Notices& operator=(Notices&&) noexcept;

  /// Messages that cannot be read: E152, with the language and the reason.
  [[nodiscard]] const std::vector<Diagnostic>& mistakes() const;
  /// Fills in the sentences of all reasons, in those of `languages` that the program has. Where a language lacks a wording the English one
  /// stands, and where the program has none of the languages English is given.
  void write(Determination& determination, const std::vector<std::string>& languages) const;
  /// The sentence of one reason; empty if the language has no wording for it.
  [[nodiscard]] std::string sentence(const std::string& language, const Reason& reason) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace duly
