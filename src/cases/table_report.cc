// What a table came to: lines for people, JSON for programs.

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cases/table_run.h"

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

std::string size_text(const std::optional<Number>& size) { return size ? to_text(*size) : ""; }

std::size_t width_of_stages(const TableRun& run) {
  std::size_t width = 4;
  for (const StageTotals& stage : run.stages)
    if (stage.rows > 0) width = std::max(width, stage.stage.size());
  return width;
}

std::string differences_by_rule(const TableRun& run) {
  const std::size_t width = width_of_stages(run);
  std::string out = fmt::format("{:<{}}  {:>7}  {:>7}  {:>10}  {:>10}\n", "rule", width, "rows", "first", "smallest", "largest");
  for (const StageTotals& s : run.stages)
    if (s.rows > 0)
      out += fmt::format("{:<{}}  {:>7}  {:>7}  {:>10}  {:>10}\n", s.stage, width, s.rows, s.first, size_text(s.smallest), size_text(s.largest));
  return out;
}

Json warning_tree(const Diagnostic& d) {
  return {{"code", code_text(d.code)}, {"file", d.file}, {"line", d.line}, {"message", d.message}, {"help", d.help}};
}

}  // namespace

std::string to_text(const TableRun& run) {
  std::string out;
  for (const UnreadableRow& row : run.unreadable)
    out += fmt::format("{}:{}: {}: cannot be read: {}: {}\n", run.table, row.line, row.key, code_text(row.diagnostic.code), row.diagnostic.message);
  for (const RowDifference& d : run.differences)
    out += fmt::format("{}:{}: {}: {}: expected {}, got {}\n", run.table, d.line, d.key, d.stage, d.expected, d.got);
  if (!run.differences.empty()) out += "\n" + differences_by_rule(run) + "\n";
  for (const ApartTotals& apart : run.apart) out += fmt::format("apart: {}: agree {} of {}\n", apart.label, apart.agree, apart.rows);
  for (const LeftOutRows& left_out : run.left_out) out += fmt::format("left out: {}: {}\n", left_out.label, left_out.rows);
  return out + fmt::format("agree {} of {}\n", run.agree, run.rows);
}

std::string to_json(const TableRun& run) {
  Json stages = Json::array();
  for (const StageTotals& s : run.stages)
    stages.push_back(
        {{"rule", s.stage}, {"rows", s.rows}, {"first", s.first}, {"smallest", size_text(s.smallest)}, {"largest", size_text(s.largest)}});
  Json differences = Json::array();
  for (const RowDifference& d : run.differences)
    differences.push_back({{"key", d.key}, {"line", d.line}, {"rule", d.stage}, {"expected", d.expected}, {"got", d.got}});
  Json unreadable = Json::array();
  for (const UnreadableRow& row : run.unreadable) {
    unreadable.push_back({{"key", row.key},
                          {"line", row.line},
                          {"code", code_text(row.diagnostic.code)},
                          {"message", row.diagnostic.message},
                          {"help", row.diagnostic.help}});
  }
  Json apart = Json::array();
  for (const ApartTotals& a : run.apart) apart.push_back({{"label", a.label}, {"agree", a.agree}, {"rows", a.rows}});
  Json left_out = Json::array();
  for (const LeftOutRows& rows : run.left_out) left_out.push_back({{"label", rows.label}, {"rows", rows.rows}});
  Json warnings = Json::array();
  for (const Diagnostic& d : run.warnings) warnings.push_back(warning_tree(d));
  const Json all = {{"duly", 1},
                    {"program", run.program},
                    {"title", run.title},
                    {"table", run.table},
                    {"rows", run.rows},
                    {"agree", run.agree},
                    {"apart", apart},
                    {"rules", stages},
                    {"differences", differences},
                    {"unreadable", unreadable},
                    {"left_out", left_out},
                    {"warnings", warnings}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace duly
