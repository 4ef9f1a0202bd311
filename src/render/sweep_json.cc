#include "duly/what_if.h"
#include "render/json_writer.h"

namespace duly {
namespace {

class SweepJson {
 public:
  SweepJson(const Sweep& sweep, int indent) : s_(sweep), out_(indent) {}

  std::string run() {
    out_.begin_object();
    out_.key("duly");
    out_.number(1);
    fact("vary", s_.vary);
    if (!s_.by.path.empty()) fact("by", s_.by);
    out_.member_if("smallest_step", s_.smallest_step);
    out_.key("decided");
    out_.number(s_.decided);
    list("subjects", s_.subjects, [&](const SweptSubject& subject) {
      out_.begin_object();
      out_.member("program", subject.program);
      out_.member("key", subject.key);
      out_.member("people", subject.people);
      out_.key("gives_money");
      out_.boolean(subject.gives_money);
      out_.end_object();
    });
    list("points", s_.points, [&](const SweptPoint& point) { this->point(point); });
    list("turns", s_.turns, [&](const SweptTurn& turn) { this->turn(turn); });
    made_of();
    out_.end_object();
    return out_.take();
  }

 private:
  template <class T, class F>
  void list(std::string_view name, const std::vector<T>& values, F write) {
    out_.key(name);
    out_.begin_array();
    for (const T& value : values) write(value);
    out_.end_array();
  }

  void fact(std::string_view name, const SweptFact& fact) {
    out_.key(name);
    out_.begin_object();
    out_.member("path", fact.path);
    out_.member("title", fact.title);
    out_.member_if("unit", fact.unit);
    out_.key("is_money_in");
    out_.boolean(fact.is_money_in);
    out_.end_object();
  }

  void decision(const SweptDecision& decision) {
    out_.begin_small_object();
    if (decision.decided) {
      out_.member("outcome", to_word(decision.outcome));
      out_.member_if("scope", decision.scope);
      out_.member_if("benefit", decision.benefit);
    }
    out_.end_small_object();
  }

  void point(const SweptPoint& point) {
    out_.begin_object();
    if (!s_.by.path.empty()) out_.member("by", point.by);
    out_.member("value", point.value);
    out_.member("money_in", point.money_in);
    out_.member_if("benefits", point.benefits);
    out_.member_if("net", point.net);
    list("decisions", point.decisions, [&](const SweptDecision& d) { decision(d); });
    out_.end_object();
  }

  void value(std::string_view name, const Value& value) {
    if (value.kind == Value::Kind::unknown) return;
    out_.key(name);
    out_.begin_small_object();
    out_.member("text", value.text);
    out_.member_if("unit", value.unit);
    out_.member_if("label", value.label);
    out_.end_small_object();
  }

  void turn(const SweptTurn& turn) {
    out_.begin_object();
    if (!s_.by.path.empty()) out_.member("by", turn.by);
    out_.member("before", turn.before);
    out_.member("after", turn.after);
    out_.key("is_cliff");
    out_.boolean(turn.is_cliff);
    out_.member_if("net_before", turn.net_before);
    out_.member_if("net_after", turn.net_after);
    out_.member_if("lost", turn.lost);
    out_.member_if("made_up_at", turn.made_up_at);
    list("changes", turn.changes, [&](const SweptChange& change) {
      out_.begin_object();
      out_.key("subject");
      out_.number(static_cast<std::int64_t>(change.subject));
      out_.key("before");
      decision(change.before);
      out_.key("after");
      decision(change.after);
      out_.end_object();
    });
    list("causes", turn.causes, [&](const TurnCause& cause) {
      out_.begin_object();
      out_.member("program", cause.program);
      out_.member_if("rule", cause.rule);
      out_.member_if("title", cause.title);
      out_.member_if("cite", cause.cite);
      out_.member_if("line", cause.line);
      out_.member_if("of", cause.of);
      value("before", cause.before);
      value("after", cause.after);
      value("compared", cause.compared);
      value("limit", cause.limit);
      out_.end_object();
    });
    out_.end_object();
  }

  void made_of() {
    out_.member("least_loss", s_.least_loss);
    out_.key("small_falls");
    out_.number(s_.small_falls);
    out_.member_if("largest_small_fall", s_.largest_small_fall);
    out_.member("counted", s_.counted);
    out_.member("not_counted", s_.not_counted);
    out_.member("not_known", s_.not_known);
    list("not_looked_at", s_.not_looked_at, [&](const NotLookedAt& left) {
      out_.begin_object();
      out_.member("program", left.program);
      out_.member_if("by", left.by);
      out_.key("values");
      out_.number(left.values);
      list("missing", left.missing, [&](const MissingFact& missing) {
        out_.begin_small_object();
        out_.member("fact", missing.fact);
        out_.member_if("of", missing.of);
        out_.member_if("ask", missing.ask);
        out_.end_small_object();
      });
      out_.end_object();
    });
    list("warnings", s_.warnings, [&](const Diagnostic& warning) {
      out_.begin_small_object();
      out_.member("code", code_text(warning.code));
      out_.member("message", warning.message);
      out_.end_small_object();
    });
  }

  const Sweep& s_;
  JsonWriter out_;
};

}  // namespace

std::string to_json(const Sweep& sweep, int indent) { return SweepJson(sweep, indent).run(); }

}  // namespace duly
