#include "determine/missing.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/at.h"
#include "determine/foundations.h"

namespace duly {
namespace {

/// A question: members of one set belong to one question.
struct Question {
  Cause::Kind kind;
  int index;
  std::int32_t row;
  auto operator<=>(const Question&) const = default;
};

Question question_of(const Cause& cause) { return {cause.kind, cause.index, cause.row}; }

class MissingList {
 public:
  MissingList(const Evaluated& e, const Labels& labels, const std::vector<OpenSubject>& subjects, bool with_questions)
      : e_(e), labels_(labels), with_questions_(with_questions) {
    for (const OpenSubject& subject : subjects) {
      std::map<Question, bool> here;
      for (const OpenCause& cause : subject.causes) here[question_of(cause.cause)] |= cause.settles_alone;
      for (const auto& [question, settles] : here) {
        ++weights_[question].touches;
        if (settles || here.size() == 1) ++weights_[question].settles;
      }
    }
  }

  [[nodiscard]] std::vector<MissingFact> of(const OpenSubject& subject) const {
    std::set<Question> all;
    for (const OpenCause& cause : subject.causes) all.insert(question_of(cause.cause));
    std::vector<Question> ordered(all.begin(), all.end());
    std::stable_sort(ordered.begin(), ordered.end(), [&](const Question& x, const Question& y) { return before(x, y); });
    std::vector<MissingFact> asked;
    std::vector<MissingFact> apart;
    for (const Question& question : gates_first(ordered)) {
      MissingFact fact = told(question, subject);
      (fact.may_be_asked ? asked : apart).push_back(std::move(fact));
    }
    asked.insert(asked.end(), apart.begin(), apart.end());
    return asked;
  }

 private:
  struct Weight {
    int touches = 0, settles = 0;
  };

  /// Place in the dictionary: a list stands where its first field does.
  [[nodiscard]] std::pair<int, int> place(const Question& q) const {
    if (q.kind == Cause::Kind::gap) return {static_cast<int>(e_.declarations().facts.size()), q.index};
    if (q.kind == Cause::Kind::fact) return {q.index, 1};
    const auto& fields = e_.declarations().records[at(q.index)].fields;
    return {fields.empty() ? static_cast<int>(e_.declarations().facts.size()) : fields.front(), 0};
  }

  [[nodiscard]] bool before(const Question& x, const Question& y) const {
    const Weight& a = weights_.at(x);
    const Weight& b = weights_.at(y);
    if (a.touches != b.touches) return a.touches > b.touches;
    if (a.settles != b.settles) return a.settles > b.settles;
    return std::pair{place(x), x.row} < std::pair{place(y), y.row};
  }

  [[nodiscard]] bool opens(const Question& gate, const Question& fact) const {
    if (gate.kind != Cause::Kind::fact || fact.kind != Cause::Kind::fact || gate == fact) return false;
    const auto& gates = e_.index.opened_by(fact.index);
    if (std::find(gates.begin(), gates.end(), gate.index) == gates.end()) return false;
    const LevelId level = e_.fact(gate.index).level;
    const LevelId below = e_.fact(fact.index).level;
    return e_.paths.leads_up(below, level) && e_.paths.above(below, fact.row, level) == gate.row;
  }

  [[nodiscard]] std::vector<Question> gates_first(const std::vector<Question>& ordered) const {
    std::vector<Question> out;
    std::vector<bool> placed(ordered.size(), false);
    const auto put = [&](std::size_t i, const auto& again) -> void {
      if (placed[i]) return;
      placed[i] = true;
      for (std::size_t g = 0; g < ordered.size(); ++g)
        if (opens(ordered[g], ordered[i])) again(g, again);
      out.push_back(ordered[i]);
    };
    for (std::size_t i = 0; i < ordered.size(); ++i) put(i, put);
    return out;
  }

  [[nodiscard]] MissingFact told(const Question& q, const OpenSubject& subject) const {
    if (q.kind == Cause::Kind::gap) {
      const Parameter& parameter = e_.declarations().parameters[at(q.index)];
      return {.fact = "gap: " + parameter.name, .of = {}, .ask = parameter.title, .choices = {}, .may_be_asked = false};
    }
    if (q.kind == Cause::Kind::list) {
      const RecordKind& record = e_.declarations().records[at(q.index)];
      MissingFact out;
      out.fact = record.name;
      out.of = record.of_household ? "" : labels_.person(q.row);
      if (with_questions_) out.ask = about_person(record.ask, out.of);
      return out;
    }
    if (!with_questions_) return fact_asked(e_, labels_, q.index, q.row);
    MissingFact out = question_about(e_, labels_, q.index, q.row);
    out.choices = choices(q, subject);
    return out;
  }

  [[nodiscard]] std::vector<std::string> choices(const Question& q, const OpenSubject& subject) const {
    std::vector<std::string> out;
    const Type& type = e_.fact(q.index).type;
    if (type.base == Base::codes) {
      for (const OpenCause& open : subject.causes)
        if (question_of(open.cause) == q && open.cause.item != whole_set)
          out.push_back(e_.declarations().lists[at(type.list)].words[at(open.cause.item)]);
      return out;
    }
    if (type.base != Base::code) return out;
    const FactColumn& column = e_.r.values().facts().facts[at(q.index)];
    const auto row = at(e_.table_row(e_.fact(q.index).level, q.row));
    const auto& words = e_.declarations().lists[at(type.list)].words;
    for (std::size_t w = 0; w < words.size(); ++w)
      if (column.possible.empty() || (column.possible[row] >> w & 1U) != 0) out.push_back(words[w]);
    return out;
  }

  const Evaluated& e_;
  const Labels& labels_;
  bool with_questions_;
  std::map<Question, Weight> weights_;
};

}  // namespace

void list_missing(const Evaluated& e, const Labels& labels, const std::vector<OpenSubject>& subjects, bool with_questions,
                  std::vector<Determination>& out) {
  const MissingList list(e, labels, subjects, with_questions);
  for (const OpenSubject& subject : subjects) out[subject.determination].missing = list.of(subject);
}

}  // namespace duly
