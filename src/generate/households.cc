#include "generate/households.h"

#include <algorithm>

#include "base/date.h"

namespace duly {
namespace {

constexpr int digits_of_key = 9;
constexpr std::int64_t cents_of_unit = 100;

/// Splits one seed into a stream of numbers: each is its place in the stream, mixed.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// From 0 to count - 1.
  std::int64_t below(std::int64_t count) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(count)); }
  bool percent(std::int64_t share) { return below(100) < share; }

 private:
  std::uint64_t state_;
};

std::size_t pick(Numbers& numbers, const std::vector<std::int64_t>& up_to) {
  const std::int64_t drawn = numbers.below(up_to.back());
  return static_cast<std::size_t>(std::upper_bound(up_to.begin(), up_to.end(), drawn) - up_to.begin());
}

std::string amount_text(std::int64_t cents) {
  std::string out = std::to_string(cents / cents_of_unit);
  if (cents % cents_of_unit == 0) return out;
  const std::string decimals = std::to_string(cents_of_unit + cents % cents_of_unit).substr(1);
  return out + "." + decimals;
}

/// Between two neighbouring quantiles every cent is as likely.
std::int64_t draw_cents(Numbers& numbers, const std::vector<std::int64_t>& amounts) {
  const auto piece = static_cast<std::size_t>(numbers.below(static_cast<std::int64_t>(amounts.size()) - 1));
  const std::int64_t low = amounts[piece] * cents_of_unit;
  return low + numbers.below(amounts[piece + 1] * cents_of_unit - low + 1);
}

/// Nothing where nobody says it.
std::optional<std::string> draw_value(Numbers& numbers, const ModelValue& value) {
  switch (value.kind) {
    case ModelValue::Kind::amounts: return amount_text(draw_cents(numbers, value.amounts));
    case ModelValue::Kind::days: {
      const auto& [first, last] = value.days[pick(numbers, value.words.up_to)];
      return to_text(Date{first + static_cast<std::int32_t>(numbers.below(last - first + 1))});
    }
    case ModelValue::Kind::words: break;
  }
  const std::string& word = value.words.words[pick(numbers, value.words.up_to)];
  if (word == "unknown") return std::nullopt;
  return word;
}

std::vector<NamedWord> draw_values(Numbers& numbers, const std::vector<ModelValue>& values) {
  std::vector<NamedWord> out;
  for (const ModelValue& value : values)
    if (auto drawn = draw_value(numbers, value)) out.emplace_back(value.name, std::move(*drawn));
  return out;
}

std::vector<DrawnRecord> draw_records(Numbers& numbers, const std::vector<ModelRecord>& records) {
  std::vector<DrawnRecord> out;
  for (const ModelRecord& record : records) {
    if (!numbers.percent(record.share)) continue;
    DrawnRecord drawn{record.list, draw_values(numbers, record.fields)};
    for (const auto& [field, share] : record.unknown)
      if (numbers.percent(share)) std::erase_if(drawn.fields, [&name = field](const NamedWord& f) { return f.first == name; });
    out.push_back(std::move(drawn));
  }
  return out;
}

}  // namespace

DrawnHousehold Households::draw(std::int64_t number) const {
  Numbers numbers(Numbers(seed_ ^ (static_cast<std::uint64_t>(number) * 0xD1342543DE82EF95U)).next());
  DrawnHousehold out;
  const std::string digits = std::to_string(number);
  out.key =
      "H" + std::string(static_cast<std::size_t>(std::max<std::int64_t>(0, digits_of_key - static_cast<std::int64_t>(digits.size()))), '0') + digits;
  out.request = draw_values(numbers, model_.request);
  out.place = draw_values(numbers, model_.place);
  out.facts = draw_values(numbers, model_.facts);
  const std::int64_t drawn = numbers.below(model_.households.back().up_to);
  const auto kind = std::find_if(model_.households.begin(), model_.households.end(), [&](const ModelHousehold& h) { return drawn < h.up_to; });
  out.kind = &*kind;
  for (std::size_t p = 0; p < kind->people.size(); ++p) {
    const ModelRole& role = model_.roles[static_cast<std::size_t>(kind->people[p])];
    out.people.push_back({"p" + std::to_string(p + 1), draw_values(numbers, role.facts), draw_records(numbers, role.records)});
  }
  out.records = draw_records(numbers, model_.records);
  return out;
}

}  // namespace duly
