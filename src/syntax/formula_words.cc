#include "syntax/formula_words.h"

#include <algorithm>
#include <array>

#include "syntax/formula.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 31> one_word{"abs",       "after",    "all",     "any",      "before", "ceiling",  "coincides", "count",
                                                    "date",      "decimal",  "during",  "duration", "except", "finishes", "floor",     "includes",
                                                    "intersect", "max",      "mean",    "meets",    "min",    "modulo",   "month",     "months",
                                                    "not",       "overlaps", "product", "round",    "starts", "sum",      "union"};

constexpr std::array<std::string_view, 19> several_words{
    "day of week",   "days between", "distinct values",          "first day of",    "full months", "full years", "is empty",        "last day of",
    "list contains", "month of",     "months between",           "months in a row", "place among", "round down", "round half down", "round half even",
    "round half up", "round up",     "years and months duration"};

struct Unit {
  std::string_view singular;
  std::string_view plural;
};
constexpr std::array<Unit, 4> units{{{"day", "days"}, {"week", "weeks"}, {"month", "months"}, {"year", "years"}}};

}  // namespace

std::string_view unit_of_time(std::string_view word) {
  for (const auto& unit : units)
    if (word == unit.singular || word == unit.plural) return unit.plural;
  return {};
}

std::span<const std::string_view> built_ins_of_several_words() { return several_words; }

bool is_built_in(std::string_view name) {
  return std::find(one_word.begin(), one_word.end(), name) != one_word.end() ||
         std::find(several_words.begin(), several_words.end(), name) != several_words.end();
}

const std::vector<std::string>& built_in_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all(one_word.begin(), one_word.end());
    all.insert(all.end(), several_words.begin(), several_words.end());
    std::sort(all.begin(), all.end());
    return all;
  }();
  return names;
}

}  // namespace duly
