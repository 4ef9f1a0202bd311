#include "capi/handles.h"
#include "duly/version.h"

extern "C" {

int duly_abi_version(void) { return 3; }

const char* duly_version(void) { return duly::engine_version().data(); }  // a literal, so a zero byte ends it

const char* duly_string_data(const duly_string* text) { return text != nullptr ? text->text.c_str() : ""; }
size_t duly_string_length(const duly_string* text) { return text != nullptr ? text->text.size() : 0; }
void duly_string_free(duly_string* text) { delete text; }

size_t duly_strings_count(const duly_strings* list) { return list != nullptr ? list->texts.size() : 0; }
const char* duly_strings_at(const duly_strings* list, size_t index) {
  return list != nullptr && index < list->texts.size() ? list->texts[index].c_str() : "";
}
void duly_strings_free(duly_strings* list) { delete list; }
}
