#include "resolve/declarations_from_modules.h"

#include <algorithm>

#include "resolve/reader.h"

namespace duly {
namespace {

struct Module {
  std::string path;
  std::string kind;
  Node tree;
};

class Loader {
 public:
  Loader(const RuleFiles& files, std::string id) : files_(files), id_(std::move(id)), d_(std::make_shared<Declarations>()) {}

  Result<std::shared_ptr<const Declarations>> load() {
    add_fixed_levels();
    add_request_facts();
    const auto program = read_module(id_ + "/program.yaml");
    if (!program) {
      if (!errors_.empty()) return errors_;
      return unknown_program();
    }
    read_parts(*program);
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
  std::optional<Module> read_module(const std::string& path) {
    const auto text = files_.read(path);
    if (!text) return std::nullopt;
    d_->files.emplace_back(path, sha256(*text));
    const SourcePtr source = make_source(files_.shown(path), *text);
    Module module{path, "", parse_yaml(source, errors_)};
    const Node* kind = module.tree.find("kind");
    if (kind != nullptr && kind->is_scalar()) module.kind = std::string(trim(kind->text));
    if (module.kind.empty() && errors_.empty())
      errors_.push_back(diagnostic_at(Code::missing_key, {source, 0, 1}, "the file does not say its `kind`",
                                      "begin with kind: chapter, facts, program, notices, cases or map"));
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

  std::vector<Module> modules_in(const std::string& folder, const Node& named_at) {
    std::vector<Module> out;
    for (const auto& path : files_.files_in(folder))
      if (path.ends_with(".yaml") || path.ends_with(".yml"))
        if (auto module = read_module(path)) out.push_back(std::move(*module));
    if (out.empty()) errors_.push_back(diagnostic_at(Code::no_such_module, named_at.span, "there are no rule files in `" + folder + "`"));
    return out;
  }

  void read_parts(const Module& program) {
    Reader manifest = reader(program.path);
    std::vector<Module> facts;
    std::vector<Module> chapters;
    if (const Node* folders = program.tree.find("facts"))
      for (const auto& folder : manifest.words(*folders))
        for (auto& module : modules_in(folder, *folders)) facts.push_back(std::move(module));
    if (const Node* folders = program.tree.find("uses"))
      for (const auto& folder : manifest.words(*folders))
        for (auto& module : modules_in(folder, *folders)) place(std::move(module), facts, chapters);
    for (const auto& path : files_.files_in(id_))
      if ((path.ends_with(".yaml") || path.ends_with(".yml")) && path != program.path)
        if (auto module = read_module(path)) place(std::move(*module), facts, chapters);

    for (const auto& module : facts) {
      Reader r = reader(module.path, &module.tree);
      read_facts_file(r, module.tree);
    }
    for (const auto& module : chapters) add_made_levels(module);
    for (const auto& module : chapters) {
      Reader r = reader(module.path, &module.tree);
      read_chapter_file(r, module.tree, files_);
    }
    read_program_file(manifest, id_, program.tree);
    for (const auto& path : files_.files_in(id_ + "/notices")) {
      const auto module = read_module(path);
      if (!module) continue;
      Reader r = reader(path, &module->tree);
      std::string language = r.text(module->tree, "language");
      if (language.empty()) r.mistake(Code::missing_key, module->tree.span, "the notices do not say their `language`", "such as language: en");
      read_notices_file(r, language, module->tree);
    }
  }

  void place(Module module, std::vector<Module>& facts, std::vector<Module>& chapters) {
    if (module.kind == "facts") facts.push_back(std::move(module));
    else if (module.kind == "chapter" || module.kind == "definitions") chapters.push_back(std::move(module));
    else if (module.kind != "cases" && module.kind != "map" && module.kind != "notices" && !module.kind.empty())
      errors_.push_back(diagnostic_at(Code::unknown_kind, module.tree.find("kind")->span, "`" + module.kind + "` is no kind of rule file",
                                      "kinds are facts, program, chapter, definitions, notices, cases and map"));
  }

  /// Units and spells are levels that rules make; they must be known before the rules of those levels are read.
  void add_made_levels(const Module& module) {
    for (std::size_t i = 0; i < module.tree.keys.size(); ++i) {
      const Node& rule = module.tree.items[i];
      if (!rule.is_map()) continue;
      const std::string& name = module.tree.keys[i].text;
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
