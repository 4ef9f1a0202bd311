// A household gives the same answer alone as a document and among others in a table.

#include <gtest/gtest.h>

#include "facts/household.h"
#include "facts/table_filler.h"
#include "support/changed_tables.h"
#include "support/compare_values.h"
#include "support/decide_tables.h"
#include "support/random_share.h"
#include "support/write_document.h"
#include "syntax/yaml.h"

namespace duly {
namespace {

const std::int64_t households = random_share(60, 15);

class Documents : public testing::TestWithParam<ProgramPlace> {
 protected:
  void SetUp() override {
    program_ = load_program(GetParam());
    ASSERT_TRUE(program_);
    law_date_ = law_date_in(*program_->checked, months_covered(*program_->checked, 3).back());
    RandomHouseholds wanted;
    wanted.seed = 11;
    wanted.households = households;
    wanted.law_date = law_date_;
    wanted.law_in_force_by = declarations().program.law_in_force_by;
    wanted.most_people = 7;
    wanted.known_in_part = false;
    table_ = random_households(declarations(), wanted);
    table_.one_unit.clear();
    index_ = std::make_unique<DictionaryIndex>(declarations());
  }

  [[nodiscard]] const Declarations& declarations() const { return *program_->checked->declarations; }

  std::optional<Household> read(std::int64_t household) const {
    std::vector<Diagnostic> errors;
    const Node tree = parse_document(make_source("", document_of(declarations(), table_, household)), errors);
    EXPECT_TRUE(errors.empty()) << to_text(errors);
    auto read = read_household(*index_, tree, {}, {});
    if (read) return std::move(*read);
    ADD_FAILURE() << to_text(read.errors()) << document_of(declarations(), table_, household);
    return std::nullopt;
  }

  /// Of a fact of the household in the table; nothing where it is open.
  [[nodiscard]] std::optional<std::int64_t> only_value(FactId fact, std::int64_t household) const {
    const FactColumn& column = table_.facts[static_cast<std::size_t>(fact)];
    const auto row = static_cast<std::size_t>(household);
    return column.high.empty() || column.high[row] == column.low[row] ? std::optional(column.low[row]) : std::nullopt;
  }

  std::shared_ptr<const TestedProgram> program_;
  Date law_date_;
  FactTable table_;
  std::unique_ptr<DictionaryIndex> index_;
};
INSTANTIATE_TEST_SUITE_P(Of, Documents, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

TEST_P(Documents, SayWhatTheTableSays) {
  const auto plan = plan_of_every_term(*program_, law_date_, {});
  ASSERT_TRUE(plan);
  Values together;
  Values alone;
  evaluate(*plan, table_, 0, households, Keep::everything, together);
  for (std::int64_t h = 0; h < households && !HasFailure(); ++h) {
    const auto household = read(h);
    if (!household) break;
    evaluate(*plan, household->table, 0, 1, Keep::everything, alone);
    EXPECT_EQ(first_difference({together, static_cast<std::int32_t>(h)}, {alone, 0}), "") << document_of(declarations(), table_, h);
  }
}

TEST_P(Documents, LaidOutTogetherSayWhatTheTableSays) {
  const auto plan = plan_of_every_term(*program_, law_date_, {});
  ASSERT_TRUE(plan);
  struct Together {
    TableFiller filler;
    std::vector<std::int32_t> household;
  };
  std::vector<Together> all;  // households that state other rules cannot stand in one table
  for (std::int64_t h = 0; h < households; ++h) {
    std::vector<Diagnostic> errors;
    const Node tree = parse_document(make_source("", document_of(declarations(), table_, h)), errors);
    const auto facts = DocumentFacts::read(*index_, tree, {}, {.columns_only = true});
    ASSERT_TRUE(facts) << to_text(facts.errors());
    EXPECT_EQ(facts->known(program_->checked->law_date), only_value(program_->checked->law_date, h));
    auto fitting = std::find_if(all.begin(), all.end(), [&](const Together& each) { return facts->fits(each.filler); });
    if (fitting == all.end()) {
      all.push_back({TableFiller(*index_), {}});
      fitting = std::prev(all.end());
    }
    facts->put_into(fitting->filler);
    fitting->household.push_back(static_cast<std::int32_t>(h));
  }
  Values in_table;
  Values together;
  evaluate(*plan, table_, 0, households, Keep::everything, in_table);
  for (Together& each : all) {
    const FactTable table = each.filler.finish();
    evaluate(*plan, table, 0, table.households, Keep::everything, together);
    for (std::int32_t h = 0; h < table.households && !HasFailure(); ++h)
      EXPECT_EQ(first_difference({in_table, each.household[static_cast<std::size_t>(h)]}, {together, h}), "")
          << document_of(declarations(), table_, each.household[static_cast<std::size_t>(h)]);
  }
}

TEST_P(Documents, AreDecidedAsTheTableIs) {
  TableDecider decider(*program_, law_date_, {});
  ASSERT_TRUE(decider.ok());
  for (std::int64_t h = 0; h < households && !HasFailure(); ++h) {
    const auto household = read(h);
    if (!household) break;
    const auto in_table = decider.decide(table_, h, 64);
    const auto alone = decider.decide(household->table, 0, 64);
    ASSERT_EQ(in_table.size(), alone.size());
    for (std::size_t d = 0; d < alone.size(); ++d) {
      EXPECT_EQ(decided_text(in_table[d]), decided_text(alone[d]));
      EXPECT_EQ(in_table[d].subject.people, alone[d].subject.people);
      EXPECT_EQ(in_table[d].missing.size(), alone[d].missing.size());
      EXPECT_EQ(in_table[d].reasons.size(), alone[d].reasons.size());
    }
  }
}

}  // namespace
}  // namespace duly
