#include "render/json_writer.h"

#include <array>
#include <cstdint>

namespace duly {

void JsonWriter::new_line() {
  if (indent_ == 0) return;
  if (flat_ > 0) {
    if (!first_) out_ += ' ';
    return;
  }
  out_ += '\n';
  out_.append(depth_ * indent_, ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_ += ',';
  if (depth_ > 0) new_line();
  first_ = false;
}

void JsonWriter::begin(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!first_ && flat_ == 0) new_line();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  out_.append("\"", 1).append(name).append(indent_ == 0 ? "\":" : "\": ");
  after_key_ = true;
}

void JsonWriter::text(std::string_view value) {
  before_value();
  quoted(value);
}

void JsonWriter::number(std::int64_t value) {
  before_value();
  out_ += std::to_string(value);
}

void JsonWriter::literal(std::string_view json) {
  before_value();
  out_ += json;
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::member(std::string_view name, const std::vector<std::string>& values) {
  key(name);
  begin_array();
  for (const std::string& value : values) text(value);
  end_array();
}

namespace {

constexpr auto needs_escape = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c) out[c] = true;
  out['"'] = out['\\'] = true;
  return out;
}();

}  // namespace

void JsonWriter::quoted(std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  out_ += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (!needs_escape[c]) continue;
    out_.append(value, copied, i - copied);
    copied = i + 1;
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\t': out_ += "\\t"; break;
      default: out_.append("\\u00").append(1, hex[c >> 4]).append(1, hex[c & 15]);
    }
  }
  out_.append(value, copied, std::string_view::npos);
  out_ += '"';
}

}  // namespace duly
