// The manifest of a program, and the wording of its reasons.

#include <algorithm>

#include "resolve/reader.h"

namespace duly {
namespace {

const std::vector<std::string> program_keys{"kind",    "title",    "authority",       "facts",    "uses",         "extends",
                                            "covers",  "decides",  "law_in_force_by", "coverage", "last_checked", "requires",
                                            "outputs", "outcomes", "not_modelled",    "doubts",   "note",         "cite"};

void read_decides(Reader& reader, ProgramDecl& program, const Node& node) {
  const auto each = [&](std::string_view text, const Span& where) {
    text = trim(text);
    if (text.starts_with("each ")) text = trim(text.substr(5));
    else reader.mistake(Code::bad_value, where, "`decides` says who is decided", "write `decides: each person`, or `each` and the name of the unit");
    program.each = std::string(text);
  };
  if (node.is_scalar()) {
    each(node.text, node.span);
  } else if (reader.want_map(node, "`decides`")) {
    reader.refuse_other_keys(node, {"each", "when"}, "`decides`");
    program.each = reader.text(node, "each");
    program.each_when = reader.formula_of(node, "when");
  }
}

void read_coverage(Reader& reader, ProgramDecl& program, const Node& node) {
  if (!reader.want_map(node, "`coverage`")) return;
  reader.refuse_other_keys(node, {"from", "until"}, "`coverage`");
  const auto month = [&](const char* key) -> std::optional<Month> {
    if (node.find(key) == nullptr) return std::nullopt;
    const auto read = month_from_text(reader.text(node, key));
    if (!read) reader.mistake(Code::bad_value, node.find(key)->span, std::string("`") + key + "` is a month", "write it as YYYY-MM");
    return read;
  };
  program.covered_from = month("from");
  program.covered_until = month("until");
  if (!program.covered_from) reader.mistake(Code::missing_key, node.span, "`coverage` has no `from`", "say the first month the rules are right for");
}

void read_requires(Reader& reader, ProgramDecl& program, const Node& node) {
  for (const auto& item : node.items) {
    Requirement requirement;
    requirement.span = item.span;
    requirement.fails = "unit";
    if (item.is_scalar()) {
      requirement.test = std::string(trim(item.text));
    } else {
      reader.refuse_other_keys(item, {"test", "fails"}, "a requirement");
      requirement.test = reader.text(item, "test");
      if (const std::string fails = reader.text(item, "fails"); !fails.empty()) requirement.fails = fails;
    }
    program.requires_tests.push_back(std::move(requirement));
  }
}

void read_outcomes(Reader& reader, ProgramDecl& program, const Node& node) {
  static const std::vector<std::string> outcomes{"eligible", "conditional", "ineligible"};
  for (const auto& item : node.items) {
    if (!reader.want_map(item, "an outcome")) continue;
    reader.refuse_other_keys(item, {"when", "outcome", "scope", "remedy", "cite", "note"}, "an outcome");
    OutcomeLine line;
    line.span = item.span;
    line.when = reader.formula_of(item, "when");
    line.outcome = reader.text(item, "outcome");
    if (line.outcome.empty()) line.outcome = "eligible";
    if (std::find(outcomes.begin(), outcomes.end(), line.outcome) == outcomes.end())
      reader.mistake(Code::bad_value, item.span, "`" + line.outcome + "` is no outcome",
                     "outcomes are eligible, conditional and ineligible; pending and error follow from the facts");
    line.scope = reader.text(item, "scope");
    line.remedy = reader.text(item, "remedy");
    line.cite = reader.text(item, "cite");
    program.outcomes.push_back(std::move(line));
  }
}

}  // namespace

void read_program_file(Reader& reader, const std::string& id, const Node& file) {
  ProgramDecl& program = reader.d.program;
  reader.refuse_other_keys(file, program_keys, "a program");
  program.id = id;
  program.span = file.keys.empty() ? file.span : file.keys[0].span;
  program.title = reader.text(file, "title");
  program.authority = reader.text(file, "authority");
  program.law_in_force_by = reader.text(file, "law_in_force_by");
  if (program.law_in_force_by.empty()) program.law_in_force_by = "benefit_month";
  if (const Node* decides = file.find("decides")) read_decides(reader, program, *decides);
  else reader.mistake(Code::missing_key, program.span, "the program does not say what it `decides`", "such as `decides: each person`");
  if (const Node* coverage = file.find("coverage")) read_coverage(reader, program, *coverage);
  else
    reader.mistake(Code::missing_key, program.span, "the program has no `coverage`",
                   "say the months its rules are right for: coverage: {from: YYYY-MM, until: YYYY-MM}");
  program.last_checked = reader.date(file, "last_checked");
  if (const Node* node = file.find("requires")) read_requires(reader, program, *node);
  if (const Node* node = file.find("outcomes")) read_outcomes(reader, program, *node);
  if (const Node* node = file.find("outputs")) {
    program.outputs = reader.words(*node);
    for (const auto& item : node->items) program.output_spans.push_back(item.span);
    if (node->is_scalar()) program.output_spans.push_back(node->span);
  }
  if (const Node* node = file.find("not_modelled"))
    for (const auto& item : node->items)
      program.not_modelled.emplace_back(item.is_map() ? reader.text(item, "what") : item.text, item.is_map() ? reader.text(item, "cite") : "");
  program.doubts = reader.words_of(file, "doubts");
  if (const Node* covers = file.find("covers"); covers != nullptr && covers->is_map())
    if (const Node* state = covers->find("state")) program.covers_states = reader.words(*state);
}

void read_notices_file(Reader& reader, const std::string& language, const Node& file) {
  auto& wordings = reader.d.notices[language];
  for (std::size_t i = 0; i < file.keys.size(); ++i) {
    const std::string& key = file.keys[i].text;
    if (key == "kind" || key == "language" || key == "title" || key == "note") continue;
    if (!file.items[i].is_scalar()) {
      reader.mistake(Code::wrong_shape, file.items[i].span, "the wording of `" + key + "` is one text");
      continue;
    }
    if (!wordings.emplace(key, std::string(trim(file.items[i].text))).second)
      reader.mistake(Code::defined_twice, file.keys[i].span, "`" + key + "` has two wordings");
  }
}

}  // namespace duly
