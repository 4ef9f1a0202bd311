#include "language/messages.h"

#include <charconv>
#include <istream>
#include <optional>
#include <ostream>

#include "base/text.h"

namespace duly {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_line_of_head = 8192;
constexpr std::size_t longest_body = std::size_t{64} << 20U;

/// A line without its end; false at the end of the stream, or where the line is longer than any head has.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return true;
    }
    if (line.size() == longest_line_of_head) return false;
    line += static_cast<char>(c);
  }
  return false;
}

bool same_letters(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if ((a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] + ('a' - 'A')) : a[i]) != lower[i]) return false;
  return true;
}

/// The four hexadecimal digits of an escape `\uXXXX` that begins at `at`; nothing if there is none.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const char* end = text.data() + at + 6;
  const auto [stop, error] = std::from_chars(text.data() + at + 2, end, unit, 16);
  if (error != std::errc() || stop != end) return std::nullopt;
  return unit;
}

/// Editors count in UTF-16 and may send one half of a pair, where somebody deletes the other. UTF-8 has no such half: U+FFFD, which is as long, stands
/// for it, so that all places after it stay right.
void mend_halves_of_pairs(std::string& json) {
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] != '\\') continue;
    const auto unit = escaped_unit(json, at);
    if (!unit) {
      ++at;  // another escape, such as \\ before a u that is no escape
      continue;
    }
    const bool is_high = *unit >= 0xD800 && *unit < 0xDC00;
    const bool is_low = *unit >= 0xDC00 && *unit < 0xE000;
    const auto next = is_high ? escaped_unit(json, at + 6) : std::nullopt;
    if (next && *next >= 0xDC00 && *next < 0xE000) at += 6;
    else if (is_high || is_low) json.replace(at + 2, 4, "fffd");
    at += 5;
  }
}

}  // namespace

MessageReader::Head MessageReader::head() {
  Head head;
  std::string line;
  bool any = false;
  while (true) {
    if (!read_line(in_, line)) {
      if (in_.eof() && line.empty() && !any) return head;
      return {Head::Kind::bad, 0, in_.eof() ? "the stream ends inside the head of a message" : "a line of the head is too long"};
    }
    if (line.empty()) {
      if (!any) continue;  // blank lines between messages do no harm
      if (head.kind != Head::Kind::length) return {Head::Kind::none, 0, "the head of a message has no Content-Length"};
      return head;
    }
    any = true;
    const auto colon = line.find(':');
    if (colon == std::string::npos) return {Head::Kind::bad, 0, "a line of the head has no colon"};
    if (!same_letters(trim(std::string_view(line).substr(0, colon)), "content-length")) continue;
    const std::string_view digits = trim(std::string_view(line).substr(colon + 1));
    std::size_t length = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    const bool is_number = error == std::errc() && stop == digits.data() + digits.size();
    if (!is_number || (head.kind == Head::Kind::length && length != head.length)) return {Head::Kind::bad, 0, "Content-Length is no number of bytes"};
    if (length > longest_body) return {Head::Kind::bad, 0, "a message of more than 64 MiB is not read"};
    head = {Head::Kind::length, length, ""};
  }
}

Incoming MessageReader::next() {
  if (lost_) return {};
  const Head head = this->head();
  if (head.kind == Head::Kind::end) return {};
  if (head.kind == Head::Kind::none) return {Incoming::Kind::no_json, nullptr, head.why};
  lost_ = head.kind == Head::Kind::bad;
  if (lost_) return {Incoming::Kind::lost, nullptr, head.why};
  std::string text;
  constexpr std::size_t piece = 1U << 16U;
  while (text.size() < head.length) {  // grows with what comes, so that a length alone takes no memory
    const std::size_t before = text.size();
    text.resize(std::min(head.length, before + piece));
    in_.read(text.data() + before, static_cast<std::streamsize>(text.size() - before));
    if (static_cast<std::size_t>(in_.gcount()) == text.size() - before) continue;
    lost_ = true;
    return {Incoming::Kind::lost, nullptr, "the stream ends inside a message"};
  }
  mend_halves_of_pairs(text);
  Json body = Json::parse(text, nullptr, false);
  if (body.is_discarded()) return {Incoming::Kind::no_json, nullptr, "the message is no JSON in UTF-8"};
  return {Incoming::Kind::message, std::move(body), ""};
}

void write_message(std::ostream& out, const Json& body) {
  const std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  out << "Content-Length: " << text.size() << "\r\n\r\n" << text << std::flush;
}

}  // namespace duly
