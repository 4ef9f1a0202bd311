// The tool as a process: the one place that looks at the terminal, the environment, the clock and where the tool stands.

#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"

namespace {

/// An installation has bin/duly beside share/duly, with the rules and the script of charts.
std::string beside_the_tool(const char* name) {
  std::error_code error;
  const auto tool = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? name : (tool.parent_path().parent_path() / "share" / "duly" / name).string();
}

int columns_of_terminal() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::clamp<int>(size.ws_col, 40, 400);
  return 80;
}

bool wants_color() {
  const char* refused = std::getenv("NO_COLOR");  // https://no-color.org
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) == 1 && (refused == nullptr || *refused == '\0') && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

std::string day_of_the_clock() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  std::array<char, 16> text{};
  if (::localtime_r(&now, &local) == nullptr) return "";
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &local)};
}

}  // namespace

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  duly::cli::CommandContext context{std::cin,
                                    std::cout,
                                    std::cerr,
                                    beside_the_tool("rules"),
                                    wants_color(),
                                    columns_of_terminal(),
                                    ::isatty(STDERR_FILENO) == 1,
                                    day_of_the_clock(),
                                    beside_the_tool("charts.js")};
  return duly::cli::run_tool({words + 1, words + count}, context);
}
