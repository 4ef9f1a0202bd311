#include "determine/open_causes.h"

#include <algorithm>
#include <utility>

#include "base/at.h"

namespace duly {
namespace {

class OpenWalk {
 public:
  explicit OpenWalk(const Evaluated& e) : e_(e) {}

  std::vector<Cause> run(const std::vector<Part>& roots) {
    waiting_ = roots;
    std::vector<Part> parts;
    while (!waiting_.empty()) {
      const Part part = waiting_.back();
      waiting_.pop_back();
      if (part.node == no_node || !e_.r.is_open(part.node, part.row, part.item) || !seen_.add(part)) continue;
      visit(part);
      parts.clear();
      e_.parts.add_parts(part, parts);
      waiting_.insert(waiting_.end(), parts.begin(), parts.end());
    }
    std::sort(causes_.begin(), causes_.end());
    causes_.erase(std::unique(causes_.begin(), causes_.end()), causes_.end());
    return std::move(causes_);
  }

 private:
  void visit(const Part& part) {
    const PlanNode& node = e_.r.node(part.node);
    switch (node.op) {
      case PlanOp::fact: return add_fact(node, part);
      case PlanOp::fact_absent: return causes_.push_back({Cause::Kind::fact, node.index, part.row, whole_set});
      case PlanOp::list_closed: return causes_.push_back({Cause::Kind::list, node.index, part.row, whole_set});
      case PlanOp::lookup:
      case PlanOp::lookup_absent: return add_gap(node, part.row);
      case PlanOp::unknown: return add_folded_gap(node);
      default: return;
    }
  }

  void add_fact(const PlanNode& node, const Part& part) {
    if (node.shape != Shape::set) return causes_.push_back({Cause::Kind::fact, node.index, part.row, whole_set});
    if (part.item != whole_set) return add_member(node.index, part.row, part.item);
    const Type& type = e_.fact(node.index).type;
    const std::int32_t h = e_.paths.household(node.level, part.row);
    const int size = type.base == Base::people ? e_.paths.people_in(h) : static_cast<int>(e_.declarations().lists[at(type.list)].words.size());
    for (int item = 0; item < size; ++item)
      if (e_.r.is_open(part.node, part.row, item)) add_member(node.index, part.row, item);
  }

  void add_member(FactId id, std::int32_t row, int item) {
    const Fact& fact = e_.fact(id);
    if (fact.type.base == Base::people && fact.level == person_level) {
      const std::int32_t first = e_.paths.person_row(e_.paths.household(person_level, row), 0);
      const bool other_side = fact.inverse_of >= 0;
      if (other_side || (fact.symmetric && row - first > item)) {
        const std::int32_t self = row - first;
        row = first + item;
        item = self;
      }
      if (other_side) id = fact.inverse_of;
    }
    causes_.push_back({Cause::Kind::fact, id, row, item});
  }

  void add_gap(const PlanNode& node, std::int32_t row) {
    if (!e_.index.has_gap(node.index)) return;
    const LookupTable& table = e_.r.plan().tables[at(node.index)];
    const auto cells = cells_of(e_, node, row);
    if (std::any_of(cells.begin(), cells.end(), [&](std::size_t cell) { return table.state[cell] == LookupTable::gap; }))
      causes_.push_back({Cause::Kind::gap, table.parameter, 0, whole_set});
  }

  /// A look-up whose only cell is a gap may have become an unknown constant.
  void add_folded_gap(const PlanNode& node) {
    if (node.origin == no_term) return;
    const Term& term = e_.r.term(node.origin);
    if (term.op == TermOp::lookup || term.op == TermOp::lookup_absent) causes_.push_back({Cause::Kind::gap, term.index, 0, whole_set});
  }

  const Evaluated& e_;
  std::vector<Part> waiting_;
  std::vector<Cause> causes_;
  Seen seen_;
};

}  // namespace

std::vector<Cause> open_causes(const Evaluated& e, const std::vector<Part>& roots) { return OpenWalk(e).run(roots); }

bool hangs_on(const Evaluated& e, const std::vector<Part>& roots, const Cause& cause) {
  const std::vector<Cause> causes = open_causes(e, roots);
  return std::binary_search(causes.begin(), causes.end(), cause);
}

}  // namespace duly
