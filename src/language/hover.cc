#include "language/hover.h"

#include <algorithm>

#include "duly/render.h"
#include "engine/sourced_value.h"

namespace duly {
namespace {

constexpr std::size_t most_values = 24;
constexpr std::size_t most_words = 40;

template <class T>
const T& at(const std::vector<T>& all, int index) {
  return all[static_cast<std::size_t>(index)];
}

std::string type_text(const Declarations& d, const Type& type) {
  std::string text = to_text(type);
  const bool has_words = (type.base == Base::code || type.base == Base::codes) && type.list >= 0;
  if (!has_words) return text;
  const std::string& list = at(d.lists, type.list).name;
  const std::string base = type.base == Base::code ? "code" : "codes";
  return list.empty() ? text : text.replace(0, base.size(), base + " " + list);
}

std::string keys_of(const Parameter& parameter) {
  std::string keys;
  for (const ParameterKey& key : parameter.keys) keys += (keys.empty() ? " by " : ", ") + key.name;
  return keys;
}

/// A cell of a Markdown table on one line.
std::string cell(std::string text) {
  for (std::size_t bar = text.find('|'); bar != std::string::npos; bar = text.find('|', bar + 2)) text.insert(bar, "\\");
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

class Hover {
 public:
  Hover(const ProgramNames& names, const NamedThing& thing, Date today) : names_(names), d_(names.declarations()), thing_(thing), today_(today) {}

  std::string text() {
    switch (thing_.kind) {
      case NamedKind::rule: rule(at(d_.rules, thing_.index)); break;
      case NamedKind::parameter: parameter(at(d_.parameters, thing_.index)); break;
      case NamedKind::fact: fact(at(d_.facts, thing_.index)); break;
      case NamedKind::record: record(at(d_.records, thing_.index)); break;
      case NamedKind::code_list: list(at(d_.lists, thing_.index)); break;
      case NamedKind::reason: reason(); break;
    }
    return std::move(out_);
  }

 private:
  void paragraph(const std::string& text) {
    if (text.empty()) return;
    if (!out_.empty()) out_ += "\n\n";
    out_ += text;
  }

  void head(const std::string& title) {
    paragraph("`" + thing_.name + "` " + thing_in_short(names_, thing_));
    paragraph(title.empty() ? "" : "**" + title + "**");
  }

  void law(const std::string& cite, const Replaced& replaced) {
    if (cite.empty()) return;
    paragraph(cite + (replaced.program.empty() ? "" : " (in place of " + replaced.cite + " in `" + replaced.program + "`)"));
  }

  void rule(const Rule& rule) {
    head(rule.title);
    law(rule.cite, rule.replaced);
    const Rule::Version* now = nullptr;
    for (const Rule::Version& version : rule.versions)
      if (version.from <= today_) now = &version;
    if (rule.versions.size() > 1)
      paragraph(now == nullptr ? "not in force on " + to_text(today_)
                               : "in force on " + to_text(today_) + ": the version from " + to_text(now->from) +
                                     (now->source.empty() ? "" : "; " + now->source));
    if (now != nullptr && now->body.value) paragraph("```\n" + std::string(text_of(now->body.value->span)) + "\n```");
    paragraph(rule.note);
    for (const std::string& doubt : rule.doubts) paragraph("doubt: " + doubt);
  }

  void parameter(const Parameter& parameter) {
    head(parameter.title);
    std::vector<const ParameterRow*> now;
    for (const ParameterRow& row : parameter.rows)
      if (row.from <= today_ && today_ < row.until) now.push_back(&row);
    if (now.empty()) paragraph("no value is in force on " + to_text(today_));
    else if (parameter.keys.empty()) one_value(parameter, *now.front());
    else values(parameter, now);
    law(parameter.cite, parameter.replaced);
    for (const std::string& note : parameter.notes) paragraph(note);
    for (const std::string& doubt : parameter.doubts) paragraph("doubt: " + doubt);
  }

  static std::string value_of(const SourcedValue& shown, const ParameterRow& row) {
    const std::string value = shown.value.kind == Value::Kind::unknown ? "not known" : to_text(shown.value);
    return row.grows ? value + ", and " + to_text(row.each_more) + " for each more" : value;
  }

  static std::string source_of(const SourcedValue& shown) {
    if (shown.source.empty()) return "";
    return shown.source + (shown.confidence.empty() ? "" : " (" + shown.confidence + ")");
  }

  void one_value(const Parameter& parameter, const ParameterRow& row) {
    const SourcedValue shown = sourced_value(d_, parameter, row);
    paragraph("**" + value_of(shown, row) + "** in force on " + to_text(today_) + ", from " + shown.from +
              (shown.until.empty() ? "" : " until the day before " + shown.until));
    const std::string source = source_of(shown);
    paragraph(source.empty() ? "" : "source: " + source);
  }

  void values(const Parameter& parameter, const std::vector<const ParameterRow*>& rows) {
    std::string table = "in force on " + to_text(today_) + ":\n\n|";
    for (const ParameterKey& key : parameter.keys) table += " " + key.name + " |";
    table += " value | from |\n|";
    for (std::size_t i = 0; i < parameter.keys.size() + 2; ++i) table += "---|";
    std::vector<std::string> sources;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const SourcedValue shown = sourced_value(d_, parameter, *rows[i]);
      if (const std::string source = source_of(shown); !source.empty() && std::find(sources.begin(), sources.end(), source) == sources.end())
        sources.push_back(source);
      if (i >= most_values) continue;
      table += "\n|";
      for (const ParameterKey& key : parameter.keys) {
        const auto word = std::find_if(shown.keys.begin(), shown.keys.end(), [&](const auto& pair) { return pair.first == key.name; });
        table += " " + cell(word == shown.keys.end() ? "any" : word->second) + " |";
      }
      table += " " + cell(value_of(shown, *rows[i])) + " | " + shown.from + " |";
    }
    paragraph(table);
    if (rows.size() > most_values) paragraph("and " + std::to_string(rows.size() - most_values) + " more rows");
    if (sources.size() > 5) paragraph("source: " + sources.front() + "; and " + std::to_string(sources.size() - 1) + " others");
    else
      for (const std::string& source : sources) paragraph("source: " + source);
  }

  void fact(const Fact& fact) {
    head(fact.title);
    paragraph(fact.ask);
    paragraph(fact.cite);
    if (!fact.evidence.empty()) paragraph("shown by " + join_words(fact.evidence, "or"));
    if (fact.type.list >= 0) words(at(d_.lists, fact.type.list));
  }

  void record(const RecordKind& record) {
    head(record.ask);
    paragraph(record.cite);
    std::vector<std::string> fields;
    for (const FactId field : record.fields)
      if (field >= 0) fields.push_back("`" + at(d_.facts, field).name + "`");
    paragraph("fields " + join_words(fields));
  }

  void list(const CodeList& list) {
    head("");
    words(list);
  }

  void words(const CodeList& list) {
    std::string text;
    for (std::size_t i = 0; i < list.words.size() && i < most_words; ++i) {
      text.append(text.empty() ? "" : ", ").append("`").append(list.words[i]).append("`");
      if (list.labels[i] != list.words[i]) text += " " + list.labels[i];
    }
    if (list.words.size() > most_words) text += " and " + std::to_string(list.words.size() - most_words) + " more";
    paragraph(text);
  }

  void reason() {
    head("");
    for (const auto& [language, wordings] : d_.notices)
      if (const auto wording = wordings.find(thing_.name); wording != wordings.end()) paragraph(language + ": " + wording->second);
  }

  const ProgramNames& names_;
  const Declarations& d_;
  const NamedThing& thing_;
  Date today_;
  std::string out_;
};

}  // namespace

std::string hover_text(const ProgramNames& names, const NamedThing& thing, Date today) { return Hover(names, thing, today).text(); }

std::string thing_in_short(const ProgramNames& names, const NamedThing& thing) {
  const Declarations& d = names.declarations();
  switch (thing.kind) {
    case NamedKind::rule: {
      const Rule& rule = at(d.rules, thing.index);
      if (rule.versions.front().body.kind == Body::Kind::partition) return "units of people";
      const auto type = names.type_of_rule(thing.index);
      return "rule of " + (rule.level_word.empty() ? "person" : rule.level_word) + (type ? ": " + type_text(d, *type) : "");
    }
    case NamedKind::parameter: {
      const Parameter& parameter = at(d.parameters, thing.index);
      return type_text(d, parameter.type) + keys_of(parameter);
    }
    case NamedKind::fact: {
      const Fact& fact = at(d.facts, thing.index);
      return "fact of " + (fact.of_place ? "place" : at(d.levels, fact.level).one) + ": " + type_text(d, fact.type);
    }
    case NamedKind::record: return std::string("records of ") + (at(d.records, thing.index).of_household ? "household" : "person");
    case NamedKind::code_list: return "code list of " + std::to_string(at(d.lists, thing.index).words.size()) + " words";
    case NamedKind::reason: return "reason";
  }
  return "";
}

}  // namespace duly
