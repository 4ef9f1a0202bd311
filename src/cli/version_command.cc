// duly version: which engine, which language, which C interface.

#include <iostream>

#include "cli/commands.h"
#include "duly/c.h"
#include "duly/version.h"

namespace duly::cli {
namespace {

struct VersionOptions {};

int version(const VersionOptions&, CommandContext& context) {
  context.out << "duly " << engine_version() << ", language " << language_version() << ", C interface " << duly_abi_version() << '\n';
  return clean;
}

constexpr const char* example = "The version of the rules is part of every determination: a SHA-256 over all files a program reaches.";

}  // namespace

void add_version_command(Tool& tool) {
  tool.add<VersionOptions>("version", "show the versions of the engine, the language and the C interface", example,
                           std::make_shared<VersionOptions>(), version);
}

}  // namespace duly::cli
