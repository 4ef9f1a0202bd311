#include "what_if/change_words.h"

#include <algorithm>

#include "base/at.h"
#include "determine/foundations.h"
#include "facts/stated_cell.h"
#include "syntax/tree.h"
#include "what_if/fact_words.h"

namespace duly {
namespace {

int places_of(const Fact& fact) { return fact.type.base == Base::date || fact.type.base == Base::month ? 0 : fact.places; }

bool holds(const std::string& words, const std::string& word) { return (" " + words + " ").find(" " + word + " ") != std::string::npos; }

}  // namespace

bool ChangeWords::is_of_person(const Fact& fact) const {
  return fact.record >= 0 ? !d_.records[duly::at(fact.record)].of_household : fact.level == person_level;
}

std::string ChangeWords::path_of(const FactAt& at) const {
  const Fact& fact = d_.facts[duly::at(at.fact)];
  const std::string of = labels_.of(fact.level, at.row);
  return (of.empty() ? "" : of + ".") + fact.name;
}

FactChange ChangeWords::told(FactId id, std::int32_t row) const {
  FactChange out;
  const Fact& fact = d_.facts[duly::at(id)];
  out.fact = fact.name;
  out.path = (is_of_person(fact) ? "people." : "") + path_of({id, row, whole_set});
  out.title = words_of_fact(e_, labels_, id, row);
  out.from = given_value(e_, labels_, id, row);
  if (fact.type.per == Per::pay_period) add_period(fact, row, out);
  return out;
}

/// How often an amount comes, as its record says: a unit where it is one, else behind the title, such as `every two weeks`.
void ChangeWords::add_period(const Fact& fact, std::int32_t row, FactChange& out) const {
  out.from.unit = fact.type.unit == Unit::money ? "USD" : "";
  const FactId period = fact.record < 0 ? -1 : program_.index().record(fact.record).period;
  const Value often = period < 0 ? Value{} : given_value(e_, labels_, period, row);
  if (often.text == "day" || often.text == "week" || often.text == "month" || often.text == "year") out.from.unit += " per " + often.text;
  else if (!often.text.empty()) out.title += ", " + (often.label.empty() ? often.text : often.label);
}

FactChange ChangeWords::told(const Change& change) const {
  FactChange out = told(change.at.fact, change.at.row);
  out.to = out.from;
  out.to.text = text_of(change);
  const Fact& fact = d_.facts[duly::at(change.at.fact)];
  if (fact.type.base == Base::code && change.to.kind == Answer::Kind::word)
    out.to.label = d_.lists[duly::at(fact.type.list)].labels[duly::at(change.to.low)];
  if (change.to.kind != Answer::Kind::span) return out;
  const std::int64_t now = e_.r.values().facts().facts[duly::at(change.at.fact)].low[duly::at(change.at.row)];
  const Number apart = (Number(change.to.low) - now) / power_of_ten(places_of(fact));
  out.is_less = apart < 0;
  out.difference = to_text(Number(abs(apart)));
  return out;
}

/// The words a set holds with the change, a blank between; any other value as a document gives it.
std::string ChangeWords::text_of(const Change& change) const {
  const Fact& fact = d_.facts[duly::at(change.at.fact)];
  if (fact.type.base == Base::codes) {
    const CodeList& list = d_.lists[duly::at(fact.type.list)];
    const Value now = given_value(e_, labels_, change.at.fact, change.at.row);
    std::string out;
    for (std::size_t word = 0; word < list.words.size(); ++word) {
      const bool is_in = static_cast<int>(word) == change.at.item ? change.to.kind == Answer::Kind::yes : holds(now.text, list.words[word]);
      if (is_in) out += (out.empty() ? "" : " ") + list.words[word];
    }
    return out;
  }
  switch (change.to.kind) {
    case Answer::Kind::yes: return "true";
    case Answer::Kind::no: return "false";
    case Answer::Kind::word: return d_.lists[duly::at(fact.type.list)].words[duly::at(change.to.low)];
    default: return number_text(Number(change.to.low) / power_of_ten(places_of(fact)), fact.type);
  }
}

Node ChangeWords::node_of(const Change& change) const {
  const std::string text = text_of(change);
  if (d_.facts[duly::at(change.at.fact)].type.base != Base::codes) return scalar_node(text, {});
  std::vector<Node> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(scalar_node(text.substr(begin, end - begin), {}));
    begin = end + 1;
  }
  return list_node(std::move(words), {});
}

}  // namespace duly
