#include "duly/caseload.h"

#include "capi/handles.h"

namespace duly::capi {
namespace {

constexpr int most_households_in_tile = 65'536;

/// The tables, whose elements may be larger than ours.
std::vector<Diagnostic> tables_of(const duly_table* tables, std::size_t count, std::vector<CaseloadTable>& out) {
  if (tables == nullptr || count == 0) return bad_argument("`tables` is NULL, or there are none");
  if (tables->size < sizeof(duly_table)) return bad_argument("`size` of the first table is smaller than a duly_table");
  const char* at = reinterpret_cast<const char*>(tables);
  for (std::size_t i = 0; i < count; ++i, at += tables->size) {
    const auto& table = *reinterpret_cast<const duly_table*>(at);
    if (table.name == nullptr) return bad_argument("the `name` of a table is NULL");
    if (table.rows == nullptr || table.rows->release == nullptr) return bad_argument("a table has no stream of rows, or one that was released");
    out.push_back({table.name, table.rows});
  }
  return {};
}

std::vector<Diagnostic> read_options(const duly_tables_options* from, CaseloadOptions& to) {
  to.threads = 0;
  if (from == nullptr) return {};
  if (from->size < sizeof(duly_tables_options)) return bad_argument("`size` of the options is not that of a duly_tables_options");
  if (from->threads < 0) return bad_argument("`threads` is negative");
  if (from->households_in_tile < 0 || from->households_in_tile > most_households_in_tile)
    return bad_argument("`households_in_tile` is not from 0 to 65536");
  to.threads = from->threads;
  if (from->households_in_tile > 0) to.households_in_tile = from->households_in_tile;
  if (from->progress != nullptr)
    to.progress = [call = from->progress, user = from->user](std::int64_t households) { return call(user, static_cast<long long>(households)) != 0; };
  return {};
}

}  // namespace
}  // namespace duly::capi

using duly::capi::bad_argument;
using duly::capi::guarded;

extern "C" {

duly_status duly_determine_tables(const duly_rules* rules, const char* program, const duly_table* tables, size_t count, const duly_request* request,
                                  const duly_tables_options* options, struct ArrowArrayStream* determinations, duly_error** error) {
  return guarded(error, [&]() -> std::vector<duly::Diagnostic> {
    if (determinations == nullptr) return bad_argument("`determinations` is NULL");
    *determinations = {};
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    if (program == nullptr) return bad_argument("`program` is NULL");
    std::vector<duly::CaseloadTable> given;
    duly::Request asked;
    duly::CaseloadOptions how;
    if (auto misuse = duly::capi::tables_of(tables, count, given); !misuse.empty()) return misuse;
    if (auto misuse = duly::capi::read_request(request, asked); !misuse.empty()) return misuse;
    if (auto misuse = duly::capi::read_options(options, how); !misuse.empty()) return misuse;
    return duly::determine_tables(rules->rules, program, given, asked, how, determinations);
  });
}
}
