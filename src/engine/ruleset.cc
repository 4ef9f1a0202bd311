#include "duly/ruleset.h"

#include <algorithm>

#include "base/mistake.h"
#include "engine/pack_picker.h"
#include "engine/ruleset_state.h"
#include "engine/screening_order.h"
#include "resolve/declarations_from_modules.h"

namespace duly {

namespace {}  // namespace

DecideOptions options_from(const Request& request) {
  DecideOptions options;
  options.trials = request.trials;
  options.languages = request.languages;
  return options;
}

Result<RequestOverrides> overrides_from(const Request& request) {
  RequestOverrides out;
  std::vector<Diagnostic> errors;
  const auto date = [&](const std::optional<std::string>& text, const char* name) -> std::optional<Date> {
    if (!text) return std::nullopt;
    const auto day = date_from_text(*text);
    if (!day)
      errors.push_back(mistake(Code::not_a_value, std::string("`") + *text + "` is no date for `" + name + "`", "write a day such as YYYY-MM-DD"));
    return day;
  };
  if (request.benefit_month) {
    out.benefit_month = month_from_text(*request.benefit_month);
    if (!out.benefit_month)
      errors.push_back(mistake(Code::not_a_value, "`" + *request.benefit_month + "` is no month", "write a month such as YYYY-MM"));
  }
  out.decided = date(request.decided, "decided");
  out.applied = date(request.applied, "applied");
  out.occasion = request.occasion;
  if (request.trials < 1 || request.trials > 4096) errors.push_back(mistake(Code::not_a_value, "`trials` must lie between 1 and 4096", ""));
  if (!errors.empty()) return errors;
  return out;
}

Result<Ruleset> Ruleset::from_folder(const std::string& folder) {
  auto files = rules_in_folder(folder);
  if (!files) return files.errors();
  return Ruleset(std::make_shared<State>(*files));
}

Result<Ruleset> Ruleset::from_texts(std::map<std::string, std::string> texts) {
  return Ruleset(std::make_shared<State>(rules_in_memory(std::move(texts))));
}

std::vector<std::string> Ruleset::programs() const { return program_ids(state_->files()); }

Result<ProgramInfo> Ruleset::program(const std::string& id) const {
  const auto loaded = state_->program(id);
  if (!loaded) return loaded.errors();
  const Declarations& d = (*loaded)->declarations();
  const ProgramDecl& p = d.program;
  ProgramInfo info;
  info.id = p.id;
  info.title = p.title;
  info.authority = p.authority;
  if (p.covered_from) info.covered_from = to_text(*p.covered_from);
  if (p.covered_until) info.covered_until = to_text(*p.covered_until);
  if (p.last_checked) info.last_checked = to_text(*p.last_checked);
  info.decides = p.each;
  for (const auto& q : p.requires_tests) info.requires_tests.push_back(q.test);
  info.outputs = p.outputs;
  info.not_modelled = p.not_modelled;
  info.doubts = p.doubts;
  info.rules_hash = d.rules_hash;
  info.is_frame = p.is_frame;
  info.extends = p.extends;
  for (const auto& cover : p.covers) {
    const Fact& fact = d.facts[static_cast<std::size_t>(cover.fact)];
    const CodeList& list = d.lists[static_cast<std::size_t>(fact.type.list)];
    auto& words = info.covers.emplace_back(fact.name, std::vector<std::string>{}).second;
    for (const int word : cover.words) words.push_back(list.words[static_cast<std::size_t>(word)]);
  }
  const auto packs = state_->packs_on(id);
  if (!packs) return packs.errors();
  for (const PackHead& pack : *packs) info.packs.push_back(pack.id);
  info.slots = p.slots;
  info.replaced = p.replaced;
  return info;
}

std::vector<Diagnostic> Ruleset::check(const std::string& id) const {
  const auto loaded = state_->program(id);
  if (!loaded) return loaded.errors();
  std::vector<Diagnostic> found = (*loaded)->program().warnings;
  if (!(*loaded)->declarations().program.reads.empty())
    if (const auto order = screening_order(*state_, id); !order) found.insert(found.end(), order.errors().begin(), order.errors().end());
  const std::string& base = (*loaded)->declarations().program.extends;
  for (const std::string& on : {id, base}) {  // packs on it, and its neighbours on its own base
    if (on.empty()) continue;
    const auto packs = state_->packs_on(on);
    if (!packs) return packs.errors();
    const auto twice = places_covered_twice(**loaded, *packs);
    found.insert(found.end(), twice.begin(), twice.end());
  }
  return found;
}

namespace {

Result<Decided> decide_text(const Ruleset::State& state, const std::string& program, std::string_view document, const Request& request) {
  const auto picker = PackPicker::on(state, program);
  if (!picker) return picker.errors();
  const auto overrides = overrides_from(request);
  if (!overrides) return overrides.errors();
  std::vector<Diagnostic> errors;
  const Node tree = parse_document(make_source("", std::string(document)), errors);
  if (!errors.empty()) return errors;
  return decide(*picker, tree, *overrides, options_from(request));
}

}  // namespace

Result<Determinations> Ruleset::determine(const std::string& program, std::string_view document, const Request& request) const {
  auto decided = decide_text(*state_, program, document, request);
  if (!decided) return decided.errors();
  return Determinations{std::move(decided->determinations), decided->household->warnings};
}

Result<std::vector<Explanation>> Ruleset::explain(const std::string& program, std::string_view document, const Request& request) const {
  const auto decided = decide_text(*state_, program, document, request);
  if (!decided) return decided.errors();
  std::vector<Explanation> out;
  for (std::size_t i = 0; i < decided->determinations.size(); ++i) out.push_back(duly::explain(*decided, i));
  return out;
}

Result<std::string> Ruleset::plan_text(const std::string& program, const std::string& month) const {
  const auto loaded = state_->program(program);
  if (!loaded) return loaded.errors();
  if ((*loaded)->declarations().program.is_frame)
    return mistake(Code::frame_alone, "`" + program + "` is a frame and decides nobody by itself", "name a pack on it; `duly programs` lists them");
  const auto of = month_from_text(month);
  if (!of) return mistake(Code::not_a_value, "`" + month + "` is no month", "write a month such as YYYY-MM");
  const auto plan = plan_from_program((*loaded)->shared_program(), first_day_of(*of), {});
  if (!plan) return plan.errors();
  return duly::to_text(**plan);
}

}  // namespace duly
