// duly format: rule files in their canonical layout.

#include <iostream>

#include "cli/inputs.h"
#include "duly/authoring.h"

namespace duly::cli {
namespace {

struct FormatOptions {
  std::vector<std::string> files;
  bool check = false;
};

/// One file. Adds to `changed` if its layout is not the canonical one; writes it unless only asked to check.
int format_one(const std::string& path, const FormatOptions& options, std::vector<std::string>& changed, CommandContext& context) {
  const auto text = read_text(path, context);
  if (!text) return report(text.errors(), context);
  const auto formatted = format_rules(path == "-" ? "standard input" : path, *text);
  if (!formatted) return report(formatted.errors(), context);
  if (*formatted != *text) changed.push_back(path);
  if (options.check) return clean;
  if (path == "-") {
    context.out << *formatted;
    return clean;
  }
  if (*formatted == *text) return clean;
  const auto failed = write_text(path, *formatted);
  return failed ? report({*failed}, context) : clean;
}

int format(const FormatOptions& options, CommandContext& context) {
  std::vector<std::string> changed;
  int status = clean;
  for (const auto& path : options.files) status = std::max(status, format_one(path, options, changed, context));
  if (!options.check) return status;
  for (const auto& path : changed) context.out << path << '\n';
  return std::max<int>(status, changed.empty() ? clean : differences);
}

constexpr const char* format_examples =
    "Comments stay with what they belong to, and a file that cannot be read is left as it is.\n"
    "  duly format rules/*/*/*.yaml\n"
    "  duly format --check rules/*/*/*.yaml        lists the files that would change; exit status 1 if there are any\n"
    "  duly format - < draft.yaml                      writes the result to standard output";

}  // namespace

void add_format_command(Tool& tool) {
  const auto options = std::make_shared<FormatOptions>();
  CLI::App& command = tool.add<FormatOptions>("format", "bring rule files into their canonical layout", format_examples, options, format);
  command.add_option("FILE", options->files, "rule files; - reads standard input")->required()->type_name("");
  command.add_flag("--check", options->check, "write nothing, list the files that would change");
}

}  // namespace duly::cli
