#pragma once

// The cells of a column of a table as values of its fact. What is written plainly is read at once; all else goes the way of documents, which knows every
// spelling and says what is wrong.
//
// Threads: immutable once made.

#include "facts/dictionary_index.h"
#include "facts/table_filler.h"

namespace duly {

/// Where a value goes, and what its period does where it brings one along.
struct CellTarget {
  TableFiller& filler;
  std::int32_t row;
  FactId period = -1;  ///< the field of the same record that says what an amount is per
};

class CellReader {
 public:
  CellReader(const DictionaryIndex& index, FactId fact);

  /// An empty cell says nothing.
  void read(std::string_view cell, const CellTarget& target, const ValueName& name, Complaints& complaints) const;

 private:
  [[nodiscard]] bool read_plain(std::string_view cell, const CellTarget& target) const;
  [[nodiscard]] bool say(std::int64_t value, const CellTarget& target) const;
  void read_as_document(std::string_view cell, const CellTarget& target, const ValueName& name, Complaints& complaints) const;

  const DictionaryIndex& index_;
  FactId fact_;
  const FactReading& how_;
};

}  // namespace duly
