#include "capi/handles.h"
#include "duly/render.h"

namespace duly::capi {
namespace {

std::vector<Diagnostic> make_screening(const duly_rules& rules, std::string_view document, const Request& request, const char* only,
                                       duly_screening** screening) {
  auto made = rules.rules.screen(document, request, only != nullptr ? only : "");
  if (!made) return made.errors();
  auto warnings = made->warnings.empty() ? nullptr : error_from(made->warnings);
  std::string language = request.languages.empty() ? std::string("en") : request.languages.front();
  *screening = new duly_screening{std::move(*made), std::move(language), std::move(warnings)};
  return {};
}

std::string shown(const duly_screening& from, int format) {
  if (format == DULY_JSON) return to_json(from.screening);
  if (format == DULY_HTML) return to_html(from.screening, from.language);
  TextOptions options;
  options.language = from.language;
  return to_text(from.screening, options);
}

bool has(const duly_screening* screening, std::size_t index) { return screening != nullptr && index < screening->screening.decided.size(); }

}  // namespace
}  // namespace duly::capi

using duly::capi::bad_argument;
using duly::capi::give;
using duly::capi::guarded;
using Failure = std::vector<duly::Diagnostic>;

extern "C" {

duly_status duly_screen(const duly_rules* rules, const char* document, size_t length, const duly_request* request, const char* only,
                        duly_screening** screening, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (screening == nullptr) return bad_argument("`screening` is NULL");
    *screening = nullptr;
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    if (document == nullptr) return bad_argument("`document` is NULL");
    duly::Request asked;
    if (auto misuse = duly::capi::read_request(request, asked); !misuse.empty()) return misuse;
    return duly::capi::make_screening(*rules, std::string_view(document, length), asked, only, screening);
  });
}

size_t duly_screening_count(const duly_screening* screening) { return screening != nullptr ? screening->screening.decided.size() : 0; }

duly_outcome_value duly_screening_outcome(const duly_screening* screening, size_t index) {
  if (!duly::capi::has(screening, index)) return DULY_NO_OUTCOME;
  return duly::capi::outcome_value(screening->screening.decided[index].determination.outcome);
}

const char* duly_screening_program(const duly_screening* screening, size_t index) {
  return duly::capi::has(screening, index) ? screening->screening.decided[index].determination.program.c_str() : "";
}

duly_status duly_screening_shown(const duly_screening* screening, int format, duly_string** shown, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (shown == nullptr) return bad_argument("`shown` is NULL");
    *shown = nullptr;
    if (screening == nullptr) return bad_argument("`screening` is NULL");
    if (!duly::capi::is_format(format)) return bad_argument("`format` is none of the formats");
    give(shown, duly::capi::shown(*screening, format));
    return {};
  });
}

const duly_error* duly_screening_warnings(const duly_screening* screening) { return screening != nullptr ? screening->warnings.get() : nullptr; }

void duly_screening_free(duly_screening* screening) { delete screening; }
}
