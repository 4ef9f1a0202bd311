#pragma once

// Whether a household stood in the caseload before. As long as keys rise nothing but the last is kept; from the first that does not, 16 bytes each.
//
// Threads: belongs to one thread at a time.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// A hash of 128 bits: among ten million keys two meet once in 10^24 runs.
using KeyHash = std::array<std::uint64_t, 2>;
KeyHash hash_of_key(std::string_view key, std::string_view rest = {});

/// Shorter keys first, then by bytes: numbers rise with or without zeros in front.
bool rises(std::string_view before, std::string_view key);

class KnownKeys {
 public:
  using Each = std::function<void(std::string_view)>;
  /// `earlier(f)` calls f with each key added so far, once more: it is called once, when a key does not rise.
  explicit KnownKeys(std::function<void(const Each&)> earlier) : earlier_(std::move(earlier)) {}

  /// False if the key was added before.
  bool add(std::string_view key);

 private:
  bool put(const KeyHash& hash);
  void grow();

  std::function<void(const Each&)> earlier_;
  std::string last_;
  bool all_rise_ = true;
  std::vector<KeyHash> places_;
  std::size_t count_ = 0;
};

}  // namespace duly
