#include "facts/household.h"
#include "facts/table_filler.h"

namespace duly {

Result<Household> read_household(const DictionaryIndex& index, const Node& document, const RequestOverrides& request, const ReadOptions& options) {
  auto facts = DocumentFacts::read(index, document, request, options);
  if (!facts) return facts.errors();
  TableFiller filler(index, options.wanted);
  facts->put_into(filler);
  Household household = facts->take();
  household.table = filler.finish(options.spare == nullptr ? FactTable{} : std::exchange(*options.spare, {}));
  return household;
}

}  // namespace duly
