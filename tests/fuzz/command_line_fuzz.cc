// Whatever the words of a command line, one on each line of the input, the tool ends with a status of its own. Words that name files to write are
// left out: a fuzzer should not write where it likes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "cli/commands.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  std::vector<std::string> words;
  for (std::string word; std::getline(lines, word);) words.push_back(word);
  for (const auto& word : words)
    for (const char* writes : {"format", "--html", "--rules", "/"})
      if (word.find(writes) != std::string::npos) return 0;
  std::istringstream in("duly: 1\npeople: {ana: {age: 34}}\n");
  std::ostringstream said;
  duly::cli::CommandContext context{in, said, said, DULY_SOURCE_DIR "/tests/programs"};
  const int status = duly::cli::run_tool(words, context);
  if (status < 0 || status >= duly::cli::our_fault) std::abort();
  return 0;
}
