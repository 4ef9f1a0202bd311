// Determinations and explanations as JSON. Members stand in the order of the public headers; what is empty in a reason or a step is left out.

#include "render/json_writer.h"

#include "duly/render.h"

namespace duly {
namespace {

std::string_view kind_word(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::unknown: return "unknown";
    case Value::Kind::absent: return "absent";
    case Value::Kind::boolean: return "boolean";
    case Value::Kind::number: return "number";
    case Value::Kind::money: return "money";
    case Value::Kind::date: return "date";
    case Value::Kind::month: return "month";
    case Value::Kind::code: return "code";
    case Value::Kind::codes: return "codes";
    case Value::Kind::people: return "people";
    case Value::Kind::months: return "months";
    case Value::Kind::text: return "text";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(int indent) : out_(indent) {}

  template <class T, class F>
  void list(std::string_view name, const std::vector<T>& values, F write) {
    out_.key(name);
    out_.begin_array();
    for (const T& value : values) write(value);
    out_.end_array();
  }

  void value(const Value& v) {
    out_.begin_small_object();
    out_.member("kind", kind_word(v.kind));
    out_.member("text", v.text);
    out_.member_if("low", v.low);
    out_.member_if("high", v.high);
    out_.member_if("unit", v.unit);
    out_.member_if("label", v.label);
    out_.end_small_object();
  }

  void known_value(std::string_view name, const Value& v) {
    if (v.kind == Value::Kind::unknown && v.low.empty() && v.high.empty()) return;
    out_.key(name);
    value(v);
  }

  void named(const NamedValue& v) {
    out_.begin_object();
    out_.member("name", v.name);
    out_.member_if("title", v.title);
    out_.key("value");
    value(v.value);
    out_.end_object();
  }

  void subject(const Subject& s) {
    out_.key("subject");
    out_.begin_object();
    out_.member("kind", s.kind);
    out_.member("key", s.key);
    out_.member("people", s.people);
    out_.member("members", s.members);
    out_.key("row");
    out_.number(s.row);
    out_.end_object();
  }

  void reason(const Reason& r) {
    out_.begin_object();
    out_.member("code", r.code);
    out_.member_if("rule", r.rule);
    out_.member_if("title", r.title);
    out_.member_if("cite", r.cite);
    out_.member_if("line", r.line);
    out_.member_if("subject", r.subject);
    known_value("compared", r.compared);
    known_value("limit", r.limit);
    known_value("margin", r.margin);
    if (!r.values.empty()) list("values", r.values, [&](const NamedValue& v) { named(v); });
    if (!r.text.empty()) {
      out_.key("text");
      out_.begin_object();
      for (const auto& [language, sentence] : r.text) out_.member(language, sentence);
      out_.end_object();
    }
    out_.end_object();
  }

  void missing(const MissingFact& m) {
    out_.begin_object();
    out_.member("fact", m.fact);
    out_.member("of", m.of);
    out_.member("ask", m.ask);
    if (!m.choices.empty()) out_.member("choices", m.choices);
    if (!m.papers.empty()) out_.member("papers", m.papers);
    out_.key("may_be_asked");
    out_.boolean(m.may_be_asked);
    out_.end_object();
  }

  void left_out(const LeftOut& l) {
    out_.begin_object();
    out_.member("person", l.person);
    out_.member("role", l.role);
    out_.member("cite", l.cite);
    out_.member("reason", l.reason);
    if (!l.reasons.empty()) list("reasons", l.reasons, [&](const Reason& r) { reason(r); });
    out_.end_object();
  }

  void presumed(const PresumedValue& p) {
    out_.begin_object();
    out_.member("fact", p.fact);
    out_.member("of", p.of);
    out_.member("value", p.value);
    out_.member("cite", p.cite);
    out_.key("chosen_by_household");
    out_.boolean(p.chosen_by_household);
    out_.end_object();
  }

  void doubtful(const DoubtfulValue& d) {
    out_.begin_object();
    out_.member("parameter", d.parameter);
    out_.member("confidence", d.confidence);
    out_.member("source", d.source);
    out_.member("value", d.value);
    out_.end_object();
  }

  void diagnostic(const Diagnostic& d) {
    out_.begin_object();
    out_.member("code", code_text(d.code));
    out_.member("name", code_name(d.code));
    out_.member("severity", d.severity == Severity::error ? "error" : "warning");
    out_.member("message", d.message);
    out_.member_if("file", d.file);
    if (d.line > 0) {
      out_.key("line");
      out_.number(d.line);
      out_.key("column");
      out_.number(d.column);
      out_.key("length");
      out_.number(d.caret_length);
      out_.member("source_line", d.source_line);
    }
    out_.member_if("rule", d.rule);
    out_.member_if("cite", d.cite);
    out_.member_if("help", d.help);
    out_.end_object();
  }

  void determination(const Determination& d) {
    const auto named_values = [&](const NamedValue& v) { named(v); };
    out_.begin_object();
    out_.member("program", d.program);
    subject(d.subject);
    out_.member("outcome", to_word(d.outcome));
    out_.member_if("scope", d.scope);
    out_.member_if("remedy", d.remedy);
    out_.member_if("benefit_month", d.benefit_month);
    list("outputs", d.outputs, named_values);
    list("dates", d.dates, named_values);
    list("reasons", d.reasons, [&](const Reason& r) { reason(r); });
    list("basis", d.basis, [&](const Reason& r) { reason(r); });
    list("left_out", d.left_out, [&](const LeftOut& l) { left_out(l); });
    list("missing", d.missing, [&](const MissingFact& m) { missing(m); });
    out_.key("missing_is_exact");
    out_.boolean(d.missing_is_exact);
    list("to_verify", d.to_verify, [&](const MissingFact& m) { missing(m); });
    if (!d.verify_by.name.empty()) {
      out_.key("verify_by");
      named(d.verify_by);
    }
    list("presumed", d.presumed, [&](const PresumedValue& p) { presumed(p); });
    list("assumed", d.assumed, named_values);
    list("stated", d.stated, named_values);
    list("doubtful", d.doubtful, [&](const DoubtfulValue& v) { doubtful(v); });
    out_.member("doubts", d.doubts);
    list("errors", d.errors, [&](const Diagnostic& e) { diagnostic(e); });
    out_.key("versions");
    out_.begin_object();
    out_.member("rules", d.versions.rules);
    out_.member("engine", d.versions.engine);
    out_.key("language");
    out_.number(d.versions.language);
    out_.end_object();
    out_.end_object();
  }

  void node(const ExplanationNode& n) {
    out_.begin_object();
    out_.member("kind", n.kind);
    out_.member_if("name", n.name);
    out_.member_if("title", n.title);
    out_.member_if("of", n.of);
    if (!n.value_text.empty()) {
      out_.key("value");
      value(n.value);
      out_.member("value_text", n.value_text);
    }
    out_.member_if("formula", n.formula);
    out_.member_if("with_numbers", n.with_numbers);
    out_.member_if("before_rounding", n.before_rounding);
    out_.member_if("cite", n.cite);
    out_.member_if("replaces", n.replaces);
    out_.member_if("source", n.source);
    out_.member_if("in_force_from", n.in_force_from);
    out_.member_if("confidence", n.confidence);
    out_.member_if("not_taken", n.not_taken);
    out_.key("decisive");
    out_.boolean(n.decisive);
    if (!n.children.empty()) list("children", n.children, [&](const ExplanationNode& child) { node(child); });
    out_.end_object();
  }

  void explanation(const Explanation& e) {
    out_.begin_object();
    out_.member("program", e.program);
    out_.member("program_title", e.program_title);
    out_.key("determination");
    determination(e.determination);
    out_.key("root");
    node(e.root);
    out_.end_object();
  }

  void screened(const Screened& s) {
    out_.begin_object();
    out_.member("program_title", s.program_title);
    out_.key("determination");
    determination(s.determination);
    if (!s.next.name.empty()) {
      out_.key("next");
      named(s.next);
    }
    out_.end_object();
  }

  void shared(const SharedFact& s) {
    out_.begin_object();
    out_.key("fact");
    missing(s.fact);
    out_.member("programs", s.programs);
    out_.key("determinations");
    out_.number(s.determinations);
    if (!s.by.name.empty()) {
      out_.key("by");
      named(s.by);
    }
    out_.end_object();
  }

  void passed_over(const PassedOver& p) {
    out_.begin_object();
    out_.member("program", p.program);
    out_.member("title", p.title);
    out_.member("why", p.why);
    out_.end_object();
  }

  void begin_document() {
    out_.begin_object();
    out_.key("duly");
    out_.number(1);
  }
  std::string end_document() {
    out_.end_object();
    return out_.take() + "\n";
  }

 private:
  JsonWriter out_;
};

}  // namespace

std::string to_json(const Determinations& determinations, const std::vector<Diagnostic>& errors, int indent) {
  Writer writer(indent);
  writer.begin_document();
  writer.list("determinations", determinations.determinations, [&](const Determination& d) { writer.determination(d); });
  writer.list("warnings", determinations.warnings, [&](const Diagnostic& d) { writer.diagnostic(d); });
  writer.list("errors", errors, [&](const Diagnostic& d) { writer.diagnostic(d); });
  return writer.end_document();
}

std::string to_json(const std::vector<Explanation>& explanations, int indent) {
  Writer writer(indent);
  writer.begin_document();
  writer.list("explanations", explanations, [&](const Explanation& e) { writer.explanation(e); });
  return writer.end_document();
}

std::string to_json(const Screening& screening, const std::vector<Diagnostic>& errors, int indent) {
  Writer writer(indent);
  writer.begin_document();
  writer.list("decided", screening.decided, [&](const Screened& s) { writer.screened(s); });
  writer.list("missing", screening.missing, [&](const SharedFact& f) { writer.shared(f); });
  writer.list("to_verify", screening.to_verify, [&](const SharedFact& f) { writer.shared(f); });
  writer.list("passed_over", screening.passed_over, [&](const PassedOver& p) { writer.passed_over(p); });
  writer.list("warnings", screening.warnings, [&](const Diagnostic& d) { writer.diagnostic(d); });
  writer.list("errors", errors, [&](const Diagnostic& d) { writer.diagnostic(d); });
  return writer.end_document();
}

std::string to_json(const std::vector<Diagnostic>& errors, int indent) {
  Writer writer(indent);
  writer.begin_document();
  writer.list("errors", errors, [&](const Diagnostic& d) { writer.diagnostic(d); });
  return writer.end_document();
}

}  // namespace duly
