// Relations between people. Both sides of a relation are one table of pairs: a list on either side says yes for those it names and, being
// complete, no for all others. A pair nobody spoke of is open, unless a presumption settles it.

#include <algorithm>

#include "facts/reading.h"

namespace duly {
namespace {

class Pairs {
 public:
  Pairs(Reading& reading, FactId relation)
      : reading_(reading),
        relation_(relation),
        other_(reading.index.other_side(relation)),
        people_(reading.people()),
        words_(words_of_bits(people_)),
        yes_(people_ * words_, 0),
        no_(people_ * words_, 0),
        open_row_(no_bits(people_)),
        open_column_(no_bits(people_)) {}

  void add(const RelationStatement& statement) {
    if (statement.side == relation_) add_row(statement, false);
    if (statement.side == other_) add_row(statement, true);
  }

  void add(const GroupStatement& statement) {
    std::vector<int> group_of(people_, -1);
    for (std::size_t g = 0; g < statement.groups.size(); ++g)
      for (std::size_t p = 0; p < people_; ++p)
        if (has_bit(statement.groups[g], p)) group_of[p] = static_cast<int>(g);
    for (std::size_t a = 0; a < people_; ++a)
      for (std::size_t b = 0; b < people_; ++b)
        if (a != b && group_of[a] >= 0 && group_of[b] >= 0) say(a, b, group_of[a] == group_of[b]);
  }

  /// A pair nobody spoke of is no, where neither of the two lists was left open on purpose. Returns whose list that changed.
  std::vector<std::int32_t> settle_open_pairs() {
    std::vector<std::int32_t> changed;
    for (std::size_t a = 0; a < people_; ++a) {
      bool settled = false;
      for (std::size_t b = 0; b < people_; ++b) {
        if (a == b || pair(yes_, a, b) || pair(no_, a, b) || has_bit(open_row_, a) || has_bit(open_column_, b)) continue;
        say(a, b, false);
        settled = true;
      }
      if (settled) changed.push_back(static_cast<std::int32_t>(a));
    }
    return changed;
  }

  void complain_of_contradictions() {
    for (std::size_t a = 0; a < people_; ++a)
      for (std::size_t b = 0; b < people_; ++b)
        if (pair(yes_, a, b) && pair(no_, a, b) && (other_ != relation_ || a < b)) complain(a, b);
  }

  /// Settles both sides of each person.
  void write() {
    for (std::size_t person = 0; person < people_; ++person) {
      settle(relation_, person, false);
      if (other_ >= 0 && other_ != relation_) settle(other_, person, true);
    }
  }

 private:
  struct Claim {
    std::string text;
    const Node* where = nullptr;
  };

  [[nodiscard]] bool pair(const BitRows& of, std::size_t a, std::size_t b) const { return (of[a * words_ + b / 64] >> (b % 64) & 1U) != 0; }
  void say(std::size_t a, std::size_t b, bool related) { (related ? yes_ : no_)[a * words_ + b / 64] |= std::uint64_t{1} << (b % 64); }

  void add_row(const RelationStatement& statement, bool turned) {
    const auto self = static_cast<std::size_t>(statement.person);
    const bool complete = statement.people.complete && statement.people.sound;
    if (!complete) give_bit(turned ? open_column_ : open_row_, self, true);
    for (std::size_t p = 0; p < people_; ++p) {
      const bool named = has_bit(statement.people.named, p);
      if (p != self && (named || complete)) say(turned ? p : self, turned ? self : p, named);
    }
  }

  void settle(FactId side, std::size_t person, bool turned) {
    RelatedPeople row{side, static_cast<std::int32_t>(person), no_bits(people_), no_bits(people_)};
    for (std::size_t p = 0; p < people_; ++p) {
      const bool yes = turned ? pair(yes_, p, person) : pair(yes_, person, p);
      const bool no = turned ? pair(no_, p, person) : pair(no_, person, p);
      if (p == person || (no && !yes)) continue;
      give_bit(row.maybe, p, true);
      give_bit(row.sure, p, yes);
    }
    reading_.related.push_back(std::move(row));
  }

  /// Who says that `a` and `b` are related, or that they are not.
  [[nodiscard]] Claim claim(std::size_t a, std::size_t b, bool related) const {
    for (const RelationStatement& statement : reading_.relations) {
      const auto self = static_cast<std::size_t>(statement.person);
      const bool forward = statement.side == relation_ && self == a;
      const bool turned = statement.side == other_ && self == b;
      if (!forward && !turned) continue;
      const std::size_t item = forward ? b : a;
      if (has_bit(statement.people.named, item) != related || (!related && !statement.people.complete)) continue;
      const std::string list = "`" + to_text({reading_.out.people[self], "", -1, statement.where->text}) + "`";
      return {list + (related ? " names `" : " does not name `") + reading_.out.people[item] + "`", statement.where};
    }
    for (const GroupStatement& statement : reading_.groups)
      if (statement.relation == relation_)
        return {"`" + statement.where->text + "` puts them into " + (related ? "one group" : "different groups"), statement.where};
    return {};
  }

  void complain(std::size_t a, std::size_t b) {
    if (reading_.complaints.full()) return reading_.complaints.error(Code::contradiction, {}, "");
    Claim yes = claim(a, b, true);
    Claim no = claim(a, b, false);
    if (yes.where == nullptr || no.where == nullptr) return;
    if (yes.where->span.begin > no.where->span.begin) std::swap(yes, no);
    reading_.complaints.error(Code::contradiction, no.where->span, no.text + ", but " + yes.text, "say the same on both sides, or leave one side out",
                              reading_.index.fact(relation_).about);
  }

  Reading& reading_;
  FactId relation_, other_;
  std::size_t people_, words_;
  BitRows yes_, no_;
  BitRows open_row_, open_column_;
};

/// `everyone: {parent_of: []}`, for those who do not say it themselves.
void spread_for_all(Reading& reading) {
  for (const RelationStatement& all : reading.relations_for_all)
    for (std::int32_t p = 0; p < static_cast<std::int32_t>(reading.people()); ++p) {
      const auto own = std::find_if(reading.relations.begin(), reading.relations.end(),
                                    [&](const RelationStatement& s) { return s.side == all.side && s.person == p; });
      if (own == reading.relations.end()) {
        reading.relations.push_back({all.side, p, all.people, all.where});
      } else if (own->people.sound && (own->people.named != all.people.named || own->people.complete != all.people.complete)) {
        reading.complaints.error(Code::contradiction, own->where->span,
                                 "`" + to_text({reading.person(p), "", -1, own->where->text}) + "` contradicts what `everyone` says of everybody",
                                 "leave `" + all.where->text + "` out of `everyone`, and give it for each person",
                                 reading.index.fact(all.side).about);
      }
    }
}

void settle_relation(Reading& reading, FactId relation) {
  const FactReading& how = reading.index.fact(relation);
  const FactId other = reading.index.other_side(relation);
  const auto is_said = [&](FactId side) {
    return std::any_of(reading.relations.begin(), reading.relations.end(), [&](const RelationStatement& s) { return s.side == side; }) ||
           std::any_of(reading.groups.begin(), reading.groups.end(), [&](const GroupStatement& s) { return s.relation == side; });
  };
  const bool may_settle = how.presumed.has_value() || reading.rest;
  const bool settles_itself = !may_settle || (how.presumed.has_value() && reading.options.columns_only);  // the filler presumes it of all
  if (settles_itself && !is_said(relation) && (other < 0 || !is_said(other))) return;
  Pairs pairs(reading, relation);
  for (const RelationStatement& statement : reading.relations) pairs.add(statement);
  for (const GroupStatement& statement : reading.groups)
    if (statement.relation == relation) pairs.add(statement);
  pairs.complain_of_contradictions();
  if (may_settle)
    for (const std::int32_t person : pairs.settle_open_pairs())
      if (how.presumed) reading.out.presumed.push_back({relation, person, how.presumed_text, how.about.cite});
  pairs.write();
}

}  // namespace

void settle_relations(Reading& reading) {
  spread_for_all(reading);
  if (reading.people() < 2) return;
  for (const FactId id : reading.index.relations()) settle_relation(reading, id);
}

}  // namespace duly
