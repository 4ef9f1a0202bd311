#pragma once

// What every command does alike: read a file or standard input, write a file whole or not at all, open the rules, say what is wrong.

#include <optional>

#include "base/mistake.h"
#include "cli/commands.h"
#include "duly/ruleset.h"

namespace duly::cli {

/// The text of `path`, or of standard input where it is `-`. Errors: E500.
Result<std::string> read_text(const std::string& path, CommandContext& context);

/// Puts `text` in the place of `path`: whoever reads it sees the old file or the new one, never a part. Errors: E501.
std::optional<Diagnostic> write_text(const std::string& path, const std::string& text);

/// The script that draws the charts of pages; empty where the tool was built without it.
std::string chart_script(const CommandContext& context);

/// `--rules DIR`.
void add_rules_option(CLI::App& command, std::string& folder);

/// The rules of `folder`, or those of the context where it is empty. Errors: E500.
Result<Ruleset> open_rules(const std::string& folder, const CommandContext& context);

/// How the tool must end after `diagnostics`: `our_fault` if one of them is, `bad_input` if one is an error, else `clean`.
int status_after(const std::vector<Diagnostic>& diagnostics);

/// Prints them on standard error. Returns the status after them.
int report(const std::vector<Diagnostic>& diagnostics, CommandContext& context);
/// The same, those with a place but no file being of the document at `path`, `-` for standard input.
std::vector<Diagnostic> in_document(std::vector<Diagnostic> diagnostics, const std::string& path);

/// `a month`, `3 months`: the noun with its number.
std::string counted(std::size_t number, const std::string& noun);

}  // namespace duly::cli
