// A sweep as a page that stands alone: no network, readable on paper and without its script.

#include <algorithm>

#include "render/page.h"
#include "render/sweep_charts.h"
#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::string_view sweep_style = R"(<style>
body { max-width: 62rem; } figure { margin: 1rem 0; break-inside: avoid; } .plain svg { width: 100%; height: auto; }
td, th { padding: .15rem .6rem .15rem 0; text-align: right; font-variant-numeric: tabular-nums; } th { vertical-align: bottom; }
thead { display: table-header-group; } tr { break-inside: avoid; } p.note { margin-left: 0; }
.loss { color: #9b1c1c; font-weight: 700; } li { margin-bottom: .6rem; break-inside: avoid; }
@media print { body { font-size: 11pt; } a { color: inherit; } }
</style>
)";

class SweepPage {
 public:
  SweepPage(const Sweep& sweep, std::string_view script) : s_(sweep), script_(script) {}

  std::string run() {
    out_ = page_start(sweep_title(s_), std::string(sweep_style) + chart_head(script_));
    element("h1", "", sweep_title(s_));
    out_ += "<div class=\"charted\">\n";
    for (const Chart& chart : charts_of(s_)) add_chart(chart, out_);
    out_ += "<figure class=\"plain\">\n" + to_svg(s_) + "</figure>\n</div>\n";
    turns(true, "Cliffs");
    turns(false, "Other turns");
    out_ += "<h2>How to read it</h2>\n";
    for (const std::string& sentence : explained(s_)) element("p", "note", sentence);
    table();
    add_chart_script(script_, out_);
    return out_.append(page_end);
  }

 private:
  void text(std::string_view value) { add_escaped(value, out_); }

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
  std::string_view script_;
  std::string out_;
};

}  // namespace

std::string to_html(const Sweep& sweep, std::string_view chart_script) { return SweepPage(sweep, chart_script).run(); }

}  // namespace duly
