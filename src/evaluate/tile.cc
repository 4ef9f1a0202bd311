#include "evaluate/tile.h"

#include <algorithm>

#include "evaluate/dispatch.h"

namespace duly {

void Values::State::start(const Plan& its_plan, const FactTable& its_facts, std::int64_t first, std::int64_t count, Keep what) {
  plan = &its_plan;
  facts = &its_facts;
  kernels = &duly::kernels();
  first_household = first;
  keep = what;
  memory.reset();
  scratch.reset();
  ahead.start();
  big.clear();
  const std::size_t nodes = plan->nodes.size();
  columns.resize(nodes);  // each is emptied before its node is evaluated
  made.assign(nodes, keep == Keep::asked ? 1 : 0);
  if (waiting.size() < nodes) waiting.resize(nodes);
  widths.assign(nodes, 1);
  narrow_columns.clear();
  blocks_.clear();
  if (keep == Keep::asked) {
    ownership_.resize(nodes);
    for (std::size_t id = 0; id < nodes; ++id) ownership_[id] = {static_cast<NodeId>(id), 1, none};
  }
  levels.start(*plan->program->declarations, its_facts, first, static_cast<std::int32_t>(count));
}

void Values::State::remember(NodeId owner, void* block, std::size_t bytes) {
  std::int32_t& head = ownership_[static_cast<std::size_t>(owner)].blocks;
  blocks_.push_back({block, bytes, head});
  head = static_cast<std::int32_t>(blocks_.size() - 1);
}

void Values::State::share_memory(NodeId id, NodeId from, const Column& as) {
  column(id) = as;
  set_width(id, width(from));
  if (keep != Keep::asked) return;
  const NodeId root = ownership_[static_cast<std::size_t>(from)].root;
  ownership_[static_cast<std::size_t>(id)].root = root;
  ++ownership_[static_cast<std::size_t>(root)].users;
}

void Values::State::release(NodeId id) {
  if (column(id).a == nullptr) return;
  const NodeId root_id = ownership_[static_cast<std::size_t>(id)].root;
  Ownership& root = ownership_[static_cast<std::size_t>(root_id)];
  column(id) = {};
  if (--root.users > 0) return;
  for (std::int32_t b = root.blocks; b != none; b = blocks_[static_cast<std::size_t>(b)].next) {
    const Block& block = blocks_[static_cast<std::size_t>(b)];
    memory.give_back(block.memory, block.bytes);
  }
  root.blocks = none;
}

void Values::State::release_after(NodeId id) {
  for (NodeId arg : node(id).args)
    while (arg != no_node && plan->last_use[static_cast<std::size_t>(arg)] == id) {
      release(arg);
      arg = node(arg).op == PlanOp::alias ? node(arg).args[0] : no_node;  // which lasts as long as its alias
    }
  if (plan->last_use[static_cast<std::size_t>(id)] <= id) release(id);
}

}  // namespace duly
