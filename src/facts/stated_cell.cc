#include "facts/stated_cell.h"

#include <algorithm>

namespace duly {
namespace {

constexpr std::int64_t most_stated = 1'000'000'000;  // where the rule declares no range; plans provide for as much

int stated_places(const Type& type) {
  if (type.base != Base::number || type.whole) return 0;
  return type.unit == Unit::none ? 6 : 2;
}

}  // namespace

StatedCell read_stated(const Declarations& declarations, const Type& type, std::string_view text) {
  StatedCell cell;
  cell.shape = column_shape(declarations, type);
  cell.places = stated_places(type);
  const auto between = [&](std::int64_t low, std::int64_t high) {
    cell.low = low;
    cell.high = high;
    return cell;
  };
  if (!type.absent.empty() && text == type.absent) {
    cell.absent = true;
    return cell;
  }
  switch (type.base) {
    case Base::boolean:
      if (text == "yes" || text == "true" || text == "passed") return between(1, 1);
      if (text == "no" || text == "false" || text == "failed") return between(0, 0);
      break;
    case Base::number:
    case Base::duration:
    case Base::days: {
      const Decimal decimal = decimal_from_text(text, cell.places);
      cell.fault = decimal.fault;
      return between(decimal.scaled, decimal.scaled);
    }
    case Base::date:
      if (const auto day = date_from_text(text)) return between(day->days, day->days);
      if (const auto month = month_from_text(text)) return between(first_day_of(*month).days, std::min(last_day_of(*month), last_date).days);
      break;
    case Base::month:
      if (const auto month = month_from_text(text)) return between(month->index, month->index);
      break;
    case Base::code:
      if (const int word = declarations.lists[static_cast<std::size_t>(type.list)].index_of(text); word >= 0) return between(word, word);
      break;
    default: break;
  }
  cell.fault = DecimalFault::no_number;
  return cell;
}

StatedCell read_stated_literal(const Declarations& declarations, std::string_view text) {
  for (const Base base : {Base::boolean, Base::number, Base::date}) {
    Type type;
    type.base = base;
    const StatedCell cell = read_stated(declarations, type, text);
    if (cell.fault != DecimalFault::no_number) return cell;
  }
  StatedCell found;
  found.fault = DecimalFault::no_number;
  for (std::size_t list = 0; list < declarations.lists.size(); ++list) {
    Type type;
    type.base = Base::code;
    type.list = static_cast<int>(list);
    const StatedCell cell = read_stated(declarations, type, text);
    if (cell.fault != DecimalFault::none) continue;
    if (found.fault == DecimalFault::none) {
      found.fault = DecimalFault::no_number;
      return found;
    }
    found = cell;
  }
  return found;
}

std::string what_can_be_stated(const Type& type) {
  switch (type.base) {
    case Base::boolean: return "write `yes` or `no`";
    case Base::date: return "write the date as YYYY-MM-DD";
    case Base::month: return "write the month as YYYY-MM";
    case Base::code: return "write a word of its list";
    case Base::number:
    case Base::duration:
    case Base::days: return type.whole ? "write a whole number" : "write a number such as 12.50";
    default: return "a value of this type cannot be given";
  }
}

std::pair<Number, Number> stated_range(const Rule& rule) {
  if (rule.range) return *rule.range;
  return {-most_stated, most_stated};
}

bool is_in_stated_range(const Rule& rule, const StatedCell& cell) {
  const auto [low, high] = stated_range(rule);
  const std::int64_t scale = power_of_ten(cell.places);
  return Number(cell.low) >= low * scale && Number(cell.high) <= high * scale;
}

std::int64_t power_of_ten(int places) {
  std::int64_t power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  return power;
}

}  // namespace duly
