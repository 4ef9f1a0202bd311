// The rules of JSON-RPC between an editor and the server. A thread of its own reads what comes, so that the server knows while it works whether somebody
// waits, and which requests are called back.

#include <condition_variable>
#include <istream>
#include <mutex>
#include <ostream>
#include <thread>

#include "language/server.h"

namespace duly {
namespace {

using Json = nlohmann::json;

std::string method_of(const Json& message) {
  const auto method = message.is_object() ? message.find("method") : message.end();
  return method != message.end() && method->is_string() ? method->get<std::string>() : "";
}

class Inbox {
 public:
  explicit Inbox(std::istream& in) : reader_(in), thread_([this] { read(); }) {}
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;
  ~Inbox() { thread_.join(); }

  /// The next message, waiting for it.
  Incoming take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !waiting_.empty(); });
    Incoming next = std::move(waiting_.front());
    waiting_.pop_front();
    return next;
  }

  [[nodiscard]] bool is_empty() const {
    const std::scoped_lock lock(mutex_);
    return waiting_.empty();
  }

  /// Whether the request was called back while it waited.
  bool was_called_back(const Json& id) const {
    const std::scoped_lock lock(mutex_);
    for (const Incoming& later : waiting_) {
      if (later.kind != Incoming::Kind::message || method_of(later.body) != "$/cancelRequest") continue;
      const auto params = later.body.find("params");
      if (params != later.body.end() && params->is_object() && params->contains("id") && params->at("id") == id) return true;
    }
    return false;
  }

 private:
  /// Reads until nothing more comes, or until the editor goes: whoever waits for the end of this thread must not wait for a stream that stays open.
  void read() {
    for (bool goes_on = true; goes_on;) {
      Incoming next = reader_.next();
      goes_on = next.kind != Incoming::Kind::end && next.kind != Incoming::Kind::lost &&
                !(next.kind == Incoming::Kind::message && method_of(next.body) == "exit");
      const std::scoped_lock lock(mutex_);
      waiting_.push_back(std::move(next));
      arrived_.notify_one();
    }
  }

  MessageReader reader_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Incoming> waiting_;
  std::thread thread_;  // the last: it uses all of the above
};

Json answer_to(const Json& id, Json result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

Json failure(const Json& id, RpcError code, const std::string& message) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", static_cast<int>(code)}, {"message", message}}}};
}

bool is_id(const Json& id) { return id.is_string() || id.is_number(); }

/// Calls `act`; nothing, or the failure it ends with.
template <class F>
std::optional<RpcFailure> failure_of(F act) {
  try {
    act();
  } catch (const RpcFailure& why) { return why; } catch (const Json::exception& why) {
    return RpcFailure{RpcError::invalid_params, std::string("the parameters are not as the protocol has them: ") + why.what()};
  } catch (const std::exception& why) { return RpcFailure{RpcError::internal, std::string("the server failed: ") + why.what()}; }
  return std::nullopt;
}

class Connection {
 public:
  Connection(std::istream& in, std::ostream& out, LanguageOptions options) : inbox_(in), out_(out), server_(std::move(options)) {}

  bool serve() {
    while (!server_.is_over()) {
      for (bool more = true; more && inbox_.is_empty();) {
        failure_of([&] { more = server_.work_on(); });
        send_all();
      }
      const Incoming next = inbox_.take();
      if (next.kind == Incoming::Kind::end) break;
      if (next.kind == Incoming::Kind::message) handle(next.body);
      else write_message(out_, failure(nullptr, RpcError::parse, next.why));
      if (next.kind == Incoming::Kind::lost) break;
      send_all();
    }
    return server_.is_over() && server_.was_shut_down();
  }

 private:
  void handle(const Json& message) {
    if (!message.is_object()) return write_message(out_, failure(nullptr, RpcError::invalid_request, "a message is an object"));
    const std::string method = method_of(message);
    const auto id = message.find("id");
    if (method.empty()) {
      if (id != message.end() && (message.contains("result") || message.contains("error"))) return;  // an answer: nothing was asked
      return write_message(out_, failure(id != message.end() && is_id(*id) ? *id : Json(nullptr), RpcError::invalid_request, "there is no method"));
    }
    const auto given = message.find("params");
    const Json params = given == message.end() ? Json(nullptr) : *given;
    if (id == message.end()) {
      failure_of([&] { server_.notice(method, params); });  // the protocol has no answer to a notification
      return;
    }
    if (!is_id(*id)) return write_message(out_, failure(nullptr, RpcError::invalid_request, "an id is a number or a text"));
    if (inbox_.was_called_back(*id)) return write_message(out_, failure(*id, RpcError::request_cancelled, "called back"));
    Json result;
    const auto failed = failure_of([&] { result = server_.answer(method, params); });
    send_all();
    write_message(out_, failed ? failure(*id, failed->code, failed->message) : answer_to(*id, std::move(result)));
  }

  void send_all() {
    for (; !server_.outgoing().empty(); server_.outgoing().pop_front()) write_message(out_, server_.outgoing().front());
  }

  Inbox inbox_;
  std::ostream& out_;
  LanguageServer server_;
};

}  // namespace

bool serve_editor(std::istream& in, std::ostream& out, LanguageOptions options) {
  in.tie(nullptr);  // else the thread that reads would flush what this one writes
  return Connection(in, out, std::move(options)).serve();
}

}  // namespace duly
