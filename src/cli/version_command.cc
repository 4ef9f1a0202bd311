// duly version: which engine, which language, which C interface.

#include <iostream>

#include "cli/inputs.h"
#include "duly/c.h"
#include "duly/version.h"

namespace duly::cli {
namespace {

struct VersionOptions {};

/// What the first line of the script names.
std::string drawn_by(const std::string& script) {
  constexpr std::string_view opening = "/*! ";
  if (!script.starts_with(opening)) return "plain drawings, built without Vega-Lite";
  return script.substr(opening.size(), script.find('\n') - opening.size());
}

int version(const VersionOptions&, CommandContext& context) {
  context.out << "duly " << engine_version() << ", language " << language_version() << ", C interface " << duly_abi_version() << '\n';
  context.out << "charts of pages: " << drawn_by(chart_script(context)) << '\n';
  return clean;
}

constexpr const char* version_examples = "The version of the rules is part of every determination: a SHA-256 over all files a program reaches.";

}  // namespace

void add_version_command(Tool& tool) {
  tool.add<VersionOptions>("version", "show the versions of the engine, the language and the C interface", version_examples,
                           std::make_shared<VersionOptions>(), version);
}

}  // namespace duly::cli
