// A screening as one page: a table of who gets what and why, then what to ask, what to prove, what does not decide here.

#include "base/text.h"
#include "duly/render.h"
#include "render/page.h"
#include "render/screening_rows.h"
#include "render/words.h"

namespace duly {
namespace {

class ScreeningPage {
 public:
  explicit ScreeningPage(const std::string& language) : language_(language) {}

  std::string write(const Screening& s) {
    std::string month;
    for (const Screened& one : s.decided)
      if (month.empty()) month = one.determination.benefit_month;
    out_ = page_start("Screening" + with("", ", ", month_in_words(month)));
    element("h1", "Screening" + with("", ", ", month_in_words(month)));
    out_ +=
        "<table class=\"lines\">\n<thead><tr><th>Program</th><th>Who</th><th>Outcome</th><th>What, or why</th><th>Next</th></tr></thead>\n<tbody>\n";
    for (const ScreeningRow& each : screening_rows(s, language_)) row(*each.told, each.who);
    out_ += "</tbody>\n</table>\n";
    questions("To ask next", s.missing, "ol");
    questions("To be verified", s.to_verify, "ul");
    passed_over(s);
    out_ += page_end;
    return std::move(out_);
  }

 private:
  void element(std::string_view tag, std::string_view content) {
    out_.append("<").append(tag).append(">");
    add_escaped(content, out_);
    out_.append("</").append(tag.substr(0, tag.find(' '))).append(">");
    if (tag != "td") out_ += "\n";
  }

  [[nodiscard]] std::string what_or_why(const Determination& d) const {
    switch (d.outcome) {
      case Outcome::eligible:
        if (d.outputs.empty() || d.outputs.front().value.kind == Value::Kind::unknown) return "";
        return title_or_name(d.outputs.front().title, d.outputs.front().name) + ": " + to_text(d.outputs.front().value);
      case Outcome::conditional:
      case Outcome::ineligible: {
        if (d.reasons.empty()) return d.remedy;
        const Reason& first = d.reasons.front();
        std::string why = sentence_of(first, language_);
        if (why.empty()) why = with(title_or_name(first.title, first.code), ": ", comparison_of(first));
        return with(why, " (", first.cite, ")");
      }
      case Outcome::pending: return d.missing.empty() ? "" : question_of(d.missing.front());
      case Outcome::error: return d.errors.empty() ? "" : d.errors.front().message;
    }
    return "";
  }

  void row(const Screened& one, const std::string& who) {
    const Determination& d = one.determination;
    out_ += "<tr>";
    element("td", one.program_title);
    element("td", who);
    out_.append("<td><span class=\"outcome ").append(to_word(d.outcome)).append("\">");
    add_escaped(with(std::string(to_word(d.outcome)), ", ", d.scope == "full" || d.outcome == Outcome::ineligible ? "" : d.scope), out_);
    out_ += "</span></td>";
    element("td", what_or_why(d));
    const bool has_next = !one.next.name.empty() && d.outcome != Outcome::ineligible && d.outcome != Outcome::error;
    element("td", has_next ? title_or_name(one.next.title, one.next.name) + ": " + to_text(one.next.value) : "");
    out_ += "</tr>\n";
  }

  void questions(std::string_view heading, const std::vector<SharedFact>& facts, std::string_view list) {
    if (facts.empty()) return;
    element("h2", heading);
    out_.append("<").append(list).append(">\n");
    for (const QuestionRow& row : question_rows(facts)) {
      const SharedFact& shared = *row.asked;
      out_ += "<li>";
      add_escaped(row.words, out_);
      out_ += "<div class=\"note\">";
      add_escaped(with("", "shown by ", papers_of(shared.fact), "; "), out_);
      add_escaped(with("", "by ", shared.by.name.empty() ? "" : to_text(shared.by.value), ", ") + "for " + join_words(shared.programs), out_);
      out_ += "</div></li>\n";
    }
    out_.append("</").append(list).append(">\n");
  }

  void passed_over(const Screening& s) {
    if (s.passed_over.empty()) return;
    element("h2", "Not decided here");
    out_ += "<ul>\n";
    for (const PassedOver& one : s.passed_over) element("li", one.title + ": " + one.why);
    out_ += "</ul>\n";
  }

  const std::string& language_;
  std::string out_;
};

}  // namespace

std::string to_html(const Screening& screening, const std::string& language) { return ScreeningPage(language).write(screening); }

}  // namespace duly
