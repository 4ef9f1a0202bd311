#include "engine/places.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
namespace {

const CodeList& list_of(const LoadedProgram& program, FactId fact) {
  const Declarations& d = program.declarations();
  return d.lists[at(d.facts[at(fact)].type.list)];
}

bool has(const ProgramDecl::Cover& cover, int word) { return std::find(cover.words.begin(), cover.words.end(), word) != cover.words.end(); }

/// The fact of the place with this name, with a list of words.
const Fact* place_fact(const LoadedProgram& program, const std::string& name) {
  for (const Fact& fact : program.declarations().facts)
    if (fact.of_place && fact.name == name && fact.type.base == Base::code) return &fact;
  return nullptr;
}

}  // namespace

PossiblePlace possible_place(const LoadedProgram& program, const Node& document) {
  PossiblePlace out;
  const DictionaryIndex& index = program.index();
  for (const FactId id : index.presumed())
    if (const FactReading& how = index.fact(id); how.fact->of_place && how.list != nullptr && how.presumed) {
      std::vector<bool>& words = out[id];
      words.assign(how.list->words.size(), how.presumed->kind == FactValue::Kind::unknown);
      for (std::int64_t w = how.presumed->low; how.presumed->kind == FactValue::Kind::given && w <= how.presumed->high; ++w)
        words[static_cast<std::size_t>(w)] = true;
    }
  const Node* place = document.is_map() ? document.find("place") : nullptr;
  for (std::size_t i = 0; place != nullptr && place->is_map() && i < place->keys.size(); ++i) {
    const DocumentKey* key = index.find(DocumentSection::place, place->keys[i].text);
    if (key == nullptr || key->kind != DocumentKey::Kind::fact || index.fact(key->fact).list == nullptr) continue;
    const FactReading& how = index.fact(key->fact);
    Complaints complaints;
    const auto value = read_value(how, place->items[i], {"", "", -1, place->keys[i].text}, complaints);
    std::vector<bool>& words = out[key->fact];
    words.assign(how.list->words.size(), !value || value->kind == FactValue::Kind::unknown);
    if (!value || value->kind != FactValue::Kind::given) continue;
    for (std::int64_t w = value->low; w <= value->high; ++w) words[static_cast<std::size_t>(w)] = true;
  }
  return out;
}

std::optional<std::vector<ProgramDecl::Cover>> covers_of(const LoadedProgram& base, const PackHead& head) {
  std::vector<ProgramDecl::Cover> out;
  for (const auto& [name, words] : head.covers) {
    const Fact* fact = place_fact(base, name);
    if (fact == nullptr) return std::nullopt;
    ProgramDecl::Cover cover;
    cover.fact = static_cast<FactId>(fact - base.declarations().facts.data());
    const CodeList& list = list_of(base, cover.fact);
    for (const std::string& written : words) {
      const auto group = std::find_if(list.groups.begin(), list.groups.end(), [&](const auto& g) { return g.first == written; });
      if (group != list.groups.end()) cover.words.insert(cover.words.end(), group->second.begin(), group->second.end());
      else if (const int word = list.index_of(written); word >= 0) cover.words.push_back(word);
      else return std::nullopt;
    }
    out.push_back(std::move(cover));
  }
  if (out.empty()) return std::nullopt;
  return out;
}

Covered covered(const std::vector<ProgramDecl::Cover>& covers, const PossiblePlace& place) {
  Covered out = Covered::yes;
  for (const ProgramDecl::Cover& cover : covers) {
    const auto known = place.find(cover.fact);
    if (known == place.end()) {
      out = Covered::perhaps;
      continue;
    }
    bool some_inside = false;
    bool some_outside = false;
    for (std::size_t w = 0; w < known->second.size(); ++w) {
      if (!known->second[w]) continue;
      (has(cover, static_cast<int>(w)) ? some_inside : some_outside) = true;
    }
    if (!some_inside) return Covered::no;
    if (some_outside) out = Covered::perhaps;
  }
  return out;
}

std::optional<std::string> covered_by_both(const LoadedProgram& base, const PackHead& a, const PackHead& b) {
  const auto of_a = covers_of(base, a);
  const auto of_b = covers_of(base, b);
  if (!of_a || !of_b) return std::nullopt;
  std::string both;
  for (const ProgramDecl::Cover& one : *of_a)
    for (const ProgramDecl::Cover& other : *of_b) {
      if (one.fact != other.fact) continue;
      const auto shared = std::find_if(one.words.begin(), one.words.end(), [&](int word) { return has(other, word); });
      if (shared == one.words.end()) return std::nullopt;
      const std::string fact = base.declarations().facts[at(one.fact)].name;
      both.append(both.empty() ? "" : ", ").append(fact).append(" = ").append(list_of(base, one.fact).words[at(*shared)]);
    }
  return both.empty() ? to_text(base, *of_a) : both;
}

std::string to_text(const LoadedProgram& program, const std::vector<ProgramDecl::Cover>& covers) {
  std::string out;
  for (const ProgramDecl::Cover& cover : covers) {
    out.append(out.empty() ? "" : " and ").append(program.declarations().facts[at(cover.fact)].name).append(" = ");
    for (std::size_t w = 0; w < cover.words.size(); ++w)
      out.append(w == 0 ? "" : w + 1 == cover.words.size() ? " or " : ", ").append(list_of(program, cover.fact).words[at(cover.words[w])]);
  }
  return out;
}

}  // namespace duly
