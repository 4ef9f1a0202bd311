// Every code has a file in `errors/`: the wrong text and all that the tool says about it, byte for byte. A file is a sentence, then sections:
//
//   --- file PATH        a file, below a folder of the test's own
//   --- run ARGUMENTS    a run of the tool in that folder; what it must print, ended by its exit status
//
// Files that a test does not give are those of `standard.txt`: a small sound program. To write the expected texts anew:
//   DULY_RECORD=1 ./dev test -R golden

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "cli/commands.h"

namespace duly {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(DULY_SOURCE_DIR) / "tests/golden/errors";
constexpr std::string_view file_mark = "--- file ";
constexpr std::string_view run_mark = "--- run ";

struct Section {
  std::string head;  ///< its first line
  std::string body;
};

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The sections of a golden file; the first has the sentence as its body.
std::vector<Section> sections_of(const fs::path& path) {
  std::vector<Section> out(1);
  std::istringstream lines(text_of(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--- ")) out.push_back({line, ""});
    else out.back().body += line + "\n";
  }
  return out;
}

std::map<std::string, std::string> files_of(const std::vector<Section>& sections) {
  std::map<std::string, std::string> files;
  for (const auto& section : sections)
    if (section.head.starts_with(file_mark)) files[section.head.substr(file_mark.size())] = section.body;
  return files;
}

/// A folder of the test's own, in which the process stands while it lives.
class Workplace {
 public:
  Workplace() : before_(fs::current_path()) {
    std::string name = (fs::temp_directory_path() / "duly_golden.XXXXXX").string();
    place_ = ::mkdtemp(name.data());
    fs::current_path(place_);
  }
  ~Workplace() {
    fs::current_path(before_);
    fs::remove_all(place_);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  static void put(const std::map<std::string, std::string>& files) {
    for (const auto& [path, text] : files) {
      if (fs::path(path).has_parent_path()) fs::create_directories(fs::path(path).parent_path());
      std::ofstream(path, std::ios::binary) << text;
    }
  }

 private:
  fs::path before_, place_;
};

/// Escapes such as \x07 let a golden file hold bytes that no editor likes; \c at its end takes the last line break away.
std::string unescaped(const std::string& text) {
  static const std::regex escape(R"(\\x([0-9a-f]{2}))");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator found(text.begin(), text.end(), escape), end; found != end; ++found) {
    out.append(rest, text.cbegin() + found->position());
    out += static_cast<char>(std::stoi((*found)[1], nullptr, 16));
    rest = text.cbegin() + found->position() + found->length();
  }
  out.append(rest, text.cend());
  constexpr std::string_view no_line_end = "\\c\n";  // the file ends in its last line
  if (out.ends_with(no_line_end)) out.resize(out.size() - no_line_end.size());
  return out;
}

std::string run(const std::string& arguments) {
  std::istringstream words(arguments);
  std::vector<std::string> line;
  for (std::string word; words >> word;) line.push_back(word);
  std::istringstream in;
  std::ostringstream said;
  cli::CommandContext context{in, said, said, "rules"};
  const int status = cli::run_tool(line, context);
  return said.str() + "exit status " + std::to_string(status) + "\n";
}

std::vector<fs::path> golden_files() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("E")) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, SaysAllOfIt) {
  std::vector<Section> sections = sections_of(GetParam());
  std::map<std::string, std::string> files = files_of(sections_of(folder / "standard.txt"));
  for (auto& [path, text] : files_of(sections)) files[path] = unescaped(text);
  const bool record = std::getenv("DULY_RECORD") != nullptr;
  const Workplace workplace;
  Workplace::put(files);
  std::string all = sections.front().body;
  bool shows_its_code = false;
  for (auto& section : std::vector(sections.begin() + 1, sections.end())) {
    if (section.head.starts_with(run_mark)) {
      const std::string said = run(section.head.substr(run_mark.size()));
      shows_its_code = shows_its_code || said.find(GetParam().filename().string().substr(0, 4)) != std::string::npos;
      if (!record) { EXPECT_EQ(said, section.body); }
      section.body = said;
    }
    all += section.head + "\n" + section.body;
  }
  EXPECT_TRUE(shows_its_code);
  if (record) std::ofstream(GetParam(), std::ios::binary) << all;
}

INSTANTIATE_TEST_SUITE_P(Errors, Golden, testing::ValuesIn(golden_files()), [](const auto& of) { return of.param.stem().string(); });

/// Codes that no input of the tool leads to: misuse of the C API (tests/capi), our own fault, and those this version does not raise
/// (docs/errors.md says so of each).
const std::set<std::string> without_golden_file{"E206", "E515", "E900", "E901"};

TEST(GoldenFiles, AreThereForEveryCode) {
  std::set<std::string> shown;
  for (const auto& path : golden_files()) shown.insert(path.filename().string().substr(0, 4));
  const std::string list = text_of(fs::path(DULY_SOURCE_DIR) / "include/duly/codes.inc");
  const std::regex row(R"(\nDULY_CODE\((\d+), (\w+),)");
  for (std::sregex_iterator found(list.begin(), list.end(), row), end; found != end; ++found) {
    const std::string code = "E" + (*found)[1].str();
    EXPECT_TRUE(shown.contains(code) || without_golden_file.contains(code)) << code << " " << (*found)[2];
  }
}

TEST(TheStandardProgram, IsSound) {
  const Workplace workplace;
  Workplace::put(files_of(sections_of(folder / "standard.txt")));
  EXPECT_EQ(run("check rules"), "0 errors and 0 warnings in 1 program\nexit status 0\n");
}

}  // namespace
}  // namespace duly
