#pragma once

// The tool as a function: a line goes in, what it printed and how it ended come out. Files live in a folder of the test's own.

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace duly::cli {

struct Ran {
  int status = 0;
  std::string out, err;
};

struct Typed {
  std::vector<std::string> line;
  std::string input{};
  std::string rules = DULY_SOURCE_DIR "/rules";
  bool color = false;
  int width = 80;
};

inline Ran run_line(const Typed& typed) {
  std::istringstream in(typed.input);
  std::ostringstream out;
  std::ostringstream err;
  CommandContext context{in, out, err, typed.rules, typed.color, typed.width};
  const int status = run_tool(typed.line, context);
  return {status, out.str(), err.str()};
}

inline Ran run_line(std::vector<std::string> line) { return run_line(Typed{std::move(line)}); }

/// A folder that is gone when the test is over.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "duly_cli.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string path() const { return path_.string(); }
  std::string put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path(name);
  }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(path_ / name, std::ios::binary).rdbuf();
    return out.str();
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace duly::cli
