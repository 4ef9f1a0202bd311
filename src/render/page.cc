#include "render/page.h"

namespace duly {
namespace {

constexpr std::string_view page_style = R"(<style>
body { font: 15px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 3px solid #1b1b1b; margin-top: 2rem; padding-top: .5rem; }
h1 { font-size: 1.3rem; margin: .5rem 0; } h2 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
.outcome { font-weight: 700; } .eligible { color: #11632b; } .ineligible, .error { color: #9b1c1c; } .pending, .conditional { color: #7a5200; }
table { border-collapse: collapse; width: 100%; } td { padding: .15rem .5rem .15rem 0; border-bottom: 1px dotted #999; vertical-align: top; }
td.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details { margin-left: 1.1rem; } summary, .leaf { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px dotted #bbb; }
.leaf { margin-left: 1.1rem; } .amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.note { color: #555; font-size: .87em; margin-left: 1.1rem; } .not-taken { color: #777; }
code { font-family: ui-monospace, monospace; font-size: .95em; overflow-wrap: anywhere; }
table.lines td { border-bottom: 1px solid #ddd; } th { text-align: left; padding: .15rem .5rem .15rem 0; border-bottom: 2px solid #1b1b1b; }
@media print { body { margin: 0; max-width: none; } section { break-before: page; } section:first-of-type { break-before: auto; } details { break-inside: avoid-page; } }
</style>
)";

}  // namespace

std::string page_start(std::string_view title, std::string_view head) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  add_escaped(title, out);
  out += "</title>\n";
  out += page_style;
  out += head;
  out += "</head>\n<body>\n";
  return out;
}

void add_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
}

}  // namespace duly
