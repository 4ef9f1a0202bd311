// Definitions laid over those of a program, to try them: a small file in the place of a copy of all rules.

#include "base/text.h"
#include "compare/comparison.h"
#include "compare/record_text.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

bool is_head_key(std::string_view key) { return key == "kind" || key == "program" || key == "title" || key == "note"; }

class Overlay {
 public:
  Overlay(const std::shared_ptr<const RuleFiles>& rules, std::string program, SourcePtr source)
      : rules_(rules), program_(std::move(program)), source_(std::move(source)) {}

  Result<std::shared_ptr<const RuleFiles>> run() {
    const Node tree = parse_yaml(source_, errors_);
    if (!errors_.empty()) return errors_;
    if (const Node* named = tree.find("program"); named != nullptr) program_ = std::string(trim(named->text));
    const auto loaded = Programs(rules_).program(program_);
    if (!loaded) return loaded.errors();
    files_ = (*loaded)->declarations().files;
    for (const std::string& path : rules_->all_files())
      if (auto text = rules_->read(path)) texts_[path] = std::move(*text);
    std::string added;
    for (const Node& key : tree.keys) {
      if (is_head_key(key.text)) continue;
      const RecordText written = record_text_at(source_->text, key.span.begin);
      std::string record = source_->text.substr(written.begin, written.end - written.begin);
      if (record.empty() || record.back() != '\n') record += '\n';
      if (!replace(key.text, record)) added += record;
    }
    if (!added.empty()) texts_[program_ + "/overlay.yaml"] = "kind: chapter\ntitle: Laid over the rules, to be tried\n" + added;
    if (added.empty() && !replaced_)
      return diagnostic_at(Code::missing_key, {source_, 0, 1}, "the overlay defines nothing",
                           "write figures and rules in it as in a chapter, each under its name");
    return rules_in_memory(std::move(texts_));
  }

 private:
  /// A name stands once among the files that a program takes in.
  bool replace(const std::string& name, const std::string& record) {
    for (const auto& [path, hash] : files_) {
      const auto file = rules_->parsed(path);
      const Node* kind = file == nullptr ? nullptr : file->tree->find("kind");
      if (kind == nullptr || (kind->text != "chapter" && kind->text != "definitions")) continue;
      if (file->tree->find(name) == nullptr) continue;
      std::string& text = texts_[path];  // in which others may have been replaced before
      const auto old = record_text_of(text, name);
      if (!old) return false;
      text.replace(old->begin, old->end - old->begin, record);
      replaced_ = true;
      return true;
    }
    return false;
  }

  const std::shared_ptr<const RuleFiles>& rules_;
  std::string program_;
  SourcePtr source_;
  std::vector<std::pair<std::string, std::string>> files_;
  std::map<std::string, std::string> texts_;
  std::vector<Diagnostic> errors_;
  bool replaced_ = false;
};

}  // namespace

Result<std::shared_ptr<const RuleFiles>> with_overlay(const std::shared_ptr<const RuleFiles>& rules, const std::string& program,
                                                      const SourcePtr& source) {
  return Overlay(rules, program, source).run();
}

}  // namespace duly
