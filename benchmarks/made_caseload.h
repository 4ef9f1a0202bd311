#pragma once

// Caseloads made up by the shipped model: in a folder, and read into columns.
//
// Threads: one folder belongs to one thread; the functions are pure but for the files they write.

#include <filesystem>
#include <string>
#include <vector>

#include "batch/caseload_source.h"
#include "generate/write_caseload.h"

namespace duly::bench {

/// A folder that is gone afterwards.
class Folder {
 public:
  Folder();
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// False where it cannot be made.
bool generate(std::int64_t households, CaseloadFormat format, const std::string& folder);

/// A caseload as the program of `picker` reads it; empty where it cannot be read.
std::vector<DatedTile> tiles_of(const PackPicker& picker, const std::string& folder);

}  // namespace duly::bench
