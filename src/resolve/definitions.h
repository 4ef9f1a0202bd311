#pragma once

// The rules and parameters of a program and its bases, each name once: what a pack replaces stands where its base had it, what a pack adds
// comes behind, and a slot of a frame is filled by the pack or, in the frame alone, by a value that nobody knows.
//
// Threads: owned by the loader of one program.

#include <map>

#include "resolve/reader.h"

namespace duly {

/// A file of the rules.
struct Module {
  std::string path;
  std::string kind;
  std::shared_ptr<const Node> tree;   ///< shared with other programs: whoever changes it makes one of its own
  std::string program;                ///< the program or pack that takes it in
};

struct Definition {
  Node key;
  Node body;
  std::string module;                 ///< path of its file
  std::string chapter_cite;
  std::string program;                ///< the program or pack that says it
  bool is_slot = false;
  bool is_tried = false;              ///< a pack has said something for the slot, and been told what is wrong with it
  Replaced replaced;
  std::optional<Node> may_be_replaced;  ///< as the base says it
};

class Definitions {
 public:
  explicit Definitions(std::vector<Diagnostic>& errors) : errors_(errors) {}

  /// Bases come before the packs on them.
  void add_slots(const Module& manifest);
  void add_chapter(const Module& chapter);

  /// E165 for each slot that is still open, told at `where`.
  void want_no_slot(const std::string& pack, const Span& where);
  /// Open slots become rules and parameters whose values are not known.
  void stand_in_for_slots();

  [[nodiscard]] const std::vector<Definition>& all() const { return all_; }
  [[nodiscard]] std::vector<std::string> slots() const;
  /// Names that were replaced, and what is cited for it.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& replaced() const { return replaced_; }

 private:
  void add(Definition definition);
  void replace(Definition& base, Definition definition);
  void fill(Definition& slot, Definition definition);
  /// Whether `of` and `type`, where `body` has them, are those of `base`; what it leaves out it takes over.
  bool takes_over(const Definition& base, Definition& definition, const char* what);
  void mistake(Code code, const Span& where, std::string message, std::string help = "");

  std::vector<Diagnostic>& errors_;
  std::vector<Definition> all_;
  std::map<std::string, std::size_t> at_;
  std::vector<std::pair<std::string, std::string>> replaced_;
};

/// Puts facts of a pack that say `replaces` where the base has them, and takes them out of the pack's own files. `facts` in the order of reading.
void replace_facts(std::vector<Module>& facts, std::vector<std::pair<std::string, std::string>>& replaced, std::vector<Diagnostic>& errors);

/// Reads one definition into `reader.d`.
void read_definition(Reader& reader, const Definition& definition, const class RuleFiles& files);

}  // namespace duly
