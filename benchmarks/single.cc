// One household of the shipped rules: every value kept, its determination, and both as text and JSON.

#include <fstream>
#include <iterator>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "benchmarks.h"
#include "determine/determine.h"
#include "duly/render.h"

namespace duly::bench {
namespace {

constexpr int repeats = 100;

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The same document as JSON: every scalar is text until its fact says what it is.
nlohmann::json json_of(const Node& node) {
  if (node.is_scalar()) return node.text;
  nlohmann::json out = node.is_map() ? nlohmann::json::object() : nlohmann::json::array();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (node.is_map()) out[node.keys[i].text] = json_of(node.items[i]);
    else out.push_back(json_of(node.items[i]));
  }
  return out;
}

}  // namespace

bool measure_single(Run& run) {
  if (!run.wants("single") && !run.wants("explain_") && !run.wants("explanation") && !run.wants("screen")) return true;
  const auto program = load_program("rules", "us/snap");
  if (!program) return false;
  std::vector<Diagnostic> errors;
  const Node document = parse_document(make_source("", text_of(source_path("examples/households/family_of_three.yaml"))), errors);
  const auto decided = decide(program, document, {}, {});
  if (!decided || decided->determinations.size() != 1 || decided->determinations[0].outcome != Outcome::eligible) {
    fmt::print(stderr, "the family of three is not decided as eligible\n");
    return false;
  }
  const auto rules = Ruleset::from_folder(source_path("rules"));
  const std::string family = text_of(source_path("examples/households/family_of_five.yaml"));
  const std::string family_json = json_of(parse_document(make_source("", family), errors)).dump();
  const auto screened = rules ? rules->screen(family) : rules.errors();
  const auto screened_json = rules ? rules->screen(family_json) : rules.errors();
  if (!screened || !screened_json || screened->decided.size() != screened_json->decided.size()) {
    fmt::print(stderr, "the family of five is not screened\n");
    return false;
  }
  if (run.only_check) return true;

  const Plan& plan = *decided->ready->plan;
  const Household& household = *decided->household;
  Values values;
  const auto evaluated = [&] { evaluate(plan, household.table, 0, 1, Keep::everything, values); };
  const auto determined = [&] { benchmark::DoNotOptimize(determine({decided->ready->index, decided->values, 0, &household, 256})); };
  const Determinations determinations{decided->determinations, {}};
  std::vector<std::pair<std::string, std::function<void()>>> measured = {
      {"explain_single",
       [&] {
         evaluated();
         benchmark::DoNotOptimize(determine({decided->ready->index, values, 0, &household, 256}));
       }},
      {"single_decided",
       [&] {
         evaluated();
         benchmark::DoNotOptimize(determine({.index = decided->ready->index, .values = values, .household = 0, .told = Told::columns}));
       }},
      {"single_evaluated", evaluated},
      {"single_determined", determined},
      {"single_text", [&] { benchmark::DoNotOptimize(to_text(decided->determinations[0])); }},
      {"single_json", [&] { benchmark::DoNotOptimize(to_json(determinations)); }},
      {"screen_family_of_five", [&] { benchmark::DoNotOptimize(rules->screen(family)); }},
      {"screen_family_of_five_json", [&] { benchmark::DoNotOptimize(rules->screen(family_json)); }},
      {"explanation_text", [&] { benchmark::DoNotOptimize(to_text(explain(*decided, 0))); }},
      {"explanation_json", [&] { benchmark::DoNotOptimize(to_json(std::vector<Explanation>{explain(*decided, 0)})); }},
  };
  std::erase_if(measured, [&](const auto& m) { return !run.wants(m.first); });
  std::vector<std::function<void()>> contenders;
  for (const auto& m : measured) contenders.push_back(m.second);
  const std::vector<double> times = medians(contenders, run.rounds, repeats, Clock::processor);
  for (std::size_t i = 0; i < measured.size(); ++i) run.figures.push_back({measured[i].first, times[i] / 1e3, "microseconds", "", 0, run.rounds});
  return true;
}

}  // namespace duly::bench
