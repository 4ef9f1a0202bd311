#pragma once

// A caseload on disk, taken in pieces: some households, each with all that is said of it. Pieces are taken one after another and read by any thread.
//
// Threads: a source is used by one thread at a time, a reader by the thread that made it; pieces and errors are plain values.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "caseload/read_piece.h"

namespace duly {

/// How far a file was read.
struct FilePosition {
  std::string name;             ///< without its folder
  std::uint64_t bytes = 0;
  std::int64_t lines = 0;
  std::string sha256;           ///< of those bytes
  bool operator==(const FilePosition&) const = default;
};
using Positions = std::vector<FilePosition>;  ///< of every file of a caseload, always in the same order

struct Chunk {
  std::string text;             ///< whole lines
  std::int64_t first_line = 1;
};

struct Piece {
  std::vector<Chunk> chunks;    ///< of every file
  Positions before, after;
  bool ends_open = false;       ///< the last line of the first file has no end
};

class PieceReader {
 public:
  virtual ~PieceReader() = default;
  virtual ReadPiece read(const Piece& piece) = 0;
};

class CaseloadSource {
 public:
  virtual ~CaseloadSource() = default;
  /// Errors: E5xx where a file cannot be read to its end.
  virtual Result<std::optional<Piece>> next() = 0;
  /// Goes on behind `positions`. Errors: E508 where what stands before them is not what was read.
  virtual std::vector<Diagnostic> resume(const Positions& positions) = 0;
  [[nodiscard]] std::unique_ptr<PieceReader> reader() const { return reader(request()); }
  /// One that puts `request` before what households say.
  [[nodiscard]] virtual std::unique_ptr<PieceReader> reader(const RequestOverrides& request) const = 0;
  [[nodiscard]] virtual const RequestOverrides& request() const = 0;
  /// Calls `f` with the key of each household before `end`.
  virtual std::vector<Diagnostic> each_key(const Positions& end, const std::function<void(std::string_view)>& f) const = 0;
  [[nodiscard]] virtual Positions positions() const = 0;
  /// 0 where nobody knows.
  [[nodiscard]] virtual std::uint64_t bytes_in_all() const = 0;
};

}  // namespace duly
