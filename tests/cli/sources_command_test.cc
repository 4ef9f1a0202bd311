// What the figures of a program rest on, as it is told at the command line.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::size_t place(const std::string& text, const std::string& part) { return text.find(part); }

TEST(Sources, ComeWithTheLeastSureFirst) {
  const Ran ran = run_line({"sources", "us/snap"});
  EXPECT_EQ(ran.status, clean) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("us/snap: "));
  EXPECT_LT(place(ran.out, "\n\nnot known\n"), place(ran.out, "\n\ndoubtful\n"));
  EXPECT_LT(place(ran.out, "\n\ndoubtful\n"), place(ran.out, "\n\nofficial\n"));
  EXPECT_NE(place(ran.out, "\n\nofficial\n"), std::string::npos);
}

TEST(Sources, TellForWhomAndWhereASingleFigureStands) {
  EXPECT_THAT(run_line({"sources", "us/snap"}).out, HasSubstr("maximum_allotment, Maximum allotment: 1 figure from 2025-10-01"));
  EXPECT_THAT(run_line({"sources", "us/snap"}).out, testing::ContainsRegex("place GU, unit_size 18\\+: not known  \\(.*allotment.yaml:[0-9]+\\)"));
}

TEST(Sources, ShowEachFigureWhereAskedTo) {
  const Ran ran = run_line({"sources", "us/snap", "--all"});
  EXPECT_THAT(ran.out, HasSubstr("place contiguous, unit_size 3: $768.00 a month"));
  EXPECT_GT(ran.out.size(), 2 * run_line({"sources", "us/snap"}).out.size());
}

TEST(Sources, ComeAsJsonWithEveryFigure) {
  const auto json = nlohmann::json::parse(run_line({"sources", "us/snap", "--json"}).out);
  ASSERT_GT(json.at("values").size(), 1000U);
  for (const auto& value : json.at("values")) {
    EXPECT_FALSE(value.at("source").get<std::string>().empty()) << value;
    EXPECT_FALSE(value.at("from").get<std::string>().empty()) << value;
    EXPECT_GT(value.at("line").get<int>(), 0) << value;
    EXPECT_EQ(value.contains("confidence"), value.contains("value")) << value;
  }
}

TEST(Sources, OfAProgramThatIsNotThereAreAnError) {
  const Ran ran = run_line({"sources", "us/snip"});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("E202"), HasSubstr("us/snap")));
}

TEST(Sources, NeedAProgram) { EXPECT_EQ(run_line({"sources"}).status, bad_input); }

}  // namespace
}  // namespace duly::cli
