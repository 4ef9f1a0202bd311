// What the cases reach and what they do not: lines for people, JSON for programs.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "cases/coverage.h"

namespace duly {
namespace {

using Kind = CoveredPart::Kind;
using Json = nlohmann::ordered_json;

constexpr std::array all_kinds{Kind::rule,  Kind::exemption, Kind::branch, Kind::table_row, Kind::line,
                               Kind::group, Kind::reason,    Kind::limit,  Kind::value};

struct Count {
  std::size_t reached = 0, all = 0;
};

Count count_of(const std::vector<CoveredPart>& parts, Kind kind) {
  Count out;
  for (const CoveredPart& part : parts) {
    if (part.kind != kind) continue;
    ++out.all;
    if (!part.is_missed()) ++out.reached;
  }
  return out;
}

std::string plural(Kind kind) { return std::string(to_word(kind)) + (kind == Kind::branch ? "es" : "s"); }

std::string what_is_missed(const CoveredPart& part) {
  const std::string quoted = "`" + part.text + "`";
  switch (part.kind) {
    case Kind::rule: return "no case reaches it";
    case Kind::exemption: return "nobody is exempt by " + quoted;
    case Kind::branch: return "no case takes the branch " + quoted;
    case Kind::table_row: return "no case takes the row " + quoted;
    case Kind::line: return "no case is settled by the line " + quoted;
    case Kind::group: return "no case comes to the group " + quoted;
    case Kind::reason: return "no case is given the reason " + quoted;
    case Kind::limit:
      if (part.holds) return "the limit " + quoted + " is never exceeded";
      return "the limit " + quoted + (part.fails ? " is never kept" : " is not tried");
    case Kind::value: break;
  }
  return "no case uses the value " + quoted;
}

std::string place_and_rule(const CoveredPart& part) { return part.file + ":" + std::to_string(part.line) + ": " + part.rule + ": "; }

/// Values of one parameter and file are told together, where the first of them stands.
std::string values_missed(const std::vector<CoveredPart>& parts, std::size_t first) {
  const auto same = [&](const CoveredPart& other) {
    return other.kind == Kind::value && other.rule == parts[first].rule && other.file == parts[first].file;
  };
  for (std::size_t i = 0; i < first; ++i)
    if (same(parts[i])) return "";
  const auto all = std::count_if(parts.begin(), parts.end(), same);
  const auto missed = std::count_if(parts.begin(), parts.end(), [&](const CoveredPart& p) { return same(p) && !p.reached; });
  if (missed == 0) return "";
  return place_and_rule(parts[first]) + "no case uses " + std::to_string(missed) + " of its " + std::to_string(all) + " values\n";
}

}  // namespace

std::string coverage_text(const std::vector<CoveredPart>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CoveredPart& part = parts[i];
    if (part.kind == Kind::value) out += values_missed(parts, i);
    else if (part.is_missed() && part.rule_reached) out += place_and_rule(part) + what_is_missed(part) + "\n";
  }
  for (const Kind kind : all_kinds) {
    const Count count = count_of(parts, kind);
    if (count.all == 0) continue;
    out += "reached: " + std::to_string(count.reached) + " of " + std::to_string(count.all) + " " + plural(kind);
    out += kind == Kind::limit ? " on both sides\n" : "\n";
  }
  return out;
}

std::string coverage_json(const std::vector<CoveredPart>& parts) {
  Json counts = Json::object();
  for (const Kind kind : all_kinds)
    if (const Count count = count_of(parts, kind); count.all > 0) counts[plural(kind)] = {{"reached", count.reached}, {"all", count.all}};
  Json missed = Json::array();
  for (const CoveredPart& part : parts) {
    if (!part.is_missed()) continue;
    Json one = {{"kind", to_word(part.kind)}, {"file", part.file}, {"line", part.line}, {"column", part.column}, {"rule", part.rule}};
    if (!part.text.empty()) one["text"] = part.text;
    if (part.kind == Kind::limit) one["tried"] = part.holds ? "holds" : part.fails ? "fails" : "neither";
    missed.push_back(std::move(one));
  }
  return Json{{"counts", counts}, {"missed", missed}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace duly
