#pragma once

// Where rule files come from: a folder, or texts in memory. Paths are relative to the rules folder and use `/`.
//
// Threads: const functions may be called from any number of threads.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "syntax/yaml.h"

namespace duly {

/// A rule file as it was read last.
struct ParsedFile {
  SourcePtr source;
  std::string sha256;
  std::shared_ptr<const Node> tree;
  std::vector<Diagnostic> errors;
};

class RuleFiles {
 public:
  RuleFiles() = default;
  RuleFiles(const RuleFiles&) = delete;
  RuleFiles& operator=(const RuleFiles&) = delete;
  virtual ~RuleFiles() = default;
  /// Paths of the files directly in `folder`, sorted. Empty if there is no such folder.
  [[nodiscard]] virtual std::vector<std::string> files_in(const std::string& folder) const = 0;
  /// Paths of all files, sorted.
  [[nodiscard]] virtual std::vector<std::string> all_files() const = 0;
  /// The text, or nothing if it cannot be read.
  [[nodiscard]] virtual std::optional<std::string> read(const std::string& path) const = 0;
  /// How the path is shown to people.
  [[nodiscard]] virtual std::string shown(const std::string& path) const = 0;

  /// The file as a tree, null if it cannot be read. It is read anew each time, and parsed again only where its text has changed: programs share
  /// dictionaries and definitions.
  [[nodiscard]] std::shared_ptr<const ParsedFile> parsed(const std::string& path) const;

 private:
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const ParsedFile>> parsed_;
};

/// Files below `folder` of the file system. E500 if it is no readable folder.
Result<std::shared_ptr<const RuleFiles>> rules_in_folder(const std::string& folder);
std::shared_ptr<const RuleFiles> rules_in_memory(std::map<std::string, std::string> texts);

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace duly
