// The promises of a determination, on random households of every program: a settled outcome stays whatever the missing facts turn out to be, and
// facts that a pending one does not ask for cannot change it.

#include <gtest/gtest.h>

#include <algorithm>

#include "base/at.h"
#include "compile/plan_from_program.h"
#include "determine/answers.h"
#include "determine/determine.h"
#include "determine/trial.h"
#include "support/every_program.h"
#include "support/random_households.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr int households_a_program = 400;
constexpr int fillings = 6;

/// Everything nobody said in a table of one household, each relation from one side.
std::vector<Cause> everything_open(const Declarations& d, const FactTable& table) {
  std::vector<Cause> out;
  const auto people = static_cast<int>(table.levels[at(person_level)].count);
  for (std::size_t f = 0; f < d.facts.size(); ++f) {
    const Fact& fact = d.facts[f];
    const FactColumn& column = table.facts[f];
    const bool is_set = fact.type.base == Base::people || fact.type.base == Base::codes;
    if (fact.inverse_of >= 0) continue;
    for (std::int32_t row = 0; row < static_cast<std::int32_t>(rows_of_level(table, fact.level)); ++row) {
      const auto r = at(row);
      if (is_set) {
        const int size = fact.type.base == Base::people ? people : static_cast<int>(d.lists[at(fact.type.list)].words.size());
        const std::size_t words = column.sure.size() / std::max<std::size_t>(1, rows_of_level(table, fact.level));
        for (int item = fact.symmetric ? row + 1 : 0; item < size; ++item)
          if (has_bit(column.maybe, r * words * 64 + at(item)) && !has_bit(column.sure, r * words * 64 + at(item)))
            out.push_back({Cause::Kind::fact, static_cast<int>(f), row, item});
        continue;
      }
      bool open = !column.may_be_absent.empty() && has_bit(column.may_be_absent, r) && has_bit(column.may_be_present, r);
      if (!column.may_be_true.empty()) open = open || (has_bit(column.may_be_true, r) && has_bit(column.may_be_false, r));
      else if (!column.possible.empty()) open = open || (column.possible[r] & (column.possible[r] - 1)) != 0;
      else if (!column.high.empty()) open = open || column.low[r] != column.high[r];
      if (open) out.push_back({Cause::Kind::fact, static_cast<int>(f), row, whole_set});
    }
  }
  for (std::size_t l = 0; l < d.records.size(); ++l) {
    const auto owners = static_cast<std::int32_t>(rows_of_level(table, d.records[l].of_household ? household_level : person_level));
    for (std::int32_t row = 0; row < owners; ++row)
      if (!has_bit(table.list_closed_may_be_true[l], at(row))) out.push_back({Cause::Kind::list, static_cast<int>(l), row, whole_set});
  }
  return out;
}

Answer any_answer(const Evaluated& e, const Cause& cause, Chance& chance) {
  if (cause.kind == Cause::Kind::list) return {Answer::Kind::yes};
  std::vector<std::int64_t> pieces;
  const std::vector<Answer> answers = answers_to(e, cause, Sharpness::pieces_and_ends, pieces);
  Answer answer = answers[chance.below(answers.size())];
  if (answer.kind == Answer::Kind::span) answer.low = answer.high = chance.between(answer.low, answer.high);
  return answer;
}

/// What a filled household gives the people of a subject.
std::vector<Decision> given_to(const Evaluated& e, const Subject& subject, const Labels& labels, std::int32_t copy) {
  const LevelId decided = e.r.plan().program->decided;
  if (e.paths.level(decided).kind != LevelKind::unit) return {decision_of(e, e.paths.rows(decided).begin[copy] + subject.row)};
  std::vector<Decision> out;
  for (const std::string& name : subject.people) {
    const auto item = static_cast<int>(std::find(labels.people().begin(), labels.people().end(), name) - labels.people().begin());
    const std::int32_t unit = e.paths.unit_of(decided, e.paths.person_row(copy, item));
    out.push_back(unit < 0 ? Decision{} : decision_of(e, unit));
    if (unit < 0) out.back().kind = Decision::Kind::outside;
  }
  return out;
}

std::string told(const Decision& d) { return std::to_string(static_cast<int>(d.kind)) + " line " + std::to_string(d.line) + " benefit " + d.benefit; }

Outcome outcome_by_hand(const Plan& plan, const Decision& d) {
  if (d.kind == Decision::Kind::ineligible) return Outcome::ineligible;
  if (d.kind == Decision::Kind::undefined) return Outcome::error;
  if (d.kind != Decision::Kind::line) return Outcome::pending;
  const std::string& word = plan.outcomes[at(d.line)].outcome;
  return word == "conditional" ? Outcome::conditional : word == "ineligible" ? Outcome::ineligible : Outcome::eligible;
}

class Promises {
 public:
  Promises(std::string id, std::shared_ptr<const Plan> plan) : id_(std::move(id)), plan_(std::move(plan)), index_(*plan_) {}

  void hold(const FactTable& table, std::uint64_t seed) {
    const Declarations& d = *plan_->program->declarations;
    Values values;
    evaluate(*plan_, table, 0, 1, Keep::everything, values);
    const std::vector<Determination> determinations = determine({index_, values, 0, nullptr, 256});
    if (determinations.empty()) return;
    const Evaluated base(index_, values);
    const Labels labels(base, nullptr, 0);
    Chance chance(seed);
    const std::vector<Cause> open = everything_open(d, table);
    for (const Determination& determination : determinations) {
      // Pairs of fillings share what is asked for and differ in the rest.
      FactTable copies = copies_of(d, table, 0, 2 * fillings);
      CopyWriter writer(d, copies);
      for (std::int32_t pair = 0; pair < fillings; ++pair)
        for (const Cause& cause : open) {
          const Answer one = any_answer(base, cause, chance);
          writer.give(2 * pair, cause, one);
          writer.give(2 * pair + 1, cause, is_asked(determination, labels, cause) ? one : any_answer(base, cause, chance));
        }
      Values filled;
      evaluate(*plan_, copies, 0, 2 * fillings, Keep::everything, filled);
      const Evaluated e(index_, filled);
      for (std::int32_t copy = 0; copy < 2 * fillings; ++copy) check(determination, e, labels, copy, seed);
    }
  }

  int settled = 0, pending = 0;

 private:
  bool is_asked(const Determination& determination, const Labels& labels, const Cause& cause) const {
    const Declarations& d = *plan_->program->declarations;
    const bool is_list = cause.kind == Cause::Kind::list;
    const std::string& name = is_list ? d.records[at(cause.index)].name : d.facts[at(cause.index)].name;
    const LevelId level = is_list ? (d.records[at(cause.index)].of_household ? household_level : person_level) : d.facts[at(cause.index)].level;
    const std::string of = labels.of(level, cause.row);
    return std::any_of(determination.missing.begin(), determination.missing.end(),
                       [&](const MissingFact& m) { return m.fact == name && m.of == of; });
  }

  void check(const Determination& determination, const Evaluated& e, const Labels& labels, std::int32_t copy, std::uint64_t seed) {
    const std::vector<Decision> now = given_to(e, determination.subject, labels, copy);
    if (determination.outcome != Outcome::pending) {
      ++settled;
      for (const Decision& d : now) {
        if (d.kind == Decision::Kind::open) continue;  // a figure of law may not be known
        EXPECT_EQ(outcome_by_hand(*plan_, d), determination.outcome) << id_ << " seed " << seed << ": " << told(d);
        const bool has_benefit = determination.outcome == Outcome::eligible && index_.benefit() >= 0;
        EXPECT_EQ(d.benefit, has_benefit ? determination.outputs[0].value.text : d.benefit) << id_ << " seed " << seed;
      }
      return;
    }
    ++pending;
    if (copy % 2 == 0) return;
    const std::vector<Decision> before = given_to(e, determination.subject, labels, copy - 1);
    for (std::size_t i = 0; i < now.size(); ++i)
      EXPECT_EQ(told(now[i]), told(before[i])) << id_ << " seed " << seed << ": a fact that was not asked for changed the outcome";
  }

  std::string id_;
  std::shared_ptr<const Plan> plan_;
  PlanIndex index_;
};

TEST(Promises, ASettledOutcomeStaysAndWhatIsNotAskedForCannotChangeAPendingOne) {
  const auto households = static_cast<std::uint64_t>(random_share(households_a_program));
  for (const ProgramPlace& place : every_program()) {
    const auto program = load_program(place);
    ASSERT_NE(program, nullptr);
    const ProgramDecl& declared = program->checked->declarations->program;
    const Date day = first_day_of(*declared.covered_from);
    const auto plan = plan_from_program(program->checked, day, {});
    ASSERT_TRUE(plan.ok()) << to_text(plan.errors());
    Promises promises(place.id, *plan);
    for (std::uint64_t seed = 1; seed <= households; ++seed) {
      RandomHouseholds wanted;
      wanted.seed = seed;
      wanted.law_date = day;
      wanted.law_in_force_by = declared.law_in_force_by;
      wanted.most_people = 4;
      wanted.most_records = 2;
      wanted.unknown = {2, 10, 30};
      promises.hold(random_households(*program->checked->declarations, wanted), seed);
      if (::testing::Test::HasFailure()) break;
    }
    RecordProperty(place.id, std::to_string(promises.settled) + " settled, " + std::to_string(promises.pending) + " pending");
  }
}

}  // namespace
}  // namespace duly
