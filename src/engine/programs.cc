#include "engine/programs.h"

#include <algorithm>

#include "engine/places.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

std::vector<std::string> words_of(const Node& node) {
  std::vector<std::string> out;
  if (node.is_scalar()) out.emplace_back(trim(node.text));
  for (const Node& item : node.items) out.emplace_back(trim(item.text));
  return out;
}

PackHead head_of(const std::string& id, const Node& manifest) {
  PackHead head;
  head.id = id;
  if (const Node* extends = manifest.find("extends"); extends != nullptr && extends->is_scalar()) head.extends = std::string(trim(extends->text));
  head.covers_at = manifest.span;
  const Node* covers = manifest.find("covers");
  if (covers == nullptr || !covers->is_map()) return head;
  head.covers_at = covers->span;
  for (std::size_t i = 0; i < covers->keys.size(); ++i) head.covers.emplace_back(covers->keys[i].text, words_of(covers->items[i]));
  return head;
}

}  // namespace

void Programs::take_over(const Programs& before, const std::vector<std::string>& ids) {
  const std::scoped_lock lock(before.mutex_, mutex_);
  for (const std::string& id : ids) {
    const auto known = before.programs_.find(id);
    if (known == before.programs_.end()) continue;
    const std::scoped_lock place(known->second.mutex);
    programs_[id].program = known->second.program;
  }
}

Result<std::shared_ptr<const LoadedProgram>> Programs::program(const std::string& id) const {
  const auto place_of_program = [&]() -> Place& {
    const std::scoped_lock lock(mutex_);
    return programs_[id];
  };
  Place& place = place_of_program();  // which stays where it is
  const std::scoped_lock lock(place.mutex);
  if (place.program) return place.program;
  auto loaded = LoadedProgram::load(*files_, id);
  if (loaded) place.program = *loaded;
  return loaded;
}

const std::vector<std::string>& Programs::ids() const {
  std::call_once(ids_once_, [this] { ids_ = program_ids(*files_); });
  return ids_;
}

Result<std::vector<PackHead>> Programs::packs_on(const std::string& id) const {
  const std::scoped_lock lock(heads_mutex_);
  std::vector<Diagnostic> in_the_way;
  if (!heads_) {
    std::vector<PackHead> heads;
    bool all_read = true;
    for (const std::string& program : program_ids(*files_)) {
      const std::string path = program + "/program.yaml";
      const auto file = files_->parsed(path);
      if (!file) continue;
      heads.push_back(head_of(program, *file->tree));
      if (file->errors.empty()) continue;
      all_read = false;
      const bool may_be_one = heads.back().extends == id || (heads.back().extends.empty() && file->source->text.find("extends") != std::string::npos);
      if (may_be_one) in_the_way.insert(in_the_way.end(), file->errors.begin(), file->errors.end());
    }
    std::erase_if(heads, [](const PackHead& head) { return head.extends.empty(); });
    if (!in_the_way.empty()) return in_the_way;
    if (!all_read) {
      std::erase_if(heads, [&](const PackHead& head) { return head.extends != id; });
      return heads;
    }
    heads_ = std::move(heads);
  }
  std::vector<PackHead> out;
  std::copy_if(heads_->begin(), heads_->end(), std::back_inserter(out), [&](const PackHead& head) { return head.extends == id; });
  return out;
}

std::vector<Diagnostic> places_covered_twice(const LoadedProgram& base, const std::vector<PackHead>& packs) {
  std::vector<Diagnostic> out;
  for (std::size_t a = 0; a < packs.size(); ++a)
    for (std::size_t b = a + 1; b < packs.size(); ++b) {
      const auto both = covered_by_both(base, packs[a], packs[b]);
      if (!both) continue;
      out.push_back(diagnostic_at(Code::place_covered_twice, packs[b].covers_at,
                                  "`" + packs[a].id + "` and `" + packs[b].id + "` both cover " + *both + ", on the same base",
                                  "one place has one pack: let one of them extend the other, or take the place out of one"));
    }
  return out;
}

}  // namespace duly
