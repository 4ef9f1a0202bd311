#include "language/name_index.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "cases/small_program.h"

namespace duly {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class NamesOfSmallProgram : public testing::Test {
 protected:
  std::shared_ptr<const RuleFiles> files_ = rules_in_memory(test::small_program());
  std::shared_ptr<const ProgramNames> names_ = ProgramNames::of(*files_, "heat");

  [[nodiscard]] std::string text(const FilePlace& place) const { return files_->read(place.path)->substr(place.begin, place.end - place.begin); }

  /// The lines, from 1, of a file on which the declaration of `name` is named.
  [[nodiscard]] std::vector<int> lines_of(const std::string& name, const std::string& path) const {
    std::vector<int> out;
    for (const NamedThing* thing : names_->things_named(name))
      for (const NameUse& use : names_->uses())
        if (use.declared == thing->declared && use.place.path == path) out.push_back(place_of(*files_->parsed(path)->source, use.place.begin).line);
    return out;
  }
};

TEST_F(NamesOfSmallProgram, EveryNameStandsWhereItIsSaidToStand) {
  ASSERT_NE(names_, nullptr);
  EXPECT_GT(names_->uses().size(), 20U);
  for (const NameUse& use : names_->uses()) {
    const NamedThing* thing = names_->thing_at(use.declared);
    ASSERT_NE(thing, nullptr) << use.place.path << ": " << text(use.place);
    EXPECT_EQ(text(thing->declared), thing->name);
    const bool is_other_name = thing->kind == NamedKind::fact || thing->kind == NamedKind::record;  // the set of a relation, one of the records
    EXPECT_TRUE(is_other_name || text(use.place) == thing->name) << text(use.place);
  }
}

TEST_F(NamesOfSmallProgram, RulesAreNamedByManifestsFormulasAndWordings) {
  const auto declared = names_->things_named("income_test");
  ASSERT_EQ(declared.size(), 1U);
  EXPECT_EQ(declared.front()->kind, NamedKind::rule);
  EXPECT_THAT(lines_of("income_test", "heat/program.yaml"), ElementsAre(11));
  EXPECT_THAT(lines_of("income_a_month", "heat/program.yaml"), ElementsAre(12));
  EXPECT_THAT(lines_of("heat_unit", "heat/program.yaml"), ElementsAre(5));
}

TEST_F(NamesOfSmallProgram, FieldsOfOneNameAreToldApart) {
  const auto amounts = names_->things_named("amount");
  ASSERT_EQ(amounts.size(), 2U);
  EXPECT_NE(amounts[0]->declared, amounts[1]->declared);
  for (const NameUse& use : names_->uses())
    if (text(use.place) == "amount" && use.place.path != "facts/facts.yaml") {
      const auto meant = std::count_if(names_->uses().begin(), names_->uses().end(), [&](const NameUse& other) { return other.place == use.place; });
      EXPECT_EQ(meant, 1) << use.place.path << ":" << use.place.begin;
    }
}

TEST(Names, OfAProgramThatCannotBeReadAreNone) {
  auto texts = test::small_program();
  texts["heat/program.yaml"] += "outputs: [twice]\n";
  EXPECT_EQ(ProgramNames::of(*rules_in_memory(texts), "heat"), nullptr);
  EXPECT_EQ(ProgramNames::of(*rules_in_memory(texts), "nowhere"), nullptr);
}

TEST(CarriedOver, PlacesAroundAnEditMoveWithTheText) {
  EXPECT_EQ(carried_over("one two three", "one 2 three", 1), 1U);
  EXPECT_EQ(carried_over("one two three", "one 2 three", 8), 6U);
  EXPECT_EQ(carried_over("one two three", "one 2 three", 5), std::nullopt);
  EXPECT_EQ(carried_over("one two", "one two", 7), 7U);
  EXPECT_EQ(carried_over("", "one", 0), 3U);
  EXPECT_EQ(carried_over("aaaa", "aa", 0), 0U);
  EXPECT_EQ(carried_over("aaaa", "aa", 3), std::nullopt);
}

TEST(NameAround, IsTheWholeNameFromAnyOfItsBytes) {
  std::size_t begin = 0;
  for (const std::size_t at : {4U, 6U, 10U}) {
    EXPECT_EQ(name_around("1 + amount * 2", at, begin), "amount");
    EXPECT_EQ(begin, 4U);
  }
  EXPECT_EQ(name_around("1 + amount * 2", 2, begin), "");
  EXPECT_EQ(name_around("1 + amount * 2", 14, begin), "") << "a number is no name";
  EXPECT_EQ(name_around("", 5, begin), "");
}

}  // namespace
}  // namespace duly
