#include <algorithm>
#include <sstream>

#include "capi/handles.h"
#include "duly/render.h"

namespace duly::capi {
namespace {

/// Whether everything past our own members is zero: a caller of a later version asks for nothing we do not know.
bool asks_nothing_new(const duly_request& request) {
  const char* begin = reinterpret_cast<const char*>(&request);
  return std::all_of(begin + sizeof(duly_request), begin + request.size, [](char byte) { return byte == 0; });
}

std::vector<std::string> words_of(const char* text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// Larger structs than this are no later version but memory that was never filled.
constexpr std::size_t largest_request = 4096;

std::vector<Diagnostic> make_set(const duly_rules& rules, const char* program, std::string document, Request request, duly_set** set) {
  auto decided = rules.rules.determine(program, document, request);
  if (!decided) return decided.errors();
  auto warnings = decided->warnings.empty() ? nullptr : error_from(decided->warnings);
  *set = new duly_set{rules.rules, program, std::move(document), std::move(request), std::move(*decided), std::move(warnings), {}, {}};
  return {};
}

const Result<std::vector<Explanation>>& explanations_of(const duly_set& set) {
  std::call_once(set.explained, [&] { set.explanations = set.rules.explain(set.program, set.document, set.request); });
  return *set.explanations;
}

std::string shown(const Explanation& explanation, int format, const std::vector<std::string>& languages) {
  if (format == DULY_JSON) return to_json(std::vector{explanation});
  if (format == DULY_HTML) return to_html(std::vector{explanation});
  TextOptions options;
  if (!languages.empty()) options.language = languages.front();
  return to_text(explanation, options);
}

bool has(const duly_set* set, std::size_t index) { return set != nullptr && index < set->determinations.determinations.size(); }

}  // namespace

bool is_format(int format) { return format == DULY_TEXT || format == DULY_JSON || format == DULY_HTML; }

duly_outcome_value outcome_value(Outcome outcome) {
  switch (outcome) {
    case Outcome::eligible: return DULY_ELIGIBLE;
    case Outcome::ineligible: return DULY_INELIGIBLE;
    case Outcome::conditional: return DULY_CONDITIONAL;
    case Outcome::pending: return DULY_PENDING;
    case Outcome::error: return DULY_ERROR;
  }
  return DULY_NO_OUTCOME;
}

std::vector<Diagnostic> read_request(const duly_request* from, Request& to) {
  if (from == nullptr) return {};
  if (from->size < sizeof(duly_request) || from->size > largest_request) return bad_argument("`size` of the request is not that of a duly_request");
  if (!asks_nothing_new(*from)) return bad_argument("the request asks for something this version does not know");
  const auto set = [](std::optional<std::string>& member, const char* text) {
    if (text != nullptr) member = text;
  };
  set(to.benefit_month, from->benefit_month);
  set(to.decided, from->decided);
  set(to.applied, from->applied);
  set(to.occasion, from->occasion);
  if (from->languages != nullptr) to.languages = words_of(from->languages);
  if (from->trials != 0) to.trials = from->trials;
  return {};
}

}  // namespace duly::capi

using duly::capi::bad_argument;
using duly::capi::give;
using duly::capi::guarded;
using Failure = std::vector<duly::Diagnostic>;

extern "C" {

duly_status duly_determine(const duly_rules* rules, const char* program, const char* document, size_t length, const duly_request* request,
                           duly_set** set, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (set == nullptr) return bad_argument("`set` is NULL");
    *set = nullptr;
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    if (program == nullptr) return bad_argument("`program` is NULL");
    if (document == nullptr) return bad_argument("`document` is NULL");
    duly::Request asked;
    if (auto misuse = duly::capi::read_request(request, asked); !misuse.empty()) return misuse;
    return duly::capi::make_set(*rules, program, std::string(document, length), std::move(asked), set);
  });
}

size_t duly_count(const duly_set* set) { return set != nullptr ? set->determinations.determinations.size() : 0; }

duly_outcome_value duly_outcome(const duly_set* set, size_t index) {
  if (!duly::capi::has(set, index)) return DULY_NO_OUTCOME;
  return duly::capi::outcome_value(set->determinations.determinations[index].outcome);
}

duly_status duly_at(const duly_set* set, size_t index, duly_string** json, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (json == nullptr) return bad_argument("`json` is NULL");
    *json = nullptr;
    if (!duly::capi::has(set, index)) return bad_argument(set == nullptr ? "`set` is NULL" : "`index` is past the last determination");
    give(json, duly::to_json(duly::Determinations{{set->determinations.determinations[index]}, set->determinations.warnings}));
    return {};
  });
}

duly_status duly_explain(const duly_set* set, size_t index, int format, duly_string** explanation, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (explanation == nullptr) return bad_argument("`explanation` is NULL");
    *explanation = nullptr;
    if (!duly::capi::has(set, index)) return bad_argument(set == nullptr ? "`set` is NULL" : "`index` is past the last determination");
    if (!duly::capi::is_format(format)) return bad_argument("`format` is none of the formats");
    const auto& explained = duly::capi::explanations_of(*set);
    if (!explained) return explained.errors();
    give(explanation, duly::capi::shown((*explained)[index], format, set->request.languages));
    return {};
  });
}

const duly_error* duly_warnings(const duly_set* set) { return set != nullptr ? set->warnings.get() : nullptr; }

void duly_set_free(duly_set* set) { delete set; }
}
