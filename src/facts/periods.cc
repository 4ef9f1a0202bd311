#include "facts/periods.h"

#include "base/date.h"

namespace duly {
namespace {

std::string day_text(const FactReading& how, std::int64_t value) {
  const auto number = static_cast<std::int32_t>(value);
  return how.fact->type.base == Base::month ? to_text(Month{number}) : to_text(Date{number});
}

}  // namespace

std::array<Period, 2> periods_of(const RecordKind& kind) {
  const Period in_force{kind.in_force_from, kind.in_force_until};
  const Period in_time{kind.in_time_from, kind.in_time_until};
  return {in_force, in_time == in_force ? Period{} : in_time};
}

void complain_of_end(const FactReading& from, const FactValue& begins, const FactReading& until, const FactValue& ends, ValueName name,
                     const Span& where, Complaints& complaints) {
  if (begins.kind != FactValue::Kind::given || ends.kind != FactValue::Kind::given || ends.high >= begins.low) return;
  name.key = until.fact->name;
  std::string message = "`" + to_text(name) + "` is " + day_text(until, ends.high) + ", before the record begins: `";
  message += from.fact->name + "` is " + day_text(from, begins.low);
  complaints.error(Code::contradiction, where, std::move(message), "give both days again; leave one out where it is not known", until.about);
}

}  // namespace duly
