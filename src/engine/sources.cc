// The figures of a program with what they rest on, the least sure first.

#include <algorithm>
#include <string_view>
#include <tuple>

#include "determine/readings.h"
#include "engine/ruleset_state.h"
#include "engine/sourced_value.h"

namespace duly {
namespace {

std::string number_pattern(const ParameterKey& key, const KeyPattern& pattern) {
  const auto written = [&](std::int64_t n) { return key.is_month ? to_text(Month{static_cast<std::int32_t>(n)}) : std::to_string(n); };
  std::string out = written(pattern.low);
  if (pattern.high == KeyPattern::no_end) return out + "+";
  if (pattern.high != pattern.low) out.append(key.is_month ? " - " : "-").append(written(pattern.high));
  return out;
}

std::string pattern_text(const Declarations& d, const ParameterKey& key, const KeyPattern& pattern) {
  switch (pattern.kind) {
    case KeyPattern::Kind::word: return d.lists[static_cast<std::size_t>(key.list)].words[static_cast<std::size_t>(pattern.word)];
    case KeyPattern::Kind::group: return d.lists[static_cast<std::size_t>(key.list)].groups[static_cast<std::size_t>(pattern.word)].first;
    case KeyPattern::Kind::number:
    case KeyPattern::Kind::band: return number_pattern(key, pattern);
    case KeyPattern::Kind::any: break;
  }
  return "";
}

Value row_value(const Declarations& d, const Parameter& parameter, const ParameterRow& row) {
  const Type& type = parameter.type;
  Value out;
  if (row.state == ParameterRow::State::gap) return out;
  if (row.state == ParameterRow::State::absent) {
    out.kind = Value::Kind::absent;
    out.text = type.absent;
  } else if (type.base == Base::code) {
    const CodeList& list = d.lists[static_cast<std::size_t>(type.list)];
    const auto word = static_cast<std::size_t>(floor_of(row.value));
    out.kind = Value::Kind::code;
    out.text = list.words[word];
    out.label = list.labels[word];
  } else if (type.base == Base::boolean) {
    out.kind = Value::Kind::boolean;
    out.text = row.value == 0 ? "false" : "true";
  } else {
    out = shown_number(row.value, type);
  }
  return out;
}

}  // namespace

SourcedValue sourced_value(const Declarations& d, const Parameter& parameter, const ParameterRow& row) {
  SourcedValue out;
  out.parameter = parameter.name;
  out.title = parameter.title;
  out.cite = parameter.cite;
  for (std::size_t i = 0; i < parameter.keys.size(); ++i)
    if (std::string text = pattern_text(d, parameter.keys[i], row.keys[i]); !text.empty())
      out.keys.emplace_back(parameter.keys[i].name, std::move(text));
  out.value = row_value(d, parameter, row);
  if (row.grows && row.state == ParameterRow::State::value) out.each_more = shown_number(row.each_more, parameter.type);
  out.from = to_text(row.from);
  if (row.until != never) out.until = to_text(row.until);
  if (row.applied && *row.applied != row.from) out.applied = to_text(*row.applied);
  if (row.source >= 0) out.source = parameter.sources[static_cast<std::size_t>(row.source)];
  if (row.state != ParameterRow::State::gap) out.confidence = to_word(row.confidence);
  if (row.span.source) {
    out.file = row.span.source->path;
    out.line = place_of(*row.span.source, row.span.begin).line;
  }
  return out;
}

namespace {

struct Figure {
  const Parameter* parameter;
  const ParameterRow* row;

  /// From what is not known at all to what the law says itself.
  [[nodiscard]] int sureness() const {
    return row->state == ParameterRow::State::gap ? -1 : static_cast<int>(Confidence::doubtful) - static_cast<int>(row->confidence);
  }
  [[nodiscard]] std::string_view source() const {
    return row->source < 0 ? std::string_view() : parameter->sources[static_cast<std::size_t>(row->source)];
  }
  [[nodiscard]] auto place() const {
    return std::tuple(sureness(), std::string_view(parameter->name), source(), row->from, row->applied.value_or(row->from));
  }
};

}  // namespace

Result<std::vector<SourcedValue>> sources(const Ruleset& rules, const std::string& program) {
  const auto loaded = rules.state().program(program);
  if (!loaded) return loaded.errors();
  const Declarations& d = (*loaded)->declarations();
  std::vector<Figure> figures;
  for (const Parameter& parameter : d.parameters)
    for (const ParameterRow& row : parameter.rows) figures.push_back({&parameter, &row});
  std::stable_sort(figures.begin(), figures.end(), [](const Figure& a, const Figure& b) { return a.place() < b.place(); });
  std::vector<SourcedValue> out;
  out.reserve(figures.size());
  for (const Figure& figure : figures) out.push_back(sourced_value(d, *figure.parameter, *figure.row));
  return out;
}

}  // namespace duly
