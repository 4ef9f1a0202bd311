#include "duly/diagnostic.h"

#include "base/mistake.h"
#include "base/text.h"

namespace duly {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
};
constexpr CodeRow code_rows[] = {
#define DULY_CODE(number, name, summary) {Code::name, #name},
#include "duly/codes.inc"
#undef DULY_CODE
};

/// The line with tabs kept, so that a caret below stands under the same place.
std::string indent_like(std::string_view line, int columns) {
  std::string out;
  std::size_t at = 0;
  for (int column = 1; column < columns && at < line.size(); ++column) {
    out += line[at] == '\t' ? '\t' : ' ';
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) ++at;
  }
  return out;
}

}  // namespace

Diagnostic mistake(Code code, std::string message, std::string help) {
  Diagnostic d;
  d.code = code;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

std::string code_text(Code code) { return "E" + std::to_string(static_cast<int>(code)); }

std::string_view code_name(Code code) {
  for (const auto& row : code_rows)
    if (row.code == code) return row.name;
  return "unknown_code_number";
}

std::string to_text(const Diagnostic& d) {
  std::string out;
  if (!d.file.empty()) out += d.file + ":";
  if (d.line > 0) out += std::to_string(d.line) + ":" + std::to_string(d.column) + ":";
  if (!out.empty()) out += " ";
  out += d.severity == Severity::error ? "error[" : "warning[";
  out += code_text(d.code) + "]: " + d.message + "\n";
  if (!d.source_line.empty()) {
    const std::string number = std::to_string(d.line);
    const std::string margin(number.size() < 5 ? 5 - number.size() : 0, ' ');
    out += margin + number + " | " + d.source_line + "\n";
    out += std::string(margin.size() + number.size(), ' ') + " | " + indent_like(d.source_line, d.column) +
           std::string(static_cast<std::size_t>(d.caret_length > 0 ? d.caret_length : 1), '^') + "\n";
  }
  if (!d.rule.empty()) out += "   in `" + d.rule + "`" + (d.cite.empty() ? "" : ", " + d.cite) + "\n";
  if (!d.help.empty()) out += "   help: " + d.help + "\n";
  return out;
}

std::string to_text(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics) {
    if (!out.empty()) out += "\n";
    out += to_text(d);
  }
  return out;
}

}  // namespace duly
