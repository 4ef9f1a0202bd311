// Formulas as written and with their numbers, and below them the parts that decided.

#include <algorithm>

#include "duly/render.h"
#include "explain/tree.h"

namespace duly {
namespace {

/// `[ana, leo]` from `ana leo`.
std::string in_brackets(const std::string& words) {
  std::string out = "[";
  for (const char c : words) c == ' ' ? out += ", " : out += c;
  return out + "]";
}

/// What a word of a formula is replaced by: an amount, a word of a list as it is written in rules, a range where that is all that is known.
std::string in_formula(const Value& value) {
  if (value.kind == Value::Kind::code) return value.text;
  if (value.kind == Value::Kind::people || value.kind == Value::Kind::codes || value.kind == Value::Kind::months) return in_brackets(value.text);
  if (value.kind != Value::Kind::unknown) return to_text(value, false);
  if (value.low.empty() && value.high.empty()) return "(not known)";
  if (value.low.empty() || value.high.empty()) return "(" + to_text(value, false) + ")";
  return "[" + to_text(end_of_range(value, false), false) + ".." + to_text(end_of_range(value, true), false) + "]";
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// End of the call whose opening bracket stands at `open`.
std::size_t end_of_call(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1;
  }
  return text.size();
}

/// Where `name` stands as a whole word at or behind `from`; the end of all texts if nowhere.
std::size_t find_word(const std::string& text, const std::string& name, std::size_t from = 0) {
  for (std::size_t at = text.find(name, from); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool inside_word = (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '.')) ||
                             (end < text.size() && is_word(name.back()) && (is_word(text[end]) || text[end] == '.'));
    if (!inside_word) return at;
  }
  return std::string::npos;
}

/// Replaces each whole word `name`, with the brackets behind it where it is called.
std::string replaced(const std::string& text, const std::string& name, const std::string& value) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = find_word(text, name); at != std::string::npos; at = find_word(text, name, at + 1)) {
    std::size_t end = at + name.size();
    if (at < copied) continue;
    if (end < text.size() && text[end] == '(') end = end_of_call(text, end);
    out.append(text, copied, at - copied).append(value);
    copied = end;
  }
  return out.append(text, copied, std::string::npos);
}

using Steps = decltype(CheckedBody::let);

/// The steps that a text names, and those that they name, in their own order.
Steps steps_named_in(const std::string& text, const Steps& steps) {
  std::string all = text;
  std::vector<bool> is_named(steps.size(), false);
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (is_named[i] || find_word(all, steps[i].first) == std::string::npos) continue;
      is_named[i] = grows = true;
      all.append(" ").append(steps[i].second.text);
    }
  }
  Steps out;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (is_named[i]) out.push_back(steps[i]);
  return out;
}

/// A sum that is the whole formula says nothing of its own: its rows take its place.
void take_over(std::vector<ExplanationNode>& nodes) {
  std::vector<ExplanationNode> rows = std::move(nodes.back().children);
  nodes.pop_back();
  nodes.insert(nodes.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}

}  // namespace

Value Tree::part_value(TermId id, const Place& here) const {
  return id == no_term ? Value{} : value_at(e_, id, here.level, here.row, labels_.people());
}

/// A part that is one name, one call of a parameter or one sum becomes its value; one that rounds or chooses keeps its words around theirs.
std::string Tree::part_with_numbers(const Formula& formula, const FormulaPart& part, const Place& here) {
  const std::int32_t row = e_.paths.above(here.level, here.row, term(part.term).level);
  const Mention whole = looked_through(part.term, row);
  std::string text = formula.text.substr(part.begin, part.end - part.begin);
  const bool is_name = std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '.'; });
  if (is_name || whole.row < 0 || is_mention(whole.term)) return in_formula(part_value(part.term, here));
  for (const auto& [name, named] : here.body->let)
    if (is_readable(named, here)) text = replaced(text, name, in_formula(part_value(named.term, here)));
  std::vector<Mention> inner = mentions_of(whole.term, whole.row);
  if (inner.empty()) return in_formula(part_value(part.term, here));
  std::stable_sort(inner.begin(), inner.end(),
                   [&](const Mention& x, const Mention& y) { return name_of(term(x.term)).size() > name_of(term(y.term)).size(); });
  for (const Mention& mention : inner) text = replaced(text, name_of(term(mention.term)), in_formula(value_of(mention.term, mention.row)));
  return text;
}

bool Tree::is_readable(const Formula& formula, const Place& here) const {
  return formula.term != no_term && e_.paths.leads_up(here.level, term(formula.term).level);
}

std::string Tree::with_numbers(const Formula& formula, const Place& here) {
  std::string out;
  out.reserve(formula.text.size() + 16 * formula.parts.size());
  std::size_t copied = 0;
  for (const FormulaPart& part : formula.parts) {
    if (!e_.paths.leads_up(here.level, term(part.term).level)) continue;
    out.append(formula.text, copied, part.begin - copied);
    out += part_with_numbers(formula, part, here);
    copied = part.end;
  }
  return out.append(formula.text, copied, std::string::npos);
}

/// The value that the last step of a term rounds; the mode may have been chosen.
std::string Tree::before_rounding(TermId id, const Place& here) const {
  while (term(id).op == TermOp::choose) {
    const bool yes = surely_at(e_, term(id).args[0], here.level, here.row);
    if (!yes && !surely_not_at(e_, term(id).args[0], here.level, here.row)) return "";
    id = term(id).args[yes ? 1 : 2];
  }
  if (term(id).op != TermOp::round) return "";
  const Value before = value_at(e_, term(id).args[0], here.level, here.row, labels_.people());
  return before.kind == Value::Kind::unknown ? "" : to_text(before, false);
}

void Tree::add_formula(ExplanationNode& node, const Formula& formula, const Place& here, bool with_parts) {
  node.formula = formula.text;
  node.with_numbers = with_numbers(formula, here);
  if (formula.term != no_term) node.before_rounding = before_rounding(formula.term, here);
  if (with_parts) add_parts(node, formula, here);
}

/// Parts that could not matter are left out: of a conjunction that fails, all but the condition that fails it.
void Tree::add_parts(ExplanationNode& node, const Formula& formula, const Place& here) {
  if (!is_readable(formula, here)) return;
  static_cast<void>(mentions_of(formula.term, e_.paths.above(here.level, here.row, term(formula.term).level)));
  std::vector<const FormulaPart*> decided;
  for (const FormulaPart& part : formula.parts) {
    const auto same = [&](const FormulaPart* other) { return other->term == part.term; };
    if (was_passed(part.term) && std::none_of(decided.begin(), decided.end(), same)) decided.push_back(&part);
  }
  node.children.reserve(node.children.size() + decided.size());
  for (const FormulaPart* part : decided) add_part(node, formula, *part, here);
}

void Tree::add_part(ExplanationNode& whole, const Formula& formula, const FormulaPart& part, const Place& here) {
  if (!e_.paths.leads_up(here.level, term(part.term).level)) return;
  const std::int32_t row = e_.paths.above(here.level, here.row, term(part.term).level);
  std::string text = formula.text.substr(part.begin, part.end - part.begin);
  for (const auto& [name, step_formula] : here.body->let)
    if (name == text) {
      ExplanationNode named = step(text, part.term, row);
      add_formula(named, step_formula, here);
      return whole.children.push_back(std::move(named));
    }
  const Mention mention = looked_through(part.term, row);
  if (mention.row < 0) return;
  const bool is_all = part.begin == 0 && part.end == formula.text.size();
  if (is_mention(mention.term)) {
    add_mention(whole.children, mention, text);
    if (is_all && whole.children.back().kind == "step") take_over(whole.children);
    return;
  }
  if (is_all) return add_below(whole.children, text, mention, here);
  ExplanationNode other = step(text, part.term, row);
  add_below(other.children, text, mention, here);
  whole.children.push_back(std::move(other));
}

/// What decided `whole`, which is written as `text`: the steps of the rule that it names, each with its formula, and what it and they name.
void Tree::add_below(Nodes& out, const std::string& text, const Mention& whole, const Place& here) {
  std::vector<std::pair<TermId, std::string>> rows;  // steps that are a sum, or the like, under their names
  for (const auto& [name, formula] : steps_named_in(text, here.body->let)) {
    if (!is_readable(formula, here)) continue;
    const std::int32_t row = e_.paths.above(here.level, here.row, term(formula.term).level);
    if (const Mention itself = looked_through(formula.term, row); is_mention(itself.term)) {
      rows.emplace_back(itself.term, name);
      continue;
    }
    ExplanationNode named = step(name, formula.term, row);
    add_formula(named, formula, here, false);
    out.push_back(std::move(named));
  }
  for (const Mention& mention : mentions_of(whole.term, whole.row)) {
    const std::string name = name_of(term(mention.term));
    const auto under = std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.first == mention.term; });
    add_mention(out, mention, under == rows.end() ? name : under->second);
    if (under != rows.end() && out.back().kind == "step") out.back().formula = name;
  }
}

ExplanationNode Tree::step(std::string name, TermId id, std::int32_t row) const {
  ExplanationNode out;
  out.name = std::move(name);
  out.kind = "step";
  set_value(out, value_of(id, row));
  return out;
}

}  // namespace duly
