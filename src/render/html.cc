// A page that stands alone: no script, no network, readable on paper. What a worksheet shows by indentation a page shows by nested lists, which a
// reader may fold on the screen.

#include "base/text.h"
#include "duly/render.h"
#include "render/page.h"
#include "render/words.h"

namespace duly {
namespace {

class Page {
 public:
  Page() {
    out_.reserve(16'384);
    out_ += page_start("Determinations");
  }

  void add(const Explanation& explanation) {
    const Determination& d = explanation.determination;
    out_ += "<section>\n<h1>";
    text(explanation.program_title.empty() ? explanation.program : explanation.program_title);
    out_ += "</h1>\n<p>";
    text(d.subject.people.empty() ? "the household" : join_words(d.subject.people));
    if (!d.benefit_month.empty()) text(", " + d.benefit_month);
    out_.append(": <span class=\"outcome ").append(to_word(d.outcome)).append("\">").append(to_word(d.outcome)).append("</span>");
    if (!d.remedy.empty()) text(", " + d.remedy);
    out_ += "</p>\n";
    const bool is_refused = d.outcome == Outcome::ineligible;
    if (d.outcome != Outcome::error && !is_refused) outputs("", d);
    reasons(d);
    if (is_refused) outputs(heading_of_computed, d);
    questions("Still needed", d.missing);
    questions(joined("To be verified", " by ", d.verify_by.name.empty() ? "" : to_text(d.verify_by.value)), d.to_verify);
    notes(d);
    heading("Worksheet");
    for (const ExplanationNode& child : explanation.root.children) node(child);
    out_ += "<p class=\"note\">";
    text("engine " + d.versions.engine + ", rules " + d.versions.rules);
    out_ += "</p>\n</section>\n";
  }

  std::string take() {
    out_ += page_end;
    return std::move(out_);
  }

 private:
  void text(std::string_view value) { add_escaped(value, out_); }

  void heading(std::string_view title) {
    if (title.empty()) return;
    out_ += "<h2>";
    text(title);
    out_ += "</h2>\n";
  }

  void row(std::string_view label, std::string_view value) {
    out_ += "<tr><td>";
    text(label);
    out_ += "</td><td class=\"amount\">";
    text(value);
    out_ += "</td></tr>\n";
  }

  void values(std::string_view title, const std::vector<NamedValue>& list) {
    if (list.empty()) return;
    heading(title);
    out_ += "<table>\n";
    for (const NamedValue& v : list) row(v.title.empty() ? v.name : v.title, to_text(v.value));
    out_ += "</table>\n";
  }

  void outputs(std::string_view title, const Determination& d) {
    std::vector<NamedValue> shown;
    for (const NamedValue& output : d.outputs)
      if (is_shown(d, output)) shown.push_back(output);
    values(title, shown);
  }

  void item(const std::string& content) {
    out_ += "<li>";
    text(content);
    out_ += "</li>\n";
  }

  template <class T, class F>
  void items(std::string_view title, const std::vector<T>& list, F content) {
    if (list.empty()) return;
    heading(title);
    out_ += "<ul>\n";
    for (const T& one : list) item(content(one));
    out_ += "</ul>\n";
  }

  static std::string joined(std::string text, std::string_view between, std::string_view more) {
    return more.empty() ? text : text.append(between).append(more);
  }

  void reasons(const Determination& d) {
    items("Reasons", d.reasons, [](const Reason& r) {
      std::string line = joined(r.title, ", ", r.cite);
      for (const auto& [language, sentence] : r.text) line += " - " + sentence;
      return line;
    });
    if (d.reasons.empty()) items(heading_of_basis(d), d.basis, [](const Reason& r) { return joined(r.title, ", ", r.cite) + ": " + r.code; });
    items("Cannot be decided", d.errors,
          [](const Diagnostic& e) { return code_text(e.code) + " " + e.message + joined("", " in ", e.rule) + joined("", ", ", e.cite); });
  }

  void questions(std::string_view title, const std::vector<MissingFact>& facts) {
    items(title, facts, [](const MissingFact& m) { return joined(question_of(m), ", shown by ", papers_of(m)); });
  }

  void notes(const Determination& d) {
    items("Not taking part in full", d.left_out, [](const LeftOut& l) {
      std::string line = joined(joined(l.person + ": " + l.role, ", ", l.reason), ", ", l.cite);
      for (const Reason& reason : l.reasons) {
        if (reason.text.empty()) line += " - " + joined(reason.title, ", ", reason.cite);
        for (const auto& [language, sentence] : reason.text) line += " - " + sentence;
      }
      return line;
    });
    items("Presumed, as nothing else was said", d.presumed,
          [](const PresumedValue& p) { return joined(joined(p.of, p.of.empty() ? "" : ".", p.fact) + ": " + p.value, ", ", p.cite); });
    values("Stated, not computed", d.stated);
    values("Assumed: not to be issued", d.assumed);
    items("Figures that are not official", d.doubtful,
          [](const DoubtfulValue& v) { return joined(v.parameter + " " + v.value + ", " + v.confidence, ": ", v.source); });
    items("Doubts", d.doubts, [](const std::string& doubt) { return doubt; });
  }

  static std::string label_of(const ExplanationNode& n) {
    std::string label = n.title.empty() ? n.name : n.title;
    if (n.kind == "line") label = joined(n.title, n.title.empty() ? "" : ": ", n.formula.empty() ? n.name : n.formula);
    return n.of.empty() ? label : label + " (" + n.of + ")";
  }

  void label(const ExplanationNode& n) {
    out_.append(n.not_taken.empty() ? "<span>" : "<span class=\"not-taken\">");
    text(label_of(n));
    out_ += "</span><span class=\"amount\">";
    text(n.not_taken.empty() ? n.value_text : n.not_taken);
    out_ += "</span>";
  }

  void note(std::string_view content, bool is_formula) {
    if (content.empty()) return;
    out_ += is_formula ? "<div class=\"note\"><code>" : "<div class=\"note\">";
    text(content);
    out_ += is_formula ? "</code></div>\n" : "</div>\n";
  }

  void sources(const ExplanationNode& n) {
    if (n.kind != "line") note(n.formula, true);
    if (n.with_numbers != n.formula && !n.with_numbers.empty()) note("= " + n.with_numbers, true);
    if (!n.before_rounding.empty()) note("before rounding " + n.before_rounding, false);
    const std::string cite = joined(n.cite, ", in place of ", n.replaces);
    std::string source = joined(cite, cite.empty() ? "" : "; ", n.source);
    note(joined(joined(source, ", from ", n.in_force_from), ", ", n.confidence), false);
  }

  void node(const ExplanationNode& n) {
    if (n.children.empty()) {
      out_ += "<div class=\"leaf\">";
      label(n);
      out_ += "</div>\n";
      sources(n);
      return;
    }
    out_ += "<details open><summary>";
    label(n);
    out_ += "</summary>\n";
    sources(n);
    for (const ExplanationNode& child : n.children) node(child);
    out_ += "</details>\n";
  }

  std::string out_;
};

}  // namespace

std::string to_html(const std::vector<Explanation>& explanations) {
  Page page;
  for (const Explanation& explanation : explanations) page.add(explanation);
  return page.take();
}

}  // namespace duly
