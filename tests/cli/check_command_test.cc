#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* facts =
    "kind: facts\ntitle: Facts\nrent:\n  of: household\n  type: money per month\n  range: \"[0..9999]\"\n  ask: What is your rent?\n  cite: Manual "
    "1\n";

std::string program() {
  return "kind: program\ntitle: Help\nauthority: Manual\nfacts: [facts]\ndecides: each household\ncoverage: {from: 2025-01}\n"
         "requires: [{test: rent_test}]\n";
}

std::string chapter(const std::string& formula) {
  return "kind: chapter\ntitle: Rent\nrent_test:\n  title: Rent\n  of: household\n  cite: Manual 2\n  passes: " + formula + "\n  reason: too_low\n";
}

class Check : public testing::Test {
 protected:
  void put(const std::string& id, const std::string& formula) const {
    folder_.put("facts/facts.yaml", facts);
    folder_.put(id + "/program.yaml", program());
    folder_.put(id + "/rent.yaml", chapter(formula));
    folder_.put(id + "/notices/en.yaml", "kind: notices\nlanguage: en\ntoo_low: Your rent is too low.\n");
  }
  Folder folder_;
};

TEST_F(Check, SaysThatSoundRulesAreSound) {
  put("a", "rent > 5");
  const Ran ran = run_line({"check", folder_.path()});
  EXPECT_EQ(ran.status, clean) << ran.err;
  EXPECT_EQ(ran.out, "0 errors and 0 warnings in 1 program\n");
  EXPECT_THAT(ran.err, IsEmpty());
}

TEST_F(Check, ShowsTheMistakesOfAllProgramsWithTheirNumberAtTheEnd) {
  put("a", "rnet > 5");
  put("b", "rent > true");
  put("c", "rent > 5");
  const Ran ran = run_line({"check", folder_.path()});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("a/rent.yaml:7:11: error[E104]"), HasSubstr("b/rent.yaml:7:11: error[E123]")));
  EXPECT_THAT(ran.out, EndsWith(" in 3 programs\n"));
}

TEST_F(Check, TellsAMistakeOfASharedFileOnce) {
  put("a", "rent > 5");
  put("b", "rent > 5");
  folder_.put("facts/more.yaml", "kind: facts\ntitle: More\nold:\n  of: household\n  type: yes or no\n  ask: Old?\n  cite: Manual 3\n");
  const Ran ran = run_line({"check", folder_.path()});
  EXPECT_EQ(ran.out, "1 error and 0 warnings in 2 programs\n") << ran.err;
}

TEST_F(Check, MayBeAskedForOneProgram) {
  put("a", "rnet > 5");
  put("b", "rent > 5");
  EXPECT_EQ(run_line({"check", folder_.path(), "--program", "b"}).status, clean);
  EXPECT_EQ(run_line({"check", folder_.path(), "--program", "z"}).status, bad_input);
}

TEST_F(Check, GivesJson) {
  put("a", "rnet > 5");
  const Ran ran = run_line({"check", folder_.path(), "--json"});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, IsEmpty());
  EXPECT_THAT(ran.out, AllOf(HasSubstr("E104"), HasSubstr("a/rent.yaml")));
}

TEST_F(Check, RefusesAFolderWithoutPrograms) {
  EXPECT_THAT(run_line({"check", folder_.path()}).err, HasSubstr("E202"));
  EXPECT_THAT(run_line({"check", folder_.path("missing")}).err, HasSubstr("E500"));
  EXPECT_EQ(run_line({"check", folder_.path()}).status, bad_input);
}

TEST(TheShippedRules, AreSound) {
  const Ran ran = run_line({"check"});
  EXPECT_EQ(ran.status, clean) << ran.err;
}

}  // namespace
}  // namespace duly::cli
