// What a pending determination asks for: every fact that can still change it, and no other. Seen by trying all answers to a few open questions.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/at.h"
#include "facts/bit_rows.h"
#include "support/changed_tables.h"
#include "support/decide_tables.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr std::int64_t all_rounds = 60;
constexpr std::size_t most_combinations = 256;
constexpr std::size_t most_questions = 6;

/// One open truth, code or pair of people in a table of one household.
struct Question {
  FactId fact;
  std::int64_t row;
  std::int64_t item = -1;             ///< of a relation: the other person
  std::vector<std::uint64_t> answers; ///< 0 and 1, or words
  std::string asked;                  ///< the fact and whose it is, as a determination says it
};

class Questions {
 public:
  Questions(const Declarations& declarations, const FactTable& table) : d_(declarations), table_(table) {}

  std::vector<Question> all() {
    for (std::size_t f = 0; f < d_.facts.size(); ++f) {
      const Fact& fact = d_.facts[f];
      if (fact.of_request || fact.level == world_level || !fact.type.absent.empty()) continue;
      if (fact.type.base == Base::boolean) of_rows(static_cast<FactId>(f), 2);
      if (fact.type.base == Base::code) of_rows(static_cast<FactId>(f), d_.lists[at(fact.type.list)].words.size());
      if (fact.type.base == Base::people && fact.record < 0 && fact.inverse_of < 0) of_pairs(static_cast<FactId>(f));
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string record_label(LevelId level, std::int64_t row) const {
    const FactRows& rows = table_.levels[at(level)];
    std::int64_t first = row;
    while (first > 0 && rows.owner[at(first - 1)] == rows.owner[at(row)]) --first;
    const RecordKind& kind = d_.records[at(d_.levels[at(level)].declared)];
    return (kind.of_household ? "" : std::to_string(rows.owner[at(row)] + 1) + ".") + kind.name + "[" + std::to_string(row - first) + "]";
  }

  [[nodiscard]] std::string label(const Fact& fact, std::int64_t row) const {
    if (fact.record >= 0) return fact.name + " of " + record_label(fact.level, row);
    return fact.name + " of " + (fact.level == person_level ? std::to_string(row + 1) : "");
  }

  void of_rows(FactId id, std::size_t answers) {
    constexpr std::size_t most_words = 40;
    if (answers > most_words) return;
    const Fact& fact = d_.facts[at(id)];
    const std::int64_t rows = fact.level == household_level ? 1 : table_.levels[at(fact.level)].count;
    for (std::int64_t row = 0; row < rows; ++row) {
      Question q{id, row, -1, {}, label(fact, row)};
      for (std::uint64_t a = 0; a < answers; ++a) q.answers.push_back(a);
      out_.push_back(std::move(q));
    }
  }

  void of_pairs(FactId id) {
    const Fact& fact = d_.facts[at(id)];
    for (std::int64_t a = 0; a < table_.levels[person_level].count; ++a)
      for (std::int64_t b = 0; b < table_.levels[person_level].count; ++b)
        if (a != b && (!fact.symmetric || a < b)) out_.push_back({id, a, b, {0, 1}, label(fact, a)});
  }

  const Declarations& d_;
  const FactTable& table_;
  std::vector<Question> out_;
};

/// Opens a question in household `h` of a table of copies, or answers it.
class Answering {
 public:
  Answering(const Declarations& declarations, FactTable& table) : d_(declarations), table_(table) {}

  void open(std::int64_t h, const Question& q) {
    FactColumn& column = table_.facts[at(q.fact)];
    const std::size_t row = row_of(h, q);
    if (q.item >= 0)
      return each_side(h, q, [](FactColumn& side, std::size_t place) { give_bit(side.sure, place, false), give_bit(side.maybe, place, true); });
    if (!column.may_be_true.empty()) {
      give_bit(column.may_be_true, row, true);
      give_bit(column.may_be_false, row, true);
    } else {
      column.possible[row] = low_bits(q.answers.size());
    }
  }

  void answer(std::int64_t h, const Question& q, std::uint64_t with) {
    FactColumn& column = table_.facts[at(q.fact)];
    const std::size_t row = row_of(h, q);
    if (q.item >= 0)
      return each_side(h, q,
                       [&](FactColumn& side, std::size_t place) { give_bit(side.sure, place, with == 1), give_bit(side.maybe, place, with == 1); });
    if (!column.may_be_true.empty()) {
      give_bit(column.may_be_true, row, with == 1);
      give_bit(column.may_be_false, row, with == 0);
    } else {
      column.possible[row] = std::uint64_t{1} << with;
    }
  }

 private:
  [[nodiscard]] std::size_t row_of(std::int64_t h, const Question& q) const {
    const LevelId level = d_.facts[at(q.fact)].level;
    return at(level == household_level ? h : table_.levels[at(level)].begin[at(h)] + q.row);
  }

  template <class F>
  void each_side(std::int64_t h, const Question& q, F f) {
    const std::int64_t first = table_.levels[person_level].begin[at(h)];
    const auto place = [&](std::int64_t row, std::int64_t item) { return at(first + row) * at(table_.set_words) * 64 + at(item); };
    f(table_.facts[at(q.fact)], place(q.row, q.item));
    for (std::size_t other = 0; other < d_.facts.size(); ++other)
      if (d_.facts[other].inverse_of == q.fact || (d_.facts[other].symmetric && static_cast<FactId>(other) == q.fact))
        f(table_.facts[other], place(q.item, q.row));
  }

  const Declarations& d_;
  FactTable& table_;
};

class Missing : public testing::TestWithParam<ProgramPlace> {
 protected:
  /// The determinations of one household with some questions open, against those with every combination of answers. False where all of them hang
  /// on a gap, so that nothing was compared.
  bool try_all(TableDecider& decider, const CheckedProgram& program, const FactTable& known, const std::vector<Question>& open) {
    const Declarations& declarations = *program.declarations;
    std::size_t combinations = 1;
    for (const Question& q : open) combinations *= q.answers.size();
    FactTable table = rearranged(declarations, known, std::vector<std::int64_t>(combinations + 1, 0)).table;
    Answering answering(declarations, table);
    for (const Question& q : open) answering.open(0, q);
    for (std::size_t c = 0; c < combinations; ++c) {
      std::size_t rest = c;
      for (const Question& q : open) {
        answering.answer(static_cast<std::int64_t>(c) + 1, q, q.answers[rest % q.answers.size()]);
        rest /= q.answers.size();
      }
    }
    std::vector<std::vector<Determination>> decided;
    for (std::size_t c = 0; c < combinations; ++c) decided.push_back(decider.decide(table, static_cast<std::int64_t>(c) + 1));
    for (const auto& of_household : decided)
      for (const Determination& d : of_household) expect_only_gaps(d);
    int compared = 0;
    int left_out = 0;
    for (const Determination& d : decider.decide(table, 0)) {
      std::vector<std::string> outcomes(combinations);
      for (std::size_t c = 0; c < combinations; ++c) outcomes[c] = outcome_of_people(program, d, decided[c]);
      if (hangs_on_a_gap(outcomes)) {
        ++left_out;
        continue;
      }
      SCOPED_TRACE("of " + d.subject.key + ": " + decided_text(d));
      compare(d, open, outcomes);
      ++compared;
    }
    return compared > 0 || left_out == 0;
  }

 private:
  static void expect_only_gaps(const Determination& d) {
    if (d.outcome != Outcome::pending) return;
    EXPECT_FALSE(d.missing.empty()) << "pending with all facts known, and nothing is named";
    for (const MissingFact& fact : d.missing) EXPECT_TRUE(fact.fact.starts_with("gap: ")) << fact.fact << " is known and asked for";
  }

  /// With all facts known, only a figure of law that is not at hand leaves a determination pending.
  static bool hangs_on_a_gap(const std::vector<std::string>& outcomes) {
    return std::ranges::any_of(outcomes, [](const std::string& outcome) { return outcome.find(to_word(Outcome::pending)) != std::string::npos; });
  }

  /// What the people the open determination speaks of get.
  static std::string outcome_of_people(const CheckedProgram& program, const Determination& open, const std::vector<Determination>& decided) {
    std::string out;
    if (program.decided == household_level) return decided.empty() ? "" : decided_text(decided.front());
    if (open.subject.people.empty())  // the one unit of a household of nobody
      for (const Determination& d : decided) out += decided_text(d);
    for (const std::string& name : open.subject.people) {
      const Determination* d = determination_of(program, decided, at(std::stoll(name) - 1));
      out += name + ": " + (d == nullptr ? "nothing" : decided_text(*d)) + "; ";
    }
    return out;
  }

  static void compare(const Determination& d, const std::vector<Question>& open, const std::vector<std::string>& outcomes) {
    std::set<std::string> asked;
    for (const MissingFact& fact : d.missing) asked.insert(fact.fact + " of " + fact.of);
    std::set<std::string> matter;
    std::size_t stride = 1;
    for (const Question& q : open) {
      for (std::size_t c = 0; c < outcomes.size(); ++c) {
        const std::size_t first = c - (c / stride % q.answers.size()) * stride;
        if (outcomes[c] != outcomes[first]) matter.insert(q.asked);
      }
      stride *= q.answers.size();
    }
    const bool always_the_same = std::ranges::count(outcomes, outcomes.front()) == static_cast<std::ptrdiff_t>(outcomes.size());
    EXPECT_EQ(d.outcome == Outcome::pending, !always_the_same) << outcomes.front() << " / " << outcomes.back();
    for (const std::string& fact : matter) EXPECT_TRUE(asked.contains(fact)) << fact << " can change the outcome and is not asked for";
    for (const std::string& fact : asked) EXPECT_TRUE(!d.missing_is_exact || matter.contains(fact)) << fact << " is asked for and changes nothing";
    EXPECT_TRUE(d.missing_is_exact || d.outcome != Outcome::pending) << "the bound was not hit";
  }
};
INSTANTIATE_TEST_SUITE_P(Of, Missing, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

/// A few questions, those first that seem to matter where all of them are open.
std::vector<Question> questions_to_open(TableDecider& decider, const Declarations& declarations, const FactTable& known, Chance& chance) {
  std::vector<Question> all = Questions(declarations, known).all();
  FactTable nothing_known = known;
  for (const Question& q : all) Answering(declarations, nothing_known).open(0, q);
  std::set<std::string> likely;
  for (const Determination& d : decider.decide(nothing_known, 0, 1))
    for (const MissingFact& fact : d.missing) likely.insert(fact.fact + " of " + fact.of);
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[chance.below(i)]);
  std::vector<Question> out;
  std::size_t combinations = 1;
  for (const bool is_likely : {true, false})
    for (const Question& q : all) {
      const bool fits = combinations * q.answers.size() <= most_combinations && out.size() < most_questions;
      if (!fits || likely.contains(q.asked) != is_likely) continue;
      combinations *= q.answers.size();
      out.push_back(q);
    }
  return out;
}

TEST_P(Missing, FactsAreThoseThatCanStillChangeTheOutcome) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Declarations& declarations = *program->checked->declarations;
  const auto months = months_covered(*program->checked, 3);
  const auto rounds = static_cast<std::uint64_t>(random_share(all_rounds));
  std::uint64_t tried = 0;
  for (std::uint64_t seed = 1; seed <= rounds && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Date law_date = law_date_in(*program->checked, months[seed % months.size()]);
    TableDecider decider(*program, law_date, {});
    ASSERT_TRUE(decider.ok());
    RandomHouseholds wanted;
    wanted.seed = seed;
    wanted.law_date = law_date;
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.most_people = 3;
    wanted.most_records = 2;
    wanted.unknown = {0};
    FactTable known = random_households(declarations, wanted);
    Chance chance(seed);
    refine(declarations, known, chance, 100);
    const std::vector<Question> open = questions_to_open(decider, declarations, known, chance);
    if (open.empty()) continue;
    if (try_all(decider, *program->checked, known, open)) ++tried;
  }
  EXPECT_GT(tried, rounds / 2);
}

}  // namespace
}  // namespace duly
