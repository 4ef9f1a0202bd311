// What a formula names: rules, facts, parameters, and sums and counts with the rows that counted.

#include <algorithm>

#include "base/at.h"
#include "duly/render.h"
#include "explain/tree.h"

namespace duly {
namespace {

bool is_aggregate(TermOp op) {
  return op == TermOp::sum || op == TermOp::count || op == TermOp::least || op == TermOp::greatest || op == TermOp::some;
}
bool has_value(TermOp op) { return op == TermOp::sum || op == TermOp::least || op == TermOp::greatest; }

/// The words of a rule file on one line.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

}  // namespace

Tree::Mention Tree::looked_through(TermId id, std::int32_t row) const {
  while (id != no_term && row >= 0 && term(id).op == TermOp::lift) {
    const LevelId below = term(term(id).args[0]).level;
    row = e_.paths.end_of(term(id).level, row, term(id).via, below);
    id = term(id).args[0];
  }
  return {id, row};
}

bool Tree::is_gated_fact(const Term& t) const {
  if (t.op != TermOp::choose || t.args[1] == no_term) return false;
  const Term& then = term(t.args[1]);
  return then.op == TermOp::fact && e_.fact(then.index).needed_when != nullptr;
}

bool Tree::is_mention(TermId id) const {
  const Term& t = term(id);
  if (t.op == TermOp::logical_not) return is_aggregate(term(t.args[0]).op);  // `every`
  return t.op == TermOp::rule || t.op == TermOp::fact || t.op == TermOp::fact_absent || t.op == TermOp::lookup || is_aggregate(t.op) ||
         is_gated_fact(t);
}

void Tree::collect_mentions(TermId id, std::int32_t row, std::vector<Mention>& out) {
  if (id == no_term || row < 0 || was_passed(id)) return;
  passed_[at(id)] = walk_;
  const Term& t = term(id);
  if (is_mention(id)) {
    const auto same = [&](const Mention& m) {
      return m.row == row && term(m.term).op == t.op && term(m.term).index == t.index && (t.index >= 0 || m.term == id);
    };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back({id, row});
    return;
  }
  if (t.op == TermOp::in_unit || t.op == TermOp::unit_people) return;
  const auto go = [&](TermId arg) {
    if (arg == no_term) return;
    const LevelId level = term(arg).level;
    const bool ends = t.op == TermOp::lift || t.op == TermOp::in_set;
    const std::int32_t its_row = ends ? e_.paths.end_of(t.level, row, t.op == TermOp::in_set ? Via::first : t.via, level)
                                 : e_.paths.leads_up(t.level, level) ? e_.paths.above(t.level, row, level)
                                                                     : -1;
    collect_mentions(arg, its_row, out);
  };
  if (t.op == TermOp::logical_and || t.op == TermOp::logical_or)
    for (const TermId arg : t.args)
      if (t.op == TermOp::logical_or ? surely_at(e_, arg, t.level, row) : surely_not_at(e_, arg, t.level, row)) return go(arg);
  if (t.op == TermOp::choose) {
    go(t.args[0]);
    if (!surely_not_at(e_, t.args[0], t.level, row)) go(t.args[1]);
    if (!surely_at(e_, t.args[0], t.level, row)) go(t.args[2]);
    return;
  }
  for (const TermId arg : t.args) go(arg);
}

std::vector<Tree::Mention> Tree::mentions_of(TermId id, std::int32_t row) {
  std::vector<Mention> out;
  ++walk_;
  collect_mentions(id, row, out);
  return out;
}

/// How a formula names the term.
std::string Tree::name_of(const Term& t) const {
  switch (t.op) {
    case TermOp::rule: return e_.rule(t.index).name;
    case TermOp::fact:
    case TermOp::fact_absent: return e_.fact(t.index).name;
    case TermOp::lookup: return e_.declarations().parameters[at(t.index)].name;
    case TermOp::choose: return e_.fact(term(t.args[1]).index).name;
    default: return on_one_line(text_of(t.span));
  }
}

void Tree::add_mention(Nodes& out, const Mention& mention, const std::string& text) {
  const Term& t = term(mention.term);
  switch (t.op) {
    case TermOp::rule: return out.push_back(rule(t.index, mention.row));
    case TermOp::fact: return out.push_back(fact(t.index, mention.row, value_of(mention.term, mention.row)));
    case TermOp::fact_absent: {
      const TermId given = e_.index.term_of_fact(t.index);
      return out.push_back(fact(t.index, mention.row, given == no_term ? Value{} : value_of(given, mention.row)));
    }
    case TermOp::lookup: return out.push_back(parameter(mention.term, mention.row));
    case TermOp::choose: {
      ExplanationNode node = fact(term(t.args[1]).index, mention.row, value_of(mention.term, mention.row));
      if (surely_not_at(e_, t.args[0], t.level, mention.row)) {
        node.source = "not needed";
        add_mentions(node.children, t.args[0], mention.row);
      }
      return out.push_back(std::move(node));
    }
    case TermOp::logical_not: {
      ExplanationNode every = aggregate(text, t.args[0], mention.row);
      set_value(every, value_of(mention.term, mention.row));
      return out.push_back(std::move(every));
    }
    default: return out.push_back(aggregate(text, mention.term, mention.row));
  }
}

void Tree::add_mentions(Nodes& out, TermId id, std::int32_t row) {
  for (const Mention& mention : mentions_of(id, row)) add_mention(out, mention, name_of(term(mention.term)));
}

std::string Tree::source_of(FactId id, std::int32_t row) const {
  if (details_ != nullptr) {
    for (const PresumedFact& presumed : details_->presumed)
      if (presumed.fact == id && presumed.row == row) return "presumed, " + std::string(presumed.cite);
    for (const EvidenceNote& note : details_->evidence)
      if (note.fact == id && note.row == row) return note.paper;
  }
  if (!is_given(e_, labels_, id, row)) return "not given";
  return e_.fact(id).of_request ? "request" : "reported";
}

/// Where a fact comes from stands where it is met first.
ExplanationNode Tree::fact(FactId id, std::int32_t row, Value value) {
  const Fact& declared = e_.fact(id);
  ExplanationNode out;
  out.name = declared.name;
  out.kind = "fact";
  out.title = declared.title;
  out.of = label(declared.level, row);
  if (facts_shown_.insert({id, row}).second) out.source = source_of(id, row);
  set_value(out, std::move(value));
  return out;
}

/// In a condition, facts that stand above with the same value are not told again: its numbers show them.
void Tree::forget_known_facts(Nodes& nodes) {
  nodes.erase(std::remove_if(nodes.begin(), nodes.end(), [](const ExplanationNode& n) { return n.kind == "fact" && n.source.empty(); }), nodes.end());
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
  set_value(out, value_of(id, row));
  const bool is_new = figures_shown_.insert({t.index, out.value_text}).second;
  if (const ParameterRow* used = row_used(id, row); used != nullptr && is_new) {
    if (used->source >= 0) out.source = declared.sources[at(used->source)];
    out.in_force_from = to_text(used->from);
    out.confidence = to_word(used->confidence);
    if (used->state == ParameterRow::State::gap) out.not_taken = "the figure is not known";
  }
  if (!is_new) return out;
  out.cite = declared.cite;
  out.replaces = told(declared.replaced);
  for (const TermId key : t.args) add_mentions(out.children, key, e_.paths.above(t.level, row, term(key).level));
  forget_known_facts(out.children);
  return out;
}

/// What an item of a list goes by: of a pair, the second of the two.
std::string Tree::item_label(LevelId level, std::int32_t row) const {
  const LevelKind kind = e_.paths.level(level).kind;
  const bool is_pair = kind == LevelKind::pair || kind == LevelKind::unit_person;
  return is_pair ? labels_.people()[at(e_.paths.item_of(level, row))] : label(level, row);
}

ExplanationNode Tree::counted_row(const Term& whole, std::int32_t row) {
  const TermId included = whole.args[has_value(whole.op) ? 1 : 0];
  const LevelId below = term(included).level;
  const TermId shown = has_value(whole.op) ? whole.args[0] : included;
  const Mention mention = looked_through(shown, e_.paths.above(below, row, term(shown).level));
  if (has_value(whole.op) && mention.row >= 0 && is_mention(mention.term)) {
    Nodes found;
    add_mention(found, mention, name_of(term(mention.term)));
    if (found.front().of.empty()) found.front().of = item_label(below, row);
    return std::move(found.front());
  }
  ExplanationNode out = step(item_label(below, row), shown, std::max(e_.paths.above(below, row, term(shown).level), 0));
  add_mentions(out.children, shown, e_.paths.above(below, row, term(shown).level));
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
    const bool shown = one_is_enough ? surely_at(e_, included, below, r) : none_holds || truth_at(e_, included, below, r).may_be_true;
    if (shown) out.children.push_back(counted_row(t, r));
  });
  return out;
}

}  // namespace duly
