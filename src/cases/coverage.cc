#include "cases/coverage.h"

#include <algorithm>
#include <tuple>

#include "base/at.h"
#include "base/text.h"

namespace duly {
namespace {

using Kind = CoveredPart::Kind;

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

/// Comparisons that nobody wrote, such as whether a record is in force, stand at a name.
bool is_written_as_limit(std::string_view text) {
  for (const std::string_view sign : {"<", ">", "..", "between"})
    if (text.find(sign) != std::string_view::npos) return true;
  return false;
}

}  // namespace

/// Where the parts of one program stand among all parts.
class Coverage::ProgramParts {
 public:
  ProgramParts(Coverage& coverage, const LoadedProgram& program) : coverage_(coverage), program_(program.program()), written(program_) {
    const Declarations& d = program.declarations();
    for (std::size_t r = 0; r < d.rules.size(); ++r) {
      const std::vector<std::string>& slots = d.program.slots;
      const bool is_open_slot = d.program.is_frame && std::find(slots.begin(), slots.end(), d.rules[r].name) != slots.end();
      if (is_open_slot) rules_.push_back(-1);  // packs have the rule
      else add_rule(d.rules[r], program_.rules[r]);
    }
    for (const Parameter& parameter : d.parameters)
      for (const ParameterRow& row : parameter.rows) add_value(parameter, row);
  }

  [[nodiscard]] const std::vector<int>& all() const { return all_; }

  /// Calls `f(part)` for each part of `reach`, and `side(part, holds)` for each side of a limit.
  template <class F, class S>
  void for_each_in(const Reach& reach, F f, S side) const {
    const auto find = [&](const void* what) {
      if (const auto known = places_.find(what); known != places_.end()) f(known->second);
    };
    for (const RuleId rule : reach.rules)
      if (rules_[at(rule)] >= 0) f(rules_[at(rule)]);
    for (const auto* line : reach.lines) find(line);
    for (const auto* group : reach.groups) find(group);
    for (const auto* body : reach.exempt) find(body);
    for (const auto* row : reach.rows) find(row);
    for (const std::string& reason : reach.reasons)
      if (const auto known = reasons_.find(reason); known != reasons_.end()) f(known->second);
    for (const Reach::Side& one : reach.sides)
      if (const auto known = limits_.find(one.limit); known != limits_.end()) side(known->second, one.holds);
  }

 private:
  int add(Kind kind, const Span& span, std::string text) {
    const Span& where = span.source ? span : rule_->span;
    CoveredPart part;
    part.kind = kind;
    part.rule = rule_->name;
    part.text = std::move(text);
    if (where.source) {
      part.file = where.source->path;
      const Place place = place_of(*where.source, where.begin);
      part.line = place.line;
      part.column = place.column;
    }
    Key key{part.file, where.begin, where.end, kind, part.text};
    const int index = coverage_.index_of(std::move(key), std::move(part));
    if (kind != Kind::rule) coverage_.rule_of_[at(index)] = rules_.back();
    all_.push_back(index);
    return index;
  }

  void add_rule(const Rule& rule, const CheckedRule& checked) {
    rule_ = &rule;
    rules_.push_back(add(Kind::rule, rule.span, ""));
    add_reason(rule.reason);
    for (const CheckedRule::Version& version : checked.versions) add_body(version.body);
  }

  void add_body(const CheckedBody& body) {
    if (body.exempt != no_term) places_[&body] = add(Kind::exemption, body.exempt_formula.span, body.exempt_formula.text);
    const Kind kind = body.kind == Body::Kind::branches ? Kind::branch : body.kind == Body::Kind::table ? Kind::table_row : Kind::line;
    for (const CheckedLine& line : body.lines) add_line(kind, line);
    for (const CheckedBody::Step& step : body.steps)
      for (const CheckedLine& line : step.lines) add_line(Kind::line, line);
    for (const CheckedBody::Group& group : body.groups) {
      places_[&group] = add(Kind::group, group.columns.empty() ? Span{} : group.columns.front().second.span, group.word);
      add_reason(group.reason);
    }
    for (const TermId root : written_in(body))
      for (const TermId limit : written.below(root).limits) {
        const Span& where = program_.terms[at(limit)].span;
        if (where.source && is_written_as_limit(text_of(where)) && !limits_.contains(limit))
          limits_[limit] = add(Kind::limit, where, on_one_line(text_of(where)));
      }
  }

  void add_line(Kind kind, const CheckedLine& line) {
    add_reason(line.reason);
    if (line.head_of_group) return;  // its lines are told
    const bool has_own = line.when_formula.span.source != nullptr;
    const std::string& own = line.when_formula.text;
    places_[&line] = add(kind, has_own ? line.when_formula.span : line.then_formula.span,
                         !own.empty()           ? own
                         : kind == Kind::branch ? "otherwise"
                                                : line.then_formula.text);
  }

  void add_reason(const std::string& reason) {
    if (!reason.empty() && !reasons_.contains(reason)) reasons_[reason] = add(Kind::reason, rule_->span, reason);
  }

  void add_value(const Parameter& parameter, const ParameterRow& row) {
    if (!row.span.source) return;
    CoveredPart part;
    part.kind = Kind::value;
    part.file = row.span.source->path;
    const Place place = place_of(*row.span.source, row.span.begin);
    part.line = place.line;
    part.column = place.column;
    part.rule = parameter.name;
    part.text = on_one_line(text_of(row.span));
    Key key{part.file, row.span.begin, row.span.end, Kind::value, to_text(row.from)};
    all_.push_back(places_[&row] = coverage_.index_of(std::move(key), std::move(part)));
  }

  Coverage& coverage_;
  const CheckedProgram& program_;
  const Rule* rule_ = nullptr;
  std::vector<int> all_, rules_;
  std::unordered_map<const void*, int> places_;
  std::map<std::string, int> reasons_;
  std::map<TermId, int> limits_;

 public:
  const WrittenTerms written;
};

std::string_view to_word(Kind kind) {
  switch (kind) {
    case Kind::rule: return "rule";
    case Kind::exemption: return "exemption";
    case Kind::branch: return "branch";
    case Kind::table_row: return "table row";
    case Kind::line: return "line";
    case Kind::group: return "group";
    case Kind::reason: return "reason";
    case Kind::limit: return "limit";
    case Kind::value: return "value";
  }
  return "";
}

int Coverage::index_of(Key key, CoveredPart part) {
  const auto [place, is_new] = index_.try_emplace(std::move(key), static_cast<int>(parts_.size()));
  if (is_new) {
    parts_.push_back(std::move(part));
    told_.push_back(false);
    rule_of_.push_back(-1);
  }
  return place->second;
}

const Coverage::ProgramParts& Coverage::parts_of(const LoadedProgram& program) {
  auto& known = programs_[&program];
  if (!known) known = std::make_shared<const ProgramParts>(*this, program);
  return *known;
}

void Coverage::add_program(const LoadedProgram& program) {
  const std::scoped_lock lock(mutex_);
  for (const int part : parts_of(program).all()) told_[at(part)] = true;
}

void Coverage::add(const Decided& decided, const std::vector<RuleAt>& expected) {
  if (!decided.ready) return;  // nothing was evaluated while the place is open
  const ProgramParts* of = nullptr;
  {
    const std::scoped_lock lock(mutex_);
    of = &parts_of(*decided.program);
  }
  const Reach reached = reach_of({decided.ready->index, decided.values, 0, decided.household.get()}, decided.determinations, expected, of->written);
  const std::scoped_lock lock(mutex_);
  of->for_each_in(
      reached, [&](int part) { parts_[at(part)].reached = true; },
      [&](int part, bool holds) {
        CoveredPart& limit = parts_[at(part)];
        limit.reached = true;
        (holds ? limit.holds : limit.fails) = true;
      });
}

std::vector<CoveredPart> Coverage::parts() const {
  const std::scoped_lock lock(mutex_);
  std::vector<CoveredPart> out;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (!told_[i]) continue;
    out.push_back(parts_[i]);
    out.back().rule_reached = rule_of_[i] < 0 || parts_[at(rule_of_[i])].reached;
  }
  std::stable_sort(out.begin(), out.end(), [](const CoveredPart& a, const CoveredPart& b) {
    return std::tie(a.file, a.line, a.kind, a.column) < std::tie(b.file, b.line, b.kind, b.column);
  });
  return out;
}

}  // namespace duly
