#include "resolve/declarations_from_modules.h"

#include <algorithm>

#include "resolve/definitions.h"

namespace duly {
namespace {

class Loader {
 public:
  Loader(const RuleFiles& files, std::string id) : files_(files), id_(std::move(id)), d_(std::make_shared<Declarations>()) {}

  Result<std::shared_ptr<const Declarations>> load() {
    add_fixed_levels();
    add_request_facts();
    if (!read_manifests()) return errors_.empty() ? std::vector{unknown_program()} : errors_;
    read_parts();
    std::stable_sort(errors_.begin(), errors_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
    if (!errors_.empty()) return errors_;
    hash_rules();
    return std::shared_ptr<const Declarations>(d_);
  }

 private:
  Reader reader(const std::string& module, const Node* file = nullptr) {
    Reader out{*d_, errors_, module, ""};
    if (file != nullptr) out.default_cite = out.text(*file, "cite");
    return out;
  }

  void add_fixed_levels() {
    d_->levels = {{LevelKind::world, "world", "", -1, -1, -1, -1},
                  {LevelKind::household, "household", "", world_level, -1, -1, -1},
                  {LevelKind::person, "person", "people", household_level, -1, -1, -1},
                  {LevelKind::pair, "", "", person_level, person_level, person_level, -1}};
    CodeList rounding;
    rounding.name = "rounding";
    for (const char* word : {"none", "up", "down", "half_up", "half_down", "half_even", "floor", "ceiling"}) {
      rounding.accepted[word] = static_cast<int>(rounding.words.size());
      rounding.words.emplace_back(word);
      rounding.labels.emplace_back(word);
    }
    d_->lists.push_back(std::move(rounding));
    CodeList occasion;
    occasion.name = "occasion";
    for (const char* word : {"application", "renewal", "change"}) {
      occasion.accepted[word] = static_cast<int>(occasion.words.size());
      occasion.words.emplace_back(word);
      occasion.labels.emplace_back(word);
    }
    d_->lists.push_back(std::move(occasion));
  }

  void add_request_facts() {
    const auto add = [&](const char* name, Base base, int list) {
      Fact fact;
      fact.name = name;
      fact.of_request = true;
      fact.type.base = base;
      fact.type.whole = base != Base::code;
      fact.type.list = list;
      fact.changeable = false;
      if (base == Base::date) fact.low = first_date.days, fact.high = last_date.days;
      if (base == Base::month) fact.low = month_of(first_date).index, fact.high = month_of(last_date).index;
      d_->request_facts[name] = static_cast<FactId>(d_->facts.size());
      d_->facts.push_back(std::move(fact));
    };
    add("benefit_month", Base::month, -1);
    add("decided", Base::date, -1);
    add("applied", Base::date, -1);
    add("occasion", Base::code, 1);
  }

  /// The tree of a file; nothing if there is no such file or it holds no record of keys.
  std::optional<Module> read_module(const std::string& path, const std::string& program) {
    const auto file = files_.parsed(path);
    if (!file) return std::nullopt;
    d_->files.emplace_back(path, file->sha256);
    errors_.insert(errors_.end(), file->errors.begin(), file->errors.end());
    Module module{path, "", file->tree, program};
    const Node* kind = module.tree->find("kind");
    if (kind != nullptr && kind->is_scalar()) module.kind = std::string(trim(kind->text));
    if (module.kind.empty() && errors_.empty())
      errors_.push_back(diagnostic_at(Code::missing_key, {file->source, 0, 1}, "the file does not say its `kind`",
                                      "begin with kind: chapter, facts, program, frame, definitions, notices, cases or map"));
    return module;
  }

  Diagnostic unknown_program() {
    std::vector<std::string> known = program_ids(files_);
    const std::string near = nearest(id_, known);
    Diagnostic d;
    d.code = Code::unknown_program;
    d.message = "there is no program `" + id_ + "`";
    d.help = !near.empty()   ? "did you mean `" + near + "`?"
             : known.empty() ? "the rules folder holds no program.yaml"
                             : "programs are " + join_words(known);
    return d;
  }

  /// The manifest of the program, and of all that it extends: the base comes first. Whether there is anything to read.
  bool read_manifests() {
    std::vector<std::string> path;
    std::string id = id_;
    const Node* named_at = nullptr;
    while (true) {
      auto manifest = read_module(id + "/program.yaml", id);
      if (!manifest) {
        if (named_at != nullptr) {
          const std::string near = nearest(id, program_ids(files_));
          errors_.push_back(diagnostic_at(Code::no_such_module, named_at->span, "there is no program `" + id + "` to extend",
                                          near.empty() ? "" : "did you mean `" + near + "`?"));
        }
        return false;
      }
      if (manifest->kind != "program" && manifest->kind != "frame" && !manifest->kind.empty()) {
        errors_.push_back(diagnostic_at(Code::unknown_kind, manifest->tree->find("kind")->span, "a program.yaml is of kind program or frame"));
        return false;
      }
      path.push_back(id);
      manifests_.insert(manifests_.begin(), std::move(*manifest));
      named_at = manifests_.front().tree->find("extends");
      if (named_at == nullptr || !named_at->is_scalar()) return true;
      id = std::string(trim(named_at->text));
      if (const auto again = std::find(path.begin(), path.end(), id); again != path.end()) {
        std::string circle;
        for (auto at = again; at != path.end(); ++at) circle.append(*at).append(" -> ");
        errors_.push_back(diagnostic_at(Code::cycle, named_at->span, "the pack extends itself: " + circle.append(id),
                                        "a pack extends its base, and the base nothing of its packs"));
        return false;
      }
    }
  }

  std::vector<Module> modules_in(const std::string& folder, const Node& named_at, const std::string& program) {
    std::vector<Module> out;
    if (std::find(folders_.begin(), folders_.end(), folder) != folders_.end()) return out;  // its base has it already
    folders_.push_back(folder);
    for (const auto& path : files_.files_in(folder))
      if (path.ends_with(".yaml") || path.ends_with(".yml"))
        if (auto module = read_module(path, program)) out.push_back(std::move(*module));
    if (out.empty()) errors_.push_back(diagnostic_at(Code::no_such_module, named_at.span, "there are no rule files in `" + folder + "`"));
    return out;
  }

  /// The files that one program or pack takes in, without those of its base.
  void read_files_of(const Module& manifest, std::vector<Module>& facts, std::vector<Module>& chapters) {
    Reader words = reader(manifest.path);
    if (const Node* folders = manifest.tree->find("facts"))
      for (const auto& folder : words.words(*folders))
        for (auto& module : modules_in(folder, *folders, manifest.program)) facts.push_back(std::move(module));
    if (const Node* folders = manifest.tree->find("uses"))
      for (const auto& folder : words.words(*folders))
        for (auto& module : modules_in(folder, *folders, manifest.program)) place(std::move(module), facts, chapters);
    for (const auto& path : files_.files_in(manifest.program))
      if ((path.ends_with(".yaml") || path.ends_with(".yml")) && path != manifest.path)
        if (auto module = read_module(path, manifest.program)) place(std::move(*module), facts, chapters);
  }

  void read_parts() {
    std::vector<Module> facts;
    std::vector<Module> chapters;
    for (const Module& manifest : manifests_) read_files_of(manifest, facts, chapters);
    replace_facts(facts, d_->program.replaced, errors_);
    std::size_t facts_of_base = 0;
    for (const auto& module : facts) {
      Reader r = reader(module.path, module.tree.get());
      read_facts_file(r, *module.tree);
      if (module.program == manifests_.front().program) facts_of_base = d_->facts.size();
    }
    read_definitions(chapters);
    for (const Module& manifest : manifests_) {
      Reader r = reader(manifest.path);
      if (&manifest == &manifests_.front()) read_program_file(r, manifest.program, *manifest.tree);
      else read_pack_file(r, manifest.program, *manifest.tree);
      read_covers(r, *manifest.tree, facts_of_base);
      read_reads(r, *manifest.tree);
    }
    for (const Module& manifest : manifests_) read_notices_of(manifest.program);
  }

  void read_definitions(const std::vector<Module>& chapters) {
    Definitions definitions(errors_);
    for (const Module& manifest : manifests_) {
      definitions.add_slots(manifest);
      for (const Module& chapter : chapters)
        if (chapter.program == manifest.program) definitions.add_chapter(chapter);
    }
    const Module& own = manifests_.back();
    d_->program.slots = definitions.slots();
    if (own.kind == "frame") definitions.stand_in_for_slots();
    else definitions.want_no_slot(own.program, own.tree->find("extends") != nullptr ? own.tree->find("extends")->span : own.tree->span);
    for (const Definition& definition : definitions.all()) add_made_levels(definition);
    for (const Definition& definition : definitions.all()) {
      Reader r = reader(definition.module);
      r.default_cite = definition.chapter_cite;
      if (!definition.is_slot) read_definition(r, definition, files_);
    }
    for (const auto& replaced : definitions.replaced()) d_->program.replaced.push_back(replaced);
  }

  void read_notices_of(const std::string& program) {
    for (const auto& path : files_.files_in(program + "/notices")) {
      const auto module = read_module(path, program);
      if (!module) continue;
      Reader r = reader(path, module->tree.get());
      std::string language = r.text(*module->tree, "language");
      if (language.empty()) r.mistake(Code::missing_key, module->tree->span, "the notices do not say their `language`", "such as language: en");
      read_notices_file(r, program, language, *module->tree);
    }
  }

  void place(Module module, std::vector<Module>& facts, std::vector<Module>& chapters) {
    if (module.kind == "facts") facts.push_back(std::move(module));
    else if (module.kind == "chapter" || module.kind == "definitions") chapters.push_back(std::move(module));
    else if (module.kind != "cases" && module.kind != "map" && module.kind != "notices" && !module.kind.empty())
      errors_.push_back(diagnostic_at(Code::unknown_kind, module.tree->find("kind")->span, "`" + module.kind + "` is no kind of rule file",
                                      "kinds are facts, program, frame, chapter, definitions, notices, cases and map"));
  }

  /// Units and spells are levels that rules make; they must be known before the rules of those levels are read.
  void add_made_levels(const Definition& definition) {
    const Node& rule = definition.body;
    if (!rule.is_map()) return;
    const std::string& name = definition.key.text;
    if (rule.find("partition") != nullptr) {
      const auto unit = static_cast<LevelId>(d_->levels.size());
      d_->levels.push_back({LevelKind::unit, name, "", household_level, -1, -1, -1});
      d_->levels.push_back({LevelKind::unit_person, "", "", unit, unit, person_level, -1});
      const auto records = d_->records.size();
      for (std::size_t r = 0; r < records; ++r)
        if (d_->records[r].of_household)
          d_->levels.push_back({LevelKind::unit_record, "", "", unit, unit, d_->records[r].level, static_cast<int>(r)});
    } else if (rule.find("spells") != nullptr) {
      d_->levels.push_back({LevelKind::spells, name, name, person_level, -1, -1, -1});
    }
  }

  void hash_rules() {
    for (auto& level : d_->levels)
      if (level.kind == LevelKind::unit || level.kind == LevelKind::spells)
        for (std::size_t r = 0; r < d_->rules.size(); ++r)
          if (d_->rules[r].name == level.one) level.declared = static_cast<int>(r);
    std::sort(d_->files.begin(), d_->files.end());
    std::string all;
    for (const auto& [path, hash] : d_->files) all.append(path).append(" ").append(hash).append("\n");
    d_->rules_hash = sha256(all);
  }

  const RuleFiles& files_;
  std::string id_;
  std::vector<Module> manifests_;     ///< from the base to the program that is read
  std::vector<std::string> folders_;  ///< of facts and definitions, taken in once
  std::shared_ptr<Declarations> d_;
  std::vector<Diagnostic> errors_;
};

}  // namespace

Result<std::shared_ptr<const Declarations>> declarations_from_modules(const RuleFiles& files, const std::string& id) {
  return Loader(files, id).load();
}

std::vector<std::string> program_ids(const RuleFiles& files) {
  constexpr std::string_view manifest = "/program.yaml";
  std::vector<std::string> ids;
  for (const auto& path : files.all_files())
    if (path.ends_with(manifest)) ids.push_back(path.substr(0, path.size() - manifest.size()));
  return ids;
}

}  // namespace duly
