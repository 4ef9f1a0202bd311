#include "support/write_document.h"

#include <bit>

#include "base/at.h"
#include "facts/bit_rows.h"

namespace duly {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

class Writer {
 public:
  Writer(const Declarations& declarations, const FactTable& table, std::int64_t household) : d_(declarations), table_(table), household_(household) {}

  std::string write() {
    std::string out = "{\"duly\": 1, \"request\": {" + facts_where([](const Fact& f) { return f.of_request; }, household_, false) + "}";
    out += ", \"place\": {" + facts_where([](const Fact& f) { return f.of_place; }, household_) + "}";
    out += ", \"world\": {" + facts_where([](const Fact& f) { return f.level == world_level; }, household_) + "}";
    const std::string own = facts_where([](const Fact& f) { return f.level == household_level && !f.of_request && !f.of_place; }, household_);
    out += (own.empty() ? "" : ", " + own) + lists(household_level, household_) + ",\n\"people\": {";
    for (std::int32_t p = first_person(); p < first_person() + people(); ++p) {
      const std::string of_person =
          facts_where([](const Fact& f) { return f.level == person_level && f.inverse_of < 0; }, p) + lists(person_level, p);
      out += (p == first_person() ? "" : ",\n ") + quoted(name(p - first_person())) + ": {" +
             (of_person.starts_with(", ") ? of_person.substr(2) : of_person) + "}";
    }
    return out + "}}";
  }

 private:
  [[nodiscard]] std::int32_t first_person() const { return table_.levels[person_level].begin[at(household_)]; }
  [[nodiscard]] std::int32_t people() const { return table_.levels[person_level].begin[at(household_) + 1] - first_person(); }
  static std::string name(std::int32_t person) { return "p" + std::to_string(person + 1); }

  template <class Wanted>
  [[nodiscard]] std::string facts_where(Wanted wanted, std::int64_t row, bool say_unknown = true) const {
    std::string out;
    for (std::size_t f = 0; f < d_.facts.size(); ++f) {
      const Fact& fact = d_.facts[f];
      if (!wanted(fact) || fact.record >= 0 || fact.type.base == Base::text) continue;
      const std::string value = value_of(static_cast<FactId>(f), at(row));
      if (value != quoted("unknown") || say_unknown) out += (out.empty() ? "" : ", ") + quoted(fact.name) + ": " + value;
    }
    return out;
  }

  [[nodiscard]] std::string lists(LevelId owners, std::int64_t owner) const {
    std::string out;
    for (std::size_t r = 0; r < d_.records.size(); ++r) {
      const RecordKind& kind = d_.records[r];
      if (kind.of_household != (owners == household_level)) continue;
      std::string records;
      const FactRows& rows = table_.levels[at(kind.level)];
      for (std::int64_t row = 0; row < rows.count; ++row)
        if (rows.owner[at(row)] == owner) records += (records.empty() ? "" : ", ") + record(kind, at(row));
      if (!has_bit(table_.list_closed_may_be_true[r], at(owner))) records += std::string(records.empty() ? "" : ", ") + R"({"more": "unknown"})";
      out += ", " + quoted(kind.name) + ": [" + records + "]";
    }
    return out;
  }

  [[nodiscard]] std::string record(const RecordKind& kind, std::size_t row) const {
    std::string out;
    for (const FactId field : kind.fields) out += (out.empty() ? "" : ", ") + quoted(d_.facts[at(field)].name) + ": " + value_of(field, row);
    return "{" + out + "}";
  }

  [[nodiscard]] std::string value_of(FactId id, std::size_t row) const {
    const Fact& fact = d_.facts[at(id)];
    const FactColumn& column = table_.facts[at(id)];
    if (!column.may_be_absent.empty() && has_bit(column.may_be_absent, row))
      return quoted(has_bit(column.may_be_present, row) ? "unknown" : fact.type.absent);
    switch (fact.type.base) {
      case Base::boolean: {
        const bool yes = has_bit(column.may_be_true, row);
        return yes && has_bit(column.may_be_false, row) ? quoted("unknown") : yes ? "true" : "false";
      }
      case Base::people: return set_of(column, row, at(table_.set_words), [](int item) { return name(item); });
      case Base::codes: {
        const auto& words = d_.lists[at(fact.type.list)].words;
        return set_of(column, row, words_of_bits(words.size()), [&](int item) { return words[at(item)]; });
      }
      case Base::code:
        if (!column.possible.empty())
          return std::has_single_bit(column.possible[row]) ? word(fact, std::countr_zero(column.possible[row])) : quoted("unknown");
        return known(column, row) ? word(fact, column.low[row]) : quoted("unknown");
      default: return known(column, row) ? number(fact, column.low[row]) : quoted("unknown");
    }
  }

  static bool known(const FactColumn& column, std::size_t row) { return column.high.empty() || column.low[row] == column.high[row]; }
  [[nodiscard]] std::string word(const Fact& fact, std::int64_t index) const { return quoted(d_.lists[at(fact.type.list)].words[at(index)]); }

  static std::string number(const Fact& fact, std::int64_t value) {
    if (fact.type.base == Base::date) return quoted(to_text(Date{static_cast<std::int32_t>(value)}));
    if (fact.type.base == Base::month) return quoted(to_text(Month{static_cast<std::int32_t>(value)}));
    Number exact = value;
    for (int i = 0; i < fact.places; ++i) exact /= 10;
    return to_text(exact);
  }

  template <class NameOf>
  [[nodiscard]] std::string set_of(const FactColumn& column, std::size_t row, std::size_t words, NameOf name_of) const {
    std::string out;
    for (int item = 0; item < static_cast<int>(words * 64); ++item) {
      const std::size_t bit = row * words * 64 + at(item);
      if (has_bit(column.maybe, bit) && !has_bit(column.sure, bit)) return quoted("unknown");
      if (has_bit(column.sure, bit)) out += (out.empty() ? "" : ", ") + quoted(name_of(item));
    }
    return "[" + out + "]";
  }

  const Declarations& d_;
  const FactTable& table_;
  std::int64_t household_;
};

}  // namespace

std::string document_of(const Declarations& declarations, const FactTable& table, std::int64_t household) {
  return Writer(declarations, table, household).write();
}

}  // namespace duly
