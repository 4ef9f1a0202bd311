// Every example of docs/household.md is a sound document.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

std::vector<std::string> examples() {
  std::ifstream file(DULY_SOURCE_DIR "/docs/household.md");
  std::vector<std::string> out;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "```yaml") out.emplace_back();
    if (line.starts_with("```")) inside = line == "```yaml";
    else if (inside) out.back() += line + "\n";
  }
  return out;
}

TEST(TheGuideToDocuments, HasOnlySoundExamples) {
  ASSERT_GE(examples().size(), 8U);
  for (const std::string& text : examples()) {
    const bool is_case = text.find("rest:") != std::string::npos;
    EXPECT_EQ(to_text(errors_of(text, ReadOptions{is_case})), "") << text;
  }
}

TEST(TheGuideToDocuments, SaysWhatItsExamplesMean) {
  const Household family = sound(examples().at(1));
  EXPECT_EQ(show(family, "birth_date", 1), "1989-06-26..1990-06-25");
  EXPECT_EQ(show(family, "parents", 2), "{0} maybe {0 and 1}") << "nobody asked ben";
  EXPECT_EQ(show(family, "buys_food_with", 0), "{1 and 2}");
  EXPECT_TRUE(is_closed(family.table, "income", 0));
  EXPECT_FALSE(is_closed(family.table, "expenses"));
  const Household records = sound(examples().at(5));
  EXPECT_FALSE(is_closed(records.table, "income", 0));
  EXPECT_TRUE(is_closed(records.table, "income", 1));
  EXPECT_FALSE(is_closed(records.table, "expenses"));
  EXPECT_EQ(show(records, "income.every", 0), "week");
}

}  // namespace
}  // namespace duly::testing_facts
