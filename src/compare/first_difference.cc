#include "compare/first_difference.h"

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

}  // namespace

std::optional<FirstDifference> first_difference(const Explanation& before, const Explanation& after) {
  std::map<NamedNode, const ExplanationNode*> earlier;
  visit(before.root, [&](const ExplanationNode& node) { earlier.emplace(NamedNode{node.name, node.of}, &node); });
  std::optional<FirstDifference> out;
  visit(after.root, [&](const ExplanationNode& node) {
    if (out) return;
    const auto was = earlier.find({node.name, node.of});
    if (was == earlier.end() || was->second->value_text == node.value_text) return;
    out = FirstDifference{node.name, node.title, node.of, node.cite.empty() ? node.source : node.cite, was->second->value_text, node.value_text};
  });
  return out;
}

}  // namespace duly
