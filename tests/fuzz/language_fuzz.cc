// Whatever an editor sends: every message ends, and what is answered can be read again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "language/messages.h"
#include "language/open_text.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// Edits of a text, two bytes a position: the text stays UTF-8, and each of its places is found again.
void edit(const std::string& bytes) {
  duly::OpenText text("a\xF0\x9F\x8D\x8E\xC3\xA9\r\nb\n");
  const auto at = [&](std::size_t i) {
    return duly::TextPosition{static_cast<unsigned char>(bytes[i]) & 3U, static_cast<unsigned char>(bytes[i + 1]) & 7U};
  };
  for (std::size_t i = 0; i + 5 <= bytes.size() && i < 500; i += 5) {
    text.replace(at(i), at(i + 2), (bytes[i + 4] & 1) != 0 ? "\xF0\x9F\x8D\x8E" : "\n", duly::PositionUnit::utf16);
    std::ostringstream out;
    duly::write_message(out, text.text());
    std::istringstream in(out.str());
    require(duly::MessageReader(in).next().body == text.text());
    for (const auto unit : {duly::PositionUnit::utf16, duly::PositionUnit::utf8}) {
      const std::size_t end = text.text().size();
      require(text.offset_of(text.position_of(end, unit), unit) == end);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::istringstream in(bytes);
  duly::MessageReader reader(in);
  for (duly::Incoming next = reader.next(); next.kind != duly::Incoming::Kind::end; next = reader.next()) {
    require(next.kind == duly::Incoming::Kind::message || !next.why.empty());
    std::ostringstream out;
    duly::write_message(out, next.body);
    std::istringstream again(out.str());
    if (next.kind == duly::Incoming::Kind::message) require(duly::MessageReader(again).next().kind == duly::Incoming::Kind::message);
  }
  edit(bytes);
  return 0;
}
