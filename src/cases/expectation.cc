#include "cases/expectation.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace duly {
namespace {

struct Word {
  std::string_view name;
  Expectation::Of of;
};
constexpr std::array<Word, 7> words_of_determinations{{{"outcome", Expectation::Of::outcome},
                                                       {"scope", Expectation::Of::scope},
                                                       {"remedy", Expectation::Of::remedy},
                                                       {"reason", Expectation::Of::reasons},
                                                       {"reasons", Expectation::Of::reasons},
                                                       {"missing", Expectation::Of::missing},
                                                       {"doubtful", Expectation::Of::doubtful}}};

bool is_list(Expectation::Of of) { return of == Expectation::Of::reasons || of == Expectation::Of::missing || of == Expectation::Of::doubtful; }

bool is_set(const Type& type) { return type.base == Base::people || type.base == Base::codes || type.base == Base::months; }

std::vector<std::string> words_between(std::string_view text, char separator) {
  std::vector<std::string> words;
  for (const std::string_view part : split(text, separator))
    if (!trim(part).empty()) words.emplace_back(trim(part));
  return words;
}

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  return words;
}

std::string listed(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const std::string& word : words) out += (out.size() > 1 ? ", " : "") + word;
  return out + "]";
}

/// `1697.50`, `2/3`.
std::optional<Number> number_or_fraction(std::string_view text) {
  const std::size_t bar = text.find('/');
  if (bar == std::string_view::npos) return number_from_text(text);
  const auto above = number_from_text(text.substr(0, bar));
  const auto below = number_from_text(text.substr(bar + 1));
  if (!above || !below || *below == 0) return std::nullopt;
  return Number(*above / *below);
}

/// One value as the engine would write it (`Value::text`); nothing if `text` is none of the type.
std::optional<std::string> canonical(const Declarations& declarations, const Type& type, std::string_view text) {
  if (!type.absent.empty() && text == type.absent) return std::string(text);
  switch (type.base) {
    case Base::boolean:
      if (text == "yes" || text == "true") return "true";
      if (text == "no" || text == "false") return "false";
      return std::nullopt;
    case Base::number:
    case Base::duration:
    case Base::days:
      if (const auto number = number_or_fraction(text)) return to_text(*number);
      return std::nullopt;
    case Base::date:
      if (text == "never") return "never";
      if (const auto day = date_from_text(text)) return to_text(*day);
      return std::nullopt;
    case Base::month:
    case Base::months:
      if (const auto month = month_from_text(text)) return to_text(*month);
      return std::nullopt;
    case Base::code:
    case Base::codes: {
      const CodeList& list = declarations.lists[static_cast<std::size_t>(type.list)];
      const int word = list.index_of(text);
      if (word < 0) return std::nullopt;
      return list.words[static_cast<std::size_t>(word)];
    }
    case Base::people:
    case Base::text: return std::string(text);
  }
  return std::nullopt;
}

/// `[10..20]`: what an open value lies between.
std::optional<std::pair<std::string_view, std::string_view>> range_from_text(std::string_view text) {
  if (text.size() < 4 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  return std::pair{trim(text.substr(0, dots)), trim(text.substr(dots + 2))};
}

struct CanonicalExpected {
  std::string text, low, high;
  bool unknown = false;
};

std::optional<CanonicalExpected> canonical_expected(const Declarations& declarations, const Type& type, const std::vector<std::string>& words) {
  CanonicalExpected out;
  if (words.size() == 1 && words[0] == "unknown") {
    out.unknown = true;
    return out;
  }
  if (is_set(type)) {
    std::vector<std::string> canonical_words;
    for (const std::string& word : words) {
      if (words.size() == 1 && word == "none") break;
      const auto one = canonical(declarations, type, word);
      if (!one) return std::nullopt;
      canonical_words.push_back(*one);
    }
    for (const std::string& word : sorted(std::move(canonical_words))) out.text += (out.text.empty() ? "" : " ") + word;
    return out;
  }
  if (words.size() != 1) return std::nullopt;
  if (const auto range = range_from_text(words[0])) {
    if (range->first.empty() && range->second.empty()) return std::nullopt;
    const auto low = range->first.empty() ? "" : canonical(declarations, type, range->first);
    const auto high = range->second.empty() ? "" : canonical(declarations, type, range->second);
    if (!low || !high) return std::nullopt;
    out.low = *low;
    out.high = *high;
    return out;
  }
  const auto text = canonical(declarations, type, words[0]);
  if (!text) return std::nullopt;
  out.text = *text;
  return out;
}

bool is_unknown(const Value& value) { return value.kind == Value::Kind::unknown; }

bool same(const Type& type, const CanonicalExpected& expected, const Value& got) {
  if (expected.unknown) return is_unknown(got);
  if (!expected.low.empty() || !expected.high.empty()) return is_unknown(got) && got.low == expected.low && got.high == expected.high;
  if (is_unknown(got)) return false;
  if (!is_set(type)) return got.text == expected.text;
  std::string in_order;
  for (const std::string& word : sorted(words_between(got.text, ' '))) in_order += (in_order.empty() ? "" : " ") + word;
  return in_order == expected.text;
}

std::string_view outcome_word(const Expectation& expected) {
  return expected.words.size() == 1 ? std::string_view(expected.words[0]) : std::string_view();
}

std::string name_of(const MissingFact& fact) {
  if (fact.of.empty() || fact.fact.starts_with("gap: ")) return fact.fact;
  return fact.of + "." + fact.fact;
}

/// What the determination says where the expectation asks.
std::vector<std::string> words_of(const Determination& determination, Expectation::Of of) {
  std::vector<std::string> words;
  const auto one = [&](std::string_view word) {
    if (!word.empty()) words.emplace_back(word);
  };
  switch (of) {
    case Expectation::Of::outcome: one(to_word(determination.outcome)); break;
    case Expectation::Of::scope: one(determination.scope); break;
    case Expectation::Of::remedy: one(determination.remedy); break;
    case Expectation::Of::reasons:
      for (const Reason& reason : determination.reasons) words.push_back(reason.code);
      break;
    case Expectation::Of::missing:
      for (const MissingFact& fact : determination.missing) words.push_back(name_of(fact));
      break;
    case Expectation::Of::doubtful:
      for (const DoubtfulValue& value : determination.doubtful) words.push_back(value.parameter);
      break;
    case Expectation::Of::rule: break;
  }
  return words;
}

bool is_outcome(std::string_view word) {
  for (const Outcome outcome : {Outcome::eligible, Outcome::ineligible, Outcome::conditional, Outcome::pending, Outcome::error})
    if (to_word(outcome) == word) return true;
  return false;
}

}  // namespace

std::vector<std::string_view> expectation_words() {
  std::vector<std::string_view> out;
  for (const Word& word : words_of_determinations) out.push_back(word.name);
  return out;
}

std::optional<Expectation> expectation_named(const DictionaryIndex& index, const std::vector<std::string>& people, std::string_view name) {
  const auto is_subject = [&](std::string_view word) { return std::find(people.begin(), people.end(), word) != people.end(); };
  Expectation out;
  out.name = name;
  if (is_subject(name)) {
    out.subject = name;
    out.name = "outcome";
    out.names_subject = true;
    return out;
  }
  if (const std::size_t dot = name.find('.'); dot != std::string_view::npos && is_subject(name.substr(0, dot))) {
    out.subject = name.substr(0, dot);
    out.name = name.substr(dot + 1);
  }
  for (const Word& word : words_of_determinations)
    if (word.name == out.name) {
      out.of = word.of;
      return out;
    }
  out.of = Expectation::Of::rule;
  out.rule = index.rule(out.name);
  if (out.rule < 0) return std::nullopt;
  return out;
}

std::vector<std::string> expected_words(const Expectation& expected, std::string_view cell) {
  const bool quoted = cell.size() >= 2 && cell.front() == '"' && cell.back() == '"';
  const std::string_view text = quoted ? cell.substr(1, cell.size() - 2) : cell;
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']' && !range_from_text(text);
  if (bracketed) return words_between(text.substr(1, text.size() - 2), ',');
  if (is_list(expected.of) || (!range_from_text(text) && text.find(',') != std::string_view::npos)) return words_between(text, ',');
  return {std::string(text)};
}

std::vector<std::string> expected_words(const Node& value) {
  std::vector<std::string> words;
  if (value.is_scalar()) words.emplace_back(trim(value.text));
  for (const Node& item : value.items) words.emplace_back(trim(item.text));
  return words;
}

std::optional<Diagnostic> impossible(const DictionaryIndex& index, const Expectation& expected) {
  const auto say = [&](std::string message, std::string help) {
    return diagnostic_at(Code::bad_value, expected.where, std::move(message), std::move(help));
  };
  const std::string written = "`" + (expected.words.size() == 1 ? expected.words[0] : listed(expected.words)) + "`";
  if (expected.of == Expectation::Of::outcome && !is_outcome(outcome_word(expected)))
    return say(written + " is no outcome", "outcomes are eligible, ineligible, conditional, pending and error");
  if (expected.of != Expectation::Of::rule) return std::nullopt;
  const auto type = index.rule_type(expected.rule);
  if (!type || canonical_expected(index.declarations(), *type, expected.words)) return std::nullopt;
  return say(written + " is no value of `" + expected.name + "`, whose type is " + to_text(*type),
             is_set(*type) ? "write a list" : "an open value is expected as \"[LOW..HIGH]\", in quotes, one that may be anything as unknown");
}

CaseComparison compare(const Declarations& declarations, const Type& type, const std::vector<std::string>& expected, const Value& got) {
  if (expected.size() == 1 && !is_set(type) && !is_unknown(got) && expected[0] == got.text) return {};
  const auto canonical_words = canonical_expected(declarations, type, expected);
  if (canonical_words && same(type, *canonical_words, got)) return {};
  CaseComparison out;
  out.same = false;
  out.expected = is_set(type) || expected.size() != 1 ? listed(expected) : expected[0];
  out.got = is_set(type) && !is_unknown(got) ? listed(words_between(got.text, ' ')) : shown(got);
  if (canonical_words && type.base == Base::number && !is_unknown(got)) {
    const auto wanted = number_or_fraction(canonical_words->text);
    const auto came = number_or_fraction(got.text);
    if (wanted && came) out.size = abs(Number(*came - *wanted));
  }
  return out;
}

CaseComparison compare(const Expectation& expected, const Determination& got) {
  const std::vector<std::string> words = words_of(got, expected.of);
  const bool none = expected.words.size() == 1 && expected.words[0] == "none";
  const std::vector<std::string> wanted = none ? std::vector<std::string>{} : expected.words;
  const bool is_same = expected.of == Expectation::Of::reasons ? words == wanted : sorted(words) == sorted(wanted);
  if (is_same) return {};
  CaseComparison out;
  out.same = false;
  out.expected = is_list(expected.of) ? listed(wanted) : std::string(outcome_word(expected));
  out.got = is_list(expected.of) ? listed(words) : words.empty() ? "none" : words[0];
  return out;
}

std::string shown(const Value& value) {
  if (!is_unknown(value)) return value.text;
  if (!value.low.empty() || !value.high.empty()) return "[" + value.low + ".." + value.high + "]";
  return "unknown";
}

}  // namespace duly
