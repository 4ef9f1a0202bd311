// A determination as a form: who, the outcome, what is due, why, what is missing, what it rests on; an explanation adds the worksheet below.

#include <algorithm>

#include "base/text.h"
#include "duly/render.h"
#include "render/layout.h"
#include "render/words.h"

namespace duly {
namespace {

class DeterminationText {
 public:
  DeterminationText(const Determination& determination, const TextOptions& options, FormLayout& out)
      : d_(determination), options_(options), out_(out) {}

  void write(std::string_view title) {
    out_.edges(title.empty() ? d_.program : title, month_in_words(d_.benefit_month));
    out_.rule('=');
    write_subject();
    const bool is_refused = d_.outcome == Outcome::ineligible;
    if (!is_refused) write_outputs("");
    write_reasons("Reasons", d_.reasons);
    if (d_.reasons.empty()) write_basis();
    if (is_refused) write_outputs(heading_of_computed);
    write_errors();
    write_missing("Still needed", d_.missing);
    if (!d_.missing.empty() && !d_.missing_is_exact)
      out_.paragraph(2, "not every combination could be tried: one of these may turn out not to matter", Tone::quiet);
    write_left_out();
    write_notes();
  }

  void write_versions() {
    out_.blank();
    out_.paragraph(
        0, with("engine " + d_.versions.engine + ", language " + std::to_string(d_.versions.language), ", rules ", d_.versions.rules.substr(0, 16)),
        Tone::quiet);
  }

 private:
  void write_subject() {
    out_.edges(people_of(d_), outcome_in_capitals(d_), tone_of(d_.outcome));
    if (!d_.remedy.empty()) out_.paragraph(2, "remedy: " + d_.remedy);
  }

  void write_outputs(std::string_view heading) {
    if (d_.outputs.empty() || d_.outcome == Outcome::error) return;
    if (heading.empty()) out_.blank();
    else out_.heading(heading);
    const std::size_t indent = heading.empty() ? 0 : 2;
    for (const NamedValue& output : d_.outputs)
      if (is_shown(d_, output)) out_.amount(indent, title_or_name(output.title, output.name), to_text(output.value));
  }

  void write_comparison(const Reason& reason) {
    if (const std::string line = comparison_of(reason); !line.empty()) out_.paragraph(4, line, Tone::quiet, 2);
  }

  void write_reasons(std::string_view heading, const std::vector<Reason>& reasons) {
    if (reasons.empty()) return;
    out_.heading(heading);
    for (const Reason& reason : reasons) {
      out_.paragraph(2, with(with(title_or_name(reason.title, reason.code), " (", reason.subject, ")"), ", ", reason.cite), Tone::plain, 2);
      const std::string text = sentence_of(reason, options_.language);
      if (!text.empty()) out_.paragraph(4, text);
      else write_comparison(reason);
      if (!reason.line.empty()) out_.paragraph(4, reason.line, Tone::quiet, 2);
    }
  }

  void write_basis() {
    if (d_.basis.empty()) return;
    out_.heading(heading_of_basis(d_));
    for (const Reason& reason : d_.basis) {
      const bool is_outcome = reason.rule.empty();
      out_.amount(2, with(is_outcome ? "Outcome" : title_or_name(reason.title, reason.rule), ", ", reason.cite),
                  is_outcome ? reason.title : reason.code);
      write_comparison(reason);
    }
  }

  void write_errors() {
    if (d_.errors.empty()) return;
    out_.heading("Cannot be decided");
    for (const Diagnostic& error : d_.errors) {
      out_.paragraph(2, code_text(error.code) + " " + error.message, Tone::plain, 2);
      if (!error.rule.empty()) out_.paragraph(4, with("in `" + error.rule + "`", ", ", error.cite), Tone::quiet);
      if (!error.help.empty()) out_.paragraph(4, error.help, Tone::quiet);
    }
  }

  void write_missing(std::string_view heading, const std::vector<MissingFact>& facts) {
    if (facts.empty()) return;
    out_.heading(heading);
    for (const MissingFact& fact : facts) {
      out_.paragraph(2, question_of(fact), Tone::plain, 2);
      if (!fact.choices.empty()) out_.paragraph(4, choices_of(fact), Tone::quiet);
      if (const std::string papers = papers_of(fact); !papers.empty()) out_.paragraph(4, "shown by " + papers, Tone::quiet, 2);
      if (!fact.may_be_asked) out_.paragraph(4, "not for the family to answer", Tone::quiet);
    }
  }

  void write_left_out() {
    if (d_.left_out.empty()) return;
    out_.heading("Not taking part in full");
    for (const LeftOut& person : d_.left_out) {
      out_.paragraph(2, with(with(person.person + ": " + person.role, ", ", person.reason), ", ", person.cite), Tone::plain, 2);
      for (const Reason& reason : person.reasons) {
        const std::string text = sentence_of(reason, options_.language);
        out_.paragraph(4, text.empty() ? with(title_or_name(reason.title, reason.code), ", ", reason.cite) : text, Tone::plain, 2);
      }
    }
  }

  void write_values(std::string_view heading, const std::vector<NamedValue>& values) {
    if (values.empty()) return;
    out_.heading(heading);
    for (const NamedValue& value : values) out_.amount(2, title_or_name(value.title, value.name), to_text(value.value));
  }

  void write_notes() {
    write_missing(with("To be verified", " by ", d_.verify_by.name.empty() ? "" : to_text(d_.verify_by.value)), d_.to_verify);
    if (!d_.presumed.empty()) out_.heading("Presumed, as nothing else was said");
    for (const PresumedValue& p : d_.presumed) {
      out_.amount(2, with(dotted(p.of, p.fact), ", ", p.cite), p.value);
      if (p.chosen_by_household) out_.paragraph(4, "the household may choose otherwise", Tone::quiet);
    }
    write_values("Stated, not computed", d_.stated);
    write_values("Assumed: not to be issued", d_.assumed);
    if (!d_.doubtful.empty()) out_.heading("Figures that are not official");
    for (const DoubtfulValue& v : d_.doubtful)
      out_.paragraph(2, with(v.parameter + " " + v.value + ", " + v.confidence, ": ", v.source), Tone::plain, 2);
    if (!d_.doubts.empty()) out_.heading("Doubts");
    for (const std::string& doubt : d_.doubts) out_.paragraph(2, doubt, Tone::plain, 2);
  }

  const Determination& d_;
  const TextOptions& options_;
  FormLayout& out_;
};

class Worksheet {
 public:
  explicit Worksheet(FormLayout& out) : out_(out) {}

  void write(const ExplanationNode& node, std::size_t depth) {
    const std::size_t indent = std::min(depth * 2, out_.width() / 3);
    if (node.kind == "line") write_line(node, indent);
    else write_value(node, indent);
    for (const ExplanationNode& child : node.children) write(child, depth + 1);
  }

 private:
  void write_value(const ExplanationNode& node, std::size_t indent) {
    out_.amount(indent, with(title_or_name(node.title, node.name), " (", node.of, ")"), node.value_text);
    if (!node.formula.empty() && node.formula != node.name) out_.paragraph(indent + 4, node.formula, Tone::quiet, 2);
    write_numbers(node, indent);
    if (!node.before_rounding.empty() && node.before_rounding != to_text(node.value, false))
      out_.paragraph(indent + 4, "before rounding " + node.before_rounding, Tone::quiet);
    write_sources(node, indent);
  }

  void write_sources(const ExplanationNode& node, std::size_t indent) {
    std::string text = node.cite;
    if (!node.replaces.empty()) text.append(text.empty() ? "" : ", ").append("in place of ").append(node.replaces);
    if (!node.source.empty()) text.append(text.empty() ? "" : "; ").append(node.source);
    if (!node.in_force_from.empty()) text.append(", from ").append(node.in_force_from);
    if (!node.confidence.empty() && node.confidence != "official") text.append(", ").append(node.confidence);
    if (node.kind == "parameter" && !node.not_taken.empty()) text.append(", ").append(node.not_taken);
    if (!text.empty()) out_.paragraph(indent + 4, text, Tone::quiet, 2);
  }

  void write_line(const ExplanationNode& node, std::size_t indent) {
    std::string text = node.decisive && node.not_taken.empty() ? "* " : "- ";
    if (!node.title.empty()) text += node.title + ": ";
    if (!node.of.empty()) text += node.of + ": ";
    text += node.formula.empty() ? node.name : node.formula;
    out_.amount(indent, text, node.not_taken.empty() ? node.value_text : node.not_taken);
    write_numbers(node, indent);
    if (!node.cite.empty()) out_.paragraph(indent + 4, node.cite, Tone::quiet);
  }

  /// The formula with its numbers, unless that is the value again.
  void write_numbers(const ExplanationNode& node, std::size_t indent) {
    if (node.with_numbers.empty() || node.with_numbers == node.formula || node.with_numbers == to_text(node.value, false)) return;
    out_.paragraph(indent + 4, "= " + node.with_numbers, Tone::quiet, 2);
  }

  FormLayout& out_;
};

}  // namespace

std::string to_text(const Determination& determination, const TextOptions& options) {
  FormLayout out(options);
  DeterminationText text(determination, options, out);
  text.write("");
  text.write_versions();
  return out.take();
}

std::string to_text(const Explanation& explanation, const TextOptions& options) {
  FormLayout out(options);
  DeterminationText text(explanation.determination, options, out);
  text.write(explanation.program_title);
  out.heading("Worksheet");
  Worksheet worksheet(out);
  for (const ExplanationNode& child : explanation.root.children) worksheet.write(child, 0);
  text.write_versions();
  return out.take();
}

}  // namespace duly
