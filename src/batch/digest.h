#pragma once

// SHA-256 of a stream, readable at any point of it.
//
// Threads: belongs to one thread at a time.

#include <memory>
#include <string>
#include <string_view>

namespace duly {

class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void add(std::string_view bytes);
  /// Of all bytes so far, as 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duly
