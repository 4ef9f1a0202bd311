// A parameter and its dated values.

#include <algorithm>

#include "resolve/parameter_reader.h"

namespace duly {
namespace {

const std::vector<std::string> parameter_keys{"title",      "cite",  "type",   "values", "file", "columns", "where", "read_as",  "source",
                                              "confidence", "range", "renews", "keys",   "note", "doubt",   "from",  "replaces", "may_be_replaced"};
const std::vector<std::string> value_keys{"from", "until", "is", "rows", "source", "confidence", "applied", "note", "each_more"};

std::optional<Confidence> confidence_from(std::string_view word) {
  for (const auto c : {Confidence::official, Confidence::reported, Confidence::computed, Confidence::projected, Confidence::doubtful})
    if (to_word(c) == word) return c;
  return std::nullopt;
}

Date day_after(const Node& written, Date day) {
  const auto month = month_from_text(trim(written.text));
  return month ? Date{last_day_of(*month).days + 1} : Date{day.days + 1};
}

/// What a number with a comma may have meant: `1,500` has thousands, `1500,50` and `1.500,00` cents.
std::string without_comma(std::string_view text) {
  const std::size_t comma = text.rfind(',');
  const std::size_t point = text.find('.');
  const bool is_decimal =
      text.find(',') == comma && (point < comma || text.size() - comma - 1 != 3) && text.find('.', comma) == std::string_view::npos;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',' && is_decimal && i == comma) out += '.';
    else if (text[i] != ',' && !(is_decimal && text[i] == '.')) out += text[i];
  }
  return out;
}

/// `1.500`, which elsewhere is one and a half thousand.
bool has_point_for_thousands(std::string_view text) {
  const std::size_t point = text.rfind('.');
  return point != std::string_view::npos && text.size() - point == 4 && text.find_first_not_of("0123456789", point + 1) == std::string_view::npos;
}

}  // namespace

ParameterReader::Defaults ParameterReader::defaults(const Node& record, const Span& where) {
  Defaults out;
  if (const auto from = reader_.date(record, "from")) {
    out.from = *from;
    out.has_from = true;
  }
  if (const auto until = reader_.date(record, "until")) out.until = day_after(*record.find("until"), *until);
  out.applied = reader_.date(record, "applied");
  if (record.find("source") != nullptr) out.source = source_index(reader_.text(record, "source"));
  if (record.find("confidence") != nullptr) out.confidence = confidence(reader_.text(record, "confidence"), record.find("confidence")->span);
  if (out.until <= out.from) reader_.mistake(Code::dates_overlap, where, "the value ends before it starts");
  return out;
}

void ParameterReader::read_value_record(const Node& record) {
  if (!reader_.want_map(record, "a value")) return;
  reader_.refuse_other_keys(record, value_keys, "a value");
  const Defaults base = defaults(record, record.span);
  if (record.find("from") == nullptr) reader_.mistake(Code::missing_key, record.span, "the value has no `from`", "say from which day it is law");
  if (const Node* is = record.find("is")) {
    ParameterRow row = row_from(base, is->span);
    row.keys.assign(p_.keys.size(), KeyPattern{});
    if (read_cell(is->is_scalar() ? is->text : std::string(text_of(is->span)), is->span, row)) add(std::move(row), is->span);
  }
  if (const Node* rows = record.find("rows")) read_grid(parse_grid(*rows, reader_.errors), base);
  if ((record.find("is") == nullptr) == (record.find("rows") == nullptr))
    reader_.mistake(Code::missing_key, record.span, "a value has either `is` or `rows`");
}

int ParameterReader::source_index(const std::string& text) {
  if (text.empty()) return -1;
  const auto at = std::find(p_.sources.begin(), p_.sources.end(), text);
  if (at != p_.sources.end()) return static_cast<int>(at - p_.sources.begin());
  p_.sources.push_back(text);
  return static_cast<int>(p_.sources.size()) - 1;
}

Confidence ParameterReader::confidence(std::string_view word, const Span& where) {
  if (const auto c = confidence_from(word)) return *c;
  reader_.mistake(Code::bad_value, where, "`" + std::string(word) + "` is no confidence",
                  "write official, reported, computed, projected or doubtful");
  return Confidence::doubtful;
}

ParameterRow ParameterReader::row_from(const Defaults& base, const Span& where) {
  ParameterRow row;
  row.from = base.from;
  row.until = base.until;
  row.applied = base.applied;
  row.source = base.source;
  row.confidence = base.confidence;
  row.span = where;
  return row;
}

bool ParameterReader::read_cell(std::string_view text, const Span& where, ParameterRow& row) {
  const auto value = read_written_value(reader_.d, p_.type, text);
  if (!value) {
    std::string help = "write " + what_is_written(reader_.d, p_.type) + ", or `not known`";
    if (text.find(',') != std::string_view::npos && p_.type.base == Base::number)
      help = "write numbers with a point before decimals and nothing between thousands: " + without_comma(text);
    if (!p_.type.absent.empty()) help += ", or `" + p_.type.absent + "`";
    reader_.mistake(Code::bad_value, where, "`" + std::string(text) + "` is no value of type " + duly::to_text(p_.type), help);
    return false;
  }
  if (p_.type.base == Base::number && p_.type.unit == Unit::money && has_point_for_thousands(text)) {
    std::string digits(text);
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    reader_.mistake(Code::bad_value, where, "`" + std::string(text) + "` has three decimals, and an amount of money two at most",
                    "write " + digits + " where the point stands between thousands");
    return false;
  }
  row.state = static_cast<ParameterRow::State>(value->state);
  row.value = value->value;
  return true;
}

bool ParameterReader::add(ParameterRow row, const Span& where) {
  row.span = where;
  if (row.until <= row.from) {
    reader_.mistake(Code::dates_overlap, where, "the value ends before it starts");
    return false;
  }
  p_.rows.push_back(std::move(row));
  return true;
}

void read_parameter(Reader& reader, const std::string& name, const Node& node, const RuleFiles& files) {
  reader.refuse_other_keys(node, parameter_keys, "a parameter");
  Parameter parameter;
  parameter.name = name;
  parameter.module = reader.module;
  parameter.span = node.span;
  parameter.title = reader.text(node, "title");
  parameter.cite = reader.text(node, "cite");
  if (parameter.cite.empty()) parameter.cite = reader.default_cite;
  if (parameter.cite.empty())
    reader.mistake(Code::missing_citation, node.span, "the parameter `" + name + "` has no `cite`", "cite the provision that sets the value");
  if (const std::string note = reader.text(node, "note"); !note.empty()) parameter.notes.push_back(note);
  parameter.doubts = reader.words_of(node, "doubt");
  const Node* type = node.find("type");
  if (type == nullptr) {
    reader.mistake(Code::missing_key, node.span, "the parameter `" + name + "` has no `type`", "such as type: money per month by unit_size");
    return;
  }
  std::vector<std::string> by;
  const auto read = read_type(reader, *type, &by);
  if (!read) return;
  parameter.type = *read;
  ParameterReader values(reader, parameter);
  values.read_keys(by, *type);
  parameter.range = reader.range_of(node, "range");
  if (const Node* list = node.find("values")) {
    if (!list->is_sequence()) reader.mistake(Code::wrong_shape, list->span, "`values` is a list of dated values");
    else
      for (const auto& record : list->items) values.read_value_record(record);
  }
  if (node.find("file") != nullptr) {
    const auto slash = reader.module.rfind('/');
    values.read_table_file(node, slash == std::string::npos ? "" : reader.module.substr(0, slash), files);
  }
  values.refuse_overlaps();
  values.renew(node);
  values.close_histories();
  values.check_complete(node.span);
  reader.d.parameters.push_back(std::move(parameter));
}

}  // namespace duly
