// A screening as a caseworker reads it: program by program who gets what and why, then what to ask next, what to prove, what does not decide here.

#include "base/text.h"
#include "duly/render.h"
#include "render/layout.h"
#include "render/screening_rows.h"
#include "render/words.h"

namespace duly {
namespace {

class ScreeningText {
 public:
  ScreeningText(const Screening& screening, const TextOptions& options, FormLayout& out) : s_(screening), options_(options), out_(out) {}

  void write() {
    std::string month;
    for (const Screened& one : s_.decided)
      if (month.empty()) month = one.determination.benefit_month;
    out_.edges("Screening", month_in_words(month));
    out_.rule('=');
    const std::string* program = nullptr;
    for (const ScreeningRow& row : screening_rows(s_, options_.language)) {
      if (program == nullptr || *program != row.told->determination.program) out_.heading(row.told->program_title);
      program = &row.told->determination.program;
      write_row(*row.told, row.who);
    }
    write_questions("To ask next", s_.missing, true);
    write_questions("To be verified", s_.to_verify, false);
    write_passed_over();
  }

 private:
  void write_row(const Screened& one, const std::string& who) {
    const Determination& d = one.determination;
    out_.edges("  " + who, outcome_in_capitals(d), tone_of(d.outcome));
    if (!d.remedy.empty()) out_.paragraph(4, "remedy: " + d.remedy);
    switch (d.outcome) {
      case Outcome::eligible: write_benefit(d); break;
      case Outcome::conditional: write_benefit(d), write_reason(d); break;
      case Outcome::ineligible: write_reason(d); break;
      case Outcome::pending: write_first_question(d); break;
      case Outcome::error:
        if (!d.errors.empty()) out_.paragraph(4, code_text(d.errors.front().code) + " " + d.errors.front().message, Tone::plain, 2);
    }
    if (d.outcome != Outcome::error && d.outcome != Outcome::ineligible && !one.next.name.empty())
      out_.amount(4, title_or_name(one.next.title, one.next.name), to_text(one.next.value), Tone::quiet);
  }

  void write_benefit(const Determination& d) {
    if (d.outputs.empty() || d.outputs.front().value.kind == Value::Kind::unknown) return;
    out_.amount(4, title_or_name(d.outputs.front().title, d.outputs.front().name), to_text(d.outputs.front().value));
  }

  /// The first test that failed, in the program's order.
  void write_reason(const Determination& d) {
    if (d.reasons.empty()) return;
    const Reason& first = d.reasons.front();
    const std::string sentence = sentence_of(first, options_.language);
    out_.paragraph(4, with(sentence.empty() ? title_or_name(first.title, first.code) : sentence, " (", first.cite, ")"), Tone::plain, 2);
    if (sentence.empty())
      if (const std::string compared = comparison_of(first); !compared.empty()) out_.paragraph(6, compared, Tone::quiet, 2);
    if (d.reasons.size() > 1) out_.paragraph(4, "and " + std::to_string(d.reasons.size() - 1) + " more", Tone::quiet);
  }

  void write_first_question(const Determination& d) {
    if (d.missing.empty()) return;
    out_.paragraph(4, question_of(d.missing.front()), Tone::plain, 2);
    if (d.missing.size() > 1) out_.paragraph(4, "and " + std::to_string(d.missing.size() - 1) + " more", Tone::quiet);
  }

  void write_questions(std::string_view heading, const std::vector<SharedFact>& facts, bool numbered) {
    if (facts.empty()) return;
    out_.heading(heading);
    int count = 0;
    for (const QuestionRow& row : question_rows(facts)) {
      const SharedFact& shared = *row.asked;
      const std::string number = numbered ? std::to_string(++count) + ". " : "";
      out_.paragraph(2, number + row.words, Tone::plain, 2);
      if (!shared.fact.choices.empty()) out_.paragraph(4, choices_of(shared.fact), Tone::quiet);
      if (const std::string papers = papers_of(shared.fact); !papers.empty()) out_.paragraph(4, "shown by " + papers, Tone::quiet, 2);
      std::string programs = with("", "by ", shared.by.name.empty() ? "" : to_text(shared.by.value), ", ") + "for " + join_words(shared.programs);
      if (!shared.fact.may_be_asked) programs += "; not for the family to answer";
      out_.paragraph(4, programs, Tone::quiet, 2);
    }
  }

  void write_passed_over() {
    if (s_.passed_over.empty()) return;
    out_.heading("Not decided here");
    for (const PassedOver& one : s_.passed_over) out_.paragraph(2, one.title + ": " + one.why, Tone::quiet, 2);
  }

  const Screening& s_;
  const TextOptions& options_;
  FormLayout& out_;
};

}  // namespace

std::string to_text(const Screening& screening, const TextOptions& options) {
  FormLayout out(options);
  ScreeningText(screening, options, out).write();
  return out.take();
}

}  // namespace duly
