#include "capi/handles.h"

#include "base/mistake.h"
#include "base/source.h"

namespace duly::capi {
namespace {

constexpr int codes_in_a_group = 100;

/// U+FFFD stands for each byte of what came from outside that is no UTF-8, since whatever goes out is.
std::string in_utf8(std::string text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::size_t bad = 0;
  for (std::size_t from = 0; !unreadable(std::string_view(text).substr(from), bad).empty(); from += bad + replacement.size())
    text.replace(from + bad, 1, replacement);
  return text;
}

}  // namespace

std::unique_ptr<duly_error> error_from(std::vector<Diagnostic> diagnostics) {
  auto out = std::make_unique<duly_error>();
  for (Diagnostic& d : diagnostics) {
    for (std::string Diagnostic::* text : {&Diagnostic::message, &Diagnostic::file, &Diagnostic::source_line, &Diagnostic::help})
      d.*text = in_utf8(d.*text);
    out->texts.push_back(to_text(d));
  }
  out->diagnostics = std::move(diagnostics);
  return out;
}

duly_status status_of(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& d : diagnostics) {
    if (d.severity == Severity::warning) continue;
    if (d.code == Code::internal) return DULY_INTERNAL;
    return static_cast<duly_status>(static_cast<int>(d.code) / codes_in_a_group);
  }
  return DULY_OK;
}

std::vector<Diagnostic> bad_argument(const char* message) { return {mistake(Code::bad_argument, message, "duly/c.h says what it needs")}; }

std::vector<Diagnostic> our_fault(const char* what) { return {mistake(Code::internal, what, "please report it with the input that led here")}; }

}  // namespace duly::capi

namespace {

const duly::Diagnostic* diagnostic_of(const duly_error* error, std::size_t index) {
  return error != nullptr && index < error->diagnostics.size() ? &error->diagnostics[index] : nullptr;
}

const char* text_of(const duly::Diagnostic* diagnostic, std::string duly::Diagnostic::* member) {
  return diagnostic != nullptr ? (diagnostic->*member).c_str() : "";
}

}  // namespace

extern "C" {

size_t duly_error_count(const duly_error* error) { return error != nullptr ? error->diagnostics.size() : 0; }

int duly_error_code(const duly_error* error, size_t index) {
  const auto* d = diagnostic_of(error, index);
  return d != nullptr ? static_cast<int>(d->code) : 0;
}

const char* duly_error_name(const duly_error* error, size_t index) {
  const auto* d = diagnostic_of(error, index);
  return d != nullptr ? duly::code_name(d->code).data() : "";  // a literal, so a zero byte ends it
}

int duly_error_is_warning(const duly_error* error, size_t index) {
  const auto* d = diagnostic_of(error, index);
  return d != nullptr && d->severity == duly::Severity::warning ? 1 : 0;
}

const char* duly_error_message(const duly_error* error, size_t index) { return text_of(diagnostic_of(error, index), &duly::Diagnostic::message); }
const char* duly_error_help(const duly_error* error, size_t index) { return text_of(diagnostic_of(error, index), &duly::Diagnostic::help); }
const char* duly_error_file(const duly_error* error, size_t index) { return text_of(diagnostic_of(error, index), &duly::Diagnostic::file); }

int duly_error_line(const duly_error* error, size_t index) {
  const auto* d = diagnostic_of(error, index);
  return d != nullptr ? d->line : 0;
}

int duly_error_column(const duly_error* error, size_t index) {
  const auto* d = diagnostic_of(error, index);
  return d != nullptr ? d->column : 0;
}

const char* duly_error_text(const duly_error* error, size_t index) {
  return diagnostic_of(error, index) != nullptr ? error->texts[index].c_str() : "";
}

void duly_error_free(duly_error* error) { delete error; }
}
