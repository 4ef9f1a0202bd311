#pragma once

// A file read once from front to back, line by line, with its digest.
//
// Threads: belongs to one thread at a time.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "batch/digest.h"
#include "duly/diagnostic.h"

namespace duly {

/// Longer lines are passed over and told.
inline constexpr std::size_t most_bytes_in_line = std::size_t{1} << 24U;

class LineFile {
 public:
  /// Errors: E500.
  static Result<std::unique_ptr<LineFile>> open(const std::string& path);
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  /// The next line without its end, valid until the next call; false at the end of the file, and after a failure.
  bool next(std::string_view& line) { return read(line, false); }
  /// The same, where a quoted text may reach over several lines.
  bool next_record(std::string_view& record) { return read(record, true); }
  /// Calls `f` with each line behind the one read last, as it stands there, until it says true; the place stays. What was read becomes invalid.
  template <class F>
  void look_ahead(F f) {
    for (std::size_t ahead = 0; ahead < most_bytes_in_line;) {
      const std::size_t end = buffer_.find('\n', place_ + ahead);
      if (end == std::string::npos && fill()) continue;
      const std::string_view line = std::string_view(buffer_).substr(std::min(place_ + ahead, buffer_.size()), end - std::min(end, place_ + ahead));
      if (line.empty() || f(line) || end == std::string::npos) return;
      ahead += line.size() + 1;
    }
  }
  /// Puts back the line or record that was read last.
  void back() { place_ = line_begin_; }
  /// Whether the line read last ends with the file instead of a line break.
  [[nodiscard]] bool is_open_line() const { return open_line_; }
  /// Whether a quote opens in the record read last and is not closed before the file, or the longest line, ends: then it may hold any number of rows.
  [[nodiscard]] bool is_unclosed() const { return unclosed_; }
  /// Whether it was longer than `most_bytes_in_line`: it comes as an empty one.
  [[nodiscard]] bool is_too_long() const { return too_long_; }
  /// Whether the file could be read as far as was asked.
  [[nodiscard]] bool sound() const { return failure_.empty(); }
  [[nodiscard]] Diagnostic failure() const;

  [[nodiscard]] std::uint64_t bytes() const { return before_buffer_ + place_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Of all bytes up to here.
  [[nodiscard]] std::string sha256();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  LineFile(std::string path, int descriptor, std::uint64_t size);
  bool fill();
  bool read(std::string_view& line, bool quoted);
  [[nodiscard]] std::string_view without_mark(std::string_view line) const;

  std::string path_, failure_;
  int descriptor_;
  std::uint64_t size_, before_buffer_ = 0;
  std::string buffer_;
  std::size_t place_ = 0, line_begin_ = 0, digested_ = 0;
  bool ended_ = false, open_line_ = false, too_long_ = false, unclosed_ = false;
  Digest digest_;
};

}  // namespace duly
