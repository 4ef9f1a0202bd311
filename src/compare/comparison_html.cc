// A comparison as one page: what is another in the rules, bars of whom it touches and by how much, groups, and those who lose most with both explanations.

#include <algorithm>

#include "compare/comparison_charts.h"
#include "render/page.h"

namespace duly {
namespace {

constexpr std::string_view own_style =
    "<style>.bars td { border: 0; padding: .1rem .5rem .1rem 0; } .bars svg { display: block; } .side { display: grid; grid-template-columns: 1fr "
    "1fr; gap: 1rem; }"
    " .side pre { overflow-x: auto; font-size: .75em; border: 1px solid #ccc; padding: .5rem; margin: 0; } .before { color: #9b1c1c; } .after { "
    "color: #11632b; }"
    " body { max-width: 72rem; } @media print { .side pre { white-space: pre-wrap; } details { break-inside: auto; } }</style>\n";
constexpr std::int64_t bar_pixels = 420;

class Page {
 public:
  std::string write(const RulesComparison& c, std::string_view script) {
    const std::string title = c.program_title + ": " + c.before_name + " against " + c.after_name;
    out_ = page_start(title, std::string(own_style) + chart_head(script));
    element("h1", title);
    rules(c);
    touched(c);
    distribution(c);
    groups(c);
    worst(c);
    add_chart_script(script, out_);
    out_ += page_end;
    return std::move(out_);
  }

 private:
  void text(std::string_view content) { add_escaped(content, out_); }
  void element(std::string_view tag, std::string_view content) {
    out_.append("<").append(tag).append(">");
    text(content);
    out_.append("</").append(tag).append(">\n");
  }
  void cell(std::string_view content, bool is_amount = false) {
    out_ += is_amount ? "<td class=\"amount\">" : "<td>";
    text(content);
    out_ += "</td>";
  }

  void rules(const RulesComparison& c) {
    element("h2", "What is another in the rules");
    if (c.rules.empty()) return element("p", "Nothing.");
    out_ +=
        "<table class=\"lines\">\n<thead><tr><th>Rule or figure</th><th>For</th><th>From</th><th>Before</th><th>After</th><th>Rests "
        "on</th></tr></thead><tbody>\n";
    for (const RuleChange& change : c.rules) {
      out_ += "<tr>";
      cell(change.title.empty() ? change.name : change.title + " (" + change.name + ")");
      cell(change.keys);
      cell(change.from);
      definition("before", change.before);
      definition("after", change.after);
      cell(change.cite);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  void definition(std::string_view side, const std::string& content) {
    out_.append("<td class=\"").append(side).append("\">");
    const bool is_text = content.find('\n') != std::string::npos;
    if (is_text) out_ += "<pre>";
    text(content);
    if (is_text) out_ += "</pre>";
    out_ += "</td>";
  }

  /// A bar beside its label and number, as wide as its share of `most`.
  void bar(const std::string& label, std::int64_t number, std::int64_t most, const std::string& more, std::string_view color) {
    out_ += "<tr>";
    cell(label);
    out_.append("<td class=\"plain\"><svg width=\"").append(std::to_string(bar_pixels)).append("\" height=\"14\" role=\"img\" aria-label=\"");
    text(label + ": " + std::to_string(number));
    out_.append("\"><rect height=\"14\" width=\"").append(std::to_string(most == 0 ? 0 : std::max<std::int64_t>(1, number * bar_pixels / most)));
    out_.append("\" fill=\"").append(color).append("\"/></svg></td>");
    cell(std::to_string(number), true);
    cell(more, true);
    out_ += "</tr>\n";
  }

  void touched(const RulesComparison& c) {
    element("h2", "Whom it touches");
    const auto& all = c.changes.all;
    std::int64_t most = 0;
    for (const std::int64_t subjects : all.subjects) most = std::max(most, subjects);
    out_ += "<div class=\"charted\">\n";
    add_chart(chart_of_changes(c), out_);
    out_ += "<table class=\"bars\">\n";
    for (const auto& [change, label, color] : shown_changes) {
      if (all.subjects[at(change)] == 0) continue;
      const std::int64_t amount = all.amounts[at(change)];
      bar(std::string(label), all.subjects[at(change)], most, change == Change::same ? "" : (amount > 0 ? "+" : "") + amount_in_words(amount), color);
    }
    out_ += "</table>\n</div>\n";
    if (c.changes.is_weighted) weighted(all);
    if (!c.benefit.empty())
      element("p",
              c.benefit_title + " in all: " + amount_in_words(c.before.benefit_total) + " becomes " + amount_in_words(c.after.benefit_total) + ".");
    element("p", "Pending: " + std::to_string(c.before.outcomes[3]) + " becomes " + std::to_string(c.after.outcomes[3]) + ".");
  }

  void weighted(const ChangeCounts& all) {
    element("p", "Each household stands for as many as its weight says:");
    out_ += "<table class=\"lines weighted\">\n<thead><tr><th>Change</th><th>Decisions stand for</th><th>Money</th></tr></thead><tbody>\n";
    for (const auto& [change, label, color] : shown_changes) {
      if (all.subjects[at(change)] == 0) continue;
      out_ += "<tr>";
      cell(label);
      cell(amount_in_words(all.weight[at(change)]), true);
      cell(amount_in_words(all.weighted[at(change)]), true);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  void distribution(const RulesComparison& c) {
    if (c.changes.distribution.empty()) return;
    element("h2", "How much");
    std::int64_t most = 0;
    for (const auto& [steps, subjects] : c.changes.distribution) most = std::max(most, subjects);
    out_ += "<div class=\"charted\">\n";
    add_chart(chart_of_distribution(c), out_);
    out_ += "<table class=\"bars\">\n";
    for (const auto& [steps, subjects] : c.changes.distribution)
      bar(amount_in_words(steps * c.changes.step) + " to " + amount_in_words((steps + 1) * c.changes.step), subjects, most, "",
          steps < 0 ? "#c26a3a" : "#4c9a5f");
    out_ += "</table>\n</div>\n";
  }

  void groups(const RulesComparison& c) {
    element("h2", "By group");
    if (const auto chart = chart_of_groups(c)) {
      out_ += "<div class=\"charted\">\n";
      add_chart(*chart, out_);
      out_ += "</div>\n";
    }
    out_ += "<table class=\"lines\">\n<thead><tr><th>Group</th><th>More</th><th>Less</th><th>New</th><th>Lost</th><th>Money</th>";
    if (c.changes.is_weighted) out_ += "<th>Money, weighted</th>";
    out_ += "</tr></thead><tbody>\n";
    for (const auto& [group, counts] : c.changes.groups) {
      out_ += "<tr>";
      cell(group);
      for (const Change change : {Change::up, Change::down, Change::newly_eligible, Change::lost})
        cell(std::to_string(counts.subjects[at(change)]), true);
      cell(amount_in_words(counts.money()), true);
      if (c.changes.is_weighted) cell(amount_in_words(counts.weighted_money()), true);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  void worst(const RulesComparison& c) {
    if (c.worst.empty()) return;
    element("h2", "Who loses most");
    for (const ComparedSubject& one : c.worst) {
      out_ += "<details><summary><span>";
      text(one.change.household + ", " + one.change.subject);
      out_ += "</span><span class=\"amount\">";
      text((one.change.before ? amount_in_words(*one.change.before) : one.change.outcome_before) + " becomes " +
           (one.change.after ? amount_in_words(*one.change.after) : one.change.outcome));
      out_ += "</span></summary>\n";
      if (one.first) {
        out_ += "<p class=\"note\">First: ";
        text((one.first->title.empty() ? one.first->name : one.first->title) + ", " + one.first->before + " becomes " + one.first->after);
        if (!one.first->cite.empty()) text(", " + one.first->cite);
        out_ += "</p>\n";
      }
      out_ += "<div class=\"side\"><pre>";
      text(one.before);
      out_ += "</pre><pre>";
      text(one.after);
      out_ += "</pre></div></details>\n";
    }
  }

  std::string out_;
};

}  // namespace

std::string to_html(const RulesComparison& comparison, std::string_view chart_script) { return Page().write(comparison, chart_script); }

}  // namespace duly
