#include "batch/csv_reader.h"

#include <algorithm>

#include "base/mistake.h"
#include "base/source.h"
#include "base/text.h"
#include "batch/table_lines.h"
#include "caseload/table_rows.h"

namespace duly {
namespace {

/// Printable ASCII and line ends only: nothing to find there. Else the long way.
bool is_plain(std::string_view text) {
  unsigned odd = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    odd |= static_cast<unsigned>(byte - 0x20U > 0x5EU) & static_cast<unsigned>(byte != '\n');
  }
  return odd == 0;
}

class CsvReader final : public PieceReader {
 public:
  CsvReader(const ReadingOptions& options, std::shared_ptr<const std::vector<TableShape>> shapes)
      : shapes_(std::move(shapes)), rows_(options, shapes_) {}

  ReadPiece read(const Piece& piece) override {
    rows_.begin();
    do
      for (std::size_t t = 0; t < piece.chunks.size(); ++t) read_table(piece, t);
    while (rows_.must_read_again());
    return rows_.finish();
  }

 private:
  void read_table(const Piece& piece, std::size_t table) {
    const Chunk& chunk = piece.chunks[table];
    const bool plain = is_plain(chunk.text);
    const std::size_t columns = (*shapes_)[table].columns.size();
    rows_.begin_table(table);
    std::int64_t line = chunk.first_line;
    for (std::size_t place = 0; place < chunk.text.size();) {
      const std::size_t begin = place;
      const std::string_view wrong = read_table_row(chunk.text, place, cells_, unquoted_);
      const std::string_view text = std::string_view(chunk.text).substr(begin, place - begin);
      const bool is_last = piece.ends_open && table == 0 && place >= chunk.text.size();
      if (cells_.empty()) cells_.emplace_back();
      if (cells_.size() > 1 || !trim(cells_[0]).empty()) rows_.add(cells_, line, what_is_wrong(text, wrong, columns, plain, is_last));
      line += text.find('"') == std::string_view::npos ? 1 : std::count(text.begin(), text.end(), '\n');
    }
  }

  [[nodiscard]] std::optional<Diagnostic> what_is_wrong(std::string_view text, std::string_view wrong, std::size_t columns, bool plain,
                                                        bool is_last) const {
    std::size_t bad = 0;
    if (!plain)
      if (std::string why = unreadable(text, bad); !why.empty()) return mistake(Code::unreadable_text, std::move(why));
    if (is_last && (cells_.size() < columns || !wrong.empty()))
      return mistake(Code::cut_off, "the file ends in the middle of this household", "get the whole file; a sound last line ends with a line break");
    if (!wrong.empty()) return mistake(Code::bad_table, std::string(wrong));
    if (cells_.size() == columns) return std::nullopt;
    return mistake(Code::bad_table, "the row has " + std::to_string(cells_.size()) + " cells, the header " + std::to_string(columns),
                   "put quotes around a cell that holds a comma");
  }

  std::shared_ptr<const std::vector<TableShape>> shapes_;
  TableRows rows_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

}  // namespace

std::unique_ptr<PieceReader> csv_reader(const ReadingOptions& options, std::shared_ptr<const std::vector<TableShape>> shapes) {
  return std::make_unique<CsvReader>(options, std::move(shapes));
}

}  // namespace duly
