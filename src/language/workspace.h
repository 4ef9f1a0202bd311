#pragma once

// A folder of rules while somebody works on it: what is wrong with every file as its text stands now, checked program by program, so that whoever waits
// for an answer waits for one program at most.
//
// Threads: belongs to one thread.

#include "engine/ruleset_state.h"
#include "language/name_index.h"
#include "language/unsaved_files.h"

namespace duly {

class RuleWorkspace {
 public:
  explicit RuleWorkspace(std::shared_ptr<const RuleFiles> folder);

  /// The text of an open file, or nothing where it is as it stands in the folder again. Programs that read it are to be checked.
  void put(const std::string& path, std::optional<std::string> text);
  /// The file, or one of its folder, was made, changed or taken away by others.
  void changed(const std::string& path);

  /// Whether every program is checked as it stands.
  [[nodiscard]] bool is_settled() const { return waiting_.empty(); }
  /// Checks one program, that of the file changed last first.
  void check_next();

  /// What would be wrong with programs and their cases, were some files other texts. Errors only.
  [[nodiscard]] std::vector<Diagnostic> tried(const std::map<std::string, std::string>& texts, const std::set<std::string>& programs) const;

  /// What is wrong with each file, sorted by place, told once; of a changed file only what was found since.
  [[nodiscard]] std::map<std::string, std::vector<Diagnostic>> found() const;

  /// The programs that read a file, the nearest first. Of what none reads, such as cases, the program below whose folder it stands.
  [[nodiscard]] std::vector<std::string> programs_reading(const std::string& path) const;
  /// The names of a program as it stands, or as it stood when it could last be read, here or in the folder; null where it never could.
  std::shared_ptr<const ProgramNames> names_of(const std::string& program);
  /// Whether the names of every program are at hand.
  [[nodiscard]] bool has_all_names() const;
  /// Reads the names of one program for which they are not at hand.
  void read_next_names();

  [[nodiscard]] const UnsavedFiles& files() const { return *files_; }

 private:
  struct Checked {
    std::set<std::string> reads;  ///< files and folders
    bool reads_others = false;  ///< another program's decisions
    std::vector<Diagnostic> found;
  };
  struct KnownNames {
    std::shared_ptr<const ProgramNames> names;
    bool is_stale = true;
  };
  [[nodiscard]] std::vector<Diagnostic> found_outside_programs(const std::string& path) const;
  void begin_anew(const std::set<std::string>& stale);

  std::shared_ptr<const RuleFiles> folder_;
  std::shared_ptr<UnsavedFiles> files_;
  std::shared_ptr<Ruleset::State> programs_;
  std::map<std::string, Checked> checked_;
  std::map<std::string, KnownNames> names_;
  std::vector<std::string> waiting_;  ///< the next is the last
};

}  // namespace duly
