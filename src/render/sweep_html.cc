// A sweep as a page that stands alone: no script, no network, readable on paper.

#include <algorithm>

#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::string_view style = R"(<style>
body { font: 15px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; margin: .5rem 0; } h2 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
svg { width: 100%; height: auto; } figure { margin: 1rem 0; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .15rem .6rem .15rem 0; border-bottom: 1px dotted #999; text-align: right; font-variant-numeric: tabular-nums; }
th { text-align: right; vertical-align: bottom; } thead { display: table-header-group; } tr { break-inside: avoid; }
.loss { color: #9b1c1c; font-weight: 700; } .note { color: #555; font-size: .87em; } li { margin-bottom: .6rem; break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } a { color: inherit; } }
</style>
)";

class SweepPage {
 public:
  explicit SweepPage(const Sweep& sweep) : s_(sweep) {}

  std::string run() {
    out_ =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>";
    text(sweep_title(s_));
    out_.append("</title>\n").append(style).append("</head>\n<body>\n<h1>");
    text(sweep_title(s_));
    out_ += "</h1>\n<figure>\n" + to_svg(s_) + "</figure>\n";
    turns(true, "Cliffs");
    turns(false, "Other turns");
    out_ += "<h2>How to read it</h2>\n";
    for (const std::string& sentence : explained(s_)) element("p", "note", sentence);
    table();
    return out_ + "</body>\n</html>\n";
  }

 private:
  void text(std::string_view value) {
    for (const char c : value) {
      switch (c) {
        case '&': out_ += "&amp;"; break;
        case '<': out_ += "&lt;"; break;
        case '>': out_ += "&gt;"; break;
        case '"': out_ += "&quot;"; break;
        default: out_ += c;
      }
    }
  }

  void element(std::string_view name, std::string_view of_class, std::string_view content) {
    out_.append("<").append(name);
    if (!of_class.empty()) out_.append(" class=\"").append(of_class).append("\"");
    out_ += '>';
    text(content);
    out_.append("</").append(name).append(">\n");
  }

  void turns(bool cliffs, std::string_view heading) {
    const auto is_wanted = [&](const SweptTurn& turn) { return turn.is_cliff == cliffs; };
    if (std::none_of(s_.turns.begin(), s_.turns.end(), is_wanted)) {
      if (cliffs && !s_.smallest_step.empty()) element("p", "", "There is no cliff.");
      return;
    }
    element("h2", "", heading);
    out_ += "<ol>\n";
    for (const SweptTurn& turn : s_.turns) {
      if (!is_wanted(turn)) continue;
      out_ += "<li>";
      text(value_words(s_.vary, turn.before) + " to " + value_words(s_.vary, turn.after) +
           (turn.by.empty() ? "" : " (" + value_words(s_.by, turn.by) + ")") + ": ");
      element("span", cliffs ? "loss" : "", loss_words(turn));
      for (const SweptChange& change : turn.changes) element("div", "", subject_words(s_.subjects[change.subject]) + ": " + change_words(change));
      for (const TurnCause& cause : turn.causes)
        if (const std::string words = cause_words(cause); !words.empty()) element("div", "", "because of " + words);
      if (const std::string words = made_up_words(s_, turn); !words.empty()) element("div", "note", words);
      out_ += "</li>\n";
    }
    out_ += "</ol>\n";
  }

  void table() {
    const bool has_by = !s_.by.path.empty();
    out_ += "<h2>Table</h2>\n<table>\n<thead><tr>";
    if (has_by) element("th", "", s_.by.title);
    for (const std::string& name : {s_.vary.title, std::string("money in"), std::string("benefits"), std::string("net")}) element("th", "", name);
    for (const SweptSubject& subject : s_.subjects) element("th", "", subject_words(subject));
    out_ += "</tr></thead>\n<tbody>\n";
    for (const SweptPoint& point : s_.points) {
      out_ += "<tr>";
      if (has_by) element("td", "", value_words(s_.by, point.by));
      element("td", "", value_words(s_.vary, point.value));
      element("td", "", money_text(point.money_in));
      element("td", "", point.benefits.empty() ? "not known" : money_text(point.benefits));
      element("td", "", point.net.empty() ? "not known" : money_text(point.net));
      for (std::size_t i = 0; i < s_.subjects.size(); ++i) element("td", "", decision_words(s_.subjects[i], point.decisions[i]));
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n";
  }

  const Sweep& s_;
  std::string out_;
};

}  // namespace

std::string to_html(const Sweep& sweep) { return SweepPage(sweep).run(); }

}  // namespace duly
