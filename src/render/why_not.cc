// What would make somebody eligible, in words and as JSON.

#include <algorithm>

#include "base/text.h"
#include "duly/what_if.h"
#include "render/json_writer.h"
#include "render/layout.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::size_t most_asked = 5;  ///< of what is still missing, named in words

std::string people_words(const Subject& subject) { return subject.people.empty() ? "the household" : join_words(subject.people); }

/// `$37.00`, `3 hours per week`, `12 days`.
std::string difference_words(const FactChange& change) {
  if (change.to.kind == Value::Kind::date) return change.difference + (change.difference == "1" ? " day" : " days");
  if (change.to.kind == Value::Kind::month) return change.difference + (change.difference == "1" ? " month" : " months");
  Value apart = change.to;
  apart.text = change.difference;
  return to_text(apart, false);
}

std::string period_words(const FactChange& change) {
  const std::string with = to_text(change.to);
  const std::string without = to_text(change.to, false);
  return with.size() > without.size() ? with.substr(without.size()) : "";
}

/// `rent: $37.00 less a month ($863.00 instead of $900.00)`.
std::string change_words(const FactChange& change) {
  const std::string instead = to_text(change.to, false) + " instead of " + to_text(change.from, false);
  if (change.difference.empty()) return change.title + ": " + instead;
  const bool is_time = change.to.kind == Value::Kind::date || change.to.kind == Value::Kind::month;
  const std::string way = is_time ? (change.is_less ? " earlier" : " later") : (change.is_less ? " less" : " more");
  return change.title + ": " + difference_words(change) + way + period_words(change) + " (" + instead + ")";
}

std::string way_words(const WayToEligible& way) {
  std::vector<std::string> changes;
  for (const FactChange& change : way.changes) changes.push_back(change_words(change));
  std::string out = join_words(changes, "and also");
  if (!way.missing.empty()) {
    std::vector<std::string> asked;
    for (const MissingFact& fact : way.missing) {
      if (asked.size() == most_asked) {
        asked.push_back(std::to_string(way.missing.size() - most_asked) + " more");
        break;
      }
      asked.push_back((fact.of.empty() ? "" : fact.of + ".") + fact.fact);
    }
    return out + "; then it hangs on " + join_words(asked);
  }
  std::vector<std::string> then;
  if (!way.scope.empty() && way.scope != "full") then.push_back(way.scope);
  if (!way.benefit.name.empty() && way.benefit.value.kind == Value::Kind::money) then.push_back(to_text(way.benefit.value));
  return then.empty() ? out : out + "; then " + join_words(then);
}

/// `birth date (ana and leo), state`: each fact once, with whose it is.
std::string fixed_words(const std::vector<FactChange>& facts) {
  std::vector<std::pair<std::string, std::vector<std::string>>> named;
  for (const FactChange& fact : facts) {
    const std::size_t colon = fact.title.find(": ");
    const std::string what = colon == std::string::npos ? fact.title : fact.title.substr(colon + 2);
    auto found = std::find_if(named.begin(), named.end(), [&](const auto& one) { return one.first == what; });
    if (found == named.end()) found = named.insert(named.end(), {what, {}});
    if (colon != std::string::npos) found->second.push_back(fact.title.substr(0, colon));
  }
  std::string out;
  for (const auto& [what, owners] : named) out += (out.empty() ? "" : ", ") + what + (owners.empty() ? "" : " (" + join_words(owners) + ")");
  return out;
}

void write(const WhyNot& one, FormLayout& out) {
  const Determination& d = one.determination;
  out.edges(d.program + ": " + people_words(d.subject), d.benefit_month);
  out.rule('=');
  out.paragraph(0, "Ineligible", Tone::bad);
  for (const Reason& reason : d.reasons) {
    const std::string& title = reason.title.empty() ? reason.rule : reason.title;
    std::string line = title + (reason.cite.empty() ? "" : ", " + reason.cite);
    if (reason.compared.kind != Value::Kind::unknown && reason.limit.kind != Value::Kind::unknown)
      line += ": " + to_text(reason.compared, false) + " against " + to_text(reason.limit, false);
    out.paragraph(2, line, Tone::plain, 2);
  }
  if (one.ways.empty()) {
    out.heading("What would make the difference");
    out.paragraph(2, "No one fact that can be changed would, nor any two that were tried.", Tone::plain);
  } else {
    const bool is_pair = one.ways.front().changes.size() > 1;
    const bool is_open = !one.ways.front().missing.empty();
    out.heading(is_open   ? "Any one of these would end the refusal, with more to ask"
                : is_pair ? "No one fact would be enough; any of these pairs would"
                          : "Any one of these would be enough");
    int number = 0;
    for (const WayToEligible& way : one.ways) out.paragraph(2, std::to_string(++number) + ". " + way_words(way), Tone::plain, 3);
  }
  if (!one.fixed.empty()) {
    out.heading("Not tried, because nobody can change it");
    out.paragraph(2, fixed_words(one.fixed), Tone::quiet);
  }
  out.blank();
  out.paragraph(0,
                grouped_number(std::to_string(one.decided)) +
                    " households were decided to find this; each way above was written into the document and decided again.",
                Tone::quiet);
}

class WhyNotJson {
 public:
  WhyNotJson(const WhyNots& answer, int indent) : a_(answer), out_(indent) {}

  std::string run() {
    out_.begin_object();
    out_.key("duly");
    out_.number(1);
    list("ineligible", a_.ineligible, [&](const WhyNot& one) { this->one(one); });
    list("others", a_.others, [&](const Determination& d) {
      out_.begin_object();
      who(d);
      out_.member("outcome", to_word(d.outcome));
      out_.end_object();
    });
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

  void who(const Determination& d) {
    out_.member("program", d.program);
    out_.member("key", d.subject.key);
    out_.member("people", d.subject.people);
  }

  void value(std::string_view name, const Value& value) {
    out_.key(name);
    out_.begin_small_object();
    out_.member("text", value.text);
    out_.member_if("unit", value.unit);
    out_.member_if("label", value.label);
    out_.end_small_object();
  }

  void change(const FactChange& change, bool is_fixed) {
    out_.begin_object();
    out_.member("path", change.path);
    out_.member("fact", change.fact);
    out_.member("title", change.title);
    value("from", change.from);
    if (!is_fixed) {
      value("to", change.to);
      out_.member_if("difference", change.difference);
      if (!change.difference.empty()) out_.member("direction", change.is_less ? "less" : "more");
      out_.member("words", change_words(change));
    }
    out_.end_object();
  }

  void one(const WhyNot& one) {
    out_.begin_object();
    who(one.determination);
    list("reasons", one.determination.reasons, [&](const Reason& reason) {
      out_.begin_object();
      out_.member("code", reason.code);
      out_.member("rule", reason.rule);
      out_.member_if("title", reason.title);
      out_.member_if("cite", reason.cite);
      out_.end_object();
    });
    list("ways", one.ways, [&](const WayToEligible& way) {
      out_.begin_object();
      list("changes", way.changes, [&](const FactChange& c) { change(c, false); });
      out_.member_if("scope", way.scope);
      if (!way.missing.empty())
        list("missing", way.missing, [&](const MissingFact& missing) {
          out_.begin_small_object();
          out_.member("fact", missing.fact);
          out_.member_if("of", missing.of);
          out_.member_if("ask", missing.ask);
          out_.end_small_object();
        });
      if (!way.benefit.name.empty()) value("benefit", way.benefit.value);
      out_.end_object();
    });
    list("fixed", one.fixed, [&](const FactChange& c) { change(c, true); });
    out_.key("decided");
    out_.number(one.decided);
    out_.end_object();
  }

  const WhyNots& a_;
  JsonWriter out_;
};

}  // namespace

std::string to_text(const WhyNots& answer, const TextOptions& options) {
  FormLayout out(options);
  bool first = true;
  for (const WhyNot& one : answer.ineligible) {
    if (!first) out.blank();
    first = false;
    write(one, out);
  }
  for (const Determination& d : answer.others) {
    if (!first) out.blank();
    first = false;
    out.paragraph(0, d.program + ": " + people_words(d.subject) + ": " + std::string(to_word(d.outcome)) +
                         (d.outcome == Outcome::pending ? ", so nothing stands in the way yet; `duly determine` says what is still needed" : ""));
  }
  if (first) out.paragraph(0, "The program decides nobody in this household.");
  return out.take();
}

std::string to_json(const WhyNots& answer, int indent) { return WhyNotJson(answer, indent).run(); }

}  // namespace duly
