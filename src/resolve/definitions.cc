#include "resolve/definitions.h"

#include <algorithm>

namespace duly {
namespace {

constexpr const char* place_holder = "_in_each_pack";

/// Keys of a file that are no definitions.
bool is_head(const std::string& key) { return key == "kind" || key == "title" || key == "cite" || key == "note"; }

std::string text_at(const Node& map, std::string_view key) {
  const Node* node = map.is_map() ? map.find(key) : nullptr;
  return node != nullptr && node->is_scalar() ? std::string(trim(node->text)) : "";
}

/// With single blanks, so that two spellings of one type are one text.
std::string words_at(const Node& map, std::string_view key) {
  const std::string text = text_at(map, key);
  std::string out;
  for (const auto word : split(text, ' '))
    if (!word.empty()) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

void put(Node& map, const Node& key, Node value) {
  map.keys.push_back(key);
  map.items.push_back(std::move(value));
}

const Node* key_of(const Node& map, std::string_view key) {
  const auto at = std::find_if(map.keys.begin(), map.keys.end(), [&](const Node& k) { return k.text == key; });
  return at == map.keys.end() ? nullptr : &*at;
}

void take_out(Node& map, std::string_view key) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (map.keys[i].text != key) continue;
    map.keys.erase(map.keys.begin() + static_cast<std::ptrdiff_t>(i));
    map.items.erase(map.items.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
}

bool is_no(std::string_view word) { return word == "no" || word == "false"; }

std::string sort_of(const Definition& definition) {
  const Node& body = definition.body;
  if (body.find("values") != nullptr || body.find("file") != nullptr) return "a parameter";
  if (definition.is_slot) return body.find("of") == nullptr ? "a parameter" : "a rule";
  if (body.find("partition") != nullptr) return "a rule that forms units";
  if (body.find("spells") != nullptr) return "a rule that makes spells";
  return "a rule";
}

}  // namespace

void Definitions::mistake(Code code, const Span& where, std::string message, std::string help) {
  errors_.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
}

void Definitions::add_slots(const Module& manifest) {
  const Node* slots = manifest.tree->find("slots");
  if (slots == nullptr) return;
  Node no_bodies;
  Declarations nothing;
  Reader reader{nothing, errors_, manifest.path, text_at(*manifest.tree, "cite")};
  if (manifest.kind != "frame") return mistake(Code::wrong_shape, slots->span, "only a frame has slots", "write `kind: frame`, or take `slots` out");
  if (!reader.want_map(*slots, "`slots`")) return;
  for (std::size_t i = 0; i < slots->keys.size(); ++i) {
    Definition slot;
    slot.key = slots->keys[i];
    slot.body = slots->items[i];
    slot.module = manifest.path;
    slot.chapter_cite = reader.default_cite;
    slot.program = manifest.program;
    slot.is_slot = true;
    if (!reader.want_map(slot.body, "a slot")) continue;
    reader.refuse_other_keys(slot.body, {"of", "type", "title", "cite", "range", "note", "may_be_replaced"}, "a slot");
    if (slot.body.find("type") == nullptr) {
      mistake(Code::missing_key, slot.key.span, "the slot `" + slot.key.text + "` has no `type`",
              "say what a pack must give, such as type: money per month");
      continue;
    }
    if (const Node* bound = slot.body.find("may_be_replaced")) slot.may_be_replaced = *bound;
    add(std::move(slot));
  }
}

void Definitions::add_chapter(const Module& chapter) {
  for (std::size_t i = 0; i < chapter.tree->keys.size(); ++i) {
    if (is_head(chapter.tree->keys[i].text)) continue;
    Definition definition;
    definition.key = chapter.tree->keys[i];
    definition.body = chapter.tree->items[i];
    definition.module = chapter.path;
    definition.chapter_cite = text_at(*chapter.tree, "cite");
    definition.program = chapter.program;
    add(std::move(definition));
  }
}

void Definitions::add(Definition definition) {
  const std::string& name = definition.key.text;
  const Node* replaces = definition.body.is_map() ? definition.body.find("replaces") : nullptr;
  const auto known = at_.find(name);
  if (known == at_.end() || all_[known->second].program == definition.program) {
    if (replaces != nullptr) {
      std::vector<std::string> names;
      for (const auto& [other, at] : at_)
        if (all_[at].program != definition.program) names.push_back(other);
      const std::string near = nearest(name, names);
      mistake(Code::replaces_nothing, definition.key.span,
              names.empty() ? "`" + name + "` replaces nothing: `" + definition.program + "` extends no program"
                            : "`" + name + "` replaces nothing: there is no `" + name + "` in what `" + definition.program + "` extends",
              near.empty() ? "take `replaces` out to add a rule of your own" : "did you mean `" + near + "`?");
    }
    if (known == at_.end()) {
      if (const Node* own = definition.body.is_map() ? definition.body.find("may_be_replaced") : nullptr) definition.may_be_replaced = *own;
      at_.emplace(name, all_.size());
    }
    all_.push_back(std::move(definition));  // a name that stands twice in one program is refused where it is read
    return;
  }
  Definition& base = all_[known->second];
  if (base.is_slot) return fill(base, std::move(definition));
  if (replaces == nullptr)
    return mistake(Code::defined_twice, definition.key.span, "`" + name + "` is defined twice: it stands in `" + base.program + "` too",
                   "to put this in its place write `replaces: " + base.program + "` and cite the law that says so; else rename it");
  replace(base, std::move(definition));
}

void Definitions::replace(Definition& base, Definition definition) {
  const std::string& name = definition.key.text;
  if (const std::string of = text_at(definition.body, "replaces"); of != base.program)
    return mistake(Code::replaces_nothing, definition.body.find("replaces")->span, "there is no `" + name + "` in `" + of + "`",
                   "it stands in `" + base.program + "`: write `replaces: " + base.program + "`");
  if (base.may_be_replaced && base.may_be_replaced->is_scalar() && is_no(trim(base.may_be_replaced->text)))
    return mistake(Code::may_not_be_replaced, definition.key.span,
                   "`" + name + "` is the same everywhere: `" + base.program + "` lets no pack replace it",
                   "its law is " + (text_at(base.body, "cite").empty() ? base.chapter_cite : text_at(base.body, "cite")));
  if (const Node* own = definition.body.find("may_be_replaced"))
    return mistake(Code::may_not_be_replaced, own->span, "how far `" + name + "` may be replaced is said by `" + base.program + "` alone",
                   "take `may_be_replaced` out");
  if (text_at(definition.body, "cite").empty())
    return mistake(Code::missing_citation, definition.key.span,
                   "`" + name + "` replaces a rule of `" + base.program + "` and has no `cite` of its own",
                   "cite the law by which it is another here; the chapter's citation does not do");
  if (!takes_over(base, definition, "replaces")) return;
  definition.replaced = {base.program, text_at(base.body, "cite").empty() ? base.chapter_cite : text_at(base.body, "cite")};
  definition.may_be_replaced = base.may_be_replaced;
  replaced_.emplace_back(name, text_at(definition.body, "cite"));
  base = std::move(definition);
}

void Definitions::fill(Definition& slot, Definition definition) {
  slot.is_tried = true;
  if (const Node* replaces = definition.body.is_map() ? definition.body.find("replaces") : nullptr)
    return mistake(Code::replaces_nothing, replaces->span, "`" + slot.key.text + "` is a slot of `" + slot.program + "`: there is nothing to replace",
                   "take `replaces` out");
  if (!takes_over(slot, definition, "fills")) return;
  definition.may_be_replaced = slot.may_be_replaced;
  slot = std::move(definition);
}

bool Definitions::takes_over(const Definition& base, Definition& definition, const char* what) {
  if (!definition.body.is_map()) return true;  // refused where it is read
  const std::string does = "`" + definition.key.text + "` " + what + " ";
  if (sort_of(base) != sort_of(definition)) {
    mistake(Code::replaced_otherwise, definition.key.span,
            does + sort_of(base) + (base.is_slot ? ", a slot of `" : " of `") + base.program + "`, and is " + sort_of(definition),
            "what uses it must find the same sort of thing here");
    return false;
  }
  for (const char* key : {"of", "type"}) {
    const std::string wanted = words_at(base.body, key);
    const std::string own = words_at(definition.body, key);
    if (wanted.empty() || own.empty() || own == wanted) continue;
    mistake(Code::replaced_otherwise, definition.body.find(key)->span,
            std::string(does)
                .append("what is `")
                .append(key)
                .append(": ")
                .append(wanted)
                .append("` in `")
                .append(base.program)
                .append("`, and is `")
                .append(key)
                .append(": ")
                .append(own)
                .append("`"),
            "leave `" + std::string(key) + "` out, or write it as the base does");
    return false;
  }
  for (const char* key : {"of", "type", "title"})
    if (const Node* value = base.body.find(key); value != nullptr && definition.body.find(key) == nullptr)
      put(definition.body, *key_of(base.body, key), *value);
  return true;
}

std::vector<std::string> Definitions::slots() const {
  std::vector<std::string> out;
  for (const Definition& definition : all_)
    if (definition.is_slot) out.push_back(definition.key.text);
  return out;
}

void Definitions::want_no_slot(const std::string& pack, const Span& where) {
  for (const Definition& slot : all_) {
    if (!slot.is_slot || slot.is_tried) continue;
    mistake(Code::slot_not_filled, where, "`" + pack + "` does not say `" + slot.key.text + "`, a slot of `" + slot.program + "`",
            "define it in a chapter: " + sort_of(slot) + (slot.body.find("of") == nullptr ? "" : " of: " + words_at(slot.body, "of")) +
                ", type: " + words_at(slot.body, "type"));
    errors_.back().rule = slot.key.text;
    errors_.back().cite = text_at(slot.body, "cite").empty() ? slot.chapter_cite : text_at(slot.body, "cite");
  }
}

void Definitions::stand_in_for_slots() {
  std::vector<Diagnostic> none;
  const Node not_known =
      parse_yaml(make_source("", "values:\n  - {from: " + to_text(first_date) + ", is: not known, source: each pack says it}\n"), none);
  const std::size_t count = all_.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!all_[i].is_slot) continue;
    Definition value = all_[i];
    take_out(value.body, "may_be_replaced");
    value.is_slot = false;
    if (value.body.find("of") != nullptr) {
      Definition rule = value;
      value.key.text += place_holder;
      value.may_be_replaced.reset();
      take_out(value.body, "of");
      const Node call = parse_yaml(make_source("", "value: " + value.key.text + "\n"), none);
      take_out(rule.body, "range");
      put(rule.body, call.keys[0], call.items[0]);
      all_[i] = std::move(rule);
      put(value.body, not_known.keys[0], not_known.items[0]);
      all_.push_back(std::move(value));
    } else {
      put(value.body, not_known.keys[0], not_known.items[0]);
      all_[i] = std::move(value);
    }
  }
}

namespace {

struct FoundFact {
  Module* module = nullptr;
  std::size_t at = 0;
};

/// The fact `name` of another program than `program`.
FoundFact fact_of_base(std::vector<Module>& facts, const std::string& name, const std::string& program) {
  for (Module& module : facts)
    for (std::size_t i = 0; module.program != program && i < module.tree->keys.size(); ++i)
      if (module.tree->keys[i].text == name && name != "codes" && name != "records" && !is_head(name)) return {&module, i};
  return {};
}

/// Why the fact cannot stand in the place of its base's; nothing if it can.
std::optional<Diagnostic> replaced_wrongly(const Node& key, const Node& body, const FoundFact& base) {
  const Node* replaces = body.find("replaces");
  if (base.module == nullptr)
    return diagnostic_at(Code::replaces_nothing, key.span, "`" + key.text + "` replaces nothing: there is no such fact in what the pack extends",
                         "take `replaces` out to add a fact of your own");
  if (text_at(body, "replaces") != base.module->program)
    return diagnostic_at(Code::replaces_nothing, replaces->span, "there is no fact `" + key.text + "` in `" + text_at(body, "replaces") + "`",
                         "it belongs to `" + base.module->program + "`: write `replaces: " + base.module->program + "`");
  if (text_at(body, "cite").empty())
    return diagnostic_at(Code::missing_citation, key.span, "`" + key.text + "` replaces a fact of `" + base.module->program + "` and has no `cite`",
                         "cite the law by which it is another here");
  for (const char* same : {"of", "type"}) {
    const std::string wanted = words_at(base.module->tree->items[base.at], same);
    if (const std::string own = words_at(body, same); !own.empty() && own != wanted)
      return diagnostic_at(Code::replaced_otherwise, body.find(same)->span,
                           std::string("`")
                               .append(key.text)
                               .append("` replaces what is `")
                               .append(same)
                               .append(": ")
                               .append(wanted)
                               .append("` in `")
                               .append(base.module->program)
                               .append("`, and is `")
                               .append(same)
                               .append(": ")
                               .append(own)
                               .append("`"),
                           "leave `" + std::string(same) + "` out, or write it as the base does");
  }
  return std::nullopt;
}

/// A tree of the module's own, which may be changed.
Node& own_tree(Module& module) {
  auto own = std::make_shared<Node>(*module.tree);
  module.tree = own;
  return *own;
}

}  // namespace

void replace_facts(std::vector<Module>& facts, std::vector<std::pair<std::string, std::string>>& replaced, std::vector<Diagnostic>& errors) {
  for (Module& module : facts) {
    const auto replaces = [](const Node& item) { return item.is_map() && item.find("replaces") != nullptr; };
    if (std::none_of(module.tree->items.begin(), module.tree->items.end(), replaces)) continue;
    Node& tree = own_tree(module);
    for (std::size_t i = 0; i < tree.keys.size();) {
      if (!replaces(tree.items[i])) {
        ++i;
        continue;
      }
      const FoundFact base = fact_of_base(facts, tree.keys[i].text, module.program);
      if (auto wrong = replaced_wrongly(tree.keys[i], tree.items[i], base)) {
        errors.push_back(std::move(*wrong));
      } else {
        Node body = tree.items[i];
        take_out(body, "replaces");
        Node& old = own_tree(*base.module).items[base.at];
        for (const char* key : {"of", "type", "title", "ask", "range", "places"})
          if (const Node* value = old.find(key); value != nullptr && body.find(key) == nullptr) put(body, *key_of(old, key), *value);
        replaced.emplace_back(tree.keys[i].text, text_at(body, "cite"));
        old = std::move(body);
      }
      take_out(tree, std::string(tree.keys[i].text));
    }
  }
}

}  // namespace duly
