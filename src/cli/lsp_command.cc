// duly lsp: the language server that editors start.

#include <iostream>

#include "cli/inputs.h"
#include "language/server.h"

namespace duly::cli {
namespace {

struct LspOptions {
  std::string rules;
  std::string today;
  bool stdio = false;
};

int serve(const LspOptions& words, CommandContext& context) {
  const std::string& today = words.today.empty() ? context.today : words.today;
  const auto day = date_from_text(today);
  if (!day) return report({mistake(Code::bad_option, "`" + today + "` is no day", "give it as --today YYYY-MM-DD")}, context);
  if (!words.rules.empty())
    if (const auto folder = rules_in_folder(words.rules); !folder) return report(folder.errors(), context);
  return serve_editor(context.in, context.out, {words.rules, context.rules_folder, *day}) ? clean : differences;
}

constexpr const char* lsp_examples =
    "An editor starts it and speaks the language server protocol on standard input and output: mistakes as one types, where a name is defined and "
    "used,\n"
    "the value in force today with its source, renaming, completion. docs/editor.md shows the settings of editors.\n"
    "  duly lsp                                        the rules of the folder that the editor has open, or of `rules` in it\n"
    "  duly lsp --rules my/rules                       the rules of a folder\n"
    "Exit status: 0 the editor took leave, 1 it went without, 2 there is no such folder, 3 the tool failed.";

}  // namespace

void add_lsp_command(Tool& tool) {
  const auto words = std::make_shared<LspOptions>();
  CLI::App& command = tool.add<LspOptions>("lsp", "help an editor with rule files, as a language server", lsp_examples, words, serve);
  command.add_option("--rules", words->rules, "folder of the rules (else that of the editor's workspace)")->type_name("DIR");
  command.add_option("--today", words->today, "the day of the values that are shown (else today)")->type_name("DATE");
  command.add_flag("--stdio", words->stdio, "what editors add: standard input and output, which is the only way");
}

}  // namespace duly::cli
