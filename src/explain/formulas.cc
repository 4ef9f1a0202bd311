// Formulas with their parts: rules, facts, parameters, and sums and counts with the rows that counted.

#include <algorithm>

#include "duly/render.h"
#include "explain/tree.h"

namespace duly {
namespace {

constexpr int deepest_mention = 40;  ///< terms between two names of one formula

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

bool is_aggregate(TermOp op) { return op == TermOp::sum || op == TermOp::count || op == TermOp::least || op == TermOp::greatest || op == TermOp::some; }
bool has_value(TermOp op) { return op == TermOp::sum || op == TermOp::least || op == TermOp::greatest; }

/// What a word of a formula is replaced by.
std::string in_formula(const Value& value) {
  if (value.kind == Value::Kind::unknown) return "(not known)";
  return to_text(value, false);
}

}  // namespace

Value Tree::part_value(TermId id, const Place& here) const { return id == no_term ? Value{} : value_at(e_, id, here.level, here.row, labels_.people()); }

std::string Tree::with_numbers(const Formula& formula, const Place& here) const {
  std::string out;
  out.reserve(formula.text.size() + 16 * formula.parts.size());
  std::size_t copied = 0;
  for (const FormulaPart& part : formula.parts) {
    if (!e_.paths.leads_up(here.level, term(part.term).level)) continue;
    out.append(formula.text, copied, part.begin - copied);
    out += in_formula(part_value(part.term, here));
    copied = part.end;
  }
  return out.append(formula.text, copied, std::string::npos);
}

void Tree::add_formula(ExplanationNode& node, const Formula& formula, const Place& here, bool with_parts) {
  node.formula = formula.text;
  node.with_numbers = with_numbers(formula, here);
  if (formula.term != no_term && term(formula.term).op == TermOp::round) {
    const Value before = value_at(e_, term(formula.term).args[0], here.level, here.row, labels_.people());
    if (before.kind != Value::Kind::unknown) node.before_rounding = to_text(before, false);
  }
  if (with_parts) add_parts(node, formula, here);
}

void Tree::add_parts(ExplanationNode& node, const Formula& formula, const Place& here) {
  std::vector<TermId> done;
  for (const FormulaPart& part : formula.parts) {
    if (std::find(done.begin(), done.end(), part.term) != done.end()) continue;
    done.push_back(part.term);
    add_part(node.children, formula.text.substr(part.begin, part.end - part.begin), part.term, here);
  }
}

ExplanationNode Tree::step(const std::string& text, TermId id, std::int32_t row) const {
  ExplanationNode out;
  out.name = text;
  out.kind = "step";
  set_value(out, value_of(id, row));
  return out;
}

void Tree::add_part(Nodes& out, const std::string& text, TermId id, const Place& here) {
  if (!e_.paths.leads_up(here.level, term(id).level)) return;
  std::int32_t row = e_.paths.above(here.level, here.row, term(id).level);
  for (const auto& [name, formula] : here.body->let)
    if (name == text) {
      ExplanationNode named = step(text, id, row);
      add_formula(named, formula, here);
      return out.push_back(std::move(named));
    }
  while (row >= 0 && term(id).op == TermOp::lift) {
    const LevelId below = term(term(id).args[0]).level;
    row = e_.paths.end_of(term(id).level, row, term(id).via, below);
    id = term(id).args[0];
  }
  if (row < 0) return;
  const Term& t = term(id);
  if (is_aggregate(t.op)) return out.push_back(aggregate(text, id, row));
  if (t.op == TermOp::logical_not && is_aggregate(term(t.args[0]).op)) {
    ExplanationNode every = aggregate(text, t.args[0], row);
    set_value(every, value_of(id, row));
    return out.push_back(std::move(every));
  }
  const std::size_t before = out.size();
  add_mention(out, id, row);
  if (out.size() == before) {
    ExplanationNode other = step(text, id, row);
    add_mentions(other.children, id, row);
    out.push_back(std::move(other));
  }
}

/// The node of a term that stands for a rule, a fact or a parameter; nothing for others.
void Tree::add_mention(Nodes& out, TermId id, std::int32_t row) {
  const Term& t = term(id);
  switch (t.op) {
    case TermOp::rule: return out.push_back(rule(t.index, row));
    case TermOp::fact: return out.push_back(fact(t.index, row, value_of(id, row)));
    case TermOp::fact_absent: return out.push_back(fact(t.index, row, value_of(e_.index.term_of_fact(t.index), row)));
    case TermOp::lookup: return out.push_back(parameter(id, row));
    case TermOp::choose: {
      const Term& then = term(t.args[1]);
      const bool gated = then.op == TermOp::fact && e_.fact(then.index).needed_when;
      if (!gated) return;
      ExplanationNode node = fact(then.index, row, value_of(id, row));
      if (surely_not_at(e_, t.args[0], t.level, row)) {
        node.source = "not needed";
        add_mentions(node.children, t.args[0], row);
      }
      return out.push_back(std::move(node));
    }
    default: return;
  }
}

/// Rules, facts and parameters below a term, as far as they decided it.
void Tree::add_mentions(Nodes& out, TermId id, std::int32_t row, int depth) {
  if (id == no_term || row < 0 || depth > deepest_mention) return;
  const std::size_t before = out.size();
  add_mention(out, id, row);
  if (out.size() != before) return;
  const Term& t = term(id);
  if (is_aggregate(t.op) || t.op == TermOp::in_unit || t.op == TermOp::unit_people) return;
  const auto go = [&](TermId arg) {
    if (arg == no_term) return;
    const LevelId level = term(arg).level;
    const bool ends = t.op == TermOp::lift || t.op == TermOp::in_set;
    const std::int32_t its_row = ends ? e_.paths.end_of(t.level, row, t.op == TermOp::in_set ? Via::first : t.via, level)
                                      : e_.paths.leads_up(t.level, level) ? e_.paths.above(t.level, row, level) : -1;
    add_mentions(out, arg, its_row, depth + 1);
  };
  if (t.op == TermOp::logical_and || t.op == TermOp::logical_or) {
    const bool settling = t.op == TermOp::logical_or;
    for (const TermId arg : t.args)
      if (settling ? surely_at(e_, arg, t.level, row) : surely_not_at(e_, arg, t.level, row)) return go(arg);
  }
  if (t.op == TermOp::choose) {
    go(t.args[0]);
    if (!surely_not_at(e_, t.args[0], t.level, row)) go(t.args[1]);
    if (!surely_at(e_, t.args[0], t.level, row)) go(t.args[2]);
    return;
  }
  for (const TermId arg : t.args) go(arg);
}

std::string Tree::source_of(FactId id, std::int32_t row, const Value& value) const {
  if (details_ != nullptr) {
    for (const PresumedFact& presumed : details_->presumed)
      if (presumed.fact == id && presumed.row == row) return "presumed, " + presumed.cite;
    for (const EvidenceNote& note : details_->evidence)
      if (note.fact == id && note.row == row) return note.paper;
  }
  if (value.kind == Value::Kind::unknown && value.low.empty()) return "not given";
  if (e_.fact(id).of_request) return "request";
  return "reported";
}

ExplanationNode Tree::fact(FactId id, std::int32_t row, const Value& value) const {
  const Fact& declared = e_.fact(id);
  ExplanationNode out;
  out.name = declared.name;
  out.kind = "fact";
  out.title = declared.title;
  out.of = label(declared.level, row);
  out.source = source_of(id, row, value);
  set_value(out, value);
  return out;
}

const ParameterRow* Tree::row_by_date(const Parameter& parameter) const {
  const ParameterRow* found = nullptr;
  for (const ParameterRow& row : parameter.rows) {
    const bool in_force = row.from <= e_.r.plan().law_date && e_.r.plan().law_date < row.until;
    if (in_force && (found == nullptr || found->from <= row.from)) found = &row;
  }
  return found;
}

/// The row of the parameter that gave the value; null where it is not known which.
const ParameterRow* Tree::row_used(TermId id, std::int32_t row) const {
  const Term& t = term(id);
  const Parameter& declared = e_.declarations().parameters[at(t.index)];
  NodeId node = e_.r.node_of(id);
  while (node != no_node) {
    const PlanNode& n = e_.r.node(node);
    if (n.op == PlanOp::lookup) {
      const auto cells = cells_of(e_, n, row);
      const std::int32_t used = cells.size() == 1 ? e_.r.plan().tables[at(n.index)].row[cells[0]] : -1;
      return used < 0 ? nullptr : &declared.rows[at(used)];
    }
    if (n.op == PlanOp::choose) {
      const std::int32_t its_row = std::max(e_.paths.above(n.level, row, e_.r.node(n.args[0]).level), 0);
      node = e_.r.surely(n.args[0], its_row) ? n.args[1] : n.args[2];
    } else {
      node = n.args.empty() ? no_node : n.args[0];
    }
  }
  return declared.keys.empty() ? row_by_date(declared) : nullptr;
}

ExplanationNode Tree::parameter(TermId id, std::int32_t row) {
  const Term& t = term(id);
  const Parameter& declared = e_.declarations().parameters[at(t.index)];
  ExplanationNode out;
  out.name = declared.name;
  out.kind = "parameter";
  out.title = declared.title;
  out.cite = declared.cite;
  set_value(out, value_of(id, row));
  if (const ParameterRow* used = row_used(id, row)) {
    if (used->source >= 0) out.source = declared.sources[at(used->source)];
    out.in_force_from = to_text(used->from);
    out.confidence = to_word(used->confidence);
    if (used->state == ParameterRow::State::gap) out.not_taken = "the figure is not known";
  }
  for (const TermId key : t.args) add_mentions(out.children, key, e_.paths.above(t.level, row, term(key).level));
  return out;
}

ExplanationNode Tree::counted_row(const Term& whole, std::int32_t row) {
  const TermId included = whole.args[has_value(whole.op) ? 1 : 0];
  const LevelId below = term(included).level;
  if (has_value(whole.op)) {
    const TermId value = whole.args[0];
    static const CheckedBody no_steps;
    Nodes found;
    add_part(found, "", value, {below, row, &no_steps});
    ExplanationNode out;
    if (found.size() == 1) out = std::move(found.front());
    if (out.of.empty()) out.of = label(below, row);
    if (out.name.empty()) out.name = out.of;
    return out;
  }
  ExplanationNode out = step(label(below, row), included, row);
  add_mentions(out.children, included, row);
  return out;
}

ExplanationNode Tree::aggregate(const std::string& text, TermId id, std::int32_t row) {
  const Term& t = term(id);
  ExplanationNode out = step(text, id, row);
  const TermId included = t.args[has_value(t.op) ? 1 : 0];
  const LevelId below = term(included).level;
  const bool one_is_enough = t.op == TermOp::some && out.value.text == "true";
  const bool none_holds = t.op == TermOp::some && !one_is_enough;  // every row has its part in that
  e_.paths.for_each_below(below, t.level, row, [&](std::int32_t r) {
    if (one_is_enough && !out.children.empty()) return;
    const TruthValue counts = truth_at(e_, included, below, r);
    const bool shown = one_is_enough ? surely_at(e_, included, below, r) : counts.may_be_true || none_holds;
    if (shown) out.children.push_back(counted_row(t, r));
  });
  return out;
}

}  // namespace duly
