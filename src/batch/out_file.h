#pragma once

// A file written from front to back, with its digest.
//
// Threads: belongs to one thread at a time.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "batch/digest.h"
#include "duly/diagnostic.h"

namespace duly {

class OutFile {
 public:
  /// Keeps the first `bytes` of what is there, nothing behind them. Nobody else may write at the same time: E507. Errors: E501, E508 where there
  /// are not so many bytes.
  static Result<std::unique_ptr<OutFile>> open(const std::string& path, std::uint64_t bytes);
  ~OutFile();
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  /// Errors: E501.
  std::optional<Diagnostic> add(std::string_view bytes);
  /// Waits until the disk has it.
  std::optional<Diagnostic> settle();
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::string sha256() const { return digest_.text(); }

 private:
  OutFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  std::optional<Diagnostic> keep(std::uint64_t bytes);
  [[nodiscard]] Diagnostic failed() const;

  std::string path_;
  int descriptor_;
  std::uint64_t bytes_ = 0;
  Digest digest_;
};

/// Puts `text` in the place of `path`, all of it or nothing. Errors: E501.
std::optional<Diagnostic> replace_file(const std::string& path, std::string_view text);
/// Gives a file its final name. Errors: E501.
std::optional<Diagnostic> rename_file(const std::string& from, const std::string& to);

}  // namespace duly
