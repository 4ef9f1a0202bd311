// duly new: the first files of a program or of a pack, which are sound and whose cases pass.

#include <filesystem>
#include <iostream>

#include "cli/inputs.h"
#include "skeleton/skeleton.h"

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

struct NewOptions {
  PackWishes pack;
  std::string what;
  std::string rules = "rules";
  std::string today;
};

/// The files are written all or none: whatever is in the way is told before the first.
int write_files(const std::vector<SkeletonFile>& files, const NewOptions& options, CommandContext& context) {
  const fs::path folder = options.rules;
  std::error_code error;
  for (const SkeletonFile& file : files)
    if (fs::exists(folder / file.path, error))
      return report(
          {mistake(Code::cannot_write, "`" + (folder / file.path).string() + "` is there already", "nothing was written: move it away first")},
          context);
  for (const SkeletonFile& file : files) {
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path(), error);
    if (const auto failed = write_text(path.string(), file.text)) return report({*failed}, context);
    context.out << path.string() << '\n';
  }
  return clean;
}

int begin(const NewOptions& options, CommandContext& context) {
  const std::string& today = options.today.empty() ? context.today : options.today;
  const auto day = date_from_text(today);
  if (!day) return report({mistake(Code::bad_option, "`" + today + "` is no day", "give it as --today YYYY-MM-DD")}, context);
  std::error_code error;
  if (fs::exists(fs::path(options.rules) / options.pack.id / "program.yaml", error))
    return report({mistake(Code::cannot_write, "there is a program `" + options.pack.id + "` already", "choose another folder, or change its files")},
                  context);
  if (options.what == "program") {
    const auto files = program_skeleton(options.pack.id, *day);
    return files ? write_files(*files, options, context) : report(files.errors(), context);
  }
  const auto rules = rules_in_folder(options.rules);
  if (!rules) return report(rules.errors(), context);
  const auto files = pack_skeleton(*rules, options.pack, *day);
  return files ? write_files(*files, options, context) : report(files.errors(), context);
}

constexpr const char* new_examples =
    "PATH is the folder of the program below the rules folder. The files are sound and their cases pass: change them piece by piece, and after\n"
    "each piece run `duly check` and `duly test`. Nothing that is there is written over.\n"
    "  duly new program county/heating_help            rules/county/heating_help: facts, a chapter, wordings and cases\n"
    "  duly new state PATH --rules my/rules            a pack for one place, on the program of the same path without the place\n"
    "docs/new_state.md writes a pack from its first line to its last.";

}  // namespace

void add_new_command(Tool& tool) {
  const auto options = std::make_shared<NewOptions>();
  CLI::App& command = tool.add<NewOptions>("new", "write the first files of a program, or of a place's pack", new_examples, options, begin);
  command.add_option("WHAT", options->what, "`program`, or `state` for a pack on one that is there")
      ->required()
      ->check(CLI::IsMember({"program", "state"}))
      ->type_name("");
  command.add_option("PATH", options->pack.id, "its folder below the rules folder")->required()->type_name("");
  command.add_option("--extends", options->pack.extends, "of a pack: the program it stands on (else as the path says)")->type_name("ID");
  command.add_option("--covers", options->pack.covers, "of a pack: where it holds, FACT=WORD (else as the path says)")->type_name("PLACE");
  command.add_option("--today", options->today, "the day the files are of (else today)")->type_name("DATE");
  command.add_option("--rules", options->rules, "folder of the rules (else `rules` where you stand)")->type_name("DIR");
}

}  // namespace duly::cli
