#include "check/program_from_declarations.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "check/rule_check.h"

namespace duly {
namespace {

class ProgramCheck {
 public:
  ProgramCheck(const Declarations& declarations, CheckedProgram& out, std::vector<Diagnostic>& errors, std::vector<Mention>* mentions)
      : d_(declarations), out_(out), errors_(errors), rules_(declarations, out, errors) {
    rules_.formulas().note_mentions(mentions);
  }

  void run() {
    const ProgramDecl& program = d_.program;
    law_date(program);
    decided(program);
    requirements(program);
    outcomes(program);
    outputs(program);
    gives(program);
    verify_by(program);
    wordings();
    warn_of_unused();
    for (std::size_t r = 0; r < d_.rules.size(); ++r) rules_.rule_term(static_cast<RuleId>(r), d_.rules[r].span);
    for (std::size_t f = 0; f < d_.facts.size(); ++f) rules_.fact_term(static_cast<FactId>(f));
  }

 private:
  void mistake(Code code, const Span& where, std::string message, std::string help = "") {
    errors_.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
  }

  void law_date(const ProgramDecl& program) {
    const auto fact = d_.request_facts.find(program.law_in_force_by);
    if (fact == d_.request_facts.end() || program.law_in_force_by == "occasion")
      mistake(Code::bad_value, program.span, "`law_in_force_by: " + program.law_in_force_by + "` is no date of the request",
              "write benefit_month, decided or applied");
    else out_.law_date = fact->second;
  }

  void decided(const ProgramDecl& program) {
    out_.decided = -1;
    for (std::size_t l = 0; l < d_.levels.size(); ++l)
      if (d_.levels[l].one == program.each &&
          (d_.levels[l].kind == LevelKind::unit || d_.levels[l].kind == LevelKind::person || d_.levels[l].kind == LevelKind::household))
        out_.decided = static_cast<LevelId>(l);
    if (out_.decided < 0) {
      mistake(Code::unknown_name, program.span, "there is no unit `" + program.each + "` to decide",
              "`decides` names person, household or a partition");
      out_.decided = household_level;
      return;
    }
    if (d_.levels[static_cast<std::size_t>(out_.decided)].kind == LevelKind::unit && rules_.partition_sets(out_.decided) != no_term) {
      Term settled;
      settled.op = TermOp::unit_settled;
      settled.level = out_.decided;
      settled.index = out_.decided;
      settled.span = program.span;
      out_.settled = rules_.terms().add(std::move(settled));
    }
    subject_ = out_.decided == household_level ? household_var : rules_.terms().new_variable(out_.decided);
    if (program.each_when) {
      Context context;
      context.current = context.self = subject_;
      const Valued when = rules_.formulas().truth(*program.each_when, context);
      if (when.ok()) out_.decided_when = rules_.terms().lifted(when, subject_).term;
    }
  }

  RuleId rule_for(const std::string& name, const Span& where, const char* what) {
    const RuleId rule = rules_.rule_named(name);
    if (rule >= 0) return rule;
    std::vector<std::string> names;
    for (const auto& r : d_.rules) names.push_back(r.name);
    const std::string near = nearest(name, names);
    mistake(Code::unknown_name, where, std::string(what) + " `" + name + "` is not defined", near.empty() ? "" : "did you mean `" + near + "`?");
    return -1;
  }

  void requirements(const ProgramDecl& program) {
    for (const auto& requirement : program.requires_tests) {
      const RuleId rule = rule_for(requirement.test, requirement.span, "the test");
      if (rule < 0) continue;
      const TermId term = rules_.rule_term(rule, requirement.span);
      if (term == no_term) continue;
      CheckedRequirement out;
      out.rule = rule;
      out.fails_person = requirement.fails == "person" && out_.decided != person_level;
      if (rules_.terms().at(term).type.base != Base::boolean) {
        mistake(Code::wrong_type, requirement.span, "`" + requirement.test + "` is no test", "a requirement is a rule with `passes`, or a boolean");
        continue;
      }
      const LevelId level = rules_.terms().at(term).level;
      if (!out.fails_person && !rules_.terms().below(out_.decided, level)) {
        mistake(Code::wrong_level, requirement.span, "`" + requirement.test + "` is not decided for each " + program.each,
                "say `fails: person` where it removes only that person");
        continue;
      }
      if (out.fails_person && !leaves_somebody_out(requirement, term, level)) continue;
      out.passes = out.fails_person ? term : rules_.terms().lifted({term, level == household_level ? household_var : subject_}, subject_).term;
      if (d_.rules[static_cast<std::size_t>(rule)].versions.size() == 1) {
        const TermId exempt = out_.rules[static_cast<std::size_t>(rule)].versions[0].body.exempt;
        if (exempt != no_term)
          out.exempt =
              out.fails_person
                  ? exempt
                  : rules_.terms().lifted({exempt, rules_.terms().at(exempt).level == household_level ? household_var : subject_}, subject_).term;
      }
      out_.requirements.push_back(out);
    }
  }

  /// A test that persons fail is one of each person, and what takes them out of the unit is its role.
  bool leaves_somebody_out(const Requirement& requirement, TermId test, LevelId level) {
    if (level != person_level) {
      mistake(Code::wrong_level, requirement.span, "`" + requirement.test + "` is not decided for each person, so nobody can fail it alone",
              "leave `fails: person` out, or make it a rule `of: person`");
      return false;
    }
    const RuleId partition = d_.levels[static_cast<std::size_t>(out_.decided)].declared;
    const std::string role = partition < 0 ? "" : d_.rules[static_cast<std::size_t>(partition)].versions[0].body.role;
    const RuleId by = role.empty() ? -1 : rules_.rule_named(role);
    if (by >= 0 && reads(rules_.rule_term(by, requirement.span), test)) return true;
    mistake(Code::unused, requirement.span,
            "who fails `" + requirement.test + "` is left out of nothing: " + (by < 0 ? "the unit has no `role`" : "`" + role + "` does not read it"),
            "let the role of the unit name it, such as `- {when: not " + requirement.test + ", then: left_out}`");
    return false;
  }

  /// Whether the value of `from` is made of that of `of`.
  bool reads(TermId from, TermId of) {
    std::vector<TermId> waiting{from};
    std::set<TermId> seen;
    while (!waiting.empty()) {
      const TermId next = waiting.back();
      waiting.pop_back();
      if (next == of) return true;
      if (next == no_term || !seen.insert(next).second) continue;
      const auto& args = rules_.terms().at(next).args;
      waiting.insert(waiting.end(), args.begin(), args.end());
    }
    return false;
  }

  void outcomes(const ProgramDecl& program) {
    const auto add = [&](const OutcomeLine& line, TermId when) {
      out_.outcomes.push_back({when, line.outcome, line.scope.empty() ? "full" : line.scope, line.remedy, line.cite});
    };
    if (program.outcomes.empty()) {
      const Valued met = rules_.meets_all({}, program.span);
      if (met.ok()) add({nullptr, "eligible", "", "", "", program.span}, rules_.terms().lifted(met, subject_).term);
      return;
    }
    for (const auto& line : program.outcomes) {
      if (!line.when) continue;
      Context context;
      context.current = context.self = subject_;
      const Valued when = rules_.formulas().truth(*line.when, context);
      if (when.ok()) add(line, rules_.terms().lifted(when, subject_).term);
    }
  }

  void outputs(const ProgramDecl& program) {
    for (std::size_t i = 0; i < program.outputs.size(); ++i) {
      const Span where = i < program.output_spans.size() ? program.output_spans[i] : program.span;
      const RuleId rule = rule_for(program.outputs[i], where, "the output");
      if (rule < 0) continue;
      const TermId term = rules_.rule_term(rule, where);
      if (term == no_term) continue;
      const LevelId level = rules_.terms().at(term).level;
      if (!rules_.terms().below(out_.decided, level)) {
        mistake(Code::wrong_level, where, "the output `" + program.outputs[i] + "` is not a value of each " + program.each);
        continue;
      }
      const VarId of = level == household_level ? household_var : subject_;
      const TermId absent = rules_.terms().at(term).absent;
      out_.outputs.push_back(
          {rule, rules_.terms().lifted({term, of}, subject_).term, absent == no_term ? no_term : rules_.terms().lifted({absent, of}, subject_).term});
    }
  }

  bool is_amount(RuleId rule) const { return out_.rules[static_cast<std::size_t>(rule)].type.unit == Unit::money; }

  /// The rules of `names`, which must be outputs and be as `fits` asks.
  template <class F>
  std::vector<RuleId> outputs_named(const ProgramDecl& program, const std::vector<std::string>& names, const std::vector<Span>& spans, F fits,
                                    const std::string& misfit) {
    std::vector<RuleId> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Span where = i < spans.size() ? spans[i] : program.span;
      if (std::find(program.outputs.begin(), program.outputs.end(), names[i]) == program.outputs.end()) {
        mistake(Code::unknown_name, where, "`" + names[i] + "` is no output of the program", "outputs are " + join_words(program.outputs));
        continue;
      }
      const RuleId rule = rules_.rule_named(names[i]);
      const auto is_wrong = [&](const CheckedOutput& o) { return o.rule == rule && !fits(rule); };
      if (std::any_of(out_.outputs.begin(), out_.outputs.end(), is_wrong)) mistake(Code::wrong_type, where, "`" + names[i] + "` is " + misfit);
      else out.push_back(rule);
    }
    return out;
  }

  /// What the family gets. Not every amount a program tells of is one: a share that the family pays is not.
  void gives(const ProgramDecl& program) {
    const auto is_money = [this](RuleId rule) { return is_amount(rule); };
    out_.gives = outputs_named(program, program.gives, program.give_spans, is_money, "no amount of money, so it is nothing that a family gets");
    if (program.gives.empty() && !out_.outputs.empty() && is_amount(out_.outputs[0].rule)) out_.gives.push_back(out_.outputs[0].rule);
  }

  void verify_by(const ProgramDecl& program) {
    const auto is_date = [this](RuleId rule) { return out_.rules[static_cast<std::size_t>(rule)].type.base == Base::date; };
    out_.verify_by = outputs_named(program, program.verify_by, program.verify_by_spans, is_date, "no date, so nothing can be shown by it");
  }

  /// The names a wording shows: what stands between `{` and `,` or `}` outside nested messages.
  static std::vector<std::string> names_in(const std::string& wording) {
    std::vector<std::string> names;
    for (std::size_t at = wording.find('{'); at != std::string::npos; at = wording.find('{', at + 1)) {
      const std::size_t end = wording.find_first_of(",}{", at + 1);
      if (end == std::string::npos) break;
      const std::string name(trim(std::string_view(wording).substr(at + 1, end - at - 1)));
      if (is_name(name) && wording[end] != '{') names.push_back(name);
    }
    return names;
  }

  void wordings() {
    std::set<std::string> reasons;
    std::map<std::string, const Rule*> rule_of;
    for (const auto& rule : d_.rules) {
      const auto want = [&](const std::string& reason) {
        if (!reason.empty()) reasons.insert(reason), rule_of[reason] = &rule;
      };
      want(rule.reason);
      for (const auto& version : rule.versions) {
        for (const auto& line : version.body.lines.lines) want(line.reason);
        for (const auto& step : version.body.steps)
          for (const auto& item : step.items) want(item.reason);
        want(version.body.each_reason);
        for (const auto& group : version.body.groups) want(group.reason);
        if (version.body.kind == Body::Kind::test && rule.reason.empty())
          mistake(Code::missing_key, rule.span, "the test `" + rule.name + "` has no `reason`",
                  "name the reason that is shown when it fails; its wording stands in notices/");
      }
    }
    if (d_.notices.empty() && !reasons.empty()) {
      const Rule* rule = rule_of[*reasons.begin()];
      mistake(Code::wording_missing, rule->span, "the program has no notices, but its rules give reasons",
              "write notices/en.yaml with kind: notices and language: en");
      return;
    }
    for (const auto& reason : reasons)
      for (const auto& [language, wordings] : d_.notices) {
        const auto wording = wordings.find(reason);
        const Rule* rule = rule_of[reason];
        if (wording == wordings.end()) {
          wording_missing(*rule, reason, language);
          continue;
        }
        for (const auto& name : names_in(wording->second)) check_shown(name, reason, *rule);
      }
  }

  void wording_missing(const Rule& rule, const std::string& reason, const std::string& language) {
    mistake(Code::wording_missing, rule.span, "the reason `" + reason + "` has no wording in `" + language + "`",
            "add it to notices/" + language + ".yaml");
  }

  void private_in_reason(const Rule& rule, const std::string& reason, const std::string& name) {
    mistake(Code::private_in_reason, rule.span, "the wording of `" + reason + "` would show `" + name + "`, which is private in notices",
            "leave the value out of the sentence");
  }

  void check_shown(const std::string& name, const std::string& reason, const Rule& rule) {
    if (rules_.rule_named(name) >= 0 || name == "name" || name == "limit" || name == "value" || name == "margin") return;
    for (const auto& fact : d_.facts)
      if (fact.name == name) {
        const bool hidden = std::find(fact.private_in.begin(), fact.private_in.end(), "notice") != fact.private_in.end();
        if (hidden) private_in_reason(rule, reason, name);
        return;
      }
    for (const auto& p : d_.parameters)
      if (p.name == name && p.keys.empty()) return;
    mistake(Code::unknown_name, rule.span, "the wording of `" + reason + "` names `" + name + "`, which is not defined",
            "name a rule, a fact, or value, limit and margin");
  }

  /// Not of a frame, whose packs use its rules, nor of what a pack leaves unused of its base.
  void warn_of_unused() {
    if (d_.program.is_frame) return;
    for (std::size_t r = 0; r < d_.rules.size(); ++r) {
      if (rules_.was_used(static_cast<RuleId>(r))) continue;
      if (!d_.program.extends.empty() && !d_.rules[r].module.starts_with(d_.program.id + "/")) continue;
      const bool level = d_.rules[r].versions[0].body.kind == Body::Kind::partition;
      if (level) continue;
      Diagnostic warning = diagnostic_at(Code::unused, d_.rules[r].span, "nothing that is decided uses `" + d_.rules[r].name + "`",
                                         "name it in `requires` or `outputs`, or delete it");
      warning.severity = Severity::warning;
      warning.rule = d_.rules[r].name;
      warning.cite = d_.rules[r].cite;
      out_.warnings.push_back(std::move(warning));
    }
  }

  const Declarations& d_;
  CheckedProgram& out_;
  std::vector<Diagnostic>& errors_;
  RuleCheck rules_;
  VarId subject_ = household_var;
};

}  // namespace

Result<std::shared_ptr<const CheckedProgram>> program_from_declarations(const std::shared_ptr<const Declarations>& declarations,
                                                                        std::vector<Mention>* mentions) {
  auto out = std::make_shared<CheckedProgram>();
  out->declarations = declarations;
  std::vector<Diagnostic> errors;
  ProgramCheck(*declarations, *out, errors, mentions).run();
  if (!errors.empty()) {
    std::stable_sort(errors.begin(), errors.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
    const auto same = [](const Diagnostic& a, const Diagnostic& b) {
      return a.file == b.file && a.line == b.line && a.column == b.column && a.message == b.message;
    };
    errors.erase(std::unique(errors.begin(), errors.end(), same), errors.end());
    return errors;
  }
  return std::shared_ptr<const CheckedProgram>(std::move(out));
}

}  // namespace duly
