#include "batch/json_lines.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "batch/line_file.h"
#include "batch/tile_builder.h"

namespace duly {
namespace {

bool is_blank_line(std::string_view line) { return trim(line).empty(); }

std::string key_of(const Node& document, std::int64_t line) {
  const Node* key = document.is_map() ? document.find("key") : nullptr;
  return key != nullptr && key->is_scalar() && !key->text.empty() ? key->text : std::to_string(line);
}

class JsonLinesReader final : public PieceReader {
 public:
  JsonLinesReader(ReadingOptions options, std::string file) : options_(std::move(options)), file_(std::move(file)) {}

  ReadPiece read(const Piece& piece) override {
    ReadPiece out;
    TileBuilder tiles(*options_.picker, out);
    const Chunk& chunk = piece.chunks.front();
    std::int64_t number = chunk.first_line;
    std::string_view rest = chunk.text;
    for (; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!is_blank_line(line)) read_line(line, number, rest.empty() && piece.ends_open, tiles, out);
    }
    tiles.finish();
    return out;
  }

 private:
  void read_line(std::string_view line, std::int64_t number, bool ends_open, TileBuilder& tiles, ReadPiece& out) const {
    const auto household = static_cast<std::int32_t>(out.keys.size());
    std::vector<Diagnostic> errors;
    const Node document = parse_json(make_source("", std::string(line)), errors);
    out.keys.push_back(key_of(document, number));
    if (ends_open && !errors.empty()) {
      errors.resize(1);
      errors[0].code = Code::cut_off;
      errors[0].message = "the file ends in the middle of this household";
      errors[0].help = "get the whole file; a sound last line ends with a line break";
    }
    if (errors.empty()) errors = tiles.add(document, options_.request, household);
    for (Diagnostic& error : errors)
      out.errors.push_back({household, out.keys.back(), file_, number, error.column > 0 ? std::to_string(error.column) : "", std::move(error)});
  }

  ReadingOptions options_;
  std::string file_;
};

class JsonLines final : public CaseloadSource {
 public:
  JsonLines(std::unique_ptr<LineFile> file, ReadingOptions options)
      : file_(std::move(file)), name_(std::filesystem::path(file_->path()).filename().string()), options_(std::move(options)) {}

  Result<std::optional<Piece>> next() override {
    Piece piece;
    piece.before = positions();
    piece.chunks.push_back({"", lines_ + 1});
    std::string& text = piece.chunks.front().text;
    int households = 0;
    std::string_view line;
    while (households < options_.households_in_piece && file_->next(line)) {
      ++lines_;
      text += file_->is_too_long() ? std::string_view("\"longer than a line may be\"") : line;
      text += '\n';
      piece.ends_open = file_->is_open_line();
      households += is_blank_line(line) && !file_->is_too_long() ? 0 : 1;
      if (text.size() > most_bytes_in_line) break;
    }
    if (!file_->sound()) return file_->failure();
    if (text.empty()) return std::optional<Piece>();
    piece.after = positions();
    return std::optional(std::move(piece));
  }

  std::vector<Diagnostic> resume(const Positions& positions_before) override {
    std::string_view line;
    while (file_->bytes() < positions_before.front().bytes && file_->next(line)) ++lines_;
    if (!file_->sound()) return {file_->failure()};
    if (positions() == positions_before) return {};
    Diagnostic d;
    d.code = Code::cannot_resume;
    d.message = "`" + file_->path() + "` is not what it was when the run was cut off";
    d.help = "start anew, in another folder for the results";
    return {d};
  }

  [[nodiscard]] std::unique_ptr<PieceReader> reader(const RequestOverrides& request) const override {
    ReadingOptions options = options_;
    options.request = request;
    return std::make_unique<JsonLinesReader>(std::move(options), name_);
  }
  [[nodiscard]] const RequestOverrides& request() const override { return options_.request; }

  std::vector<Diagnostic> each_key(const Positions& end, const std::function<void(std::string_view)>& f) const override {
    const auto again = LineFile::open(file_->path());
    if (!again) return again.errors();
    LineFile& file = **again;
    std::int64_t number = 0;
    std::string_view line;
    while (file.bytes() < end.front().bytes && file.next(line)) {
      ++number;
      if (is_blank_line(line) && !file.is_too_long()) continue;
      f(key_of_line(line, number));
    }
    return file.sound() ? std::vector<Diagnostic>{} : std::vector<Diagnostic>{file.failure()};
  }

  [[nodiscard]] Positions positions() const override { return {{name_, file_->bytes(), lines_, file_->sha256()}}; }
  [[nodiscard]] std::uint64_t bytes_in_all() const override { return file_->size(); }

 private:
  std::unique_ptr<LineFile> file_;
  std::string name_;
  ReadingOptions options_;
  std::int64_t lines_ = 0;
};

}  // namespace

std::string key_of_line(std::string_view line, std::int64_t number) {
  std::vector<Diagnostic> ignored;
  return key_of(parse_json(make_source("", std::string(line)), ignored), number);
}

Result<std::unique_ptr<CaseloadSource>> json_lines(const std::string& path, const ReadingOptions& options) {
  auto file = LineFile::open(path);
  if (!file) return file.errors();
  return std::unique_ptr<CaseloadSource>(std::make_unique<JsonLines>(std::move(*file), options));
}

}  // namespace duly
