#include "compile/plan_from_program.h"

#include <algorithm>
#include <set>

#include "compile/builder.h"
#include "compile/lookup_table.h"
#include "compile/narrow.h"
#include "compile/table_reach.h"

namespace duly {
namespace {

BigInt ten_to(int places) { return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(places)); }

class Compiler {
 public:
  Compiler(std::shared_ptr<const CheckedProgram> program, Date law_date, const CompileOptions& options)
      : p_(*program), d_(*program->declarations), options_(options), plan_(std::make_shared<Plan>()), b_(*plan_) {
    plan_->program = std::move(program);
    plan_->law_date = law_date;
    plan_->law_until = never;
    for (const Date change : law_changes(p_)) {
      if (change <= law_date) plan_->law_date = change;
      else plan_->law_until = std::min(plan_->law_until, change);
    }
    plan_->stated = options.stated;
    plan_->node_of_term.assign(p_.terms.size(), no_node);
    level_ready_.assign(d_.levels.size(), false);
  }

  Result<std::shared_ptr<const Plan>> run() {
    std::vector<NodeId> asked;
    const auto ask = [&](TermId term) {
      if (term == no_term) return no_node;
      const NodeId node = on_level(term);
      asked.push_back(node);
      return node;
    };
    ready(p_.decided);
    plan_->decided_when = ask(p_.decided_when);
    plan_->settled = ask(p_.settled);
    for (const auto& q : p_.requirements) plan_->requirements.push_back({q.rule, q.fails_person, ask(q.passes), ask(q.exempt)});
    for (const auto& o : p_.outcomes) plan_->outcomes.push_back({ask(o.when), o.outcome, o.scope, o.remedy, o.cite});
    for (const auto& o : p_.outputs) plan_->outputs.push_back({o.rule, ask(o.value), ask(o.absent)});
    for (const TermId term : options_.also) {
      ask(term);
      asked.push_back(node(term));  // by which it is found, also where its level was lifted
    }
    if (!errors_.empty()) return errors_;
    liveness(asked);
    choose_narrow_lanes(*plan_);
    return std::shared_ptr<const Plan>(plan_);
  }

 private:
  const Term& term_at(TermId id) const { return p_.terms[static_cast<std::size_t>(id)]; }
  const Fact& fact_at(int id) const { return d_.facts[static_cast<std::size_t>(id)]; }

  /// A node whose level is the term's own, also where it folded to a constant.
  NodeId on_level(TermId term) { return b_.lifted(node(term), term_at(term).level, Via::parent, term); }

  NodeId node(TermId id) {
    NodeId& known = plan_->node_of_term[static_cast<std::size_t>(id)];
    if (known != no_node) return known;
    ready(term_at(id).level);
    const NodeId made = make(id, term_at(id));
    plan_->node_of_term[static_cast<std::size_t>(id)] = made;
    return made;
  }

  /// The rows of units and spells exist before anything is computed on them.
  void ready(LevelId level) {
    if (level < 0 || level_ready_[static_cast<std::size_t>(level)]) return;
    level_ready_[static_cast<std::size_t>(level)] = true;
    const Level& l = d_.levels[static_cast<std::size_t>(level)];
    if (l.kind == LevelKind::unit_person || l.kind == LevelKind::unit_record) ready(l.first);
    if (l.kind == LevelKind::unit || l.kind == LevelKind::spells)
      if (const TermId maker = p_.level_maker[static_cast<std::size_t>(level)]; maker != no_term) node(maker);
  }

  void mistake(Code code, const Span& where, std::string message, std::string help) {
    errors_.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
  }

  PlanNode base(PlanOp op, const Term& t, TermId id, std::vector<NodeId> args) {
    PlanNode n;
    n.op = op;
    n.shape = shape_of(t.type);
    n.level = t.level;
    n.index = t.index;
    n.via = t.via;
    n.origin = id;
    n.words = words_of(t.type);
    // Sets of people, words and months are not each other's equals, even where nobody and nothing is in them.
    if (args.empty() && n.shape == Shape::set) n.bits = static_cast<std::uint64_t>(t.type.base);
    n.may_be_undefined = std::any_of(args.begin(), args.end(), [&](NodeId a) { return a >= 0 && b_.at(a).may_be_undefined; });
    for (const NodeId a : args)
      if (t.type.base != Base::codes && a >= 0 && b_.at(a).shape == Shape::set) n.words = std::max(n.words, b_.at(a).words);
    n.args = args;
    return n;
  }

  Shape shape_of(const Type& type) const {
    switch (type.base) {
      case Base::boolean: return Shape::truth;
      case Base::code: return d_.lists[static_cast<std::size_t>(type.list)].words.size() <= 64 ? Shape::code : Shape::number;
      case Base::codes:
      case Base::people:
      case Base::months: return Shape::set;
      default: return Shape::number;
    }
  }

  int words_of(const Type& type) const {
    if (type.base == Base::codes) return static_cast<int>((d_.lists[static_cast<std::size_t>(type.list)].words.size() + 63) / 64);
    return 1;
  }

  std::uint64_t all_words(const Type& type) const {
    const std::size_t words = d_.lists[static_cast<std::size_t>(type.list)].words.size();
    return words >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << words) - 1;
  }

  /// Fills in what a number of this type can be when nothing else is known of it.
  void whole_range(PlanNode& n, const Type& type) const {
    if (type.base == Base::code) {
      n.exact_low = 0;
      n.exact_high = static_cast<std::int64_t>(d_.lists[static_cast<std::size_t>(type.list)].words.size()) - 1;
    } else if (type.base == Base::date) {
      n.exact_low = first_date.days;
      n.exact_high = never.days;
    } else if (type.base == Base::month) {
      n.exact_low = month_of(first_date).index;
      n.exact_high = month_of(last_date).index;
    } else {
      n.exact_low = -most_stated;
      n.exact_high = most_stated;
    }
  }

  NodeId make(TermId id, const Term& t) {
    switch (t.op) {
      case TermOp::constant: return constant(id, t);
      case TermOp::fact: return fact(id, t);
      case TermOp::fact_absent: return b_.add(base(PlanOp::fact_absent, t, id, {}));
      case TermOp::rule: return rule(id, t);
      case TermOp::lookup: return looked_up(id, t, false);
      case TermOp::lookup_absent: return looked_up(id, t, true);
      case TermOp::by_law: {
        std::size_t chosen = 0;
        while (chosen + 1 < t.dates.size() && t.dates[chosen + 1] <= plan_->law_date) ++chosen;
        if (t.dates[chosen] <= plan_->law_date) return node(t.args[chosen]);
        return nothing(id, t);
      }
      case TermOp::law_at_least: return b_.truth_constant(plan_->law_date.days >= t.number, id);
      case TermOp::add:
      case TermOp::subtract: return b_.sum_of(node(t.args[0]), node(t.args[1]), t.op == TermOp::subtract, t.level, id);
      case TermOp::multiply: return b_.product_of(node(t.args[0]), node(t.args[1]), t.level, id);
      case TermOp::divide: return b_.quotient_of(node(t.args[0]), node(t.args[1]), t.level, id);
      case TermOp::negate: return b_.negated(node(t.args[0]), id);
      case TermOp::absolute: return b_.absolute(node(t.args[0]), id);
      case TermOp::modulo: return b_.modulo(node(t.args[0]), node(t.args[1]), t.level, id);
      case TermOp::minimum:
      case TermOp::maximum:
        return b_.least_or_greatest(t.op == TermOp::minimum ? PlanOp::minimum : PlanOp::maximum, node(t.args[0]), node(t.args[1]), t.level, id);
      case TermOp::round: return rounded(id, t);
      case TermOp::add_months:
      case TermOp::months_between:
      case TermOp::years_between:
      case TermOp::year_of:
      case TermOp::month_number:
      case TermOp::day_of:
      case TermOp::weekday_of:
      case TermOp::first_day:
      case TermOp::last_day:
      case TermOp::month_of: return date(id, t);
      case TermOp::compare: return b_.compared(t.comparison, node(t.args[0]), node(t.args[1]), t.level, id);
      case TermOp::code_equal: return codes_equal(id, t);
      case TermOp::code_in: return no_node;
      case TermOp::has_word: return has_word(id, t);
      case TermOp::logical_and: return b_.logical(PlanOp::logical_and, {on_level(t.args[0]), on_level(t.args[1])}, t.level, id);
      case TermOp::logical_or: return b_.logical(PlanOp::logical_or, {on_level(t.args[0]), on_level(t.args[1])}, t.level, id);
      case TermOp::logical_not: return b_.logical(PlanOp::logical_not, {node(t.args[0])}, t.level, id);
      case TermOp::choose: return choice(id, t);
      case TermOp::lift: return b_.lifted(node(t.args[0]), t.level, t.via, id);
      case TermOp::sum:
      case TermOp::count:
      case TermOp::least:
      case TermOp::greatest:
      case TermOp::some: return folded(id, t);
      case TermOp::list_closed: return b_.add(base(PlanOp::list_closed, t, id, {}));
      default: return rows(id, t);
    }
  }

  NodeId constant(TermId id, const Term& t) {
    if (t.index == undefined_constant || t.index == broken_bound_constant) return nothing(id, t);
    if (t.index == unknown_constant) {
      PlanNode n = base(PlanOp::unknown, t, id, {});
      n.index = -1;
      if (n.shape == Shape::number) whole_range(n, t.type);
      if (n.shape == Shape::code) n.bits = all_words(t.type);
      return b_.add(std::move(n));
    }
    switch (shape_of(t.type)) {
      case Shape::truth: return b_.truth_constant(t.truth, id);
      case Shape::code: {
        PlanNode n = base(PlanOp::constant, t, id, {});
        n.index = -1;
        for (const int word : t.words) n.bits |= std::uint64_t{1} << static_cast<unsigned>(word);
        return b_.add(std::move(n));
      }
      case Shape::number: return b_.number_constant(t.type.base == Base::code ? Number(t.words.at(0)) : t.number, id);
      case Shape::set: {
        PlanNode n = base(PlanOp::constant, t, id, {});
        n.index = -1;
        return b_.add(std::move(n));
      }
    }
    return no_node;
  }

  NodeId nothing(TermId id, const Term& t) {
    PlanNode n = base(PlanOp::undefined, t, id, {});
    n.index = -1;
    n.may_be_undefined = true;
    if (t.index == broken_bound_constant) n.k2 = t.words[0] + 2, n.k3 = t.words[1] + 2;  // each is told by its own name
    return b_.add(std::move(n));
  }

  NodeId fact(TermId id, const Term& t) {
    const Fact& f = fact_at(t.index);
    PlanNode n = base(PlanOp::fact, t, id, {});
    n.may_be_undefined = !f.type.absent.empty();
    if (n.shape == Shape::code) n.bits = all_words(f.type);
    if (n.shape == Shape::number) {
      if (f.type.base == Base::code) {
        whole_range(n, f.type);
      } else {
        n.exact_low = f.low;
        n.exact_high = f.high;
        n.denominator = *to_int64(ten_to(f.places));
      }
    }
    return b_.add(std::move(n));
  }

  NodeId rule(TermId id, const Term& t) {
    const Rule& declared = d_.rules[static_cast<std::size_t>(t.index)];
    const NodeId value = on_level(t.args[0]);
    if (std::find(options_.stated.begin(), options_.stated.end(), t.index) == options_.stated.end()) return value;
    PlanNode n = base(PlanOp::stated, t, id, {value});
    if (n.shape == Shape::number) {
      const PlanNode computed = b_.at(value);
      whole_range(n, t.type);
      if (declared.range) n.exact_low = declared.range->first, n.exact_high = declared.range->second;
      n.exact_low = std::min(n.exact_low, computed.exact_low);
      n.exact_high = std::max(n.exact_high, computed.exact_high);
      const int places = t.type.base != Base::number || t.type.whole ? 0 : t.type.unit == Unit::none ? 6 : 2;
      const BigInt common = boost::multiprecision::lcm(ten_to(places), BigInt(computed.denominator));
      n.denominator = to_int64(common).value_or(1);
      if (computed.lane == Lane::i64)
        if (const NodeId aligned = b_.over(value, n.denominator); aligned != no_node) n.args = {aligned};
      if (computed.lane != Lane::i64) return b_.add_exact(std::move(n));
    }
    return b_.add(std::move(n));
  }

  NodeId rounded(TermId id, const Term& t) {
    const auto out = b_.rounded(node(t.args[0]), t.number, t.mode, id);
    if (out) return *out;
    mistake(Code::not_constant, t.span, "so fine a rounding is only possible of a written number", "round to at most 15 decimals");
    return node(t.args[0]);
  }

  /// A branch that no row can take has no nodes.
  [[nodiscard]] bool is_broken_bound(TermId id) const {
    const Term& t = term_at(id);
    return t.op == TermOp::lift ? is_broken_bound(t.args[0]) : t.op == TermOp::constant && t.index == broken_bound_constant;
  }

  /// Whether the ranges of both sides leave no row in which the comparison fails.
  bool is_proven(const Term& compared) {
    if (compared.op != TermOp::compare) return false;
    const NodeId value = node(compared.args[0]);
    const NodeId limit = node(compared.args[1]);
    const PlanNode& a = b_.at(value);
    const PlanNode& b = b_.at(limit);
    if (a.shape != Shape::number || b.shape != Shape::number || b.may_be_undefined) return false;
    if (compared.comparison == Compare::less_equal) return a.exact_high <= b.exact_low;
    return compared.comparison == Compare::greater_equal && a.exact_low >= b.exact_high;
  }

  NodeId choice(TermId id, const Term& t) {
    if (is_broken_bound(t.args[2]) && is_proven(term_at(t.args[0]))) return node(t.args[1]);
    const NodeId condition = node(t.args[0]);
    if (const auto holds = b_.constant_truth(condition)) return node(t.args[*holds ? 1 : 2]);
    return b_.chosen(condition, node(t.args[1]), node(t.args[2]), t.level, id);
  }

  NodeId codes_equal(TermId id, const Term& t) {
    const NodeId a = on_level(t.args[0]);
    const NodeId b = on_level(t.args[1]);
    if (b_.at(a).shape == Shape::number) return b_.compared(Compare::equal, a, b, t.level, id);
    for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}}) {
      if (b_.at(one).op != PlanOp::constant) continue;
      if (b_.at(other).op == PlanOp::constant) return b_.truth_constant(b_.at(one).bits == b_.at(other).bits, id);
      const std::uint64_t reach = words_in_reach(b_, other);
      const bool always_defined = !b_.at(other).may_be_undefined;
      if (always_defined && (reach & b_.at(one).bits) == 0) return b_.truth_constant(false, id);
      if (always_defined && (reach & ~b_.at(one).bits) == 0) return b_.truth_constant(true, id);
      PlanNode n = base(PlanOp::code_in, t, id, {other});
      n.bits = b_.at(one).bits;
      n.index = -1;
      return b_.add(std::move(n));
    }
    return b_.add(base(PlanOp::code_equal, t, id, {a, b}));
  }

  NodeId has_word(TermId id, const Term& t) {
    const NodeId set = on_level(t.args[0]);
    const NodeId word = on_level(t.args[1]);
    const Term& written = term_at(t.args[1]);
    const Term* constant = &written;
    while (constant->op == TermOp::lift) constant = &term_at(constant->args[0]);
    if (constant->op == TermOp::constant && constant->words.size() == 1) {
      PlanNode n = base(PlanOp::word_in_set, t, id, {set});
      n.index = constant->words[0];
      return b_.add(std::move(n));
    }
    return b_.add(base(PlanOp::has_word, t, id, {set, word}));
  }

  // ---- look-ups ----

  int table_for(int parameter, Date day, const Span& where) {
    const auto key = std::pair{parameter, day};
    if (const auto known = tables_.find(key); known != tables_.end()) return known->second;
    auto table = lookup_table(d_, parameter, day);
    if (!table) {
      mistake(Code::table_file, where, "the table of `" + d_.parameters[static_cast<std::size_t>(parameter)].name + "` is too large",
              "at most two million combinations of keys");
      table.emplace();
      table->state.assign(1, LookupTable::no_row);
      table->low = table->high = {0};
      table->row = {-1};
    }
    plan_->tables.push_back(std::move(*table));
    return tables_[key] = static_cast<int>(plan_->tables.size()) - 1;
  }

  NodeId looked_up(TermId id, const Term& t, bool absent) {
    std::vector<NodeId> keys;
    for (std::size_t i = 0; i < t.args.size(); ++i) keys.push_back(on_level(t.args[i]));
    if (!t.truth) return table_node(id, t, keys, plan_->law_date, absent);
    // `as of` a date known only with the row: a step for each day on which the parameter changes.
    const NodeId day = keys.back();
    keys.pop_back();
    std::set<Date> changes;
    for (const auto& row : d_.parameters[static_cast<std::size_t>(t.index)].rows) {
      changes.insert(row.from);
      if (row.until < never) changes.insert(row.until);
    }
    NodeId out = absent ? b_.lifted(b_.truth_constant(false, id), t.level, Via::parent, id) : nothing(id, t);
    for (const Date change : changes) {
      const NodeId reached = b_.compared(Compare::greater_equal, day, b_.number_constant(change.days, id), t.level, id);
      out = b_.chosen(reached, table_node(id, t, keys, change, absent), out, t.level, id);
    }
    return out;
  }

  /// Whether a determination says that it rests on the table's values: they stay a node of their own then and are not folded into constants.
  [[nodiscard]] bool must_be_told_of(const LookupTable& table) const {
    const Parameter& p = d_.parameters[static_cast<std::size_t>(table.parameter)];
    return !p.doubts.empty() || std::any_of(table.row.begin(), table.row.end(), [&](std::int32_t row) {
      return row >= 0 && p.rows[static_cast<std::size_t>(row)].confidence > Confidence::reported;
    });
  }

  NodeId table_node(TermId id, const Term& t, const std::vector<NodeId>& keys, Date day, bool absent) {
    const int index = table_for(t.index, day, t.span);
    const LookupTable& table = plan_->tables[static_cast<std::size_t>(index)];
    const Parameter& p = d_.parameters[static_cast<std::size_t>(t.index)];
    const TableReach reach = reach_of(b_, table, keys);
    PlanNode n = base(absent ? PlanOp::lookup_absent : PlanOp::lookup, t, id, keys);
    n.index = index;
    if (absent) {
      n.may_be_undefined = n.may_be_undefined || reach.no_row;
      if (keys.empty() && !reach.no_row && !reach.gap && !must_be_told_of(table))
        return b_.lifted(b_.truth_constant(table.state[0] == LookupTable::absent, id), t.level, Via::parent, id);
      return b_.add(std::move(n));
    }
    n.may_be_undefined = n.may_be_undefined || reach.no_row || reach.absent;
    n.is_small = !reach.no_row && !reach.absent && !reach.gap && !reach.grows_inside;
    if (table.shape == Shape::code) {
      n.shape = Shape::code;
      n.bits = reach.words;
      if (keys.empty() && !n.may_be_undefined && !reach.gap && !must_be_told_of(table)) {
        n.op = PlanOp::constant;
        n.index = -1;
        n.bits = static_cast<std::uint64_t>(table.low[0]);
      }
      return b_.add(std::move(n));
    }
    n.shape = Shape::number;
    n.exact_low = Number(reach.low, table.denominator);
    n.exact_high = Number(reach.high, table.denominator);
    n.denominator = table.denominator;
    if (p.type.base == Base::boolean && must_be_told_of(table)) n.exact_low = 0, n.exact_high = 1;
    NodeId out = no_node;
    if (keys.empty() && !n.may_be_undefined && !reach.gap && !must_be_told_of(table))
      out = b_.number_constant(Number(table.low[0], table.denominator), id);
    else out = b_.add(std::move(n));
    if (p.type.base == Base::boolean) return b_.compared(Compare::equal, out, b_.number_constant(1, id), t.level, id);
    return out;
  }

  // ---- dates ----

  NodeId date(TermId id, const Term& t) {
    std::vector<NodeId> args;
    for (const TermId a : t.args) args.push_back(node(a));
    const auto day = [](const Number& n) { return Date{static_cast<std::int32_t>(static_cast<std::int64_t>(floor_of(n)))}; };
    const auto part = [&](const std::vector<Number>& v) -> Number {
      switch (t.op) {
        case TermOp::add_months: return duly::plus_months(day(v[0]), static_cast<std::int64_t>(floor_of(v[1]))).days;
        case TermOp::months_between: return duly::full_months_between(day(v[0]), day(v[1]));
        case TermOp::years_between: return duly::full_years_between(day(v[0]), day(v[1]));
        case TermOp::year_of: return civil(day(v[0])).year;
        case TermOp::month_number: return civil(day(v[0])).month;
        case TermOp::day_of: return civil(day(v[0])).day;
        case TermOp::weekday_of: return weekday(day(v[0]));
        case TermOp::first_day: return first_day_of(Month{day(v[0]).days}).days;
        case TermOp::last_day: return last_day_of(Month{day(v[0]).days}).days;
        default: return duly::month_of(day(v[0])).index;
      }
    };
    std::vector<Number> known;
    for (const NodeId a : args)
      if (const auto v = b_.constant_value(a)) known.push_back(*v);
    if (known.size() == args.size()) return b_.number_constant(part(known), id);
    PlanNode n = base(plan_op(t.op), t, id, args);
    n.shape = Shape::number;
    const auto low = [&](std::size_t i) { return b_.at(args[i]).exact_low; };
    const auto high = [&](std::size_t i) { return b_.at(args[i]).exact_high; };
    switch (t.op) {
      case TermOp::month_number: n.exact_low = 1, n.exact_high = 12; break;
      case TermOp::day_of: n.exact_low = 1, n.exact_high = 31; break;
      case TermOp::weekday_of: n.exact_low = 1, n.exact_high = 7; break;
      case TermOp::months_between:
      case TermOp::years_between: n.exact_low = part({high(0), low(1)}), n.exact_high = part({low(0), high(1)}); break;
      case TermOp::add_months: n.exact_low = part({low(0), low(1)}), n.exact_high = part({high(0), high(1)}); break;
      default: n.exact_low = part({low(0)}), n.exact_high = part({high(0)}); break;
    }
    return b_.add(std::move(n));
  }

  static PlanOp plan_op(TermOp op) {
    switch (op) {
      case TermOp::add_months: return PlanOp::add_months;
      case TermOp::months_between: return PlanOp::months_between;
      case TermOp::years_between: return PlanOp::years_between;
      case TermOp::year_of: return PlanOp::year_of;
      case TermOp::month_number: return PlanOp::month_number;
      case TermOp::day_of: return PlanOp::day_of;
      case TermOp::weekday_of: return PlanOp::weekday_of;
      case TermOp::first_day: return PlanOp::first_day;
      case TermOp::last_day: return PlanOp::last_day;
      case TermOp::month_of: return PlanOp::month_of;
      case TermOp::self_set: return PlanOp::self_set;
      case TermOp::everyone: return PlanOp::everyone;
      case TermOp::unit_people: return PlanOp::unit_people;
      case TermOp::set_union: return PlanOp::set_union;
      case TermOp::set_intersect: return PlanOp::set_intersect;
      case TermOp::set_except: return PlanOp::set_except;
      case TermOp::compose: return PlanOp::compose;
      case TermOp::set_from_rows: return PlanOp::set_from_rows;
      case TermOp::in_set: return PlanOp::in_set;
      case TermOp::closure: return PlanOp::closure;
      case TermOp::outside: return PlanOp::outside;
      case TermOp::split: return PlanOp::split;
      case TermOp::make_units: return PlanOp::make_units;
      case TermOp::in_unit: return PlanOp::in_unit;
      case TermOp::unit_settled: return PlanOp::unit_settled;
      case TermOp::has_month: return PlanOp::has_month;
      case TermOp::months_between_bounds: return PlanOp::months_between_bounds;
      case TermOp::make_spells: return PlanOp::make_spells;
      case TermOp::spell_field: return PlanOp::spell_field;
      default: return PlanOp::constant;
    }
  }

  // ---- rows ----

  /// Where a list may have rows that nobody named, the rest of it is as unknown as the element's range allows.
  NodeId folded(TermId id, const Term& t) {
    const bool has_value = t.op == TermOp::sum || t.op == TermOp::least || t.op == TermOp::greatest;
    const std::size_t included_at = has_value ? 1 : 0;
    std::vector<NodeId> args;
    const LevelId row_level = term_at(t.args[included_at]).level;
    ready(row_level);
    if (has_value) args.push_back(number_on(t.args[0], row_level));
    args.push_back(b_.lifted(on_level(t.args[included_at]), row_level, Via::parent, id));
    const TermId closed_term = t.args.size() > included_at + 1 ? t.args[included_at + 1] : no_term;
    const auto closed = [&] { return on_level(closed_term); };
    const PlanOp op = t.op == TermOp::sum        ? PlanOp::sum
                      : t.op == TermOp::count    ? PlanOp::count
                      : t.op == TermOp::least    ? PlanOp::least
                      : t.op == TermOp::greatest ? PlanOp::greatest
                                                 : PlanOp::some;
    PlanNode n = base(op, t, id, args);
    n.index = row_level;
    if (op == PlanOp::some) {
      NodeId out = b_.add(std::move(n));
      if (closed_term == no_term) return out;
      const NodeId rest =
          b_.logical(PlanOp::logical_and, {b_.logical(PlanOp::logical_not, {closed()}, t.level, id), b_.unknown_truth(t.level, id)}, t.level, id);
      return b_.logical(PlanOp::logical_or, {out, rest}, t.level, id);
    }
    n.shape = Shape::number;
    if (op == PlanOp::least || op == PlanOp::greatest) {
      const PlanNode value = b_.at(args[0]);
      n.exact_low = value.exact_low;
      n.exact_high = value.exact_high;
      n.denominator = value.denominator;
      n.may_be_undefined = true;  // of no row
      const NodeId out = add_like(std::move(n), value);
      if (closed_term == no_term) return out;
      // Records nobody named can only make a least value smaller and a greatest one larger.
      const NodeId anything = b_.unknown_number(value.exact_low, value.exact_high, t.level, id);
      PlanNode has = base(PlanOp::some, t, id, {args[1]});
      has.shape = Shape::truth;
      has.index = row_level;
      const NodeId bounded = b_.least_or_greatest(op == PlanOp::least ? PlanOp::minimum : PlanOp::maximum, out, anything, t.level, id);
      const NodeId perhaps = b_.chosen(b_.unknown_truth(t.level, id), out, anything, t.level, id);
      const NodeId open = b_.chosen(b_.add(std::move(has)), bounded, perhaps, t.level, id);
      return b_.chosen(closed(), out, open, t.level, id);
    }
    Number low = 0;
    Number high = 1;
    PlanNode value;
    if (op == PlanOp::sum) {
      value = b_.at(args[0]);
      low = std::min(Number(0), value.exact_low);
      high = std::max(Number(0), value.exact_high);
      n.denominator = value.denominator;
    }
    n.exact_low = low * most_rows_below;
    n.exact_high = high * most_rows_below;
    const NodeId out = op == PlanOp::sum ? add_like(std::move(n), value) : b_.add(std::move(n));
    if (closed_term == no_term) return out;
    const NodeId zero = b_.number_constant(0, id);
    const NodeId rest = b_.chosen(closed(), zero, b_.unknown_number(low * most_rows_below, high * most_rows_below, t.level, id), t.level, id);
    return b_.sum_of(out, rest, false, t.level, id);
  }

  /// A number node that stays on its operand's lane.
  NodeId add_like(PlanNode n, const PlanNode& operand) {
    if (operand.lane == Lane::i64) return b_.add(std::move(n));
    return b_.add_exact(std::move(n));
  }

  /// A number as a column of `level`, also where it is constant.
  NodeId number_on(TermId term, LevelId level) { return b_.lifted(node(term), level, Via::parent, term); }

  NodeId rows(TermId id, const Term& t) {
    std::vector<NodeId> args;
    for (const TermId a : t.args) args.push_back(a == no_term ? no_node : on_level(a));
    switch (t.op) {
      case TermOp::set_size: {
        PlanNode n = base(PlanOp::set_size, t, id, args);
        n.shape = Shape::number;
        n.exact_high = most_rows_below;
        return b_.add(std::move(n));
      }
      case TermOp::months_run: {
        PlanNode n = base(PlanOp::months_run, t, id, args);
        n.shape = Shape::number;
        n.exact_high = 64 * n.words;
        return b_.add(std::move(n));
      }
      case TermOp::months_from_rows: {
        PlanNode n = base(PlanOp::months_from_rows, t, id, {args[0], args[1], benefit_month()});
        n.index = term_at(t.args[1]).level;
        n.k = static_cast<std::int64_t>(numerator(t.number));
        n.words = static_cast<int>((n.k + 64) / 64);
        const std::int64_t window = n.k;
        const int words = n.words;
        n.may_be_undefined = true;  // of a month outside the window
        const NodeId out = b_.add(std::move(n));
        if (args.size() < 3) return out;
        PlanNode none = base(PlanOp::constant, t, id, {});
        PlanNode open = base(PlanOp::unknown, t, id, {});
        none.index = open.index = -1;
        open.k = window;
        none.words = open.words = words;
        const NodeId rest = b_.chosen(args[2], b_.add(std::move(none)), b_.add(std::move(open)), t.level, id);
        PlanNode both = base(PlanOp::set_union, t, id, {out, rest});
        both.index = -1;
        return b_.add(std::move(both));
      }
      case TermOp::months_between_bounds:
      case TermOp::has_month: {
        args.push_back(benefit_month());
        return b_.add(base(plan_op(t.op), t, id, args));
      }
      case TermOp::set_from_rows: {
        PlanNode n = base(PlanOp::set_from_rows, t, id, args);
        n.index = term_at(t.args[0]).level;
        return b_.add(std::move(n));
      }
      case TermOp::running: return running(id, t, args);
      case TermOp::make_spells: {
        PlanNode n = base(PlanOp::make_spells, t, id, args);
        n.shape = Shape::truth;
        n.k = t.words[0];
        n.k2 = t.words[1];
        n.may_be_undefined = false;
        return b_.add(std::move(n));
      }
      case TermOp::spell_field: {
        PlanNode n = base(PlanOp::spell_field, t, id, {});
        if (t.index != 3) {
          n.shape = Shape::number;
          whole_range(n, t.type);
          if (t.index == 2) n.exact_low = 0, n.exact_high = last_date.days - first_date.days;
        }
        const NodeId field = b_.add(std::move(n));
        return t.index == 1 ? b_.sum_of(field, b_.number_constant(1, id), true, t.level, id) : field;
      }
      case TermOp::unit_settled:
      case TermOp::in_unit:
      case TermOp::unit_people: {
        ready(t.index);
        PlanNode n = base(plan_op(t.op), t, id, {});
        if (const TermId maker = p_.level_maker[static_cast<std::size_t>(t.index)]; maker != no_term)
          n.may_be_undefined = b_.at(node(maker)).may_be_undefined;
        return b_.add(std::move(n));
      }
      default: {
        PlanNode n = base(plan_op(t.op), t, id, args);
        return b_.add(std::move(n));
      }
    }
  }

  NodeId benefit_month() {
    const FactId month = d_.request_facts.at("benefit_month");
    PlanNode n;
    n.op = PlanOp::fact;
    n.shape = Shape::number;
    n.index = month;
    n.exact_low = fact_at(month).low;
    n.exact_high = fact_at(month).high;
    return b_.add(std::move(n));
  }

  NodeId running(TermId id, const Term& t, std::vector<NodeId> args) {
    PlanNode n = base(PlanOp::running, t, id, {});
    n.shape = Shape::number;
    n.may_be_undefined = std::any_of(args.begin(), args.end(), [&](NodeId a) { return a != no_node && b_.at(a).may_be_undefined; });
    // Start, step and limits over one denominator; keys as they are.
    BigInt common = 1;
    bool integers = true;
    for (std::size_t i = 1; i < 5; ++i) {
      if (args[i] == no_node) continue;
      integers = integers && b_.at(args[i]).lane == Lane::i64;
      common = boost::multiprecision::lcm(common, BigInt(b_.at(args[i]).denominator));
    }
    const PlanNode start = b_.at(args[1]);
    const PlanNode step = b_.at(args[2]);
    n.exact_low = start.exact_low + std::min(Number(0), step.exact_low) * most_rows_below;
    n.exact_high = start.exact_high + std::max(Number(0), step.exact_high) * most_rows_below;
    if (args[3] != no_node)
      n.exact_low = std::min(n.exact_low, b_.at(args[3]).exact_low), n.exact_high = std::max(n.exact_high, b_.at(args[3]).exact_high);
    if (args[4] != no_node)
      n.exact_low = std::min(n.exact_low, b_.at(args[4]).exact_low), n.exact_high = std::max(n.exact_high, b_.at(args[4]).exact_high);
    const auto denominator = to_int64(common);
    if (integers && denominator) {
      n.denominator = *denominator;
      for (std::size_t i = 1; i < 5; ++i) {
        if (args[i] == no_node) continue;
        const NodeId aligned = b_.over(args[i], *denominator);
        integers = integers && aligned != no_node;
        if (aligned != no_node) args[i] = aligned;
      }
    }
    n.args = args;
    return integers && denominator ? b_.add(std::move(n)) : b_.add_exact(std::move(n));
  }

  void liveness(const std::vector<NodeId>& asked) {
    auto& nodes = plan_->nodes;
    plan_->last_use.assign(nodes.size(), 0);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (const NodeId a : nodes[i].args)
        if (a >= 0) plan_->last_use[static_cast<std::size_t>(a)] = static_cast<int>(i);
    for (const NodeId a : asked)
      if (a >= 0) plan_->last_use[static_cast<std::size_t>(a)] = static_cast<int>(nodes.size());
    // An alias lives in its operand's memory.
    for (std::size_t i = nodes.size(); i-- > 0;)
      if (nodes[i].op == PlanOp::alias) {
        auto& operand = plan_->last_use[static_cast<std::size_t>(nodes[i].args[0])];
        operand = std::max(operand, plan_->last_use[i]);
      }
  }

  const CheckedProgram& p_;
  const Declarations& d_;
  const CompileOptions& options_;
  std::shared_ptr<Plan> plan_;
  PlanBuilder b_;
  std::vector<bool> level_ready_;
  std::map<std::pair<int, Date>, int> tables_;
  std::vector<Diagnostic> errors_;
};

}  // namespace

std::vector<Date> law_changes(const CheckedProgram& program) {
  std::set<Date> days;
  for (const auto& p : program.declarations->parameters)
    for (const auto& row : p.rows) {
      days.insert(row.from);
      if (row.until < never) days.insert(row.until);
    }
  for (const auto& rule : program.declarations->rules)
    for (const auto& version : rule.versions) days.insert(version.from);
  for (const auto& term : program.terms)
    if (term.op == TermOp::law_at_least) days.insert(Date{static_cast<std::int32_t>(static_cast<std::int64_t>(floor_of(term.number)))});
  return {days.begin(), days.end()};
}

Result<std::shared_ptr<const Plan>> plan_from_program(std::shared_ptr<const CheckedProgram> program, Date law_date, const CompileOptions& options) {
  return Compiler(std::move(program), law_date, options).run();
}

}  // namespace duly
