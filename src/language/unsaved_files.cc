#include "language/unsaved_files.h"

#include <algorithm>

namespace duly {
namespace {

/// Puts those of `more` that are not there among `sorted`.
void add_to(std::vector<std::string>& sorted, const std::vector<std::string>& more) {
  sorted.insert(sorted.end(), more.begin(), more.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
}

}  // namespace

std::vector<std::string> UnsavedFiles::open_files() const {
  std::vector<std::string> paths;
  for (const auto& [path, text] : open_) paths.push_back(path);
  return paths;
}

std::vector<std::string> UnsavedFiles::files_in(const std::string& folder) const {
  if (reads_ != nullptr) reads_->insert(folder);
  std::vector<std::string> found = folder_->files_in(folder);
  std::vector<std::string> open;
  for (const auto& [path, text] : open_)
    if (folder_of(path) == folder) open.push_back(path);
  add_to(found, open);
  return found;
}

std::vector<std::string> UnsavedFiles::all_files() const {
  std::vector<std::string> found = folder_->all_files();
  add_to(found, open_files());
  return found;
}

std::optional<std::string> UnsavedFiles::read(const std::string& path) const {
  if (reads_ != nullptr) reads_->insert(path);
  const auto open = open_.find(path);
  return open == open_.end() ? folder_->read(path) : open->second;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace duly
