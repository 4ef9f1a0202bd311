#pragma once

// A table that comes as an Arrow stream, read row by row as cells of text.
//
// Threads: a table belongs to one thread; its batches may be read by any number of threads at once.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "duly/arrow.h"
#include "duly/diagnostic.h"

namespace duly {

/// What a cell of a column is.
enum class ArrowType : std::uint8_t { nothing, text, long_text, truth, whole, decimal, day };

struct ArrowColumn {
  std::string name;
  ArrowType type = ArrowType::nothing;
  int bytes = 0;              ///< of a whole number
  bool is_signed = true;
  int places = 0;             ///< of a decimal
  bool by_dictionary = false; ///< then the above is of the dictionary, and these are of the index:
  int index_bytes = 0;
};

/// Some rows, alive as long as anybody holds them.
class ArrowBatch {
 public:
  explicit ArrowBatch(ArrowArray array) : array_(array) {}
  ~ArrowBatch() {
    if (array_.release != nullptr) array_.release(&array_);
  }
  ArrowBatch(const ArrowBatch&) = delete;
  ArrowBatch& operator=(const ArrowBatch&) = delete;

  [[nodiscard]] std::int64_t rows() const { return array_.length; }
  /// The cell as text, empty where there is no value. It stands in the batch or in `scratch`.
  [[nodiscard]] std::string_view cell(const ArrowColumn& column, std::size_t number, std::int64_t row, std::string& scratch) const;

 private:
  ArrowArray array_;
};

class ArrowTable {
 public:
  /// Takes the stream over. Errors: E512 for a column of a type that has no exact text.
  static Result<std::unique_ptr<ArrowTable>> open(std::string name, ArrowArrayStream* stream);
  ~ArrowTable();
  ArrowTable(const ArrowTable&) = delete;
  ArrowTable& operator=(const ArrowTable&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<ArrowColumn>& columns() const { return columns_; }
  /// Null at the end. Errors: E500 with what the stream says.
  Result<std::shared_ptr<const ArrowBatch>> next();

 private:
  explicit ArrowTable(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] Diagnostic failed();

  std::string name_;
  ArrowArrayStream stream_{};
  std::vector<ArrowColumn> columns_;
};

}  // namespace duly
