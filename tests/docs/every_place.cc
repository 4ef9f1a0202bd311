#include "docs/every_place.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

namespace duly {

std::string text_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

std::vector<std::pair<std::string, std::string>> places() {
  std::vector<std::pair<std::string, std::string>> out;
  const std::string rules = text_of(std::string(DULY_SOURCE_DIR) + "/rules/us/facts/places.yaml");
  const std::regex word("\n      ([A-Z]{2}): ([^\n]+)");
  for (std::sregex_iterator at(rules.begin(), rules.end(), word), end; at != end; ++at) {
    const std::pair<std::string, std::string> place{(*at)[1], (*at)[2]};
    if (std::find(out.begin(), out.end(), place) != out.end()) break;  // the next list begins
    out.push_back(place);
  }
  return out;
}

std::string confidence_of(const Determination& d) {
  std::string worst;
  for (const char* word : {"computed", "projected", "doubtful"})
    for (const DoubtfulValue& used : d.doubtful)
      if (used.confidence == word) worst = std::string(" (") + word + ")";
  return worst;
}

std::string what_is_missing(const Determination& d) {
  std::string out;
  for (const MissingFact& missing : d.missing) out.append(out.empty() ? "pending: " : ", ").append(missing.fact);
  return out;
}

void expect_page(const std::string& page, const std::string& now) {
  if (std::getenv("DULY_RECORD") != nullptr) std::ofstream(page) << now;
  EXPECT_EQ(text_of(page), now);
}

}  // namespace duly
