// The keys of a parameter, and what a cell says of one of them.

#include "resolve/parameter_reader.h"

namespace duly {

void ParameterReader::read_keys(const std::vector<std::string>& names, const Node& node) {
  for (const auto& written : names) {
    ParameterKey key;
    key.name = written;
    std::string list = written;
    if (const auto colon = written.find(':'); colon != std::string::npos) {
      key.name = std::string(trim(std::string_view(written).substr(0, colon)));
      list = std::string(trim(std::string_view(written).substr(colon + 1)));
      if (reader_.list_named(list) < 0) reader_.mistake(Code::bad_type, node.span, "there is no code list `" + list + "`");
    }
    key.list = reader_.list_named(list);
    key.is_month = list == "month" && key.list < 0;
    p_.keys.push_back(std::move(key));
  }
}

std::optional<KeyPattern> ParameterReader::read_pattern(const ParameterKey& key, std::string_view text) {
  KeyPattern pattern;
  if (text == "any" || text.empty()) return pattern;
  if (key.list >= 0) {
    const auto& list = reader_.d.lists[static_cast<std::size_t>(key.list)];
    pattern.kind = KeyPattern::Kind::word;
    pattern.word = list.index_of(text);
    if (pattern.word >= 0) return pattern;
    for (std::size_t g = 0; g < list.groups.size(); ++g)
      if (list.groups[g].first == text) {
        pattern.kind = KeyPattern::Kind::group;
        pattern.word = static_cast<int>(g);
        return pattern;
      }
    return std::nullopt;
  }
  const auto whole = [&](std::string_view part) -> std::optional<std::int64_t> {
    if (key.is_month) {
      if (const auto month = month_from_text(part)) return month->index;
      return std::nullopt;
    }
    const auto n = number_from_text(part);
    if (!n || denominator(*n) != 1 || abs(*n) > 1'000'000) return std::nullopt;
    return to_int64(numerator(*n));
  };
  if (text.ends_with('+')) {
    const auto low = whole(trim(text.substr(0, text.size() - 1)));
    if (!low) return std::nullopt;
    return KeyPattern{KeyPattern::Kind::band, -1, *low, KeyPattern::no_end};
  }
  if (const auto n = whole(text)) return KeyPattern{KeyPattern::Kind::number, -1, *n, *n};
  const auto dash = text.find(key.is_month ? " - " : "-", 1);
  if (dash == std::string_view::npos) return std::nullopt;
  const auto low = whole(trim(text.substr(0, dash)));
  const auto high = whole(trim(text.substr(dash + (key.is_month ? 3 : 1))));
  if (!low || !high || *high < *low) return std::nullopt;
  return KeyPattern{KeyPattern::Kind::band, -1, *low, *high};
}

std::optional<KeyPattern> ParameterReader::pattern_or_mistake(const ParameterKey& key, const GridCell& cell) {
  auto pattern = read_pattern(key, cell.text);
  if (pattern) return pattern;
  if (key.list >= 0) {
    const auto& list = reader_.d.lists[static_cast<std::size_t>(key.list)];
    std::vector<std::string> words = list.words;
    for (const auto& g : list.groups) words.push_back(g.first);
    const std::string near = nearest(cell.text, words);
    reader_.mistake(Code::unknown_code, cell.span, "`" + cell.text + "` is no word and no group of the list `" + list.name + "`",
                    near.empty() ? "" : "did you mean `" + near + "`?");
  } else {
    reader_.mistake(Code::bad_value, cell.span, "`" + cell.text + "` is no key `" + key.name + "`", "write 3, 1-3, 6+ or any");
  }
  return std::nullopt;
}

}  // namespace duly
