// Whether the rows of a decision table leave a gap or overlap, where their tests are written values. The space of each input is cut at the values
// its tests name (for a code: its words), and every combination of cuts is tried against every row.

#include <algorithm>
#include <set>

#include "check/rule_check.h"

namespace duly {
namespace {

constexpr std::size_t most_combinations = 20'000;

struct Probe {
  Number number;
  int word = -1;
  std::string shown;
};

std::optional<Number> written(const Expr& e) {
  if (const auto* n = std::get_if<NumberLiteral>(&e.node)) return n->value;
  if (const auto* n = std::get_if<Negate>(&e.node)) {
    const auto inner = written(*n->operand);
    if (inner) return Number(-*inner);
  }
  if (const auto* at = std::get_if<AtLiteral>(&e.node)) {
    if (const auto day = date_from_text(at->value)) return Number(day->days);
    if (const auto month = month_from_text(at->value)) return Number(month->index);
  }
  return std::nullopt;
}

std::optional<int> written_word(const Expr& e, const Declarations& d, const Type& type) {
  if (type.base == Base::boolean) {
    if (const auto* b = std::get_if<BooleanLiteral>(&e.node)) return b->value ? 1 : 0;
    return std::nullopt;
  }
  const auto& list = d.lists[static_cast<std::size_t>(type.list)];
  int word = -1;
  if (const auto* n = std::get_if<Name>(&e.node)) word = list.index_of(n->text);
  if (const auto* t = std::get_if<TextLiteral>(&e.node)) word = list.index_of(t->value);
  return word < 0 ? std::nullopt : std::optional(word);
}

/// Whether the test holds for the probe; nothing where it is no written value.
std::optional<bool> holds(const Expr& test, const Probe& probe, const Declarations& d, const Type& type) {
  const auto ordered = [&](BinaryOp op, const Number& limit) {
    switch (op) {
      case BinaryOp::less: return probe.number < limit;
      case BinaryOp::less_equal: return probe.number <= limit;
      case BinaryOp::greater: return probe.number > limit;
      case BinaryOp::greater_equal: return probe.number >= limit;
      case BinaryOp::not_equal: return probe.number != limit;
      default: return probe.number == limit;
    }
  };
  if (const auto* list = std::get_if<List>(&test.node)) {
    bool any = false;
    for (const auto& item : list->items) {
      const auto one = holds(*item, probe, d, type);
      if (!one) return std::nullopt;
      any = any || *one;
    }
    return any;
  }
  if (is_numeric(type)) {
    if (const auto* unary = std::get_if<UnaryTest>(&test.node)) {
      const auto limit = written(*unary->operand);
      return limit ? std::optional(ordered(unary->op, *limit)) : std::nullopt;
    }
    if (const auto* range = std::get_if<Range>(&test.node)) {
      bool in = true;
      if (range->low) {
        const auto low = written(*range->low);
        if (!low) return std::nullopt;
        in = in && (range->low_closed ? probe.number >= *low : probe.number > *low);
      }
      if (range->high) {
        const auto high = written(*range->high);
        if (!high) return std::nullopt;
        in = in && (range->high_closed ? probe.number <= *high : probe.number < *high);
      }
      return in;
    }
    const auto value = written(test);
    return value ? std::optional(probe.number == *value) : std::nullopt;
  }
  if (const auto* unary = std::get_if<UnaryTest>(&test.node)) {
    const auto word = written_word(*unary->operand, d, type);
    if (!word) return std::nullopt;
    return unary->op == BinaryOp::not_equal ? probe.word != *word : probe.word == *word;
  }
  const auto word = written_word(test, d, type);
  return word ? std::optional(probe.word == *word) : std::nullopt;
}

void collect_cuts(const Expr& test, std::set<Number>& cuts) {
  if (const auto value = written(test)) cuts.insert(*value);
  else for_each_part(test, [&](const Expr& part) { collect_cuts(part, cuts); });
}

/// A value for every region of one input: each cut, one between neighbours, one beyond each end.
std::vector<Probe> probes_of(const Declarations& d, const Body& body, std::size_t input, const Type& type) {
  std::vector<Probe> out;
  if (type.base == Base::boolean) return {{0, 0, "false"}, {0, 1, "true"}};
  if (type.base == Base::code) {
    const auto& words = d.lists[static_cast<std::size_t>(type.list)].words;
    for (std::size_t w = 0; w < words.size(); ++w) out.push_back({0, static_cast<int>(w), words[w]});
    return out;
  }
  std::set<Number> cuts;
  for (const auto& row : body.rows)
    for (const auto& test : row.tests[input].tests)
      if (test) collect_cuts(*test, cuts);
  const auto shown = [&](const Number& n) {
    if (type.base == Base::date) return to_text(Date{static_cast<std::int32_t>(static_cast<std::int64_t>(floor_of(n)))});
    return to_text(n);
  };
  const Number half = type.whole ? Number(1) : Number(1, 2);
  const auto add = [&](const Number& n) { out.push_back({n, -1, shown(n)}); };
  for (auto at = cuts.begin(); at != cuts.end(); ++at) {
    if (at == cuts.begin()) add(*at - half);
    add(*at);
    const auto next = std::next(at);
    if (next == cuts.end()) add(*at + half);
    else if (!type.whole) add((*at + *next) / 2);
    else if (*at + 1 < *next) add(*at + 1);
  }
  return out;
}

}  // namespace

void check_table_cover(const Declarations& d, const Body& body, const std::vector<Type>& inputs, std::vector<Diagnostic>& errors) {
  std::vector<std::vector<Probe>> probes;
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!is_numeric(inputs[i]) && inputs[i].base != Base::code && inputs[i].base != Base::boolean) return;
    probes.push_back(probes_of(d, body, i, inputs[i]));
    if (probes.back().empty()) probes.back().push_back({});
    combinations *= probes.back().size();
    if (combinations > most_combinations) return;
  }
  std::set<std::pair<std::size_t, std::size_t>> told;
  for (std::size_t c = 0; c < combinations; ++c) {
    std::string shown;
    std::size_t rest = c;
    std::vector<const Probe*> chosen;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      chosen.push_back(&probes[i][rest % probes[i].size()]);
      rest /= probes[i].size();
      shown += (i > 0 ? ", " : "") + body.inputs[i] + " = " + chosen.back()->shown;
    }
    std::vector<std::size_t> matching;
    for (std::size_t r = 0; r < body.rows.size(); ++r) {
      bool all = true;
      for (std::size_t i = 0; i < inputs.size() && all; ++i) {
        const auto& tests = body.rows[r].tests[i];
        if (tests.any) continue;
        bool one = false;
        for (const auto& test : tests.tests) {
          const auto result = test ? holds(*test, *chosen[i], d, inputs[i]) : std::nullopt;
          if (!result) return;  // a computed limit: told at run time
          one = one || *result;
        }
        all = one;
      }
      if (all) matching.push_back(r);
    }
    if (matching.empty()) {
      errors.push_back(diagnostic_at(Code::rows_gap, body.rows.back().span, "no row serves " + shown, "add a row, or `-` where any value will do"));
      return;
    }
    if (matching.size() > 1 && !body.hit_first && told.insert({matching[0], matching[1]}).second)
      errors.push_back(diagnostic_at(Code::rows_overlap, body.rows[matching[1]].span, "two rows serve " + shown,
                                     "make the rows exclude each other, or say `hit: first`"));
  }
}

}  // namespace duly
