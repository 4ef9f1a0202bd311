#include "what_if/fact_words.h"

#include <algorithm>
#include <bit>

#include "base/at.h"

namespace duly {
namespace {

std::string with_blanks(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string title_of(const Fact& fact) { return fact.title.empty() ? with_blanks(fact.name) : fact.title; }

}  // namespace

std::string words_of_path(const DictionaryIndex& index, const std::string& path, const FactOfPath& of) {
  const Declarations& d = index.declarations();
  const Fact& fact = d.facts[at(of.fact)];
  const std::size_t dot = path.find('.');
  const bool has_owner = dot != std::string::npos && path.find('[') > dot;
  const std::string owner = has_owner ? path.substr(0, dot) + ": " : "";
  const std::string rest = has_owner ? path.substr(dot + 1) : path;
  if (of.as_age) return owner + with_blanks(rest);
  if (fact.record < 0) return owner + title_of(fact);
  if (rest.find('[') != std::string::npos) {
    const std::size_t field = rest.find(']');
    return owner + rest.substr(0, field + 1) + " " + title_of(fact);
  }
  const RecordKind& kind = d.records[at(fact.record)];
  const CodeList& list = d.lists[at(d.facts[at(kind.short_word)].type.list)];
  const int word = list.index_of(rest);
  return owner + (word < 0 ? with_blanks(rest) : list.labels[at(word)]);
}

std::string words_of_fact(const Evaluated& e, const Labels& labels, FactId id, std::int32_t row) {
  const Fact& fact = e.fact(id);
  if (fact.record < 0) {
    const std::string of = labels.of(fact.level, row);
    return (of.empty() ? "" : of + ": ") + title_of(fact);
  }
  const RecordKind& kind = e.declarations().records[at(fact.record)];
  const std::string owner = kind.of_household ? "" : labels.person(e.paths.above(fact.level, row, person_level)) + ": ";
  std::string what = with_blanks(kind.one);
  if (kind.short_word >= 0) {
    const FactColumn& words = e.r.values().facts().facts[at(kind.short_word)];
    const auto at_row = at(e.table_row(fact.level, row));
    if (at_row < words.possible.size() && std::has_single_bit(words.possible[at_row]))
      what = e.declarations().lists[at(e.fact(kind.short_word).type.list)].labels[at(std::countr_zero(words.possible[at_row]))];
  }
  return owner + what + (id == kind.short_value ? "" : ", " + title_of(fact));
}

}  // namespace duly
