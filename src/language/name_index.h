#pragma once

// Where the names of one program are declared and used, from the places that the parser and the checker know. It is made when the files can be read and
// outlives later edits: a place is carried over to the text as it is now, unless it stands in what was edited.
//
// Threads: immutable once built.

#include "check/mentions.h"
#include "resolve/declarations.h"
#include "resolve/rule_files.h"

namespace duly {

/// Bytes [begin, end) of a file.
struct FilePlace {
  std::string path;
  std::size_t begin = 0, end = 0;
  friend auto operator<=>(const FilePlace&, const FilePlace&) = default;
};

enum class NamedKind : std::uint8_t { fact, rule, parameter, record, code_list, reason };

/// A declaration. Across programs it is known by its place.
struct NamedThing {
  NamedKind kind = NamedKind::rule;
  std::string name;
  FilePlace declared;
  int index = 0;  ///< into the declarations; of a reason none
};

/// A name that stands for a declaration; the name at the declaration itself is one too, and so is that of a rule in whose place a pack puts its own.
struct NameUse {
  FilePlace place;
  FilePlace declared;
};

class ProgramNames {
 public:
  /// Null where the files of the program cannot be read.
  static std::shared_ptr<const ProgramNames> of(const RuleFiles& files, const std::string& program);

  [[nodiscard]] const Declarations& declarations() const { return *declarations_; }
  [[nodiscard]] const std::vector<NamedThing>& things() const { return things_; }
  [[nodiscard]] const std::vector<NameUse>& uses() const { return uses_; }
  /// The type that a rule was found to have; nothing after a mistake.
  [[nodiscard]] std::optional<Type> type_of_rule(int rule) const;
  /// The text of a file as it was read; null where the program does not read it.
  [[nodiscard]] SourcePtr text_of_file(const std::string& path) const;

  [[nodiscard]] const NamedThing* thing_at(const FilePlace& declared) const;
  [[nodiscard]] std::vector<const NamedThing*> things_named(std::string_view name) const;

 private:
  friend class NameReader;
  std::shared_ptr<const Declarations> declarations_;
  std::vector<Type> types_;
  std::vector<NamedThing> things_;
  std::vector<NameUse> uses_;  ///< sorted by place
  std::map<std::string, SourcePtr> texts_;
};

/// Where a byte of `before` stands in `now`; nothing where it stands in what was edited.
std::optional<std::size_t> carried_over(std::string_view before, std::string_view now, std::size_t offset);

/// The name around a byte, empty where there is none; `begin` is where it starts.
std::string_view name_around(std::string_view text, std::size_t offset, std::size_t& begin);

}  // namespace duly
