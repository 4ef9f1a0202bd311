#include "language/workspace.h"

#include <algorithm>
#include <tuple>

#include "cases/case_file.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

auto place_and_message(const Diagnostic& d) { return std::tie(d.line, d.column, d.code, d.message); }

/// How near a program is to a file: the longer its folder the nearer, 0 where the file is none of its own.
std::size_t nearness(const std::string& program, const std::string& path) { return path.starts_with(program + "/") ? program.size() : 0; }

/// What is wrong with no place of any file is told at the head of the program's manifest.
Diagnostic placed(Diagnostic d, const std::string& program) {
  if (d.file.empty()) d.file = program + "/program.yaml";
  return d;
}

/// What is wrong with a file of cases, by the first of `programs`; nothing with a file of another kind.
std::vector<Diagnostic> mistakes_of_cases(const Programs& programs, const std::vector<std::string>& ids, const ParsedFile& file) {
  const Node* kind = file.tree->find("kind");
  if (ids.empty() || kind == nullptr || kind->text != "cases") return {};
  const auto program = programs.program(ids.front());
  std::vector<Diagnostic> errors;
  if (program) tries_from_file((*program)->index(), file.source, errors);
  return errors;
}

}  // namespace

RuleWorkspace::RuleWorkspace(std::shared_ptr<const RuleFiles> folder) : folder_(std::move(folder)), files_(std::make_shared<UnsavedFiles>(folder_)) {
  changed("");
}

void RuleWorkspace::put(const std::string& path, std::optional<std::string> text) {
  if (text) files_->put(path, std::move(*text));
  else files_->drop(path);
  changed(path);
}

void RuleWorkspace::changed(const std::string& path) {
  const std::vector<std::string> ids = program_ids(*files_);
  std::erase_if(checked_, [&](const auto& program) { return !std::binary_search(ids.begin(), ids.end(), program.first); });
  const bool is_manifest = path.ends_with("program.yaml");  // any program may stand beside it, or read it
  std::set<std::string> stale;
  for (const std::string& id : ids) {
    const auto known = checked_.find(id);
    const bool is_stale = known == checked_.end() || known->second.reads.contains(path) || known->second.reads.contains(folder_of(path));
    if (is_stale) stale.insert(id);
  }
  if (stale.empty() && !is_manifest) return;
  for (const std::string& id : stale) names_[id].is_stale = true;
  begin_anew(stale);
  for (auto& [id, program] : checked_) {
    if (is_manifest || program.reads_others) stale.insert(id);
    if (stale.contains(id)) std::erase_if(program.found, [&](const Diagnostic& d) { return d.file == path; });
  }
  stale.insert(waiting_.begin(), waiting_.end());
  std::erase_if(stale, [&](const std::string& id) { return !std::binary_search(ids.begin(), ids.end(), id); });
  waiting_.assign(stale.rbegin(), stale.rend());
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [&](const std::string& a, const std::string& b) { return nearness(a, path) < nearness(b, path); });
}

/// What was read of all other programs stays.
void RuleWorkspace::begin_anew(const std::set<std::string>& stale) {
  auto programs = std::make_shared<Ruleset::State>(files_);
  std::vector<std::string> kept;
  for (const auto& [id, program] : checked_)
    if (!stale.contains(id) && std::find(waiting_.begin(), waiting_.end(), id) == waiting_.end()) kept.push_back(id);
  if (programs_) programs->take_over(*programs_, kept);
  programs_ = std::move(programs);
}

void RuleWorkspace::check_next() {
  if (waiting_.empty()) return;
  const std::string id = waiting_.back();
  waiting_.pop_back();
  Checked now;
  files_->note_reads(&now.reads);
  const auto program = programs_->program(id);
  files_->note_reads(nullptr);
  if (now.reads.empty()) now.reads = std::move(checked_[id].reads);  // it was taken over as it is
  if (program) now.reads_others = !(*program)->declarations().program.reads.empty();
  std::vector<Diagnostic> found = program ? Ruleset(programs_).check(id) : program.errors();
  for (Diagnostic& d : found) now.found.push_back(placed(std::move(d), id));
  checked_[id] = std::move(now);
}

/// Cases are read with the dictionary of their program; of any other file only what YAML says.
std::vector<Diagnostic> RuleWorkspace::found_outside_programs(const std::string& path) const {
  const auto file = files_->parsed(path);
  if (!file || !file->errors.empty()) return file ? file->errors : std::vector<Diagnostic>{};
  return mistakes_of_cases(*programs_, programs_reading(path), *file);
}

std::vector<Diagnostic> RuleWorkspace::tried(const std::map<std::string, std::string>& texts, const std::set<std::string>& programs) const {
  const auto files = std::make_shared<UnsavedFiles>(files_);
  for (const auto& [path, text] : texts) files->put(path, text);
  const auto state = std::make_shared<Ruleset::State>(files);
  std::vector<Diagnostic> out;
  for (const std::string& id : programs) {
    const auto loaded = state->program(id);
    std::vector<Diagnostic> found = loaded ? Ruleset(state).check(id) : loaded.errors();
    for (const std::string& path : loaded ? files->files_in(id + "/cases") : std::vector<std::string>{}) {
      const auto file = files->parsed(path);
      if (!file) continue;
      const auto of_cases = mistakes_of_cases(*state, {id}, *file);
      found.insert(found.end(), of_cases.begin(), of_cases.end());
    }
    std::copy_if(found.begin(), found.end(), std::back_inserter(out), [](const Diagnostic& d) { return d.severity == Severity::error; });
  }
  return out;
}

std::vector<std::string> RuleWorkspace::programs_reading(const std::string& path) const {
  std::vector<std::string> out;
  for (const auto& [id, program] : checked_)
    if (program.reads.contains(path)) out.push_back(id);
  if (out.empty())
    for (const auto& [id, program] : checked_)
      if (nearness(id, path) > 0) out.push_back(id);
  std::stable_sort(out.begin(), out.end(), [&](const std::string& a, const std::string& b) { return nearness(a, path) > nearness(b, path); });
  return out;
}

std::shared_ptr<const ProgramNames> RuleWorkspace::names_of(const std::string& program) {
  KnownNames& known = names_[program];
  if (known.is_stale)
    if (auto names = ProgramNames::of(*files_, program)) known.names = std::move(names);
  if (known.is_stale && !known.names) known.names = ProgramNames::of(UnsavedFiles(folder_), program);
  known.is_stale = false;
  return known.names;
}

bool RuleWorkspace::has_all_names() const {
  return std::all_of(checked_.begin(), checked_.end(), [&](const auto& program) {
    const auto known = names_.find(program.first);
    return known != names_.end() && !known->second.is_stale;
  });
}

void RuleWorkspace::read_next_names() {
  for (const auto& [id, program] : checked_) {
    const auto known = names_.find(id);
    if (known != names_.end() && !known->second.is_stale) continue;
    names_of(id);
    return;
  }
}

std::map<std::string, std::vector<Diagnostic>> RuleWorkspace::found() const {
  std::map<std::string, std::vector<Diagnostic>> out;
  for (const auto& [id, program] : checked_)
    for (const Diagnostic& d : program.found) out[d.file].push_back(d);
  for (const std::string& path : files_->open_files()) {  // of what no program reads, such as cases
    const bool is_read = std::any_of(checked_.begin(), checked_.end(), [&](const auto& program) { return program.second.reads.contains(path); });
    if (!is_read) out[path] = found_outside_programs(path);
  }
  for (auto& [path, all] : out) {
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return place_and_message(a) < place_and_message(b); });
    const auto same = [](const auto& a, const auto& b) { return place_and_message(a) == place_and_message(b); };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
  }
  return out;
}

}  // namespace duly
