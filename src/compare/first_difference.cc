#include "compare/first_difference.h"

#include <algorithm>
#include <functional>
#include <map>

namespace duly {
namespace {

using NamedNode = std::pair<std::string, std::string>;  ///< name, of whom

/// Every value of an explanation where it is met first, what stands below it before it.
void visit(const ExplanationNode& node, const std::function<void(const ExplanationNode&)>& f) {
  for (const ExplanationNode& child : node.children) visit(child, f);
  const bool is_value = node.kind == "rule" || node.kind == "test" || node.kind == "parameter" || node.kind == "fact";
  if (is_value && !node.value_text.empty()) f(node);
}

/// What is said of each name, in the order in which it is met: a table may be read several times.
std::map<NamedNode, std::vector<std::string>> texts_of(const Explanation& explanation) {
  std::map<NamedNode, std::vector<std::string>> out;
  visit(explanation.root, [&](const ExplanationNode& node) { out[{node.name, node.of}].push_back(node.value_text); });
  return out;
}

bool holds(const std::vector<std::string>& texts, const std::string& text) { return std::find(texts.begin(), texts.end(), text) != texts.end(); }

}  // namespace

std::optional<FirstDifference> first_difference(const Explanation& before, const Explanation& after) {
  const std::map<NamedNode, std::vector<std::string>> earlier = texts_of(before);
  const std::map<NamedNode, std::vector<std::string>> later = texts_of(after);
  std::optional<FirstDifference> out;
  visit(after.root, [&](const ExplanationNode& node) {
    const auto was = earlier.find({node.name, node.of});
    if (out || was == earlier.end() || holds(was->second, node.value_text)) return;
    const std::vector<std::string>& now = later.at({node.name, node.of});
    const auto gone = std::find_if(was->second.begin(), was->second.end(), [&](const std::string& text) { return !holds(now, text); });
    out = FirstDifference{
        node.name,      node.title, node.of, node.cite.empty() ? node.source : node.cite, gone == was->second.end() ? was->second.front() : *gone,
        node.value_text};
  });
  return out;
}

}  // namespace duly
