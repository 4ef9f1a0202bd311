// Types and the values written for them.

#include <algorithm>
#include <array>

#include "resolve/reader.h"

namespace duly {
namespace {

struct PerWord {
  Per per;
  std::string_view word;
};
constexpr std::array<PerWord, 5> per_words{
    {{Per::day, "day"}, {Per::week, "week"}, {Per::month, "month"}, {Per::year, "year"}, {Per::pay_period, "pay_period"}}};

std::optional<Per> per_from(std::string_view word) {
  for (const auto& p : per_words)
    if (p.word == word) return p.per;
  return std::nullopt;
}

std::string_view word_of(Per per) {
  for (const auto& p : per_words)
    if (p.per == per) return p.word;
  return "";
}

struct Plain {
  std::string_view word;
  Base base;
  Unit unit;
  bool whole;
};
constexpr std::array<Plain, 13> plain_types{{{"boolean", Base::boolean, Unit::none, false},
                                             {"count", Base::number, Unit::none, true},
                                             {"rate", Base::number, Unit::none, false},
                                             {"money", Base::number, Unit::money, false},
                                             {"hours", Base::number, Unit::hours, false},
                                             {"nights", Base::number, Unit::nights, true},
                                             {"date", Base::date, Unit::none, true},
                                             {"month", Base::month, Unit::none, true},
                                             {"duration", Base::duration, Unit::none, true},
                                             {"days", Base::days, Unit::none, true},
                                             {"people", Base::people, Unit::none, false},
                                             {"months", Base::months, Unit::none, false},
                                             {"text", Base::text, Unit::none, false}}};

/// Cuts `suffix` off the end of `text`, blanks included.
bool cut_end(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text = trim(text.substr(0, text.size() - suffix.size()));
  return true;
}

/// The list of `code [a, b]`: made on the spot, with a name no file can write.
int inline_list(Reader& reader, std::string_view body, const Span& where) {
  CodeList list;
  for (const auto part : split(body, ',')) {
    const std::string word(trim(part));
    if (!is_name(word)) {
      reader.mistake(Code::bad_type, where, "`" + word + "` is no code word", "separate words by commas: code [member, prorated]");
      return -1;
    }
    list.accepted[word] = static_cast<int>(list.words.size());
    list.words.push_back(word);
    list.labels.push_back(word);
  }
  list.name = "[" + join_words(list.words, "or") + "]";
  list.span = where;
  for (std::size_t i = 0; i < reader.d.lists.size(); ++i)
    if (reader.d.lists[i].words == list.words) return static_cast<int>(i);
  reader.d.lists.push_back(std::move(list));
  return static_cast<int>(reader.d.lists.size()) - 1;
}

std::optional<Type> read_code_type(Reader& reader, std::string_view word, Base base, const Span& where) {
  Type type;
  type.base = base;
  if (word.starts_with('[') && word.ends_with(']')) {
    type.list = inline_list(reader, word.substr(1, word.size() - 2), where);
    if (type.list < 0) return std::nullopt;
    return type;
  }
  type.list = reader.list_named(std::string(word));
  if (type.list >= 0) return type;
  std::vector<std::string> names;
  for (const auto& l : reader.d.lists) names.push_back(l.name);
  const std::string near = nearest(word, names);
  reader.mistake(Code::bad_type, where, "there is no code list `" + std::string(word) + "`",
                 near.empty() ? "declare it under `codes:` of a facts file, or write the words: code [a, b]" : "did you mean `" + near + "`?");
  return std::nullopt;
}

std::optional<Type> read_quantity(std::string_view text) {
  Type type;
  if (text.starts_with("conversion ")) {
    type.base = Base::number;
    type.conversion = true;
    type.from = Per::pay_period;
    std::string_view rest = trim(text.substr(11));
    if (rest.starts_with("from ")) {
      const auto to = rest.find(" to ");
      if (to == std::string_view::npos) return std::nullopt;
      const auto from = per_from(trim(rest.substr(5, to - 5)));
      if (!from) return std::nullopt;
      type.from = *from;
      rest = rest.substr(to + 1);
    }
    if (!rest.starts_with("to ")) return std::nullopt;
    const auto per = per_from(trim(rest.substr(3)));
    if (!per) return std::nullopt;
    type.per = *per;
    return type;
  }
  std::string_view word = text;
  const auto per_at = text.find(" per ");
  if (per_at != std::string_view::npos) {
    const auto per = per_from(trim(text.substr(per_at + 5)));
    if (!per) return std::nullopt;
    type.per = *per;
    word = trim(text.substr(0, per_at));
  }
  for (const auto& plain : plain_types) {
    if (plain.word != word) continue;
    if (type.per != Per::none && plain.unit == Unit::none) return std::nullopt;
    type.base = plain.base;
    type.unit = plain.unit;
    type.whole = plain.whole;
    return type;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> plain_type_words() {
  std::vector<std::string_view> words;
  for (const Plain& plain : plain_types) words.push_back(plain.word);
  return words;
}

std::string to_text(const Type& type) {
  std::string out;
  if (type.conversion) {
    out = "conversion " + (type.from == Per::pay_period ? std::string() : "from " + std::string(word_of(type.from)) + " ") + "to " +
          std::string(word_of(type.per));
  } else {
    switch (type.base) {
      case Base::code: out = "code"; break;
      case Base::codes: out = "codes"; break;
      default:
        for (const auto& plain : plain_types)
          if (plain.base == type.base && plain.unit == type.unit &&
              (plain.base != Base::number || plain.unit != Unit::none || plain.whole == type.whole)) {
            out = plain.word;
            break;
          }
    }
    if (type.per != Per::none) out += " per " + std::string(word_of(type.per));
  }
  if (type.literal) out = "number";
  if (!type.absent.empty()) out += " or " + type.absent;
  return out;
}

std::optional<Type> read_type(Reader& reader, const Node& node, std::vector<std::string>* by) {
  const std::string written = node.is_scalar() ? node.text : std::string(text_of(node.span));
  std::string_view text = trim(written);
  if (by != nullptr) {
    const auto at = text.find(" by ");
    if (at != std::string_view::npos) {
      for (const auto key : split(text.substr(at + 4), ',')) by->emplace_back(trim(key));
      text = trim(text.substr(0, at));
    }
  }
  std::string absent;
  for (const std::string word : {"none", "unlimited", "not_offered"})
    if (cut_end(text, " or " + word)) absent = word;
  std::optional<Type> type;
  if (text.starts_with("code ")) {
    type = read_code_type(reader, trim(text.substr(5)), Base::code, node.span);
  } else if (text.starts_with("codes ")) {
    type = read_code_type(reader, trim(text.substr(6)), Base::codes, node.span);
  } else {
    type = read_quantity(text);
    if (!type) {
      reader.mistake(
          Code::bad_type, node.span, "`" + std::string(text) + "` is no type",
          "types are boolean, count, rate, money, hours, nights, date, month, duration, days, people, months, text, code LIST, codes LIST; "
          "quantities may say per day, week, month, year or pay_period");
    }
  }
  if (type) type->absent = absent;
  return type;
}

std::optional<WrittenValue> read_written_value(const Declarations& d, const Type& type, std::string_view text) {
  text = trim(text);
  if (text == "not known") return WrittenValue{WrittenValue::State::gap, 0};
  if (!type.absent.empty() && text == type.absent) return WrittenValue{WrittenValue::State::absent, 0};
  const auto value = [](Number n) { return WrittenValue{WrittenValue::State::value, std::move(n)}; };
  switch (type.base) {
    case Base::boolean:
      if (text == "true" || text == "yes") return value(1);
      if (text == "false" || text == "no") return value(0);
      return std::nullopt;
    case Base::code: {
      const int word = d.lists[static_cast<std::size_t>(type.list)].index_of(text);
      if (word < 0) return std::nullopt;
      return value(word);
    }
    case Base::date:
      if (text == "never") return value(never.days);
      if (const auto day = date_from_text(text)) return value(day->days);
      return std::nullopt;
    case Base::month:
      if (const auto month = month_from_text(text)) return value(month->index);
      return std::nullopt;
    case Base::number:
    case Base::duration:
    case Base::days: {
      const auto slash = text.find('/');
      if (slash != std::string_view::npos) {  // 1/3: the only exact way to write some conversions
        const auto n = number_from_text(trim(text.substr(0, slash)));
        const auto m = number_from_text(trim(text.substr(slash + 1)));
        if (n && m && *m != 0) return value(*n / *m);
        return std::nullopt;
      }
      const auto n = number_from_text(text);
      if (!n || (type.whole && denominator(*n) != 1)) return std::nullopt;
      return value(*n);
    }
    default: return std::nullopt;
  }
}

std::string what_is_written(const Declarations& d, const Type& type) {
  switch (type.base) {
    case Base::boolean: return "`true` or `false`";
    case Base::code: {
      const auto& words = d.lists[static_cast<std::size_t>(type.list)].words;
      if (words.size() <= 12) return "one of " + join_words(words, "or");
      return "a word of the list `" + d.lists[static_cast<std::size_t>(type.list)].name + "`";
    }
    case Base::date: return "a date such as YYYY-MM-DD";
    case Base::month: return "a month such as YYYY-MM";
    default: return type.whole ? "a whole number such as 12" : "a number such as 12.50, without thousands separators";
  }
}

}  // namespace duly
