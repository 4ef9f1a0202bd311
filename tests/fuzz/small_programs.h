#pragma once

// The programs of tests/programs as texts, so that a fuzz target can put its input in the place of one of them.

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace duly::fuzz {

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// By their paths below the rules folder, read once.
inline const std::map<std::string, std::string>& small_programs() {
  static const auto texts = [] {
    const std::filesystem::path folder = DULY_SOURCE_DIR "/tests/programs";
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) out[entry.path().lexically_relative(folder).generic_string()] = text_of_file(entry.path());
    return out;
  }();
  return texts;
}

}  // namespace duly::fuzz
