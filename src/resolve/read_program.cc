// The manifest of a program, and the wording of its reasons.

#include <algorithm>

#include "resolve/reader.h"

namespace duly {
namespace {

const std::vector<std::string> program_keys{"kind",      "title",           "authority",    "facts",        "uses",     "covers",  "slots",
                                            "decides",   "law_in_force_by", "coverage",     "last_checked", "requires", "outputs", "gives",
                                            "verify_by", "outcomes",        "not_modelled", "doubts",       "note",     "cite",    "reads"};
const std::vector<std::string> pack_keys{"kind",  "title",    "authority",    "extends", "covers", "facts", "uses",
                                         "slots", "coverage", "last_checked", "adds_to", "note",   "cite"};

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
  if (program.covered_from && program.covered_until && *program.covered_until < *program.covered_from)
    reader.mistake(Code::bad_value, node.find("until")->span, "`coverage` ends before it begins, so that no month is covered",
                   "`until` is the last month the rules are right for");
}

/// Adds to what is required, each at the end or before the test it names.
void read_requires(Reader& reader, ProgramDecl& program, const Node& node) {
  for (const auto& item : node.items) {
    Requirement requirement;
    requirement.span = item.span;
    requirement.fails = "unit";
    auto place = program.requires_tests.end();
    if (item.is_scalar()) {
      requirement.test = std::string(trim(item.text));
    } else {
      reader.refuse_other_keys(item, {"test", "fails", "before"}, "a requirement");
      requirement.test = reader.text(item, "test");
      if (const Node* fails = item.find("fails"); fails != nullptr) {
        requirement.fails = reader.text(item, "fails");
        if (requirement.fails != "unit" && requirement.fails != "person")
          reader.mistake(Code::bad_value, fails->span, "`fails` can only be `unit` or `person`",
                         "`person` leaves out whoever fails the test; without it the unit fails as a whole");
      }
      if (const std::string before = reader.text(item, "before"); !before.empty()) {
        place = std::find_if(program.requires_tests.begin(), program.requires_tests.end(), [&](const Requirement& r) { return r.test == before; });
        if (place == program.requires_tests.end())
          reader.mistake(Code::replaces_nothing, item.find("before")->span, "`" + before + "` is not required before this",
                         "name a test that stands above, or one of the base");
      }
    }
    program.requires_tests.insert(place, std::move(requirement));
  }
}

void read_outputs(Reader& reader, ProgramDecl& program, const Node& node) {
  for (std::string& output : reader.words(node)) program.outputs.push_back(std::move(output));
  for (const auto& item : node.items) program.output_spans.push_back(item.span);
  if (node.is_scalar()) program.output_spans.push_back(node.span);
}

/// A list of outputs, or one.
void add_outputs_of(Reader& reader, const Node& file, std::string_view key, std::vector<std::string>& names, std::vector<Span>& spans) {
  const Node* node = file.find(key);
  if (node == nullptr) return;
  for (std::string& output : reader.words(*node)) names.push_back(std::move(output));
  for (const auto& item : node->items) spans.push_back(item.span);
  if (node->is_scalar()) spans.push_back(node->span);
}

void read_not_modelled(Reader& reader, ProgramDecl& program, const Node& node) {
  for (const auto& item : node.items)
    program.not_modelled.emplace_back(item.is_map() ? reader.text(item, "what") : item.text, item.is_map() ? reader.text(item, "cite") : "");
}

void read_doubts(Reader& reader, ProgramDecl& program, const Node& file) {
  for (std::string& doubt : reader.words_of(file, "doubts")) program.doubts.push_back(std::move(doubt));
}

/// The months of a pack lie within those of its base.
void narrow_coverage(Reader& reader, ProgramDecl& program, const Node& node) {
  const auto from = program.covered_from;
  const auto until = program.covered_until;
  read_coverage(reader, program, node);
  if (!program.covered_from || !from) return;
  const bool early = *program.covered_from < *from;
  const bool late = until && (!program.covered_until || *until < *program.covered_until);
  if (early || late)
    reader.mistake(Code::bad_value, node.span, "the pack's `coverage` goes past that of `" + program.extends + "`",
                   "its base covers " + to_text(*from) + (until ? " to " + to_text(*until) : " onward"));
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
  program.is_frame = reader.text(file, "kind") == "frame";
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
  if (const Node* node = file.find("outputs")) read_outputs(reader, program, *node);
  add_outputs_of(reader, file, "gives", program.gives, program.give_spans);
  add_outputs_of(reader, file, "verify_by", program.verify_by, program.verify_by_spans);
  if (const Node* node = file.find("not_modelled")) read_not_modelled(reader, program, *node);
  read_doubts(reader, program, file);
}

void read_pack_file(Reader& reader, const std::string& id, const Node& file) {
  ProgramDecl& program = reader.d.program;
  for (const auto& key : file.keys)
    if (std::find(pack_keys.begin(), pack_keys.end(), key.text) == pack_keys.end() &&
        std::find(program_keys.begin(), program_keys.end(), key.text) != program_keys.end())
      reader.mistake(Code::unknown_key, key.span, "`" + key.text + "` is said by `" + reader.text(file, "extends") + "`, which `" + id + "` extends",
                     "to add to a list of the base write it below `adds_to`; to change a rule use `replaces` in a chapter");
  std::vector<std::string> known = pack_keys;
  known.insert(known.end(), program_keys.begin(), program_keys.end());
  reader.refuse_other_keys(file, known, "a pack");
  program.id = id;
  program.span = file.keys.empty() ? file.span : file.keys[0].span;
  program.is_frame = reader.text(file, "kind") == "frame";
  program.extends = reader.text(file, "extends");
  if (const std::string title = reader.text(file, "title"); !title.empty()) program.title = title;
  if (const std::string authority = reader.text(file, "authority"); !authority.empty())
    program.authority += (program.authority.empty() ? "" : "; ") + authority;
  if (const Node* coverage = file.find("coverage")) narrow_coverage(reader, program, *coverage);
  // What is decided rests on both, so the earlier day counts.
  if (const auto day = reader.date(file, "last_checked"); day && (!program.last_checked || *day < *program.last_checked)) program.last_checked = day;
  if (file.find("covers") == nullptr)
    reader.mistake(Code::missing_key, program.span, "the pack does not say which places it `covers`", "such as a state: covers: {state: WORD}");
  const Node* adds = file.find("adds_to");
  if (adds == nullptr || !reader.want_map(*adds, "`adds_to`")) return;
  reader.refuse_other_keys(*adds, {"requires", "outputs", "gives", "verify_by", "not_modelled", "doubts"}, "`adds_to`");
  if (const Node* node = adds->find("requires")) read_requires(reader, program, *node);
  if (const Node* node = adds->find("outputs")) read_outputs(reader, program, *node);
  add_outputs_of(reader, *adds, "gives", program.gives, program.give_spans);
  add_outputs_of(reader, *adds, "verify_by", program.verify_by, program.verify_by_spans);
  if (const Node* node = adds->find("not_modelled")) read_not_modelled(reader, program, *node);
  read_doubts(reader, program, *adds);
}

void read_covers(Reader& reader, const Node& file, std::size_t facts) {
  const Node* covers = file.find("covers");
  if (covers == nullptr || !reader.want_map(*covers, "`covers`")) return;
  for (std::size_t i = 0; i < covers->keys.size(); ++i) {
    const std::string& name = covers->keys[i].text;
    const auto end = reader.d.facts.begin() + static_cast<std::ptrdiff_t>(facts);
    const auto fact =
        std::find_if(reader.d.facts.begin(), end, [&](const Fact& f) { return f.of_place && f.name == name && f.type.base == Base::code; });
    if (fact == end) {
      std::vector<std::string> places;
      for (auto f = reader.d.facts.begin(); f != end; ++f)
        if (f->of_place && f->type.base == Base::code) places.push_back(f->name);
      reader.mistake(Code::unknown_name, covers->keys[i].span, "`" + name + "` is no fact of the place",
                     places.empty() ? "the dictionary has no fact `of: place` with a list of words" : "facts of the place are " + join_words(places));
      continue;
    }
    const CodeList& list = reader.d.lists[static_cast<std::size_t>(fact->type.list)];
    ProgramDecl::Cover cover;
    cover.fact = static_cast<FactId>(fact - reader.d.facts.begin());
    for (const auto& written : reader.words(covers->items[i])) {
      const auto group = std::find_if(list.groups.begin(), list.groups.end(), [&](const auto& g) { return g.first == written; });
      if (group != list.groups.end()) {
        cover.words.insert(cover.words.end(), group->second.begin(), group->second.end());
      } else if (const int word = list.index_of(written); word >= 0) {
        cover.words.push_back(word);
      } else {
        reader.mistake(Code::unknown_code, covers->items[i].span, "`" + written + "` is no word and no group of `" + list.name + "`");
      }
    }
    reader.d.program.covers.push_back(std::move(cover));
  }
}

void read_notices_file(Reader& reader, const std::string& program, const std::string& language, const Node& file) {
  auto& wordings = reader.d.notices[language];
  const Node* replaces = file.find("replaces");
  if (replaces != nullptr && !reader.want_map(*replaces, "`replaces`")) replaces = nullptr;
  for (std::size_t i = 0; replaces != nullptr && i < replaces->keys.size(); ++i) {
    const std::string& reason = replaces->keys[i].text;
    const std::string cite(trim(replaces->items[i].text));
    const bool is_there = wordings.erase(reason) > 0;
    if (!is_there || file.find(reason) == nullptr)
      reader.mistake(Code::replaces_nothing, replaces->keys[i].span,
                     !is_there ? std::string("there is no wording of `")
                                     .append(reason)
                                     .append("` in `")
                                     .append(language)
                                     .append("` that `")
                                     .append(program)
                                     .append("` could replace")
                               : "the file has no wording of `" + reason + "` to put in its place");
    if (cite.empty())
      reader.mistake(Code::missing_citation, replaces->keys[i].span, "the wording of `" + reason + "` is replaced and nothing is cited for it",
                     "write " + reason + ": and the law by which families are told something else here");
    reader.d.program.replaced.emplace_back(reason, cite);
  }
  for (std::size_t i = 0; i < file.keys.size(); ++i) {
    const std::string& key = file.keys[i].text;
    if (key == "kind" || key == "language" || key == "title" || key == "note" || key == "replaces") continue;
    if (!file.items[i].is_scalar()) {
      reader.mistake(Code::wrong_shape, file.items[i].span, "the wording of `" + key + "` is one text");
      continue;
    }
    if (!wordings.emplace(key, std::string(trim(file.items[i].text))).second)
      reader.mistake(Code::defined_twice, file.keys[i].span, "`" + key + "` has two wordings",
                     "a pack that words it otherwise than its base names it below `replaces`, with the law it rests on");
  }
}

}  // namespace duly
