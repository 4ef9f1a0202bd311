#include "check/typing.h"

namespace duly {

Type plain_type(Base base, bool whole) {
  Type type;
  type.base = base;
  type.whole = whole;
  return type;
}

Type count_type() { return plain_type(Base::number); }

bool is_code(const Type& type) { return type.base == Base::code || type.base == Base::codes; }

bool is_numeric(const Type& type) {
  return type.base == Base::number || type.base == Base::date || type.base == Base::month || type.base == Base::duration || type.base == Base::days;
}

bool is_plain_number(const Type& type) { return type.base == Base::number && type.unit == Unit::none && type.per == Per::none && !type.conversion; }

bool same_quantity(const Type& a, const Type& b) {
  if (a.base != b.base) return false;
  if (a.base == Base::code || a.base == Base::codes) return a.list == b.list;
  if (a.base != Base::number) return true;
  if (a.literal || b.literal) return true;
  return a.unit == b.unit && a.per == b.per && a.conversion == b.conversion && a.from == b.from;
}

Type joined(const Type& a, const Type& b) {
  Type out = a.literal ? b : a;
  out.whole = a.whole && b.whole;
  out.literal = a.literal && b.literal;
  out.absent = a.absent.empty() ? b.absent : a.absent;
  return out;
}

std::optional<Type> product_type(const Type& a, const Type& b) {
  // So much a month, for so many months.
  const auto spread = [](const Type& rate, const Type& time) -> std::optional<Type> {
    const bool fits = rate.base == Base::number && !rate.conversion &&
                      ((rate.per == Per::month && time.base == Base::duration) || (rate.per == Per::day && time.base == Base::days));
    if (!fits) return std::nullopt;
    Type out = rate;
    out.per = Per::none;
    out.absent.clear();
    return out;
  };
  if (auto out = spread(a, b)) return out;
  if (auto out = spread(b, a)) return out;
  if (a.base == Base::duration || a.base == Base::days) {
    if (!is_plain_number(b)) return std::nullopt;
    return plain_type(a.base);
  }
  if (b.base == Base::duration || b.base == Base::days) return product_type(b, a);
  if (a.base != Base::number || b.base != Base::number) return std::nullopt;
  if (a.conversion || b.conversion) {
    const Type& conversion = a.conversion ? a : b;
    Type quantity = a.conversion ? b : a;
    if (is_plain_number(quantity)) {
      Type out = conversion;
      out.absent.clear();
      return out;
    }
    if (quantity.conversion || quantity.per != conversion.from) return std::nullopt;
    quantity.per = conversion.per;
    quantity.whole = false;
    quantity.absent.clear();
    return quantity;
  }
  if (!is_plain_number(a) && !is_plain_number(b)) return std::nullopt;
  Type out = is_plain_number(a) ? b : a;
  out.whole = a.whole && b.whole;
  out.literal = a.literal && b.literal;
  out.absent.clear();
  return out;
}

std::optional<Type> quotient_type(const Type& a, const Type& b) {
  if (a.base == Base::duration || a.base == Base::days) {
    if (b.base == a.base) return plain_type(Base::number, false);
    if (!is_plain_number(b)) return std::nullopt;
    return plain_type(a.base);
  }
  if (a.base != Base::number || b.base != Base::number) return std::nullopt;
  if (b.conversion) {
    if (a.conversion || a.per != b.per) return std::nullopt;
    Type out = a;
    out.per = b.from;
    out.whole = false;
    out.absent.clear();
    return out;
  }
  if (is_plain_number(b)) {
    Type out = a;
    out.whole = false;
    out.absent.clear();
    return out;
  }
  if (!same_quantity(a, b)) return std::nullopt;
  return plain_type(Base::number, false);
}

std::optional<Type> sum_type(const Type& a, const Type& b) {
  const auto moved = [](const Type& point, const Type& by) -> std::optional<Type> {
    if (point.base == Base::date && (by.base == Base::duration || by.base == Base::days)) return plain_type(Base::date);
    if (point.base == Base::month && by.base == Base::duration) return plain_type(Base::month);
    return std::nullopt;
  };
  if (const auto out = moved(a, b)) return out;
  if (const auto out = moved(b, a)) return out;
  if (a.base == Base::date || a.base == Base::month || !is_numeric(a) || !same_quantity(a, b)) return std::nullopt;
  Type out = joined(a, b);
  out.absent.clear();
  return out;
}

std::optional<Type> difference_type(const Type& a, const Type& b) {
  if (a.base == Base::date && b.base == Base::date) return plain_type(Base::days);
  if (a.base == Base::month && b.base == Base::month) return plain_type(Base::duration);
  if (b.base == Base::date || b.base == Base::month) return std::nullopt;
  return sum_type(a, b);
}

}  // namespace duly
