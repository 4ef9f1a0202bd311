#include "what_if/money_in.h"

#include <array>

#include "base/at.h"
#include "facts/stated_cell.h"
#include "what_if/copies.h"

namespace duly {
namespace {

/// How often an amount comes in a month, by the word of a list that says how often.
std::optional<Number> months_of_word(std::string_view word) {
  struct Often {
    std::string_view word;
    int times, months;
  };
  constexpr std::array<Often, 8> all{{{"day", 365, 12},
                                      {"week", 52, 12},
                                      {"two_weeks", 26, 12},
                                      {"twice_a_month", 2, 1},
                                      {"month", 1, 1},
                                      {"quarter", 1, 3},
                                      {"half_year", 1, 6},
                                      {"year", 1, 12}}};
  for (const Often& often : all)
    if (often.word == word) return Number(often.times, often.months);
  return std::nullopt;
}

class MoneyReader {
 public:
  MoneyReader(const LoadedProgram& program, const Household& household, Date law_date)
      : index_(program.index()),
        d_(program.declarations()),
        household_(household),
        first_(first_day_of(month_of(law_date))),
        last_(last_day_of(month_of(law_date))) {}

  MoneyIn run() {
    for (std::size_t f = 0; f < d_.facts.size(); ++f)
      if (d_.facts[f].received) add_fact(static_cast<FactId>(f));
    return std::move(out_);
  }

 private:
  void add_fact(FactId id) {
    const Fact& fact = d_.facts[at(id)];
    const FactColumn& column = household_.table.facts[at(id)];
    for (std::size_t row = 0; row < column.low.size(); ++row) {
      const std::string name = label(fact, row);
      if (surely_absent(id, row) || !is_in_force(fact, row)) continue;
      const auto amount = known(id, row);
      if (!amount) {
        out_.not_counted.push_back(name + ": not known");
        continue;
      }
      const auto times = times_of(fact, row);
      if (!times) {
        out_.not_counted.push_back(name + ": how often it comes is not known");
        continue;
      }
      out_.total += Number(*amount, power_of_ten(fact.places)) * *times;
      out_.counted.push_back(name);
    }
  }

  [[nodiscard]] std::string label(const Fact& fact, std::size_t row) const {
    if (fact.record >= 0) return household_.record_labels[at(fact.record)][row] + "." + fact.name;
    return (fact.level == person_level ? household_.people[row] + "." : "") + fact.name;
  }

  [[nodiscard]] std::optional<std::int64_t> known(FactId id, std::size_t row) const {
    const FactColumn& column = household_.table.facts[at(id)];
    if (!column.high.empty() && column.high[row] != column.low[row]) return std::nullopt;
    if (!column.may_be_absent.empty() && has_bit(column.may_be_absent, row)) return std::nullopt;
    return column.low[row];
  }

  [[nodiscard]] bool surely_absent(FactId id, std::size_t row) const {
    const FactColumn& column = household_.table.facts[at(id)];
    return !column.may_be_present.empty() && !has_bit(column.may_be_present, row);
  }

  [[nodiscard]] bool is_in_force(const Fact& fact, std::size_t row) const {
    if (fact.record < 0) return true;
    const RecordKind& kind = d_.records[at(fact.record)];
    const auto day = [&](FactId id) { return id < 0 || surely_absent(id, row) ? std::nullopt : known(id, row); };
    const auto from = day(kind.in_force_from);
    const auto until = day(kind.in_force_until);
    return !(from && *from > last_.days) && !(until && *until < first_.days);
  }

  [[nodiscard]] std::optional<Number> times_of(const Fact& fact, std::size_t row) const {
    if (fact.type.per != Per::pay_period) return months_of(fact.type.per);
    const FactId period = fact.record < 0 ? -1 : index_.record(fact.record).period;
    if (period < 0) return std::nullopt;
    const CodeList& list = d_.lists[at(d_.facts[at(period)].type.list)];
    const FactColumn& column = household_.table.facts[at(period)];
    for (std::size_t w = 0; w < list.words.size() && row < column.possible.size(); ++w)
      if (column.possible[row] == std::uint64_t{1} << w) return months_of_word(list.words[w]);
    return std::nullopt;
  }

  const DictionaryIndex& index_;
  const Declarations& d_;
  const Household& household_;
  Date first_, last_;
  MoneyIn out_;
};

}  // namespace

MoneyIn money_in(const LoadedProgram& program, const Household& household, Date law_date) { return MoneyReader(program, household, law_date).run(); }

}  // namespace duly
