// Whatever the bytes of a household document, the C interface decides it or says what is wrong; what it decides it can explain in every format.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "duly/c.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

const duly_rules* rules() {
  static duly_rules* const loaded = [] {
    duly_rules* made = nullptr;
    require(duly_rules_from_folder(DULY_SOURCE_DIR "/tests/programs", &made, nullptr) == DULY_OK);
    return made;
  }();
  return loaded;
}

void decide(const char* program, const char* document, std::size_t length) {
  duly_set* set = nullptr;
  duly_error* error = nullptr;
  duly_request request = DULY_REQUEST_INIT;
  request.trials = 16;
  const duly_status status = duly_determine(rules(), program, document, length, &request, &set, &error);
  require((status == DULY_OK) == (set != nullptr) && (status == DULY_OK) == (error == nullptr));
  require(status != DULY_INTERNAL && status != DULY_BAD_ARGUMENT);  // the YAML of a document is E1xx as that of rules
  for (std::size_t i = 0; i < duly_error_count(error); ++i)
    require(duly_error_code(error, i) < 900 && std::strlen(duly_error_message(error, i)) > 0 && std::strlen(duly_error_text(error, i)) > 0);
  for (std::size_t i = 0; i < duly_count(set); ++i) {
    require(duly_outcome(set, i) != DULY_NO_OUTCOME);
    for (const int format : {DULY_TEXT, DULY_JSON, DULY_HTML}) {
      duly_string* text = nullptr;
      require(duly_explain(set, i, format, &text, nullptr) == DULY_OK && duly_string_length(text) > 0);
      duly_string_free(text);
    }
  }
  duly_error_free(error);
  duly_set_free(set);
}

void screen(const char* only, const char* document, std::size_t length) {
  duly_screening* screening = nullptr;
  duly_error* error = nullptr;
  duly_request request = DULY_REQUEST_INIT;
  request.trials = 16;
  const duly_status status = duly_screen(rules(), document, length, &request, only, &screening, &error);
  require((status == DULY_OK) == (screening != nullptr) && (status == DULY_OK) == (error == nullptr));
  require(status != DULY_INTERNAL && status != DULY_BAD_ARGUMENT);
  for (const int format : {DULY_TEXT, DULY_JSON, DULY_HTML}) {
    duly_string* text = nullptr;
    if (screening != nullptr) require(duly_screening_shown(screening, format, &text, nullptr) == DULY_OK && duly_string_length(text) > 0);
    duly_string_free(text);
  }
  duly_error_free(error);
  duly_screening_free(screening);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* program : {"units", "spend_down"}) decide(program, reinterpret_cast<const char*>(data), size);
  screen("units", reinterpret_cast<const char*>(data), size);
  return 0;
}
