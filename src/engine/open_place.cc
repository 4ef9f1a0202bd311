#include "engine/open_place.h"

#include <algorithm>

#include "duly/version.h"

namespace duly {
namespace {

std::string known_month(const RequestOverrides& request, const Node& document) {
  if (request.benefit_month) return to_text(*request.benefit_month);
  const Node* asked = document.is_map() ? document.find("request") : nullptr;
  const Node* month = asked != nullptr && asked->is_map() ? asked->find("benefit_month") : nullptr;
  const auto read = month == nullptr ? std::nullopt : month_from_text(trim(month->text));
  return read ? to_text(*read) : "";
}

MissingFact question(const Declarations& d, FactId id) {
  const Fact& fact = d.facts[static_cast<std::size_t>(id)];
  MissingFact out;
  out.fact = fact.name;
  out.ask = fact.ask;
  out.choices = d.lists[static_cast<std::size_t>(fact.type.list)].words;
  return out;
}

}  // namespace

Result<Decided> pending_on_place(std::shared_ptr<const LoadedProgram> asked, const std::vector<FactId>& open, const Node& document,
                                 const RequestOverrides& request, const DecideOptions& options) {
  const auto household = read_household(asked->index(), document, request, {options.allow_assume});
  if (household) {
    if (const auto law_date = law_date_of(*asked, household->table); !law_date) return law_date.errors();
  } else {
    std::vector<Diagnostic> errors = household.errors();
    std::erase_if(errors, [](const Diagnostic& d) { return d.code == Code::unknown_fact; });  // a pack may know more facts than its base
    if (!errors.empty()) return errors;
  }
  const Declarations& d = asked->declarations();
  Determination out;
  out.program = d.program.id;
  out.subject.kind = "household";
  if (const Node* people = document.is_map() ? document.find("people") : nullptr; people != nullptr)
    for (const Node& person : people->keys) out.subject.people.push_back(person.text);
  if (!out.subject.people.empty()) out.subject.key = out.subject.people.front();
  out.outcome = Outcome::pending;
  out.benefit_month = known_month(request, document);
  for (const FactId fact : open) out.missing.push_back(question(d, fact));
  Reason basis;
  basis.code = "place_is_open";
  basis.title = "which rules apply depends on the place";
  basis.cite = d.program.authority;
  out.basis.push_back(std::move(basis));
  out.versions.rules = d.rules_hash;
  out.versions.engine = DULY_VERSION;
  Decided decided;
  decided.program = std::move(asked);
  decided.household = std::make_unique<Household>();
  decided.determinations.push_back(std::move(out));
  return decided;
}

Explanation explain_open_place(const Decided& decided, const Determination& determination) {
  const Declarations& d = decided.program->declarations();
  Explanation out;
  out.program = determination.program;
  out.program_title = d.program.title;
  out.determination = determination;
  const auto node = [](std::string name, const char* kind, std::string title, std::string value) {
    ExplanationNode made;
    made.name = std::move(name);
    made.kind = kind;
    made.title = std::move(title);
    made.value.kind = Value::Kind::text;
    made.value.text = value;
    made.value_text = std::move(value);
    return made;
  };
  out.root = node(d.program.id, "outcome", d.program.title, std::string(to_word(determination.outcome)));
  out.root.of = determination.subject.key;
  out.root.cite = d.program.authority;
  for (const MissingFact& missing : determination.missing) {
    const auto fact = std::find_if(d.facts.begin(), d.facts.end(), [&](const Fact& f) { return f.of_place && f.name == missing.fact; });
    ExplanationNode open = node(missing.fact, "fact", fact == d.facts.end() ? "" : fact->title, "unknown");
    open.value = {};
    open.decisive = true;
    if (fact != d.facts.end()) open.cite = fact->cite;
    out.root.children.push_back(std::move(open));
  }
  return out;
}

}  // namespace duly
