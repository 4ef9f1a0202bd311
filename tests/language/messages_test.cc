#include "language/messages.h"

#include <gmock/gmock.h>

#include <sstream>

namespace duly {
namespace {

using Kind = Incoming::Kind;

Incoming read(const std::string& bytes) {
  std::istringstream in(bytes);
  return MessageReader(in).next();
}

std::string framed(const std::string& body) { return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body; }

TEST(Messages, AreReadOneAfterTheOther) {
  std::istringstream in(framed("1") + framed("[2]"));
  MessageReader reader(in);
  EXPECT_EQ(reader.next().body, 1);
  EXPECT_EQ(reader.next().body, nlohmann::json::array({2}));
  EXPECT_EQ(reader.next().kind, Kind::end);
}

TEST(Messages, AreReadAsTheyWereWritten) {
  std::ostringstream out;
  write_message(out, {{"a", "\xC3\xA9\n"}});
  EXPECT_EQ(read(out.str()).body, (nlohmann::json{{"a", "\xC3\xA9\n"}}));
}

TEST(Messages, OfTextThatIsNoUtf8AreWrittenAllTheSame) {
  std::ostringstream out;
  write_message(out, {{"a", "\xFF"}});
  EXPECT_EQ(read(out.str()).body, (nlohmann::json{{"a", "\xEF\xBF\xBD"}}));
}

TEST(Messages, WithHalfAPairHaveAReplacementOfItsLength) {
  EXPECT_EQ(read(framed(R"("a\ud83db")")).body,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(read(framed(R"("\uDC00\ud800")")).body, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(read(framed(R"("\ud83c\udf4e")")).body, "\xF0\x9F\x8D\x8E");
  EXPECT_EQ(read(framed(R"("\\ud800")")).body, "\\ud800") << "no escape of a character";
}

TEST(Messages, WhoseLengthCannotBeTrustedEndTheReading) {
  for (const char* bytes : {"Content-Length: x\r\n\r\n1", "Content-Length: 67108865\r\n\r\n", "Content-Length: 3\r\n\r\n1", "no colon\r\n\r\n"}) {
    std::istringstream in(bytes + framed("1"));
    MessageReader reader(in);
    if (const Incoming first = reader.next(); first.kind == Kind::message || first.kind == Kind::no_json) continue;  // the length took from the next
    EXPECT_EQ(reader.next().kind, Kind::end) << bytes;
  }
  EXPECT_EQ(read("Content-Length: 67108865\r\n\r\n").kind, Kind::lost);
  EXPECT_EQ(read("Content-Length: 67108864\r\n\r\n").kind, Kind::lost) << "the stream ends inside";
  EXPECT_EQ(read("Content-Length: 3\r\n\r\n1").kind, Kind::lost);
}

TEST(Messages, ThatAreNoJsonLeaveTheNextReadable) {
  std::istringstream in(framed("{") + "Content-Type: a\r\n\r\n" + framed("1"));
  MessageReader reader(in);
  EXPECT_EQ(reader.next().kind, Kind::no_json);
  EXPECT_EQ(reader.next().kind, Kind::no_json);
  EXPECT_EQ(reader.next().body, 1);
}

}  // namespace
}  // namespace duly
