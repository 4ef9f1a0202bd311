#include "evaluate/every_operator.h"

namespace duly::test {
namespace {

constexpr Domain small{.level = person_level, .low = -6, .high = 9};
constexpr Domain small_or_none{.level = person_level, .low = -6, .high = 9, .may_be_absent = true};

std::vector<int> random_sizes(std::mt19937& random, int households, int largest) {
  std::vector<int> out;
  for (int h = 0; h < households; ++h) out.push_back(std::uniform_int_distribution<int>(0, largest)(random));
  return out;
}

class Everything {
 public:
  Everything(std::mt19937& random, int households, int largest)
      : out_{Sample(random_sizes(random, households, largest), {0, 2, 3, 1}, {1, 0, 2}), {}, {}, {}}, s_(out_.sample) {}

  EveryOperator build() {
    arithmetic();
    fractions();
    choices();
    codes();
    lookups();
    dates();
    down_and_up();
    people();
    units();
    months();
    running();
    spells();
    for (NodeId id = 0; id < static_cast<NodeId>(s_.plan.nodes.size()); ++id) out_.asked.push_back(id);
    s_.keep_only(out_.asked);
    return std::move(out_);
  }

 private:
  NodeId keep(NodeId id) {
    out_.row_by_row.push_back(id);
    out_.settling.push_back(id);
    return id;
  }
  NodeId op(PlanOp op, Shape shape, std::vector<NodeId> args, LevelId level = person_level) {
    return keep(s_.node(op, shape, level, std::move(args)));
  }
  NodeId num(PlanOp o, std::vector<NodeId> args, LevelId level = person_level) { return op(o, Shape::number, std::move(args), level); }
  NodeId exact(PlanOp o, std::vector<NodeId> args, LevelId level = person_level) {
    const NodeId id = num(o, std::move(args), level);
    s_.at(id).lane = Lane::exact;
    return id;
  }
  NodeId is(PlanOp o, std::vector<NodeId> args, LevelId level = person_level) { return op(o, Shape::truth, std::move(args), level); }
  NodeId compare(Compare c, NodeId x, NodeId y) {
    const NodeId id = is(PlanOp::compare, {x, y});
    s_.at(id).comparison = c;
    return id;
  }

  void arithmetic() {
    x_ = keep(s_.given(small));
    y_ = keep(s_.given(small_or_none));
    z_ = keep(s_.given({.level = person_level, .low = 1, .high = 7}));
    const NodeId five = s_.number(5);
    num(PlanOp::add, {x_, y_});
    num(PlanOp::add, {x_, five, y_, z_});
    num(PlanOp::subtract, {x_, y_});
    num(PlanOp::subtract, {five, y_});
    num(PlanOp::subtract, {x_, five});
    num(PlanOp::multiply, {x_, y_});
    num(PlanOp::multiply, {five, y_});
    s_.at(num(PlanOp::scale, {x_})).k = -3;
    num(PlanOp::negate, {y_});
    num(PlanOp::absolute, {x_});
    num(PlanOp::minimum, {x_, y_, five});
    num(PlanOp::maximum, {x_, five});
    num(PlanOp::modulo, {x_, y_});
    num(PlanOp::modulo, {x_, z_});
    for (const RoundMode mode : {RoundMode::half_even, RoundMode::up, RoundMode::floor}) {
      const NodeId id = num(PlanOp::round_to, {x_});
      s_.at(id).mode = mode;
      s_.at(id).k2 = 4;
    }
    for (const Compare c : {Compare::equal, Compare::not_equal, Compare::less, Compare::less_equal, Compare::greater, Compare::greater_equal}) {
      tests_.push_back(compare(c, x_, y_));
      tests_.push_back(compare(c, x_, five));
      compare(c, five, z_);
    }
    p_ = keep(s_.given({.level = person_level, .shape = Shape::truth}));
    q_ = keep(s_.given({.level = person_level, .shape = Shape::truth, .may_be_absent = true}));
    absent_ = keep(s_.node(PlanOp::fact_absent, Shape::truth, person_level, {}));
    s_.at(absent_).index = s_.at(y_).index;
    is(PlanOp::logical_and, {q_, tests_[0]});
    is(PlanOp::logical_or, {q_, tests_[0], p_});
    is(PlanOp::logical_not, {q_});
    s_.at(num(PlanOp::alias, {x_})).denominator = 10;
    const NodeId unknown = s_.node(PlanOp::unknown, Shape::number, person_level, {});
    s_.at(unknown).low = 2;
    s_.at(unknown).high = 4;
    out_.row_by_row.push_back(unknown);
    nothing_ = s_.node(PlanOp::undefined, Shape::number, person_level, {});
    out_.row_by_row.push_back(nothing_);
  }

  void fractions() {
    const NodeId ratio = exact(PlanOp::divide, {x_, z_});
    const NodeId risky = exact(PlanOp::divide, {x_, y_});
    exact(PlanOp::add, {ratio, risky});
    exact(PlanOp::subtract, {ratio, x_});
    exact(PlanOp::multiply, {ratio, risky});
    exact(PlanOp::minimum, {ratio, y_});
    exact(PlanOp::maximum, {ratio, risky});
    exact(PlanOp::negate, {risky});
    exact(PlanOp::absolute, {risky});
    exact(PlanOp::modulo, {ratio, y_});
    compare(Compare::less, ratio, risky);
    compare(Compare::equal, ratio, x_);
    exact(PlanOp::choose, {p_, risky, x_});
    const NodeId rounded = num(PlanOp::round_to, {risky});
    s_.at(rounded).mode = RoundMode::half_up;
    const NodeId included = tests_[1];
    exact(PlanOp::sum, {risky, included}, household_level);
    exact(PlanOp::least, {ratio, included}, household_level);
    const NodeId nested = exact(PlanOp::divide, {x_, ratio});
    s_.at(nested).exact_low = -1000;
    s_.at(nested).exact_high = 1000;
  }

  void choices() {
    num(PlanOp::choose, {p_, x_, y_});
    num(PlanOp::choose, {q_, x_, s_.number(3)});
    num(PlanOp::choose, {q_, s_.number(3), y_});
    num(PlanOp::choose, {p_, s_.number(3), s_.number(8)});
    num(PlanOp::choose, {q_, nothing_, x_});
    num(PlanOp::choose, {absent_, s_.number(0), y_});
    is(PlanOp::choose, {q_, tests_[0], p_});
  }

  void codes() {
    c_ = keep(s_.given({.level = person_level, .shape = Shape::code, .words = 3}));
    d_ = keep(s_.given({.level = person_level, .shape = Shape::code, .words = 3, .may_be_absent = true}));
    is(PlanOp::code_equal, {c_, d_});
    is(PlanOp::code_equal, {d_, s_.constant_code(2)});
    s_.at(is(PlanOp::code_in, {d_})).bits = 3;
    op(PlanOp::choose, Shape::code, {q_, c_, d_});
    const NodeId list = keep(s_.given({.level = person_level, .shape = Shape::set, .words = 3, .base = Base::codes}));
    is(PlanOp::has_word, {list, d_});
    s_.at(is(PlanOp::word_in_set, {list})).index = 1;
  }

  void lookups() {
    LookupTable table;
    table.extents = {3, 4};
    table.key_offset = {0, 1};
    for (std::int64_t cell = 0; cell < 12; ++cell) {
      table.state.push_back(cell == 4 ? LookupTable::absent : cell == 9 ? LookupTable::no_row : LookupTable::value);
      table.low.push_back(cell * 7 % 5);
      table.high.push_back(cell * 7 % 5);
      table.each_more.push_back(cell % 4 == 3 ? 2 : 0);
      table.grows_from.push_back(4);
    }
    s_.plan.tables.push_back(table);
    s_.at(num(PlanOp::lookup, {c_, z_})).index = 0;
    s_.at(num(PlanOp::lookup, {d_, x_})).index = 0;
    s_.at(is(PlanOp::lookup_absent, {d_, x_})).index = 0;
    table.state[6] = LookupTable::gap;
    table.high[6] = 9;
    s_.plan.tables.push_back(table);
    const NodeId with_gap = s_.node(PlanOp::lookup, Shape::number, person_level, {c_, z_});
    s_.at(with_gap).index = 1;
    out_.row_by_row.push_back(with_gap);
  }

  void dates() {
    const NodeId from = keep(s_.given({.level = person_level, .low = 9'000, .high = 12'000, .widest = 400}));
    const NodeId to = keep(s_.given({.level = person_level, .low = 9'000, .high = 12'000, .may_be_absent = true, .widest = 40}));
    num(PlanOp::add_months, {from, x_});
    num(PlanOp::months_between, {from, to});
    num(PlanOp::years_between, {from, to});
    const NodeId month = num(PlanOp::month_of, {to});
    num(PlanOp::year_of, {from});
    num(PlanOp::month_number, {to});
    num(PlanOp::day_of, {to});
    num(PlanOp::weekday_of, {to});
    num(PlanOp::first_day, {month});
    num(PlanOp::last_day, {month});
  }

  void down_and_up() {
    const NodeId included = is(PlanOp::logical_or, {q_, tests_[1]});
    const NodeId below = num(PlanOp::sum, {y_, included}, household_level);
    num(PlanOp::sum, {x_, p_}, household_level);
    num(PlanOp::count, {included}, household_level);
    num(PlanOp::least, {y_, included}, household_level);
    num(PlanOp::greatest, {y_, p_}, household_level);
    is(PlanOp::some, {included}, household_level);
    num(PlanOp::lift, {below});
    income_ = keep(s_.given({.level = income_level, .low = 0, .high = 50}));
    counted_ = keep(s_.given({.level = income_level, .shape = Shape::truth}));
    const NodeId own = num(PlanOp::sum, {income_, counted_});
    num(PlanOp::greatest, {income_, counted_}, household_level);
    num(PlanOp::lift, {own}, income_level);
    is(PlanOp::some, {counted_});
    op(PlanOp::lift, Shape::code, {c_}, income_level);
    s_.table.list_closed_may_be_true = {std::vector<std::uint64_t>((s_.rows(person_level) + 63) / 64, 0x5A5A5A5A5A5A5A5AU)};
    const NodeId closed = s_.node(PlanOp::list_closed, Shape::truth, person_level, {});
    s_.at(closed).index = 0;
    out_.row_by_row.push_back(closed);
    StatedColumn stated;
    stated.rule = 1;
    stated.present.assign((s_.rows(person_level) + 63) / 64, 0x00FF0F3355AA1248U);
    stated.column.low.assign(s_.rows(person_level), 4);
    s_.table.stated.push_back(stated);
    s_.at(num(PlanOp::stated, {y_})).index = 1;
  }

  void people() {
    a_ = keep(s_.given({.level = person_level, .shape = Shape::set, .base = Base::people}));
    b_ = keep(s_.given({.level = person_level, .shape = Shape::set, .may_be_absent = true, .base = Base::people}));
    const NodeId self = op(PlanOp::self_set, Shape::set, {});
    op(PlanOp::everyone, Shape::set, {}, household_level);
    op(PlanOp::set_union, Shape::set, {a_, b_, self});
    op(PlanOp::set_intersect, Shape::set, {a_, b_});
    op(PlanOp::set_except, Shape::set, {a_, b_});
    op(PlanOp::choose, Shape::set, {q_, a_, b_});
    op(PlanOp::compose, Shape::set, {a_, b_});
    const NodeId adults = op(PlanOp::set_from_rows, Shape::set, {q_}, household_level);
    op(PlanOp::compose, Shape::set, {adults, a_}, household_level);
    num(PlanOp::set_size, {b_});
    is(PlanOp::in_set, {adults});
    const NodeId related = is(PlanOp::in_set, {a_}, pair_level);
    is(PlanOp::in_set, {b_}, pair_level);
    const NodeId other = num(PlanOp::lift, {y_}, pair_level);
    s_.at(other).via = Via::second;
    const NodeId own = num(PlanOp::lift, {x_}, pair_level);
    s_.at(own).via = Via::first;
    op(PlanOp::set_from_rows, Shape::set, {related});
    num(PlanOp::sum, {other, related});
    num(PlanOp::count, {related});
    pair_ = related;
  }

  void units() {
    const NodeId first = op(PlanOp::closure, Shape::set, {no_node, pair_});
    const NodeId left = op(PlanOp::outside, Shape::set, {first, p_});
    const NodeId again = op(PlanOp::closure, Shape::set, {left, pair_});
    const NodeId bundles = op(PlanOp::choose, Shape::set, {tests_[3], a_, op(PlanOp::set_except, Shape::set, {a_, a_})});
    const NodeId groups = op(PlanOp::split, Shape::set, {again, bundles});
    const NodeId units = op(PlanOp::make_units, Shape::set, {groups});
    s_.at(units).index = unit_level;
    const NodeId in = s_.node(PlanOp::in_unit, Shape::truth, person_level, {});  // certain as to the unit, and the unit may change
    s_.at(in).index = unit_level;
    out_.settling.push_back(in);
    const NodeId unit_people = s_.node(PlanOp::unit_people, Shape::set, unit_level, {});
    out_.settling.push_back(unit_people);
    out_.settling.push_back(s_.node(PlanOp::unit_settled, Shape::truth, unit_level, {}));
    const NodeId sum = s_.node(PlanOp::sum, Shape::number, unit_level, {x_, in});
    out_.settling.push_back(sum);
    out_.settling.push_back(s_.node(PlanOp::lift, Shape::number, person_level, {sum}));
    const NodeId member = s_.node(PlanOp::in_set, Shape::truth, unit_person_level, {unit_people});
    out_.settling.push_back(member);
    const NodeId x = s_.node(PlanOp::lift, Shape::number, unit_person_level, {x_});
    s_.at(x).via = Via::second;
    out_.settling.push_back(s_.node(PlanOp::greatest, Shape::number, unit_level, {x, member}));
    out_.settling.push_back(s_.node(PlanOp::set_from_rows, Shape::set, unit_level, {member}));
    const NodeId bill = s_.given({.level = bill_level, .low = 0, .high = 9});
    const NodeId own_bill = s_.node(PlanOp::lift, Shape::number, unit_bill_level, {bill});
    s_.at(own_bill).via = Via::second;
    const NodeId large = s_.node(PlanOp::compare, Shape::truth, unit_bill_level, {own_bill, s_.number(4)});
    s_.at(large).comparison = Compare::greater;
    out_.settling.push_back(s_.node(PlanOp::sum, Shape::number, unit_level, {own_bill, large}));
  }

  void months() {
    const NodeId month = keep(s_.given({.level = income_level, .low = 24'200, .high = 24'225, .widest = 4}));
    const NodeId benefit = keep(s_.given({.level = household_level, .low = 24'222, .high = 24'225}));
    const NodeId set = op(PlanOp::months_from_rows, Shape::set, {month, counted_, benefit});
    s_.at(set).k = 30;
    months_set_ = set;
    const NodeId low = keep(s_.given({.level = person_level, .low = 24'190, .high = 24'210, .widest = 3}));
    const NodeId high = keep(s_.given({.level = person_level, .low = 24'210, .high = 24'222, .widest = 3}));
    const NodeId cut = op(PlanOp::months_between_bounds, Shape::set, {set, low, high, benefit});
    num(PlanOp::set_size, {cut});
    num(PlanOp::months_run, {set});
    is(PlanOp::has_month, {set, high, benefit});
  }

  void running() {
    const NodeId key = keep(s_.given({.level = income_level, .low = 0, .high = 5, .widest = 1}));
    const NodeId other_key = keep(s_.given({.level = income_level, .shape = Shape::code, .words = 3}));
    const NodeId start = num(PlanOp::lift, {x_}, income_level);
    const NodeId step = keep(s_.given({.level = income_level, .low = -5, .high = 9}));
    const NodeId floor = s_.number(-2);
    const NodeId ceiling = num(PlanOp::lift, {z_}, income_level);
    num(PlanOp::running, {counted_, start, step, no_node, no_node, key, other_key}, income_level);
    num(PlanOp::running, {counted_, start, step, floor, no_node, key}, income_level);
    num(PlanOp::running, {counted_, start, step, floor, ceiling, key, other_key}, income_level);
    exact(PlanOp::running, {counted_, start, step, no_node, ceiling, key}, income_level);
  }

  void spells() {
    const NodeId from = s_.given({.level = income_level, .low = 100, .high = 160, .widest = 10});
    const NodeId until = s_.given({.level = income_level, .low = 110, .high = 180, .may_be_absent = true, .widest = 10});
    const NodeId institution = s_.given({.level = income_level, .shape = Shape::truth});
    const NodeId decided = s_.given({.level = household_level, .low = 185, .high = 190});
    const NodeId made = s_.node(PlanOp::make_spells, Shape::truth, income_level, {counted_, from, until, institution, decided});
    s_.at(made).index = spell_level;
    s_.at(made).k = 7;
    s_.at(made).k2 = 30;
    NodeId field[4];
    for (int i = 0; i < 4; ++i) {
      field[i] = s_.node(PlanOp::spell_field, i == 3 ? Shape::truth : Shape::number, spell_level, {made});
      s_.at(field[i]).index = i;
      out_.settling.push_back(field[i]);
    }
    const NodeId long_enough = s_.node(PlanOp::compare, Shape::truth, spell_level, {field[2], s_.number(20)});
    s_.at(long_enough).comparison = Compare::greater;
    const NodeId every = s_.constant_truth(true);
    const NodeId count = num(PlanOp::count, {every});
    s_.at(count).index = spell_level;
    num(PlanOp::count, {long_enough});
    num(PlanOp::sum, {field[2], long_enough});
    num(PlanOp::least, {field[0], long_enough});
    num(PlanOp::greatest, {field[1], long_enough});
    is(PlanOp::some, {field[3]});
  }

  EveryOperator out_;
  Sample& s_;
  NodeId x_ = no_node, y_ = no_node, z_ = no_node, p_ = no_node, q_ = no_node, c_ = no_node, d_ = no_node, a_ = no_node, b_ = no_node;
  NodeId absent_ = no_node, nothing_ = no_node, pair_ = no_node, income_ = no_node, counted_ = no_node, months_set_ = no_node;
  std::vector<NodeId> tests_;
};

}  // namespace

EveryOperator every_operator(std::mt19937& random, int households, int largest) { return Everything(random, households, largest).build(); }

}  // namespace duly::test
