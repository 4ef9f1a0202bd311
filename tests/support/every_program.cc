#include "support/every_program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "check/program_from_declarations.h"
#include "compile/plan_from_program.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

bool is_frame(const RuleFiles& files, const std::string& id) {
  std::vector<Diagnostic> errors;
  const Node manifest = parse_yaml(make_source("", files.read(id + "/program.yaml").value_or("")), errors);
  const Node* kind = manifest.find("kind");
  return kind != nullptr && kind->text == "frame";
}

}  // namespace

std::vector<ProgramPlace> every_program() {
  std::vector<ProgramPlace> out;
  for (const char* folder : {"rules", "tests/programs", "tests/oracle/programs"}) {
    const auto files = rules_in_folder(std::string(DULY_SOURCE_DIR "/") + folder);
    if (!files) continue;
    for (const std::string& id : program_ids(**files))
      if (!is_frame(**files, id)) out.push_back({folder, id});
  }
  return out;
}

std::shared_ptr<const TestedProgram> load_program(const ProgramPlace& place) {
  static std::map<std::string, std::shared_ptr<const TestedProgram>> loaded;
  std::shared_ptr<const TestedProgram>& known = loaded[place.folder + " " + place.id];
  if (known) return known;
  const auto files = rules_in_folder(std::string(DULY_SOURCE_DIR "/") + place.folder);
  const auto declarations = files ? declarations_from_modules(**files, place.id) : files.errors();
  const auto checked = declarations ? program_from_declarations(*declarations) : declarations.errors();
  if (checked) return known = std::make_shared<const TestedProgram>(TestedProgram{place.id, *checked});
  ADD_FAILURE() << to_text(checked.errors());
  return nullptr;
}

std::string test_name(const ProgramPlace& place) {
  std::string out = place.id;
  std::ranges::replace_if(out, [](char c) { return c == '/' || c == '-'; }, '_');
  return out;
}

std::vector<Month> months_covered(const CheckedProgram& program, int count) {
  const ProgramDecl& declared = program.declarations->program;
  const int first = declared.covered_from ? declared.covered_from->index : Month{12 * 2026}.index;
  const int last = declared.covered_until ? declared.covered_until->index : first + 24;
  const int steps = std::max(1, std::min(count - 1, last - first));
  std::vector<Month> out;
  for (int i = 0; i < std::min(count, last - first + 1); ++i) out.push_back({first + (last - first) * i / steps});
  return out;
}

Date law_date_in(const CheckedProgram& program, Month month) {
  const bool by_month = program.declarations->facts[static_cast<std::size_t>(program.law_date)].type.base == Base::month;
  return by_month ? first_day_of(month) : Date{first_day_of(month).days + 14};
}

std::shared_ptr<const Plan> plan_of_every_term(const TestedProgram& program, Date law_date, const std::vector<RuleId>& stated) {
  static std::map<std::tuple<std::shared_ptr<const CheckedProgram>, std::int32_t, std::vector<RuleId>>, std::shared_ptr<const Plan>> compiled;
  std::shared_ptr<const Plan>& known = compiled[{program.checked, law_date.days, stated}];
  if (known) return known;
  CompileOptions options;
  options.stated = stated;
  for (TermId id = 0; id < static_cast<TermId>(program.checked->terms.size()); ++id)
    if (program.checked->terms[static_cast<std::size_t>(id)].type.base != Base::text) options.also.push_back(id);
  const auto plan = plan_from_program(program.checked, law_date, options);
  if (plan) return known = *plan;
  ADD_FAILURE() << program.id << ": " << to_text(plan.errors());
  return nullptr;
}

std::vector<RuleId> rules_that_may_be_stated(const Declarations& declarations) {
  std::vector<RuleId> out;
  for (std::size_t r = 0; r < declarations.rules.size(); ++r)
    if (declarations.rules[r].may_be_stated) out.push_back(static_cast<RuleId>(r));
  return out;
}

}  // namespace duly
