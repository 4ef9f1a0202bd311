#include "skeleton/program_id.h"

#include <algorithm>

namespace duly {

Diagnostic cannot_begin(std::string message, std::string help) {
  Diagnostic d;
  d.code = Code::bad_option;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

std::vector<std::string> parts_of_id(const std::string& id) {
  std::vector<std::string> out(1);
  for (const char c : id) {
    if (c == '/') out.emplace_back();
    else out.back() += c;
  }
  return out;
}

std::optional<Diagnostic> no_program_id(const std::string& id) {
  const auto is_word = [](const std::string& part) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !part.empty() && std::all_of(part.begin(), part.end(), fits);
  };
  const std::vector<std::string> parts = parts_of_id(id);
  if (std::all_of(parts.begin(), parts.end(), is_word)) return std::nullopt;
  return cannot_begin("`" + id + "` cannot be the folder of a program",
                      "write words of small letters, digits and _ between /, such as heating_help or county/heating_help");
}

std::string title_from(const std::string& id) {
  std::string out = parts_of_id(id).back();
  std::replace(out.begin(), out.end(), '_', ' ');
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

}  // namespace duly
