// Records and occasions of one person, read from one of them: its own fields only. What compares several stands at the person.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "duly/ruleset.h"

namespace duly {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// What checking the little program of chronic homelessness says, with `rule` in the place of its rule of recent occasions.
std::string said_of(const std::string& rule) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(DULY_SOURCE_DIR) / "tests/programs";
  std::map<std::string, std::string> texts;
  for (const char* part : {"facts", "chronic_homelessness"})
    for (const auto& entry : fs::recursive_directory_iterator(folder / part)) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      texts[entry.path().lexically_relative(folder).generic_string()] = text.str();
    }
  std::string& chapter = texts.at("chronic_homelessness/occasions.yaml");
  const std::string was = "  value: last_counted_night >= counted_until - look_back\n";
  const auto at = chapter.find(was);
  EXPECT_NE(at, std::string::npos);
  chapter.replace(at, was.size(), "  value: " + rule + "\n");
  for (const Diagnostic& d : Ruleset::from_texts(texts)->check("chronic_homelessness"))
    if (d.severity == Severity::error) return d.message;
  return "";
}

TEST(ARuleOfOneOccasion, ReadsItsOwnFieldsAndThePerson) { EXPECT_THAT(said_of("first_night <= counted_until and nights > 3"), IsEmpty()); }

TEST(ARuleOfOneOccasion, CannotRunOverTheOccasionsBesideIt) {
  EXPECT_THAT(said_of("count(homeless_occasion[nights > 3]) > 1"), HasSubstr("`homeless_occasion` of the same person cannot be read from one"));
  EXPECT_THAT(said_of("some o in homeless_occasion satisfies o.nights > 3"), HasSubstr("cannot be read from one"));
}

TEST(ARuleOfOneOccasion, CannotRunOverTheRecordsItWasMadeOf) {
  EXPECT_THAT(said_of("count(stays[entered > decided]) > 1"), HasSubstr("`stays` of the same person cannot be read from one"));
}

}  // namespace
}  // namespace duly
