#include "batch/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<Outcome, 5> all_outcomes{Outcome::eligible, Outcome::ineligible, Outcome::conditional, Outcome::pending, Outcome::error};
constexpr std::array<Change, 7> all_changes{Change::newly_eligible, Change::lost,  Change::up,   Change::down,
                                            Change::same,           Change::fresh, Change::other};

std::size_t at(Outcome outcome) { return static_cast<std::size_t>(outcome); }

std::string with_commas(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t behind = digits.size() - i;
    if (i > 0 && behind % 3 == 0 && out.back() != '-') out += ',';
    out += digits[i];
  }
  return out;
}

void add_line(std::string& out, std::string_view what, const std::string& value) { out += fmt::format("{:<28}{:>16}\n", what, value); }

}  // namespace

std::string amount_in_words(std::int64_t ten_thousandths) {
  const std::int64_t rest = std::abs(ten_thousandths % 10'000);
  std::string out = ten_thousandths < 0 && ten_thousandths > -10'000 ? "-" : "";
  out += with_commas(ten_thousandths / 10'000);
  if (rest == 0) return out;
  std::string decimals = std::to_string(10'000 + rest).substr(1);
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  return out + "." + decimals;
}

void Summary::add(const DecidedColumns& columns, std::size_t row, std::string_view key, bool has_benefit, const PreviousRun* previous) {
  const Outcome outcome = columns.outcome[row];
  ++outcomes[at(outcome)];
  std::string_view words = columns.reasons[row];
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const auto known = reasons.find(words.substr(0, end));
    if (known == reasons.end()) reasons.emplace(words.substr(0, end), 1);
    else ++known->second;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  const std::string_view text = has_benefit ? columns.outputs.front().text[row] : std::string_view();
  const auto benefit = amount_from_text(text);
  if (outcome == Outcome::eligible && has_benefit) {
    benefit_total += benefit.value_or(0);
    benefits_not_added += benefit || text.empty() ? 0 : 1;
  }
  if (previous == nullptr) return;
  const EarlierDetermination* earlier = previous->find(key, columns.subject[row]);
  const Change change = change_since(earlier, outcome, benefit);
  ++changes[at(change)];
  const auto before = earlier == nullptr ? std::optional<std::int64_t>(0) : worth(earlier->outcome, earlier->benefit);
  const auto now = worth(outcome, benefit);
  if (before && now) amounts[at(change)] += *now - *before;
}

std::int64_t Summary::counted() const { return std::accumulate(outcomes.begin(), outcomes.end(), households_in_error); }

std::string to_json(const Summary& s) {
  Json out;
  out["households"] = {{"in", s.households},
                       {"decided", s.households_decided},
                       {"in_error", s.households_in_error},
                       {"without_subject", s.households_without_subject},
                       {"rows_of_nobody", s.rows_of_nobody}};
  out["errors"] = Json::object();
  for (const auto& [code, count] : s.errors) out["errors"][code] = count;
  Json& counts = out["counts"];
  counts["in"] = s.counted();
  for (const Outcome outcome : all_outcomes)
    counts[std::string(to_word(outcome))] = s.outcomes[at(outcome)] + (outcome == Outcome::error ? s.households_in_error : 0);
  out["reasons"] = Json::object();
  for (const auto& [reason, count] : s.reasons) out["reasons"][reason] = count;
  out["benefit_total"] = s.benefit_total;
  out["benefits_not_added"] = s.benefits_not_added;
  for (const Change change : all_changes)
    out["changes"][std::string(to_word(change))] = {{"subjects", s.changes[at(change)]}, {"amount", s.amounts[at(change)]}};
  return out.dump();
}

std::optional<Summary> summary_from_json(const std::string& text) {
  const Json in = Json::parse(text, nullptr, false);
  if (in.is_discarded()) return std::nullopt;
  try {
    Summary s;
    const Json& households = in.at("households");
    s.households = households.at("in");
    s.households_decided = households.at("decided");
    s.households_in_error = households.at("in_error");
    s.households_without_subject = households.at("without_subject");
    s.rows_of_nobody = households.at("rows_of_nobody");
    for (const Outcome outcome : all_outcomes)
      s.outcomes[at(outcome)] =
          in.at("counts").at(std::string(to_word(outcome))).get<std::int64_t>() - (outcome == Outcome::error ? s.households_in_error : 0);
    for (const auto& [code, count] : in.at("errors").items()) s.errors[code] = count;
    for (const auto& [reason, count] : in.at("reasons").items()) s.reasons[reason] = count;
    s.benefit_total = in.at("benefit_total");
    s.benefits_not_added = in.at("benefits_not_added");
    for (const Change change : all_changes) {
      const Json& one = in.at("changes").at(std::string(to_word(change)));
      s.changes[at(change)] = one.at("subjects");
      s.amounts[at(change)] = one.at("amount");
    }
    return s;
  } catch (const Json::exception&) { return std::nullopt; }
}

std::string to_text(const Summary& s, const std::string& benefit, const std::string& unit, bool has_previous) {
  std::string out;
  add_line(out, "households", with_commas(s.households));
  if (s.households_in_error > 0) add_line(out, "  with mistakes, not decided", with_commas(s.households_in_error));
  if (s.households_without_subject > 0) add_line(out, "  with nobody to decide", with_commas(s.households_without_subject));
  if (s.rows_of_nobody > 0) add_line(out, "rows that belong to nobody", with_commas(s.rows_of_nobody));
  for (const auto& [code, count] : s.errors) add_line(out, "    " + code, with_commas(count));
  for (const Outcome outcome : all_outcomes)
    if (s.outcomes[at(outcome)] > 0) add_line(out, to_word(outcome), with_commas(s.outcomes[at(outcome)]));
  std::vector<std::pair<std::int64_t, std::string>> reasons;
  for (const auto& [reason, count] : s.reasons) reasons.emplace_back(-count, reason);
  std::sort(reasons.begin(), reasons.end());
  for (const auto& [count, reason] : reasons) add_line(out, "  " + reason, with_commas(-count));
  if (!benefit.empty()) {
    add_line(out, benefit + " in all", amount_in_words(s.benefit_total));
    out += "  " + unit + ", of those eligible" + (s.outcomes[at(Outcome::pending)] > 0 ? "; what those pending get is not known" : "") + "\n";
  }
  if (s.benefits_not_added > 0) add_line(out, "  amounts not added", with_commas(s.benefits_not_added));
  if (!has_previous) return out;
  out += "since the previous run\n";
  for (const Change change : all_changes) {
    if (s.changes[at(change)] == 0) continue;
    add_line(out, fmt::format("  {}", to_word(change)), with_commas(s.changes[at(change)]));
    if (s.amounts[at(change)] != 0) add_line(out, "    by", amount_in_words(s.amounts[at(change)]));
  }
  return out;
}

}  // namespace duly
