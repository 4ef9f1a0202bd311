#include "facts/reading.h"

namespace duly {

Result<Household> read_household(const DictionaryIndex& index, const Node& document, const RequestOverrides& request, const ReadOptions& options) {
  if (!index.mistakes().empty()) return index.mistakes();
  if (!document.is_map())
    return diagnostic_at(Code::document_shape, document.span, "a household document is a record of keys and values", "begin with people: {...}");
  Reading reading(index, options);
  read_sections(reading, document, request);
  lay_out(reading);
  lay_out_relations(reading);
  if (const Node* evidence = document.find("evidence")) read_evidence(reading, *evidence);
  read_stated(reading, document.find("stated"), options.allow_assume ? document.find("assume") : nullptr);
  if (reading.complaints.any()) return reading.complaints.take_errors();
  for (FactColumn& column : reading.out.table.facts) drop_what_is_known(column);
  reading.out.warnings = reading.complaints.take_warnings();
  return std::move(reading.out);
}

}  // namespace duly
