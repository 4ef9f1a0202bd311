#pragma once

// Cases from outside the project, which are not part of it. They are looked for where DULY_CONFORMANCE points, else in
// ../shared/conformance beside the checkout. A test that needs a file that is not there says so and is skipped:
//
//   const auto cases = conformance_file("cases.csv");
//   if (!cases) GTEST_SKIP() << conformance_missing("cases.csv");

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace duly {

inline std::filesystem::path conformance_folder() {
  const char* named = std::getenv("DULY_CONFORMANCE");
  return named != nullptr && *named != '\0' ? std::filesystem::path(named) : std::filesystem::path(DULY_SOURCE_DIR) / "../shared/conformance";
}

inline std::optional<std::filesystem::path> conformance_file(const std::string& name) {
  auto path = conformance_folder() / name;
  if (!std::filesystem::is_regular_file(path)) return std::nullopt;
  return path;
}

inline std::string conformance_missing(const std::string& name) {
  return "SKIPPED for want of " + (conformance_folder() / name).lexically_normal().string() + "; DULY_CONFORMANCE names the folder";
}

}  // namespace duly
