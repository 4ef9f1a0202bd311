#include "engine/pack_picker.h"

#include <algorithm>

namespace duly {
namespace {

/// The facts that leave it open whether the place is covered.
void add_open(const std::vector<ProgramDecl::Cover>& covers, const PossiblePlace& place, std::vector<FactId>& open) {
  for (const ProgramDecl::Cover& cover : covers)
    if (covered({cover}, place) == Covered::perhaps && std::find(open.begin(), open.end(), cover.fact) == open.end()) open.push_back(cover.fact);
}

}  // namespace

Result<PackPicker> PackPicker::on(const Programs& programs, const std::string& id) {
  const auto asked = programs.program(id);
  if (!asked) return asked.errors();
  PackPicker out(programs);
  out.packs_.push_back({{id, "", {}, {}}, (*asked)->declarations().program.covers, {}, *asked});
  if (auto wrong = out.add_packs_on(0); !wrong.empty()) return wrong;
  return out;
}

std::vector<Diagnostic> PackPicker::add_packs_on(std::size_t base) {
  const auto heads = programs_.packs_on(packs_[base].head.id);
  if (!heads) return heads.errors();
  if (auto twice = places_covered_twice(asked(), *heads); !twice.empty()) return twice;
  for (const PackHead& head : *heads) {
    auto covers = covers_of(asked(), head);
    if (!covers) {
      const auto pack = programs_.program(head.id);  // which tells what is wrong with its `covers`
      if (!pack) return pack.errors();
      covers = (*pack)->declarations().program.covers;
    }
    const std::size_t at = packs_.size();
    packs_[base].packs.push_back(at);
    packs_.push_back({head, std::move(*covers), {}, nullptr});
    if (auto wrong = add_packs_on(at); !wrong.empty()) return wrong;
  }
  return {};
}

Diagnostic PackPicker::not_covered(const Node& document, const PossiblePlace& place, std::size_t base) const {
  std::string lives;
  const Declarations& d = asked().declarations();
  for (const auto& [fact, words] : place) {
    if (std::count(words.begin(), words.end(), true) != 1) continue;
    const Fact& of = d.facts[static_cast<std::size_t>(fact)];
    const auto word = static_cast<std::size_t>(std::find(words.begin(), words.end(), true) - words.begin());
    lives.append(lives.empty() ? "" : ", ").append(of.name).append(" = ").append(d.lists[static_cast<std::size_t>(of.type.list)].words[word]);
  }
  std::string covers = packs_[base].packs.empty() ? to_text(asked(), packs_[base].covers) : "";
  for (const std::size_t pack : packs_[base].packs)
    covers.append(covers.empty() ? "" : "; ").append(to_text(asked(), packs_[pack].covers)).append(" (`").append(packs_[pack].head.id).append("`)");
  const Node* where = document.is_map() ? document.find("place") : nullptr;
  return diagnostic_at(Code::no_rules_in_force, where == nullptr ? document.span : where->span,
                       "`" + packs_[base].head.id + "` does not cover the place" + (lives.empty() ? "" : ": " + lives),
                       covers.empty() ? "no pack stands on it, and it decides nobody by itself" : "it covers " + covers);
}

Result<Picked> PackPicker::pick(const Node& document) const {
  const PossiblePlace place = possible_place(asked(), document);
  Picked out{packs_.front().program, {}};
  const Covered own = covered(packs_.front().covers, place);
  if (own == Covered::no) return not_covered(document, place, 0);
  if (own == Covered::perhaps) add_open(packs_.front().covers, place, out.open);
  std::size_t here = 0;
  while (out.open.empty()) {
    std::optional<std::size_t> surely;
    for (const std::size_t pack : packs_[here].packs) {
      const Covered by_it = covered(packs_[pack].covers, place);
      if (by_it == Covered::yes) surely = pack;
      else if (by_it == Covered::perhaps) add_open(packs_[pack].covers, place, out.open);
    }
    if (!surely) break;
    out.open.clear();  // no two packs cover one place
    here = *surely;
  }
  if (!out.open.empty()) return out;
  if (here != 0) {
    auto pack = programs_.program(packs_[here].head.id);
    if (!pack) return pack.errors();
    out.program = *pack;
  }
  if (out.program->declarations().program.is_frame) return not_covered(document, place, here);
  return out;
}

}  // namespace duly
