#include "language/completion.h"

#include <algorithm>

#include "language/hover.h"
#include "language/schema_path.h"
#include "resolve/reader.h"
#include "syntax/formula_lexer.h"

namespace duly {
namespace {

constexpr std::string_view stand_in = "duly_stands_here";

/// Where the stand-in is in a tree.
struct Cursor {
  std::vector<std::string> steps;   ///< keys that lead to it, empty for an item of a list; the key itself left out where it is one
  const Node* record = nullptr;     ///< the map that holds it
  const Node* value = nullptr;      ///< the scalar that it is part of; null where it is a key
};

bool find_cursor(const Node& node, Cursor& cursor) {
  if (node.is_scalar()) {
    cursor.value = &node;
    return node.text.find(stand_in) != std::string::npos;
  }
  for (const Node& key : node.keys)
    if (key.text == stand_in) {
      cursor.record = &node;
      cursor.value = nullptr;
      return true;
    }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    cursor.steps.push_back(node.is_map() ? node.keys[i].text : "");
    if (find_cursor(node.items[i], cursor)) {
      if (cursor.record == nullptr && node.is_map()) cursor.record = &node;
      return true;
    }
    cursor.steps.pop_back();
  }
  return false;
}

std::string text_of_key(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value != nullptr && value->is_scalar() ? std::string(trim(value->text)) : "";
}

class Completer {
 public:
  Completer(const std::string& text, std::size_t offset, const ProgramNames* names, Date today) : text_(text), names_(names), today_(today) {
    std::string_view word = name_around(text, offset, out_.begin);
    if (word.empty()) out_.begin = std::min(offset, text.size());
    end_ = out_.begin + word.size();
  }

  Completions complete() {
    const std::size_t line = text_.rfind('\n', out_.begin == 0 ? 0 : out_.begin - 1);
    const std::size_t start = out_.begin == 0 || line == std::string::npos ? 0 : line + 1;
    const std::string_view before = std::string_view(text_).substr(start, out_.begin - start);
    const std::string_view after = std::string_view(text_).substr(end_, text_.find('\n', end_) - end_);
    const bool begins_line = before.find_first_not_of(" -") == std::string_view::npos && trim(after).empty();
    if (!(begins_line && place(": x")) && !place("")) return std::move(out_);
    if (cursor_.value == nullptr) keys();
    else value();
    return std::move(out_);
  }

 private:
  /// Whether the stand-in is found when it is put there with `behind` after it.
  bool place(std::string_view behind) {
    std::string tried = text_.substr(0, out_.begin);
    tried.append(stand_in).append(behind).append(text_, end_);
    std::vector<Diagnostic> ignored;
    tree_ = parse_yaml(make_source("", std::move(tried)), ignored);
    cursor_ = {};
    return find_cursor(tree_, cursor_);
  }

  void add(Completion one) {
    const bool is_known =
        std::any_of(out_.all.begin(), out_.all.end(), [&](const Completion& c) { return c.label == one.label && c.kind == one.kind; });
    if (!is_known && !one.label.empty()) out_.all.push_back(std::move(one));
  }
  void add_word(const std::string& word, const std::string& detail = "") { add({word, CompletionKind::word, detail, "", "", 0}); }

  [[nodiscard]] const Node* record_of_cursor() const { return cursor_.steps.empty() ? nullptr : tree_.find(cursor_.steps.front()); }

  [[nodiscard]] SchemaPath schema() const {
    const Node* record = record_of_cursor();
    const bool is_parameter = record != nullptr && (record->find("values") != nullptr || record->find("file") != nullptr);
    return SchemaPath::to(text_of_key(tree_, "kind"), cursor_.steps, tree_.find("extends") != nullptr, is_parameter);
  }

  void keys() {
    for (auto& [key, meaning] : schema().keys())
      if (cursor_.record->find(key) == nullptr) add({key, CompletionKind::key, "", std::move(meaning), key + ": ", 0});
  }

  void value() {
    std::string key;  // the last that is no item of a list
    for (const std::string& step : cursor_.steps)
      if (!step.empty()) key = step;
    const SchemaPath here = schema();
    for (const std::string& word : here.words()) add_word(word);
    if (names_ == nullptr) return;
    if (text_of_key(tree_, "kind") == "notices") return things({NamedKind::rule, NamedKind::fact, NamedKind::parameter});
    if (key == "of") return levels();
    if (key == "type") return types();
    if (key == "decides" || key == "each") units();
    if (key == "reason") return things({NamedKind::reason});
    const bool names_rule = key == "role" || key == "test" || key == "outputs" || key == "gives" || key == "verify_by" || key == "requires";
    if (names_rule) return things({NamedKind::rule});
    if (key == "fills") return things({NamedKind::fact});
    if (here.is_formula()) formula();
  }

  void levels() {
    if (text_of_key(tree_, "kind") == "facts") add_word("place"), add_word("world");
    for (const Level& level : names_->declarations().levels)
      if (level.kind != LevelKind::world && level.kind != LevelKind::pair) add_word(level.one);
  }

  void units() {
    for (const Level& level : names_->declarations().levels)
      if (level.kind == LevelKind::person || level.kind == LevelKind::household || level.kind == LevelKind::unit) add_word("each " + level.one);
  }

  void types() {
    for (const std::string_view word : plain_type_words()) add_word(std::string(word));
    for (const CodeList& list : names_->declarations().lists)
      if (is_name(list.name)) {
        add_word("code " + list.name);
        add_word(list.name);  // behind `by`
      }
  }

  void things(std::initializer_list<NamedKind> kinds) {
    for (const NamedThing& thing : names_->things())
      if (std::find(kinds.begin(), kinds.end(), thing.kind) != kinds.end()) add_thing(thing, 0);
  }

  void add_thing(const NamedThing& thing, int rank) {
    const Declarations& d = names_->declarations();
    Completion one;
    one.label = thing.name;
    one.detail = thing_in_short(*names_, thing);
    one.rank = rank;
    const auto index = static_cast<std::size_t>(thing.index);
    switch (thing.kind) {
      case NamedKind::rule:
        one.kind = CompletionKind::rule;
        one.documentation = d.rules[index].title + "\n\n" + d.rules[index].cite;
        break;
      case NamedKind::parameter:
        one.kind = CompletionKind::parameter;
        one.documentation =
            d.parameters[index].keys.empty() ? hover_text(*names_, thing, today_) : d.parameters[index].title + "\n\n" + d.parameters[index].cite;
        break;
      case NamedKind::fact:
        one.kind = CompletionKind::fact;
        if (d.facts[index].type.base == Base::people && d.facts[index].record < 0) one.label = d.facts[index].set_name;
        one.documentation = d.facts[index].ask + "\n\n" + d.facts[index].cite;
        break;
      case NamedKind::record: one.kind = CompletionKind::record; break;
      default: break;
    }
    add(std::move(one));
  }

  // Formulas

  void formula() {
    const std::string before = cursor_.value->text.substr(0, cursor_.value->text.find(stand_in));
    const Tokens read = tokens_of(before, cursor_.value->style == Style::block);
    std::vector<Token> tokens = read.list;
    if (!tokens.empty() && tokens.back().kind == TokenKind::end) tokens.pop_back();
    const auto text = [&](const Token& token) { return std::string_view(before).substr(token.begin, token.end - token.begin); };
    if (!tokens.empty() && tokens.back().kind == TokenKind::dot)
      return members(tokens.size() > 1 ? std::string(text(tokens[tokens.size() - 2])) : "");
    compared_words(tokens, before);
    names_in_formula();
  }

  /// `kind = ^`, `kind in [wages, ^`: the words of what stands left.
  void compared_words(const std::vector<Token>& tokens, std::string_view text) {
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
      const bool is_sign = token->kind == TokenKind::equal || token->kind == TokenKind::not_equal || token->kind == TokenKind::word_in;
      if (is_sign && std::next(token) != tokens.rend())
        return words_of_thing(text.substr(std::next(token)->begin, std::next(token)->end - std::next(token)->begin));
      const bool is_inside = token->kind == TokenKind::comma || token->kind == TokenKind::word || token->kind == TokenKind::open_bracket ||
                             token->kind == TokenKind::open_paren;
      if (!is_inside) return;
    }
  }

  void words_of_thing(std::string_view name) {
    const Declarations& d = names_->declarations();
    for (const NamedThing* thing : names_->things_named(name)) {
      std::optional<Type> type;
      if (thing->kind == NamedKind::fact) type = d.facts[static_cast<std::size_t>(thing->index)].type;
      if (thing->kind == NamedKind::rule) type = names_->type_of_rule(thing->index);
      if (thing->kind == NamedKind::parameter) type = d.parameters[static_cast<std::size_t>(thing->index)].type;
      if (!type || (type->base != Base::code && type->base != Base::codes) || type->list < 0) continue;
      const CodeList& list = d.lists[static_cast<std::size_t>(type->list)];
      for (std::size_t i = 0; i < list.words.size(); ++i) add_word(list.words[i], list.labels[i] == list.words[i] ? "" : list.labels[i]);
    }
  }

  [[nodiscard]] LevelId level_of_thing(const NamedThing& thing) const {
    const Declarations& d = names_->declarations();
    if (thing.kind == NamedKind::fact) return d.facts[static_cast<std::size_t>(thing.index)].level;
    if (thing.kind == NamedKind::rule) return d.rules[static_cast<std::size_t>(thing.index)].level;
    if (thing.kind == NamedKind::record) return d.records[static_cast<std::size_t>(thing.index)].of_household ? household_level : person_level;
    return world_level;
  }

  /// What stands behind a dot: names of the rows of a list; else those of people.
  void members(const std::string& list) {
    LevelId level = person_level;
    const auto& levels = names_->declarations().levels;
    for (std::size_t l = 0; l < levels.size(); ++l)
      if (levels[l].list == list && !list.empty()) level = static_cast<LevelId>(l);
    for (const NamedThing& thing : names_->things())
      if (level_of_thing(thing) == level && thing.kind != NamedKind::code_list && thing.kind != NamedKind::reason) add_thing(thing, 0);
  }

  /// Levels whose values a rule of the record reads: its own, those above, and of a person the units they are in.
  [[nodiscard]] std::vector<LevelId> levels_seen() const {
    const auto& levels = names_->declarations().levels;
    const Node* record = record_of_cursor();
    const std::string of = record == nullptr ? "" : text_of_key(*record, "of");
    LevelId level = person_level;
    for (std::size_t l = 0; l < levels.size(); ++l)
      if (levels[l].one == of && !of.empty()) level = static_cast<LevelId>(l);
    std::vector<LevelId> seen;
    for (LevelId at = level; at >= 0; at = levels[static_cast<std::size_t>(at)].parent) seen.push_back(at);
    if (std::find(seen.begin(), seen.end(), person_level) != seen.end())
      for (std::size_t l = 0; l < levels.size(); ++l)
        if (levels[l].kind == LevelKind::unit) seen.push_back(static_cast<LevelId>(l));
    seen.push_back(world_level);
    return seen;
  }

  void names_in_formula() {
    const Node* record = record_of_cursor();
    const Node* let = record == nullptr ? nullptr : record->find("let");
    if (let != nullptr)
      for (const Node& step : let->keys)
        if (step.text != stand_in) add({step.text, CompletionKind::word, "step of `let`", "", "", 0});
    const std::vector<LevelId> seen = levels_seen();
    for (const NamedThing& thing : names_->things()) {
      if (thing.kind == NamedKind::code_list || thing.kind == NamedKind::reason) continue;
      add_thing(thing, std::find(seen.begin(), seen.end(), level_of_thing(thing)) != seen.end() ? 1 : 3);
    }
    for (const std::string& name : built_in_names()) add({name, CompletionKind::function, "function", "", name + "(", 2});
    for (const char* word : {"if", "then", "else", "and", "or", "not", "in", "between", "some", "every", "satisfies", "true", "false", "none", "self",
                             "item", "people", "members"})
      add({word, CompletionKind::word, "", "", "", 4});
  }

  const std::string& text_;
  const ProgramNames* names_;
  Date today_;
  std::size_t end_ = 0;  ///< of the word around the cursor
  Node tree_;
  Cursor cursor_;
  Completions out_;
};

}  // namespace

Completions completions_at(const std::string& text, std::size_t offset, const ProgramNames* names, Date today) {
  return Completer(text, offset, names, today).complete();
}

}  // namespace duly
