#include "lint/restated.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
namespace {

/// A source up to its first comma or semicolon: `Table of the ministry` of `Table of the ministry, used from 1 July`.
std::string publication(const std::string& source) { return source.substr(0, source.find_first_of(",;")); }

std::string keys_text(const Declarations& d, const Parameter& parameter, const ParameterRow& row) {
  std::string out = to_text(parameter.type);
  for (std::size_t k = 0; k < parameter.keys.size(); ++k) {
    const ParameterKey& key = parameter.keys[k];
    const KeyPattern& pattern = row.keys[k];
    out += "|" + key.name + "=";
    switch (pattern.kind) {
      case KeyPattern::Kind::word: out += d.lists[at(key.list)].words[at(pattern.word)]; break;
      case KeyPattern::Kind::group: out += d.lists[at(key.list)].groups[at(pattern.word)].first; break;
      case KeyPattern::Kind::number:
      case KeyPattern::Kind::band: out += std::to_string(pattern.low) + ".." + std::to_string(pattern.high); break;
      case KeyPattern::Kind::any: out += "any"; break;
    }
  }
  return out;
}

bool same_value(const ParameterRow& a, const ParameterRow& b) {
  return a.state == b.state && a.value == b.value && a.grows == b.grows && (!a.grows || a.each_more == b.each_more);
}

std::string place_text(const Span& span) { return span.source->path + ":" + std::to_string(place_of(*span.source, span.begin).line); }

}  // namespace

void RestatedFigures::add(const Declarations& declarations) {
  for (const Parameter& parameter : declarations.parameters)
    for (const ParameterRow& row : parameter.rows) {
      if (row.source < 0 || !row.span.source || row.state != ParameterRow::State::value || !parameter.replaced.program.empty()) continue;
      if (parameter.type.base != Base::number) continue;  // words are numbered by their own list
      const std::string from = publication(parameter.sources[at(row.source)]);
      figures_[{parameter.name, from, keys_text(declarations, parameter, row)}].push_back({&declarations, &parameter, &row});
    }
}

void RestatedFigures::find_differences(std::vector<Diagnostic>& found) const {
  for (const auto& [what, figures] : figures_) {
    // The federal figure stands nearer to the root than one of a state.
    const auto depth = [](const Figure& f) { return std::count(f.parameter->module.begin(), f.parameter->module.end(), '/'); };
    const auto first = std::min_element(figures.begin(), figures.end(), [&](const Figure& a, const Figure& b) {
      return std::tuple(depth(a), std::string_view(a.parameter->module), a.row->span.begin) <
             std::tuple(depth(b), std::string_view(b.parameter->module), b.row->span.begin);
    });
    for (const Figure& other : figures) {
      if (other.parameter->module == first->parameter->module || same_value(*other.row, *first->row)) continue;
      Diagnostic d =
          diagnostic_at(Code::restated_otherwise, other.row->span,
                        "`" + other.parameter->name + "` of " + std::get<1>(what) + " is another in " + place_text(first->row->span),
                        "one of the two is wrong, or they come from two publications: then let their sources say so before the first comma");
      d.severity = Severity::warning;
      d.cite = other.parameter->cite;
      found.push_back(std::move(d));
    }
  }
}

}  // namespace duly
