#pragma once

// Parameters as the law book gives them: of the rows in force on a day, the most specific one whose keys fit, of equally specific ones the last
// (docs/decisions/007). Answers for keys that are not known, and for days that are not, take in
// everything that can be asked.
//
// Threads: belongs to one thread; it remembers what it was asked.

#include <map>

#include "oracle/possible.h"

namespace duly::oracle {

/// What one key may be: a word (one bit for each), or a whole number between two ends.
struct AskedKey {
  std::uint64_t words = 0;
  std::int64_t low = 0, high = 0;
  auto operator<=>(const AskedKey&) const = default;
};

/// What a parameter may answer.
struct Answer {
  bool value = false;    ///< some row gives a value, or a gap that is some value
  bool absent = false;   ///< some row says that there is none
  bool nothing = false;  ///< no row serves
  Number low, high;      ///< numbers and words of long lists
  std::uint64_t words = 0;
  bool yes = false, no = false;
};

class LawBook {
 public:
  explicit LawBook(const Declarations& declarations) : declarations_(declarations) {}

  const Answer& answer(int parameter, const std::vector<AskedKey>& keys, Date first, Date last);

 private:
  struct Question {
    int parameter;
    Date first, last;
    std::vector<AskedKey> keys;
    auto operator<=>(const Question&) const = default;
  };
  void ask_on(const Question& question, Date day, Answer& answer) const;
  /// `rows` are those in force that fit all keys.
  void ask_one(int parameter, const std::vector<std::int64_t>& keys, const std::vector<const ParameterRow*>& rows, Answer& answer) const;

  const Declarations& declarations_;
  std::map<Question, Answer> asked_;
};

}  // namespace duly::oracle
