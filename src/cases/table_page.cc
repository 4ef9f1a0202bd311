// What a table came to, as a page that stands alone: no network, no script, prints well.

#include "cases/table_run.h"

namespace duly {
namespace {

constexpr const char* style = R"(
  body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1b1b; background: #fff }
  h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
  table { border-collapse: collapse; width: 100% } caption { text-align: left; padding: .3rem 0; color: #555 }
  th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
  .agree { font-size: 1.25rem; font-weight: 600 }
  @media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
)";

std::string in_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string cell(std::string_view text) { return "<td>" + in_html(text) + "</td>"; }
std::string number(std::string_view text) { return "<td class=\"number\">" + in_html(text) + "</td>"; }
std::string number(std::size_t count) { return number(std::to_string(count)); }
std::string size_cell(const std::optional<Number>& size) { return number(size ? to_text(*size) : ""); }

std::string by_rule(const TableRun& run) {
  std::string out =
      "<h2>Differences by rule</h2>\n<table>\n<thead><tr><th scope=\"col\">rule</th><th scope=\"col\" class=\"number\">rows</th><th scope=\"col\" "
      "class=\"number\">first to differ</th><th scope=\"col\" class=\"number\">smallest</th><th scope=\"col\" "
      "class=\"number\">largest</th></tr></thead>\n<tbody>\n";
  for (const StageTotals& s : run.stages)
    out += "<tr>" + cell(s.stage) + number(s.rows) + number(s.first) + size_cell(s.smallest) + size_cell(s.largest) + "</tr>\n";
  return out + "</tbody>\n</table>\n";
}

std::string rows_that_differ(const TableRun& run) {
  if (run.differences.empty()) return "";
  std::string out =
      "<h2>Rows that differ</h2>\n<table>\n<caption>The first rule in which each differs</caption>\n<thead><tr><th scope=\"col\">row</th><th "
      "scope=\"col\" "
      "class=\"number\">line</th><th scope=\"col\">rule</th><th scope=\"col\" class=\"number\">expected</th><th scope=\"col\" "
      "class=\"number\">got</th></tr></thead>\n<tbody>\n";
  for (const RowDifference& d : run.differences)
    out += "<tr>" + cell(d.key) + number(static_cast<std::size_t>(d.line)) + cell(d.stage) + number(d.expected) + number(d.got) + "</tr>\n";
  return out + "</tbody>\n</table>\n";
}

std::string rows_that_cannot_be_read(const TableRun& run) {
  if (run.unreadable.empty()) return "";
  std::string out =
      "<h2>Rows that cannot be read</h2>\n<table>\n<thead><tr><th scope=\"col\">row</th><th scope=\"col\" class=\"number\">line</th><th "
      "scope=\"col\">why</th></tr></thead>\n"
      "<tbody>\n";
  for (const UnreadableRow& row : run.unreadable)
    out += "<tr>" + cell(row.key) + number(static_cast<std::size_t>(row.line)) +
           cell(code_text(row.diagnostic.code) + ": " + row.diagnostic.message) + "</tr>\n";
  return out + "</tbody>\n</table>\n";
}

std::string warnings(const TableRun& run) {
  if (run.warnings.empty()) return "";
  std::string out = "<h2>Warnings</h2>\n<ul>\n";
  for (const Diagnostic& d : run.warnings) out += "<li>" + in_html(code_text(d.code) + ": " + d.message) + "</li>\n";
  return out + "</ul>\n";
}

}  // namespace

std::string to_html(const TableRun& run) {
  const std::string title = run.title.empty() ? run.table : run.title;
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>" +
      in_html(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + in_html(title) + "</h1>\n<p>Program <code>" +
      in_html(run.program) + "</code>, table <code>" + in_html(run.table) + "</code></p>\n<p class=\"agree\">" + std::to_string(run.agree) + " of " +
      std::to_string(run.rows) + " rows agree</p>\n";
  for (const ApartTotals& apart : run.apart)
    out += "<p>" + in_html(apart.label) + ": " + std::to_string(apart.agree) + " of " + std::to_string(apart.rows) + " rows agree</p>\n";
  for (const LeftOutRows& rows : run.left_out) out += "<p>Left out, " + in_html(rows.label) + ": " + std::to_string(rows.rows) + " rows</p>\n";
  return out + by_rule(run) + rows_that_differ(run) + rows_that_cannot_be_read(run) + warnings(run) + "</body>\n</html>\n";
}

}  // namespace duly
