#include "evaluate/sample.h"

#include <algorithm>

namespace duly::test {
namespace {

std::size_t index(std::int64_t value) { return static_cast<std::size_t>(value); }

std::vector<Level> sample_levels() {
  std::vector<Level> levels(10);
  levels[world_level] = {.kind = LevelKind::world, .one = "world", .list = ""};
  levels[household_level] = {.kind = LevelKind::household, .one = "household", .list = "", .parent = world_level};
  levels[person_level] = {.kind = LevelKind::person, .one = "person", .list = "people", .parent = household_level};
  levels[pair_level] = {
      .kind = LevelKind::pair, .one = "pair", .list = "pairs", .parent = household_level, .first = person_level, .second = person_level};
  levels[income_level] = {.kind = LevelKind::record, .one = "income", .list = "incomes", .parent = person_level};
  levels[bill_level] = {.kind = LevelKind::record, .one = "bill", .list = "bills", .parent = household_level};
  levels[unit_level] = {.kind = LevelKind::unit, .one = "unit", .list = "units", .parent = household_level, .declared = partition_rule};
  levels[unit_person_level] = {
      .kind = LevelKind::unit_person, .one = "", .list = "", .parent = unit_level, .first = unit_level, .second = person_level};
  levels[unit_bill_level] = {.kind = LevelKind::unit_record, .one = "", .list = "", .parent = unit_level, .first = unit_level, .second = bill_level};
  levels[spell_level] = {.kind = LevelKind::spells, .one = "spell", .list = "spells", .parent = person_level};
  return levels;
}

void put_bit(std::vector<std::uint64_t>& bits, std::size_t row, bool value) {
  const std::uint64_t mask = std::uint64_t{1} << (row % 64);
  bits[row / 64] = value ? bits[row / 64] | mask : bits[row / 64] & ~mask;
}

bool get_bit(const std::vector<std::uint64_t>& bits, std::size_t row) { return (bits[row / 64] >> (row % 64) & 1U) != 0; }

std::int64_t pick(std::mt19937& random, std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}
bool chance(std::mt19937& random, int percent) { return pick(random, 0, 99) < percent; }

}  // namespace

Sample::Sample(std::vector<int> people, std::vector<int> incomes, std::vector<int> bills)
    : program(std::make_shared<CheckedProgram>()), declarations(std::make_shared<Declarations>()) {
  declarations->levels = sample_levels();
  declarations->rules.resize(2);
  program->declarations = declarations;
  program->rules.resize(2);
  plan.program = program;
  table.households = static_cast<std::int64_t>(people.size());
  table.levels.resize(declarations->levels.size());
  FactRows& households = table.levels[household_level];
  FactRows& persons = table.levels[person_level];
  FactRows& income = table.levels[income_level];
  FactRows& bill = table.levels[bill_level];
  int largest = 1;
  for (FactRows* rows : {&persons, &income, &bill}) rows->begin = {0};
  for (std::size_t h = 0; h < people.size(); ++h) {
    households.begin.push_back(static_cast<std::int32_t>(h));
    households.owner.push_back(0);
    largest = std::max(largest, people[h]);
    for (int p = 0; p < people[h]; ++p) {
      for (int i = 0; i < incomes[persons.owner.size() % incomes.size()]; ++i)
        income.owner.push_back(static_cast<std::int32_t>(persons.owner.size()));
      persons.owner.push_back(static_cast<std::int32_t>(h));
    }
    bill.owner.insert(bill.owner.end(), index(bills[h % bills.size()]), static_cast<std::int32_t>(h));
    for (FactRows* rows : {&persons, &income, &bill}) rows->begin.push_back(static_cast<std::int32_t>(rows->owner.size()));
  }
  households.begin.push_back(static_cast<std::int32_t>(people.size()));
  for (FactRows* rows : {&households, &persons, &income, &bill}) rows->count = static_cast<std::int64_t>(rows->owner.size());
  table.set_words = (largest + 63) / 64;
}

std::size_t Sample::rows(LevelId level) const { return level <= household_level ? index(table.households) : index(table.levels[index(level)].count); }

FactId Sample::fact(const Domain& domain, std::vector<Cell> cells) {
  const auto id = static_cast<FactId>(declarations->facts.size());
  Fact fact;
  fact.level = domain.level;
  fact.type.base = domain.base;
  declarations->facts.push_back(fact);
  domains_.push_back(domain);
  FactColumn column;
  const std::size_t count = rows(domain.level);
  const std::vector<std::uint64_t> bits((count + 63) / 64, 0);
  switch (domain.shape) {
    case Shape::truth: column.may_be_true = column.may_be_false = bits; break;
    case Shape::number: column.low = column.high = std::vector<std::int64_t>(count, 0); break;
    case Shape::code: column.possible.assign(count, 1); break;
    case Shape::set:
      column.sure = column.maybe = std::vector<std::uint64_t>(count * (domain.base == Base::people ? index(table.set_words) : 1), 0);
      break;
  }
  const bool any_absent = std::any_of(cells.begin(), cells.end(), [](const Cell& c) { return c.may_be_absent; });
  if (domain.may_be_absent || any_absent) {
    column.may_be_absent = bits;
    column.may_be_present = std::vector<std::uint64_t>(bits.size(), ~std::uint64_t{0});
  }
  table.facts.push_back(column);
  for (std::size_t row = 0; row < cells.size(); ++row) put(id, row, cells[row]);
  return id;
}

void Sample::put(FactId fact, std::size_t row, const Cell& cell) {
  FactColumn& column = table.facts[index(fact)];
  const Domain& domain = domains_[index(fact)];
  switch (domain.shape) {
    case Shape::truth:
      put_bit(column.may_be_true, row, (cell.truth & yes) != 0);
      put_bit(column.may_be_false, row, (cell.truth & no) != 0);
      break;
    case Shape::number:
      column.low[row] = cell.low;
      column.high[row] = cell.high;
      break;
    case Shape::code: column.possible[row] = cell.words; break;
    case Shape::set: {
      const std::size_t width = domain.base == Base::people ? index(table.set_words) : 1;
      for (std::size_t w = 0; w < width; ++w) {
        column.sure[row * width + w] = w < cell.sure.size() ? cell.sure[w] : 0;
        column.maybe[row * width + w] = w < cell.maybe.size() ? cell.maybe[w] : 0;
      }
      break;
    }
  }
  if (column.may_be_absent.empty()) return;
  put_bit(column.may_be_absent, row, cell.may_be_absent);
  put_bit(column.may_be_present, row, cell.may_be_present);
}

std::uint64_t Sample::everybody(LevelId level, std::size_t row) const {
  const std::int32_t household = level == person_level ? table.levels[person_level].owner[row] : static_cast<std::int32_t>(row);
  const std::vector<std::int32_t>& begin = table.levels[person_level].begin;
  const auto people = static_cast<unsigned>(begin[index(household) + 1] - begin[index(household)]);
  return people >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << people) - 1;
}

void Sample::put_random(std::mt19937& random, FactId fact, std::size_t row, bool is_open) {
  const Domain& domain = domains_[index(fact)];
  Cell cell;
  cell.low = pick(random, domain.low, domain.high);
  cell.high = is_open ? pick(random, cell.low, std::min(domain.high, cell.low + domain.widest)) : cell.low;
  cell.truth = is_open ? open : chance(random, 50) ? yes : no;
  const std::uint64_t all_words =
      domain.shape == Shape::set && domain.base == Base::people ? everybody(domain.level, row) : (std::uint64_t{1} << domain.words) - 1;
  cell.words = std::uint64_t{1} << pick(random, 0, domain.words - 1);
  if (is_open) cell.words |= static_cast<std::uint64_t>(random()) & all_words;
  cell.sure = {static_cast<std::uint64_t>(random()) & all_words};
  cell.maybe = {cell.sure[0] | (is_open ? static_cast<std::uint64_t>(random()) & all_words : 0)};
  if (domain.may_be_absent) {
    cell.may_be_absent = chance(random, is_open ? 50 : 15);
    cell.may_be_present = !cell.may_be_absent || (is_open && chance(random, 60));
  }
  put(fact, row, cell);
}

void Sample::fill(std::mt19937& random, int percent_unknown) {
  for (std::size_t f = 0; f < domains_.size(); ++f)
    for (std::size_t row = 0; row < rows(domains_[f].level); ++row) put_random(random, static_cast<FactId>(f), row, chance(random, percent_unknown));
}

void Sample::narrow_row(std::mt19937& random, FactId fact, std::size_t row, bool fully) {
  const Domain& domain = domains_[index(fact)];
  FactColumn& column = table.facts[index(fact)];
  if (!column.may_be_absent.empty() && get_bit(column.may_be_absent, row) && get_bit(column.may_be_present, row)) {
    const bool absent = chance(random, 50);
    put_bit(column.may_be_absent, row, absent);
    put_bit(column.may_be_present, row, !absent);
  }
  switch (domain.shape) {
    case Shape::truth:
      if (get_bit(column.may_be_true, row) && get_bit(column.may_be_false, row))
        put_bit(chance(random, 50) ? column.may_be_true : column.may_be_false, row, false);
      break;
    case Shape::number:
      column.low[row] = pick(random, column.low[row], column.high[row]);
      column.high[row] = fully ? column.low[row] : pick(random, column.low[row], column.high[row]);
      break;
    case Shape::code: {
      std::vector<std::uint64_t> single;
      for (std::uint64_t rest = column.possible[row]; rest != 0; rest &= rest - 1) single.push_back(rest & (~rest + 1));
      const std::uint64_t kept = single[index(pick(random, 0, static_cast<std::int64_t>(single.size()) - 1))];
      column.possible[row] = fully ? kept : kept | (column.possible[row] & static_cast<std::uint64_t>(random()));
      break;
    }
    case Shape::set: {
      const std::size_t width = domain.base == Base::people ? index(table.set_words) : 1;
      for (std::size_t w = row * width; w < (row + 1) * width; ++w) {
        column.sure[w] |= column.maybe[w] & static_cast<std::uint64_t>(random());
        column.maybe[w] = fully ? column.sure[w] : column.sure[w] | (column.maybe[w] & static_cast<std::uint64_t>(random()));
      }
      break;
    }
  }
}

void Sample::narrow(std::mt19937& random, bool fully) {
  for (std::size_t f = 0; f < domains_.size(); ++f)
    for (std::size_t row = 0; row < rows(domains_[f].level); ++row)
      if (fully || chance(random, 40)) narrow_row(random, static_cast<FactId>(f), row, fully);
}

NodeId Sample::add(PlanNode added) {
  plan.nodes.push_back(std::move(added));
  return static_cast<NodeId>(plan.nodes.size() - 1);
}

NodeId Sample::node(PlanOp op, Shape shape, LevelId level, std::vector<NodeId> args) {
  PlanNode out;
  out.op = op;
  out.shape = shape;
  out.level = level;
  out.args = std::move(args);
  return add(std::move(out));
}

NodeId Sample::number(std::int64_t value, LevelId level) {
  const NodeId id = node(PlanOp::constant, Shape::number, level, {});
  at(id).low = at(id).high = value;
  at(id).exact_low = at(id).exact_high = value;
  return id;
}

NodeId Sample::constant_truth(bool value, LevelId level) {
  const NodeId id = node(PlanOp::constant, Shape::truth, level, {});
  at(id).k = value ? 1 : 0;
  return id;
}

NodeId Sample::constant_code(std::uint64_t word) {
  const NodeId id = node(PlanOp::constant, Shape::code, world_level, {});
  at(id).bits = word;
  return id;
}

NodeId Sample::read(FactId fact) {
  const Domain& domain = domains_[index(fact)];
  const NodeId id = node(PlanOp::fact, domain.shape, domain.level, {});
  at(id).index = fact;
  at(id).low = domain.low;
  at(id).high = domain.high;
  return id;
}

void Sample::keep_only(const std::vector<NodeId>& asked) {
  const int end = static_cast<int>(plan.nodes.size());
  plan.last_use.assign(plan.nodes.size(), -1);
  for (NodeId id = 0; id < end; ++id)
    for (const NodeId arg : plan.nodes[index(id)].args)
      if (arg != no_node) plan.last_use[index(arg)] = id;
  for (const NodeId id : asked) plan.last_use[index(id)] = end;
}

Values Sample::run(Keep keep) { return run(keep, 0, table.households); }

void Sample::name_row_makers() {
  program->level_maker.assign(declarations->levels.size(), no_term);
  plan.node_of_term.clear();
  for (std::size_t id = 0; id < plan.nodes.size(); ++id) {
    const PlanNode& node = plan.nodes[id];
    if (node.op != PlanOp::make_units && node.op != PlanOp::make_spells) continue;
    program->level_maker[index(node.index)] = static_cast<TermId>(plan.node_of_term.size());
    plan.node_of_term.push_back(static_cast<NodeId>(id));
  }
}

Values Sample::run(Keep keep, std::int64_t first, std::int64_t count) {
  if (plan.last_use.size() != plan.nodes.size()) keep_only({});
  name_row_makers();
  Values values;
  evaluate(plan, table, first, count, keep, values);
  return values;
}

unsigned may(const Values& values, NodeId node, std::int32_t row) {
  const TruthValue v = values.truth(node, row);
  return (v.may_be_true ? yes : none) | (v.may_be_false ? no : none) | (v.may_be_undefined ? undefined : none);
}

std::string text(const Values& values, NodeId id, std::int32_t row) {
  const PlanNode& node = values.plan().nodes[index(id)];
  std::string out;
  if (node.shape == Shape::truth) {
    const unsigned bits = may(values, id, row);
    return std::string((bits & yes) != 0 ? "T" : "") + ((bits & no) != 0 ? "F" : "") + ((bits & undefined) != 0 ? "U" : "");
  }
  if (!values.may_be_defined(id, row)) return values.may_be_undefined(id, row) ? "undefined" : "nothing";
  if (node.shape == Shape::number) {
    const NumberValue v = values.number(id, row);
    out = v.low == v.high ? to_text(v.low) : "[" + to_text(v.low) + ".." + to_text(v.high) + "]";
  } else if (node.shape == Shape::code) {
    for (std::uint64_t rest = values.possible_words(id, row), w = 0; rest != 0; rest >>= 1, ++w)
      if ((rest & 1) != 0) out += (out.empty() ? "" : "/") + std::to_string(w);
  } else {
    const int most = node.words > 1 ? node.words * 64 : values.set_words() * 64;
    std::string sure;
    std::string possible;
    for (int i = 0; i < most; ++i) {
      const std::string item = std::to_string(i) + " ";
      if (values.surely_in(id, row, i)) sure += item;
      if (values.possibly_in(id, row, i)) possible += item;
    }
    out = "{" + sure + (sure == possible ? "" : "| " + possible) + "}";
  }
  return out + (values.may_be_undefined(id, row) ? " or undefined" : "");
}

std::string all(const Values& values, NodeId node) {
  std::string out;
  const std::int32_t rows = values.rows(values.plan().nodes[index(node)].level).count;
  for (std::int32_t row = 0; row < rows; ++row) out += (row == 0 ? "" : " ") + text(values, node, row);
  return out;
}

std::vector<std::string> texts(const Values& values, const std::vector<NodeId>& nodes) {
  std::vector<std::string> out;
  for (const NodeId id : nodes) out.push_back(all(values, id));
  return out;
}

std::string outside(const Values& wide, const Values& narrow, NodeId id, std::int32_t row) {
  const PlanNode& node = wide.plan().nodes[index(id)];
  const std::string both = text(wide, id, row) + " became " + text(narrow, id, row);
  if (node.shape == Shape::truth) return (may(narrow, id, row) & ~may(wide, id, row)) == 0 ? "" : both;
  if (narrow.may_be_undefined(id, row) && !wide.may_be_undefined(id, row)) return both;
  if (!narrow.may_be_defined(id, row)) return "";
  if (!wide.may_be_defined(id, row)) return both;
  if (node.shape == Shape::number) {
    const NumberValue w = wide.number(id, row);
    const NumberValue n = narrow.number(id, row);
    return w.low <= n.low && n.high <= w.high ? "" : both;
  }
  if (node.shape == Shape::code) return (narrow.possible_words(id, row) & ~wide.possible_words(id, row)) == 0 ? "" : both;
  for (int i = 0; i < (node.words > 1 ? node.words : wide.set_words()) * 64; ++i) {
    if (wide.surely_in(id, row, i) && !narrow.surely_in(id, row, i)) return both;
    if (narrow.possibly_in(id, row, i) && !wide.possibly_in(id, row, i)) return both;
  }
  return "";
}

std::vector<KernelLevel> kernel_levels() {
  std::vector<KernelLevel> out;
  for (const KernelLevel level : {KernelLevel::base, KernelLevel::v2, KernelLevel::v3, KernelLevel::v4})
    if (kernels_of(level) != nullptr) out.push_back(level);
  return out;
}

}  // namespace duly::test
