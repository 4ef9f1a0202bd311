#include "language/name_index.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "check/program_from_declarations.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

FilePlace place_of_span(const Span& span) { return span.source ? FilePlace{span.source->path, span.begin, span.end} : FilePlace{}; }

bool is_head_of_file(std::string_view key) {
  return key == "kind" || key == "title" || key == "cite" || key == "note" || key == "language" || key == "replaces";
}

}  // namespace

/// Reads the places of names: those that the checker met in formulas, and those that stand as words in the files.
class NameReader {
 public:
  NameReader(const RuleFiles& files, ProgramNames& out) : files_(files), out_(out), d_(out.declarations()) {}

  void read(const std::vector<Mention>& mentions) {
    declare_all();
    for (const auto& [path, hash] : d_.files) {
      const auto file = files_.parsed(path);
      if (!file) continue;
      out_.texts_[path] = file->source;
      const Node* kind = file->tree->find("kind");
      if (kind != nullptr && kind->text == "notices") read_notices(*file->tree);
      else read_words(*file->tree);
      if (kind != nullptr) link_replaced(*file->tree, kind->text);
    }
    for (const Mention& mention : mentions) use(mention.span, {kind_of(mention.of), mention.index});
    finish();
  }

 private:
  using Key = std::pair<NamedKind, int>;

  static NamedKind kind_of(MentionOf of) {
    switch (of) {
      case MentionOf::fact: return NamedKind::fact;
      case MentionOf::rule: return NamedKind::rule;
      case MentionOf::parameter: return NamedKind::parameter;
      case MentionOf::record: return NamedKind::record;
    }
    return NamedKind::rule;
  }

  void declare(NamedKind kind, const std::string& name, const Span& span, int index) {
    const FilePlace place = place_of_span(span);
    if (place.path.empty()) return;  // of the engine, such as benefit_month
    declared_[{kind, index}] = place;
    by_name_.emplace(name, Key{kind, index});
    out_.things_.push_back({kind, name, place, index});
    out_.uses_.push_back({place, place});
  }

  /// A parameter knows where its record is; the name is its key.
  Span name_of(const Parameter& parameter) const {
    const auto file = files_.parsed(parameter.module);
    for (std::size_t i = 0; file && i < file->tree->keys.size(); ++i)
      if (file->tree->keys[i].text == parameter.name) return file->tree->keys[i].span;
    return parameter.span;
  }

  void declare_all() {
    for (std::size_t i = 0; i < d_.rules.size(); ++i) declare(NamedKind::rule, d_.rules[i].name, d_.rules[i].span, static_cast<int>(i));
    for (std::size_t i = 0; i < d_.parameters.size(); ++i)
      declare(NamedKind::parameter, d_.parameters[i].name, name_of(d_.parameters[i]), static_cast<int>(i));
    for (std::size_t i = 0; i < d_.records.size(); ++i) declare(NamedKind::record, d_.records[i].name, d_.records[i].span, static_cast<int>(i));
    for (std::size_t i = 0; i < d_.lists.size(); ++i)
      if (std::none_of(d_.rules.begin(), d_.rules.end(), [&](const Rule& rule) { return rule.name == d_.lists[i].name; }))
        declare(NamedKind::code_list, d_.lists[i].name, d_.lists[i].span, static_cast<int>(i));
    for (std::size_t i = 0; i < d_.facts.size(); ++i) {
      const Fact& fact = d_.facts[i];
      if (fact.inverse_of >= 0) declared_[{NamedKind::fact, static_cast<int>(i)}] = place_of_span(fact.span);  // the other side of one
      else if (!is_of_record(fact)) declare(NamedKind::fact, fact.name, fact.span, static_cast<int>(i));
    }
  }

  /// Whether a fact stands nowhere by itself: `paid_by` comes with its records.
  bool is_of_record(const Fact& fact) const {
    return fact.record >= 0 && d_.records[static_cast<std::size_t>(fact.record)].span.begin == fact.span.begin;
  }

  void use(const Span& span, const Key& of) {
    const auto declared = declared_.find(of);
    const FilePlace place = place_of_span(span);
    if (declared != declared_.end() && !place.path.empty()) out_.uses_.push_back({place, declared->second});
  }

  /// The declaration of a name, of the first of `kinds` that has one; a name of a field is none by itself.
  const Key* find(const std::string& name, std::initializer_list<NamedKind> kinds) const {
    const auto [first, last] = by_name_.equal_range(name);
    for (const NamedKind kind : kinds)
      for (auto at = first; at != last; ++at) {
        const bool is_field = kind == NamedKind::fact && d_.facts[static_cast<std::size_t>(at->second.second)].record >= 0;
        if (at->second.first == kind && !is_field) return &at->second;
      }
    return nullptr;
  }

  void use_word(const Node& word, std::initializer_list<NamedKind> kinds) {
    if (word.is_sequence())
      for (const Node& item : word.items) use_word(item, kinds);
    if (!word.is_scalar()) return;
    const std::string_view name = trim(word.text);
    const Key* of = find(std::string(name), kinds);
    const std::size_t begin = of == nullptr ? 0 : static_cast<std::size_t>(name.data() - word.text.data());
    if (of != nullptr) use(span_in(word, begin, begin + name.size()), *of);
  }

  /// Every word of a text that names a code list behind `code`, `codes` or `by`.
  void use_lists(const Node& type) {
    bool is_wanted = false;
    for (std::size_t at = 0; type.is_scalar() && at < type.text.size();) {
      if (!is_name_byte(type.text[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < type.text.size() && is_name_byte(type.text[end])) ++end;
      const std::string word = type.text.substr(at, end - at);
      if (const Key* of = is_wanted ? find(word, {NamedKind::code_list}) : nullptr; of != nullptr) use(span_in(type, at, end), *of);
      if (word == "code" || word == "codes" || word == "by") is_wanted = true;
      at = end;
    }
  }

  /// `of:` names a unit by the rule that forms it, or one of a list of records.
  void use_level(const Node& word) {
    use_word(word, {NamedKind::rule});
    for (std::size_t i = 0; i < d_.records.size(); ++i)
      if (word.is_scalar() && d_.records[i].one == trim(word.text)) use(word.span, {NamedKind::record, static_cast<int>(i)});
  }

  void read_words(const Node& node) {
    for (const Node& item : node.items) read_words(item);
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::string& key = node.keys[i].text;
      const Node& value = node.items[i];
      if (key == "reason" && value.is_scalar()) reasons_used_.emplace_back(std::string(trim(value.text)), value.span);
      else if (key == "role") use_word(value, {NamedKind::rule});
      else if (key == "of") use_level(value);
      else if (key == "type") use_lists(value);
      else if (key == "spells") use_word(value, {NamedKind::record});
      else if (key == "outputs" || key == "gives" || key == "verify_by") use_word(value, {NamedKind::rule});
      else if (key == "fills") use_word(value, {NamedKind::fact});
      else if (key == "decides") use_decided(value);
      else if (key == "requires" && value.is_sequence()) use_required(value);
    }
  }

  void use_required(const Node& list) {
    use_word(list, {NamedKind::rule});
    for (const Node& item : list.items)
      for (const char* key : {"test", "before"})
        if (const Node* test = item.find(key)) use_word(*test, {NamedKind::rule});
  }

  void use_decided(const Node& decides) {
    const Node* each = decides.is_map() ? decides.find("each") : &decides;
    if (each == nullptr || !each->is_scalar()) return;
    const std::size_t begin = each->text.find_last_of(' ') == std::string::npos ? 0 : each->text.find_last_of(' ') + 1;
    if (const Key* of = find(each->text.substr(begin), {NamedKind::rule})) use(span_in(*each, begin, each->text.size()), *of);
  }

  /// A reason is declared where it is first worded. Names in { } are used.
  void read_notices(const Node& file) {
    for (std::size_t i = 0; i < file.keys.size(); ++i) {
      const Node& key = file.keys[i];
      if (is_head_of_file(key.text)) continue;
      if (!reasons_.contains(key.text)) {
        reasons_[key.text] = static_cast<int>(reasons_.size());
        declare(NamedKind::reason, key.text, key.span, reasons_[key.text]);
      } else {
        use(key.span, {NamedKind::reason, reasons_[key.text]});
      }
      use_shown(file.items[i]);
    }
  }

  void use_shown(const Node& wording) {
    const std::string_view raw = text_of(wording.span);
    for (std::size_t at = raw.find('{'); at != std::string_view::npos; at = raw.find('{', at + 1)) {
      std::size_t begin = at + 1;
      while (begin < raw.size() && raw[begin] == ' ') ++begin;
      std::size_t end = begin;
      while (end < raw.size() && is_name_byte(raw[end])) ++end;
      const std::size_t next = raw.find_first_not_of(' ', end);
      if (end == begin || next == std::string_view::npos || (raw[next] != ',' && raw[next] != '}')) continue;
      const Key* of = find(std::string(raw.substr(begin, end - begin)), {NamedKind::rule, NamedKind::parameter, NamedKind::fact});
      if (of != nullptr) use({wording.span.source, wording.span.begin + begin, wording.span.begin + end}, *of);
    }
  }

  /// What a pack puts in the place of a rule or slot of its base carries the same name.
  void link_replaced(const Node& file, std::string_view kind) {
    if (kind == "chapter" || kind == "definitions" || kind == "facts") link_keys(file);
    if (const Node* slots = file.find("slots")) link_keys(*slots);
  }
  void link_keys(const Node& map) {
    for (const Node& key : map.keys)
      if (const Key* of = is_head_of_file(key.text) ? nullptr : find(key.text, {NamedKind::rule, NamedKind::parameter, NamedKind::fact});
          of != nullptr)
        use(key.span, *of);
  }

  void finish() {
    for (const auto& [reason, span] : reasons_used_)
      if (const auto known = reasons_.find(reason); known != reasons_.end()) use(span, {NamedKind::reason, known->second});
    const auto key = [](const NameUse& u) { return std::tie(u.place, u.declared); };
    std::sort(out_.uses_.begin(), out_.uses_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    out_.uses_.erase(std::unique(out_.uses_.begin(), out_.uses_.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                     out_.uses_.end());
  }

  const RuleFiles& files_;
  ProgramNames& out_;
  const Declarations& d_;
  std::map<Key, FilePlace> declared_;
  std::multimap<std::string, Key> by_name_;
  std::map<std::string, int> reasons_;
  std::vector<std::pair<std::string, Span>> reasons_used_;
};

std::shared_ptr<const ProgramNames> ProgramNames::of(const RuleFiles& files, const std::string& program) {
  const auto declarations = declarations_from_modules(files, program);
  if (!declarations) return nullptr;
  auto names = std::make_shared<ProgramNames>();
  names->declarations_ = *declarations;
  std::vector<Mention> mentions;
  if (const auto checked = program_from_declarations(*declarations, &mentions))
    for (const CheckedRule& rule : (*checked)->rules) names->types_.push_back(rule.type);
  NameReader(files, *names).read(mentions);
  return names;
}

std::optional<Type> ProgramNames::type_of_rule(int rule) const {
  const auto index = static_cast<std::size_t>(rule);
  if (index < types_.size()) return types_[index];
  return declarations_->rules[index].type;
}

SourcePtr ProgramNames::text_of_file(const std::string& path) const {
  const auto known = texts_.find(path);
  return known == texts_.end() ? nullptr : known->second;
}

const NamedThing* ProgramNames::thing_at(const FilePlace& declared) const {
  const auto known = std::find_if(things_.begin(), things_.end(), [&](const NamedThing& thing) { return thing.declared == declared; });
  return known == things_.end() ? nullptr : &*known;
}

std::vector<const NamedThing*> ProgramNames::things_named(std::string_view name) const {
  std::vector<const NamedThing*> out;
  for (const NamedThing& thing : things_)
    if (thing.name == name) out.push_back(&thing);
  return out;
}

std::optional<std::size_t> carried_over(std::string_view before, std::string_view now, std::size_t offset) {
  const std::size_t shorter = std::min(before.size(), now.size());
  std::size_t same = 0;
  while (same < shorter && before[same] == now[same]) ++same;
  if (offset < same || (offset == same && before.size() == now.size() && same == before.size())) return offset;
  std::size_t same_end = 0;
  while (same_end < shorter - same && before[before.size() - 1 - same_end] == now[now.size() - 1 - same_end]) ++same_end;
  if (offset < before.size() - same_end) return std::nullopt;
  return offset - before.size() + now.size();
}

std::string_view name_around(std::string_view text, std::size_t offset, std::size_t& begin) {
  begin = std::min(offset, text.size());
  std::size_t end = begin;
  while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  const std::string_view name = text.substr(begin, end - begin);
  return is_name(name) ? name : std::string_view();
}

}  // namespace duly
