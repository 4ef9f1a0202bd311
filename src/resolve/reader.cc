#include "resolve/reader.h"

#include <algorithm>

namespace duly {

void Reader::mistake(Code code, const Span& where, std::string message, std::string help) {
  errors.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
}

void Reader::stamp(std::size_t since, const std::string& rule, const std::string& cite) {
  for (std::size_t i = since; i < errors.size(); ++i) {
    if (!errors[i].rule.empty()) continue;
    errors[i].rule = rule;
    errors[i].cite = cite;
  }
}

void Reader::refuse_other_keys(const Node& map, const std::vector<std::string>& known, const std::string& what) {
  for (const auto& key : map.keys) {
    if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    const std::string near = nearest(key.text, known);
    mistake(Code::unknown_key, key.span, "`" + key.text + "` is no key of " + what,
            near.empty() ? "its keys are " + join_words(known) : "did you mean `" + near + "`?");
  }
}

bool Reader::want_map(const Node& node, const std::string& what) {
  if (node.is_map()) return true;
  mistake(Code::wrong_shape, node.span, what + " must be a record of keys and values");
  return false;
}

std::string Reader::text(const Node& map, const char* key) {
  const Node* node = map.find(key);
  if (node == nullptr) return "";
  if (!node->is_scalar()) {
    mistake(Code::wrong_shape, node->span, std::string("`") + key + "` must be one value, not a list or a record");
    return "";
  }
  return std::string(trim(node->text));
}

std::vector<std::string> Reader::words(const Node& node) {
  std::vector<std::string> out;
  if (node.is_scalar()) {
    out.emplace_back(trim(node.text));
    return out;
  }
  for (const auto& item : node.items) {
    if (!node.is_sequence() || !item.is_scalar()) {
      mistake(Code::wrong_shape, item.span, "a list of single words is wanted here");
      return out;
    }
    out.emplace_back(trim(item.text));
  }
  return out;
}

std::vector<std::string> Reader::words_of(const Node& map, const char* key) {
  const Node* node = map.find(key);
  return node == nullptr ? std::vector<std::string>{} : words(*node);
}

bool Reader::flag(const Node& map, const char* key, bool otherwise) {
  const Node* node = map.find(key);
  if (node == nullptr) return otherwise;
  const std::string word = text(map, key);
  if (word == "true" || word == "yes") return true;
  if (word == "false" || word == "no") return false;
  mistake(Code::bad_value, node->span, std::string("`") + key + "` is yes or no", "write `true` or `false`");
  return otherwise;
}

std::optional<Date> Reader::date(const Node& map, const char* key) {
  const Node* node = map.find(key);
  if (node == nullptr) return std::nullopt;
  const std::string word = text(map, key);
  if (const auto day = date_from_text(word)) return day;
  if (const auto month = month_from_text(word)) return first_day_of(*month);
  mistake(Code::bad_value, node->span, "`" + word + "` is no date", "write it as YYYY-MM-DD");
  return std::nullopt;
}

ExprPtr Reader::formula(const Node& node) { return parse_formula(node, errors); }

ExprPtr Reader::formula_of(const Node& map, const char* key) {
  const Node* node = map.find(key);
  return node == nullptr ? nullptr : formula(*node);
}

std::optional<std::pair<Number, Number>> Reader::range_of(const Node& map, const char* key) {
  const Node* node = map.find(key);
  if (node == nullptr) return std::nullopt;
  const std::string written = node->is_scalar() ? std::string(trim(node->text)) : std::string(text_of(node->span));
  const auto dots = written.find("..");
  if (written.size() > 4 && written.front() == '[' && written.back() == ']' && dots != std::string::npos) {
    const auto end = [](std::string_view part) -> std::optional<Number> {
      part = trim(part);
      if (const auto day = date_from_text(part)) return Number(day->days);
      if (const auto month = month_from_text(part)) return Number(month->index);
      return number_from_text(part);
    };
    const auto low = end(std::string_view(written).substr(1, dots - 1));
    const auto high = end(std::string_view(written).substr(dots + 2, written.size() - dots - 3));
    if (low && high && *low <= *high) return std::pair{*low, *high};
  }
  mistake(Code::bad_value, node->span, "`" + written + "` is no range", "write both ends, such as \"[0..20000]\"");
  return std::nullopt;
}

int Reader::list_named(const std::string& name) const {
  for (std::size_t i = 0; i < d.lists.size(); ++i)
    if (d.lists[i].name == name) return static_cast<int>(i);
  return -1;
}

int CodeList::index_of(std::string_view word) const {
  const auto at = accepted.find(std::string(word));
  return at == accepted.end() ? -1 : at->second;
}

std::string_view to_word(Confidence confidence) {
  switch (confidence) {
    case Confidence::official: return "official";
    case Confidence::reported: return "reported";
    case Confidence::computed: return "computed";
    case Confidence::projected: return "projected";
    case Confidence::doubtful: return "doubtful";
  }
  return "";
}

}  // namespace duly
