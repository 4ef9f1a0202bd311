// `reads` of a manifest: facts that are filled from what other programs decided.

#include <algorithm>

#include "base/text.h"
#include "resolve/reader.h"

namespace duly {
namespace {

/// A fact of a person that is one word or a yes: what can be filled.
FactId fact_to_fill(Reader& reader, const Node& where, const std::string& name) {
  const auto& facts = reader.d.facts;
  const auto found =
      std::find_if(facts.begin(), facts.end(), [&](const Fact& f) { return f.name == name && f.level == person_level && f.record < 0; });
  const auto is_short = [&](int list) { return reader.d.lists[static_cast<std::size_t>(list)].words.size() <= 64; };
  const bool fits = found != facts.end() && (found->type.base == Base::boolean || (found->type.base == Base::code && is_short(found->type.list)));
  if (fits) return static_cast<FactId>(found - facts.begin());
  if (found == facts.end())
    reader.mistake(Code::unknown_name, where.span, "`" + name + "` is no fact of a person", "name a fact of the dictionary that is `of: person`");
  else
    reader.mistake(Code::wrong_type, where.span, "`" + name + "` cannot be filled by a determination",
                   "only a fact of type boolean can, or `code LIST` of at most 64 words");
  return -1;
}

std::optional<std::int64_t> value_to_fill(Reader& reader, const Fact& fact, const Node& line) {
  const Node* is = line.find("is");
  const std::string word = reader.text(line, "is");
  if (is == nullptr) {
    reader.mistake(Code::missing_key, line.span, "the line does not say what `" + fact.name + "` then `is`");
    return std::nullopt;
  }
  if (fact.type.base == Base::boolean) {
    if (word == "yes" || word == "no") return word == "yes" ? 1 : 0;
    reader.mistake(Code::bad_value, is->span, "`" + word + "` is neither yes nor no");
    return std::nullopt;
  }
  const CodeList& list = reader.d.lists[static_cast<std::size_t>(fact.type.list)];
  if (const int index = list.index_of(word); index >= 0) return index;
  reader.mistake(Code::unknown_code, is->span, "`" + word + "` is no word of `" + list.name + "`", "its words are " + join_words(list.words));
  return std::nullopt;
}

void read_lines_to_fill(Reader& reader, ReadProgram& read, const Node& lines) {
  static const std::vector<std::string> outcomes{"eligible", "conditional", "ineligible"};
  for (const Node& line : lines.items) {
    if (!reader.want_map(line, "a line of `with`")) continue;
    reader.refuse_other_keys(line, {"outcome", "scope", "is"}, "a line of `with`");
    ReadProgram::Line out;
    out.outcome = reader.text(line, "outcome");
    out.scope = reader.text(line, "scope");
    if (std::find(outcomes.begin(), outcomes.end(), out.outcome) == outcomes.end())
      reader.mistake(Code::bad_value, line.span, "`" + out.outcome + "` is no outcome that settles a fact",
                     "outcomes are eligible, conditional and ineligible; while it is pending the fact stays open");
    const auto value = value_to_fill(reader, reader.d.facts[static_cast<std::size_t>(read.fact)], line);
    if (!value) continue;
    out.value = *value;
    read.lines.push_back(std::move(out));
  }
}

}  // namespace

void read_reads(Reader& reader, const Node& file) {
  const Node* reads = file.find("reads");
  if (reads == nullptr) return;
  for (const Node& item : reads->items) {
    if (!reader.want_map(item, "an entry of `reads`")) continue;
    reader.refuse_other_keys(item, {"program", "fills", "with", "cite", "note"}, "an entry of `reads`");
    ReadProgram read;
    read.program = reader.text(item, "program");
    const Node* program = item.find("program");
    const Node* fills = item.find("fills");
    const Node* with = item.find("with");
    if (program == nullptr || fills == nullptr || with == nullptr || with->items.empty()) {
      reader.mistake(Code::missing_key, item.span, "an entry of `reads` says which `program` is read, which fact that `fills`, and `with` what",
                     "such as {program: us/other, fills: FACT, with: [{outcome: eligible, is: yes}, {outcome: ineligible, is: no}]}");
      continue;
    }
    if (reader.text(item, "cite").empty())
      reader.mistake(Code::missing_citation, item.span, "nothing is cited for reading `" + read.program + "`",
                     "write cite: and the law by which one decision counts for the other");
    read.span = program->span;
    read.fact = fact_to_fill(reader, *fills, reader.text(item, "fills"));
    if (read.fact < 0) continue;
    read_lines_to_fill(reader, read, *with);
    reader.d.program.reads.push_back(std::move(read));
  }
}

}  // namespace duly
