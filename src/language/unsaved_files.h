#pragma once

// A folder of rules with the texts of open editors laid over it, saved or not, and a note of what was read for whom.
//
// Threads: belongs to one thread.

#include <set>

#include "resolve/rule_files.h"

namespace duly {

class UnsavedFiles final : public RuleFiles {
 public:
  explicit UnsavedFiles(std::shared_ptr<const RuleFiles> folder) : folder_(std::move(folder)) {}

  /// `text` stands for the file until it is dropped. The path is below the folder.
  void put(const std::string& path, std::string text) { open_[path] = std::move(text); }
  void drop(const std::string& path) { open_.erase(path); }
  [[nodiscard]] std::vector<std::string> open_files() const;

  /// From now on, the paths of files and folders that are read are added to `reads`; null: no more.
  void note_reads(std::set<std::string>* reads) { reads_ = reads; }

  [[nodiscard]] std::vector<std::string> files_in(const std::string& folder) const override;
  [[nodiscard]] std::vector<std::string> all_files() const override;
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
  /// The path itself, below the folder.
  [[nodiscard]] std::string shown(const std::string& path) const override { return path; }

 private:
  std::shared_ptr<const RuleFiles> folder_;
  std::map<std::string, std::string> open_;
  std::set<std::string>* reads_ = nullptr;
};

/// `county/heat` of `county/heat/income.yaml`; empty where there is no folder.
std::string folder_of(const std::string& path);

}  // namespace duly
