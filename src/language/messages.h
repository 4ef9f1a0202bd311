#pragma once

// Messages of the language server protocol as they come and go: a head with `Content-Length`, an empty line, and so many bytes of JSON.
//
// Threads: a reader and a writer may be used by one thread each.

#include <cstdint>
#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>

namespace duly {

/// Numbers that JSON-RPC and the protocol give to what can be wrong with a message.
enum class RpcError : int {
  parse = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal = -32603,
  not_initialized = -32002,
  request_cancelled = -32800,
  request_failed = -32803,
};

/// What came in: a message, bytes that are none, or nothing more.
struct Incoming {
  enum class Kind : std::uint8_t {
    message,  ///< `body` is JSON
    no_json,  ///< a message whose body is no JSON, or a head that does not say how long the body is; the next message can still be read
    lost,     ///< nobody can tell where the next message begins; nothing more is read
    end
  } kind = Kind::end;
  nlohmann::json body;
  std::string why;  ///< what is wrong, for the other side
};

class MessageReader {
 public:
  /// Borrows `in`.
  explicit MessageReader(std::istream& in) : in_(in) {}

  /// The next message; waits for it. Takes no more memory than the message has bytes, at most 64 MiB.
  Incoming next();

 private:
  /// Bytes of the body that the head announces, negative where it does not; nothing at the end.
  struct Head {
    enum class Kind : std::uint8_t { length, none, bad, end } kind = Kind::end;
    std::size_t length = 0;
    std::string why;
  };
  Head head();

  std::istream& in_;
  bool lost_ = false;
};

/// Writes one message. Text that is no UTF-8 is mended, not refused.
void write_message(std::ostream& out, const nlohmann::json& body);

}  // namespace duly
