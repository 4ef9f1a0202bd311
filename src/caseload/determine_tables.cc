// A caseload from Arrow streams to an Arrow stream. What is asked of the stream that comes out is what is read of those that went in, some tiles at a time.

#include <algorithm>
#include <cerrno>
#include <deque>
#include <exception>
#include <thread>

#include "base/mistake.h"
#include "base/text.h"
#include "caseload/arrow_rows.h"
#include "caseload/arrow_table.h"
#include "caseload/table_rows.h"
#include "caseload/tile_decider.h"
#include "duly/caseload.h"
#include "engine/ruleset_state.h"

namespace duly {
namespace {

/// Shorter keys first, then by bytes.
bool rises(std::string_view before, std::string_view key) { return before.size() != key.size() ? before.size() < key.size() : before < key; }

/// Rows of one batch.
struct Slice {
  std::shared_ptr<const ArrowBatch> batch;
  std::int64_t first = 0, count = 0, row_number = 1;
};

/// A table with the row it has come to.
class Cursor {
 public:
  Cursor(std::unique_ptr<ArrowTable> table, std::size_t key) : table_(std::move(table)), key_(key) {}

  [[nodiscard]] const ArrowTable& table() const { return *table_; }
  [[nodiscard]] const std::vector<Diagnostic>& errors() const { return errors_; }

  /// The key of the row, false at the end and after a failure.
  bool key(std::string_view& key) {
    while (batch_ == nullptr || row_ == batch_->rows()) {
      if (ended_) return false;
      auto next = table_->next();
      if (!next) errors_ = next.errors();
      if (!next || *next == nullptr) {
        ended_ = true;
        return false;
      }
      batch_ = std::move(*next);
      row_ = 0;
    }
    key = batch_->cell(table_->columns()[key_], key_, row_, scratch_);
    return true;
  }

  /// Puts the row into `slices` and goes to the next.
  void take(std::vector<Slice>& slices) {
    if (slices.empty() || slices.back().batch != batch_) slices.push_back({batch_, row_, 0, number_});
    ++slices.back().count;
    ++row_;
    ++number_;
  }

 private:
  std::unique_ptr<ArrowTable> table_;
  std::size_t key_;
  std::shared_ptr<const ArrowBatch> batch_;
  std::int64_t row_ = 0, number_ = 1;
  bool ended_ = false;
  std::string scratch_;
  std::vector<Diagnostic> errors_;
};

using Piece = std::vector<std::vector<Slice>>;  // by table

class CaseloadStream {
 public:
  CaseloadStream(const Ruleset& rules, std::string program, const CaseloadOptions& options, int trials)
      : rules_(rules), program_(std::move(program)), options_(options), trials_(trials) {}

  std::vector<Diagnostic> open(const std::vector<CaseloadTable>& tables, const Request& request) {
    auto picker = PackPicker::on(rules_.state(), program_);
    if (!picker) return picker.errors();
    picker_.emplace(std::move(*picker));
    const auto overrides = overrides_from(request);
    if (!overrides) return overrides.errors();
    outputs_ = picker_->asked().declarations().program.outputs;
    has_benefit_ = !picker_->asked().benefit().empty();
    if (auto errors = open_tables(tables); !errors.empty()) return errors;
    const std::size_t threads = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t t = 0; t < threads; ++t) {
      rows_.push_back(std::make_unique<TableRows>(ReadingOptions{&*picker_, *overrides, options_.households_in_tile}, shapes_));
      deciders_.push_back(std::make_unique<TileDecider>(outputs_, trials_));
    }
    return {};
  }

  int schema(ArrowSchema& out) {
    make_schema(outputs_, has_benefit_, out);
    return 0;
  }

  int next(ArrowArray& out) {
    out = {};
    if (!error_.empty()) return EINVAL;
    if (ready_.empty()) decide_some();
    if (!error_.empty()) return EINVAL;
    if (ready_.empty()) return 0;
    make_array(ready_.front(), outputs_.size(), has_benefit_, out);
    households_ += static_cast<std::int64_t>(ready_.front().keys.size());
    ready_.pop_front();
    if (options_.progress && !options_.progress(households_)) fail({mistake(Code::cancelled, "the run was stopped")});
    return 0;
  }

  [[nodiscard]] const char* error() const { return error_.empty() ? nullptr : error_.c_str(); }
  void fail(const std::vector<Diagnostic>& diagnostics) { error_ = to_text(diagnostics); }

 private:
  std::vector<Diagnostic> open_tables(const std::vector<CaseloadTable>& tables) {
    const DictionaryIndex& index = picker_->asked().index();
    std::vector<Diagnostic> errors;
    auto shapes = std::make_shared<std::vector<TableShape>>();
    std::vector<std::string> names;
    for (const CaseloadTable& table : tables) names.push_back(table.name);
    for (const std::string& name : table_names(index)) {  // households first
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        if (name == "household") errors.push_back(mistake(Code::wrong_header, "there is no table `household`"));
        continue;
      }
      auto table = ArrowTable::open(name, tables[static_cast<std::size_t>(found - names.begin())].rows);
      if (!table) {
        errors.insert(errors.end(), table.errors().begin(), table.errors().end());
        continue;
      }
      TableShape shape = *table_named(index, name);
      std::vector<std::string_view> columns;
      for (const ArrowColumn& column : (*table)->columns()) columns.push_back(column.name);
      auto mistakes = read_header(index, columns, shape);
      errors.insert(errors.end(), mistakes.begin(), mistakes.end());
      tables_.push_back(std::make_unique<Cursor>(std::move(*table), 0));
      shapes->push_back(std::move(shape));
    }
    for (const std::string& name : names)
      if (!table_named(index, name))
        errors.push_back(mistake(Code::wrong_header, "`" + name + "` is no table of a caseload", "its tables are " + join_words(table_names(index))));
    shapes_ = std::move(shapes);
    return errors;
  }

  /// As many tiles as there are threads.
  void decide_some() {
    std::vector<Piece> pieces;
    while (pieces.size() < rows_.size()) {
      Piece piece;
      if (!take(piece)) break;
      pieces.push_back(std::move(piece));
    }
    if (!error_.empty()) return;
    std::vector<DecidedRows> decided(pieces.size());
    std::vector<std::exception_ptr> failures(pieces.size());
    const auto work = [&](std::size_t p) {
      try {
        decided[p] = decide(pieces[p], p);
      } catch (...) { failures[p] = std::current_exception(); }
    };
    {
      std::vector<std::jthread> others;
      for (std::size_t p = 1; p < pieces.size(); ++p) others.emplace_back(work, p);
      if (!pieces.empty()) work(0);
    }
    for (const std::exception_ptr& failure : failures)
      if (failure) std::rethrow_exception(failure);
    for (DecidedRows& rows : decided) ready_.push_back(std::move(rows));
  }

  /// False at the end and after a failure.
  bool take(Piece& piece) {
    piece.resize(tables_.size());
    std::vector<std::string> keys;
    std::string_view key;
    while (keys.size() < static_cast<std::size_t>(options_.households_in_tile) && tables_[0]->key(key)) {
      if (!rises(last_key_, key)) {
        fail({mistake(Code::wrong_header, "the keys of households do not rise: `" + std::string(key) + "` stands behind `" + last_key_ + "`",
                      "sort all tables by `household`: shorter keys first, those of one length by their bytes")});
        return false;
      }
      last_key_ = key;
      keys.emplace_back(key);
      tables_[0]->take(piece[0]);
    }
    for (std::size_t t = 1; t < tables_.size(); ++t)
      while (tables_[t]->key(key) && (keys.empty() || !rises(last_key_, key))) tables_[t]->take(piece[t]);
    for (const auto& table : tables_)
      if (!table->errors().empty()) fail(table->errors());
    return error_.empty() && std::any_of(piece.begin(), piece.end(), [](const auto& slices) { return !slices.empty(); });
  }

  DecidedRows decide(const Piece& piece, std::size_t thread) {
    TableRows& rows = *rows_[thread];
    rows.begin();
    do
      for (std::size_t t = 0; t < piece.size(); ++t) read(piece[t], t, rows);
    while (rows.must_read_again());
    ReadPiece read = rows.finish();
    DecidedRows out{std::move(read.keys), {}, std::move(read.errors)};
    for (const DatedTile& tile : read.tiles) {
      const auto mistakes = deciders_[thread]->decide(*tile.program, tile.tile, tile.law_date, out.columns);
      for (const std::int32_t household : mistakes.empty() ? std::vector<std::int32_t>{} : tile.tile.household)
        out.errors.push_back({household, out.keys[static_cast<std::size_t>(household)], "", 0, "", mistakes.front()});
    }
    for (const auto& [household, determination] : read.pending) append(out.columns, household, determination, outputs_);
    std::stable_sort(out.errors.begin(), out.errors.end(), [](const CaseloadError& a, const CaseloadError& b) { return a.household < b.household; });
    out.columns = sorted_by_household(std::move(out.columns));
    return out;
  }

  void read(const std::vector<Slice>& slices, std::size_t table, TableRows& rows) const {
    const std::vector<ArrowColumn>& columns = tables_[table]->table().columns();
    std::vector<std::string> scratch(columns.size());
    std::vector<std::string_view> cells(columns.size());
    rows.begin_table(table);
    for (const Slice& slice : slices)
      for (std::int64_t row = 0; row < slice.count; ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) cells[c] = slice.batch->cell(columns[c], c, slice.first + row, scratch[c]);
        rows.add(cells, slice.row_number + row, std::nullopt);
      }
  }

  Ruleset rules_;
  std::string program_;
  CaseloadOptions options_;
  int trials_;
  std::optional<PackPicker> picker_;
  std::vector<std::string> outputs_;
  bool has_benefit_ = false;  ///< the first of them is an amount of money
  std::vector<std::unique_ptr<Cursor>> tables_;
  std::shared_ptr<const std::vector<TableShape>> shapes_;
  std::vector<std::unique_ptr<TableRows>> rows_;  ///< by thread
  std::vector<std::unique_ptr<TileDecider>> deciders_;  ///< by thread
  std::string last_key_, error_;
  std::deque<DecidedRows> ready_;
  std::int64_t households_ = 0;
};

CaseloadStream& of(ArrowArrayStream* stream) { return *static_cast<CaseloadStream*>(stream->private_data); }

/// No exception crosses the interface.
template <class F>
int guarded(ArrowArrayStream* stream, F f) {
  try {
    return f(of(stream));
  } catch (const std::exception& error) {
    of(stream).fail({mistake(Code::internal, error.what())});
    return EIO;
  }
}

}  // namespace

std::vector<Diagnostic> determine_tables(const Ruleset& rules, const std::string& program, const std::vector<CaseloadTable>& tables,
                                         const Request& request, const CaseloadOptions& options, ArrowArrayStream* determinations) {
  auto stream = std::make_unique<CaseloadStream>(rules, program, options, request.trials);
  if (auto errors = stream->open(tables, request); !errors.empty()) return errors;
  *determinations = {};
  determinations->get_schema = [](ArrowArrayStream* s, ArrowSchema* out) { return guarded(s, [&](CaseloadStream& c) { return c.schema(*out); }); };
  determinations->get_next = [](ArrowArrayStream* s, ArrowArray* out) { return guarded(s, [&](CaseloadStream& c) { return c.next(*out); }); };
  determinations->get_last_error = [](ArrowArrayStream* s) { return of(s).error(); };
  determinations->release = [](ArrowArrayStream* s) {
    delete &of(s);
    s->release = nullptr;
  };
  determinations->private_data = stream.release();
  return {};
}

}  // namespace duly
