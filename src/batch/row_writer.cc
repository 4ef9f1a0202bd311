#include "batch/row_writer.h"

#include <algorithm>

namespace duly {
namespace {

constexpr std::string_view fixed_columns = "household,subject,outcome,scope,remedy,benefit_month,people,members,reasons,missing";

bool needs_quotes(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == '"' || c == ',' || c == '\n' || c == '\r'; });
}

void add_cell(std::string_view text, std::string& out) {
  if (!needs_quotes(text)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void add_next_cell(std::string_view text, std::string& out) {
  out += ',';
  add_cell(text, out);
}

void add_json_text(std::string_view text, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20U) {
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

void add_json_entry(std::string_view name, std::string_view text, std::string& out) {
  if (out.back() != '{') out += ',';
  add_json_text(name, out);
  out += ':';
  add_json_text(text, out);
}

void add_json_words(std::string_view name, std::string_view words, std::string& out) {
  out += ',';
  add_json_text(name, out);
  out += ":[";
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    add_json_text(words.substr(0, end), out);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (!words.empty()) out += ',';
  }
  out += ']';
}

std::string amount_text(std::optional<std::int64_t> amount) {
  if (!amount) return "";
  const std::int64_t whole = *amount / 10'000;
  const std::int64_t rest = *amount < 0 ? -(*amount % 10'000) : *amount % 10'000;
  std::string out = *amount < 0 && whole == 0 ? "-" : "";
  out += std::to_string(whole);
  if (rest == 0) return out;
  std::string decimals = std::to_string(10'000 + rest).substr(1);
  while (decimals.back() == '0') decimals.pop_back();
  return out + "." + decimals;
}

}  // namespace

RowWriter::RowWriter(RowFormat format, std::vector<std::string> outputs, bool has_benefit, bool tells_change)
    : format_(format), outputs_(std::move(outputs)), has_benefit_(has_benefit && !outputs_.empty()), tells_change_(tells_change) {}

std::string RowWriter::header() const {
  if (format_ == RowFormat::json_lines) return "";
  std::string out(fixed_columns);
  for (const std::string& name : outputs_) out += "," + name;
  if (has_benefit_) out += "," + outputs_.front() + "_low," + outputs_.front() + "_high";
  if (tells_change_) out += ",change,outcome_before" + (has_benefit_ ? "," + outputs_.front() + "_before" : "");
  return out + "\n";
}

HouseholdTexts RowWriter::rows(const std::vector<std::string>& keys, const DecidedColumns& columns, const std::vector<std::size_t>& order,
                               const PreviousRun* previous) const {
  HouseholdTexts out;
  out.ends.reserve(keys.size());
  auto row = order.begin();
  for (std::size_t h = 0; h < keys.size(); ++h) {
    for (; row != order.end() && static_cast<std::size_t>(columns.household[*row]) == h; ++row) {
      if (format_ == RowFormat::csv) add_csv(keys[h], columns, *row, previous, out.bytes);
      else add_json(keys[h], columns, *row, previous, out.bytes);
    }
    out.ends.push_back(out.bytes.size());
  }
  return out;
}

void RowWriter::add_csv(const std::string& key, const DecidedColumns& columns, std::size_t row, const PreviousRun* previous, std::string& out) const {
  add_cell(key, out);
  add_next_cell(columns.subject[row], out);
  add_next_cell(to_word(columns.outcome[row]), out);
  for (const TextColumn* column :
       {&columns.scope, &columns.remedy, &columns.benefit_month, &columns.people, &columns.members, &columns.reasons, &columns.missing})
    add_next_cell((*column)[row], out);
  for (const OutputColumn& output : columns.outputs) add_next_cell(output.text[row], out);
  if (has_benefit_) {
    add_next_cell(columns.outputs.front().low[row], out);
    add_next_cell(columns.outputs.front().high[row], out);
  }
  if (previous != nullptr) {
    const EarlierDetermination* earlier = previous->find(key, columns.subject[row]);
    const auto benefit = has_benefit_ ? amount_from_text(columns.outputs.front().text[row]) : std::nullopt;
    add_next_cell(to_word(change_since(earlier, columns.outcome[row], benefit)), out);
    add_next_cell(earlier == nullptr ? "" : to_word(earlier->outcome), out);
    if (has_benefit_) add_next_cell(earlier == nullptr ? "" : amount_text(earlier->benefit), out);
  }
  out += '\n';
}

void RowWriter::add_json(const std::string& key, const DecidedColumns& columns, std::size_t row, const PreviousRun* previous,
                         std::string& out) const {
  out += '{';
  add_json_entry("household", key, out);
  add_json_entry("subject", columns.subject[row], out);
  add_json_entry("outcome", to_word(columns.outcome[row]), out);
  for (const auto& [name, column] : {std::pair{"scope", &columns.scope}, {"remedy", &columns.remedy}, {"benefit_month", &columns.benefit_month}})
    if (!(*column)[row].empty()) add_json_entry(name, (*column)[row], out);
  add_json_words("people", columns.people[row], out);
  add_json_words("members", columns.members[row], out);
  add_json_words("reasons", columns.reasons[row], out);
  add_json_words("missing", columns.missing[row], out);
  out += ",\"outputs\":{";
  for (std::size_t i = 0; i < columns.outputs.size(); ++i) {
    const OutputColumn& output = columns.outputs[i];
    if (!output.text[row].empty()) {
      add_json_entry(outputs_[i], output.text[row], out);
    } else if (!output.low[row].empty() || !output.high[row].empty()) {
      if (out.back() != '{') out += ',';
      add_json_text(outputs_[i], out);
      out += ":{";
      if (!output.low[row].empty()) add_json_entry("low", output.low[row], out);
      if (!output.high[row].empty()) add_json_entry("high", output.high[row], out);
      out += '}';
    }
  }
  out += '}';
  if (previous != nullptr) {
    const EarlierDetermination* earlier = previous->find(key, columns.subject[row]);
    const auto benefit = has_benefit_ ? amount_from_text(columns.outputs.front().text[row]) : std::nullopt;
    add_json_entry("change", to_word(change_since(earlier, columns.outcome[row], benefit)), out);
    if (earlier != nullptr) add_json_entry("outcome_before", to_word(earlier->outcome), out);
    if (earlier != nullptr && earlier->benefit) add_json_entry(outputs_.front() + "_before", amount_text(earlier->benefit), out);
  }
  out += "}\n";
}

std::string RowWriter::error_header() { return "household,file,line,column,code,message,help\n"; }

void RowWriter::add_error(const CaseloadError& error, std::string& out) {
  add_cell(error.key, out);
  add_next_cell(error.file, out);
  add_next_cell(std::to_string(error.line), out);
  add_next_cell(error.column, out);
  add_next_cell(code_text(error.diagnostic.code), out);
  add_next_cell(error.diagnostic.message, out);
  add_next_cell(error.diagnostic.help, out);
  out += '\n';
}

}  // namespace duly
