#pragma once

// What an editor asks of the rules it shows: the methods of the language server protocol (3.17) and what they answer.
//
// Threads: belongs to one thread.

#include <deque>

#include "base/date.h"
#include "language/messages.h"
#include "language/name_index.h"
#include "language/open_text.h"
#include "language/workspace.h"

namespace duly {

struct LanguageOptions {
  std::string rules_folder;      ///< empty: that of the editor's workspace
  std::string other_rules;       ///< the folder where the editor names none
  Date today;                    ///< the day of the values that are shown
};

/// A request that is answered with an error.
struct RpcFailure {
  RpcError code;
  std::string message;
};

class LanguageServer {
 public:
  explicit LanguageServer(LanguageOptions options) : options_(std::move(options)) {}

  /// The result of a request. Throws RpcFailure, or what nlohmann/json throws where `params` are not as the protocol has them.
  nlohmann::json answer(const std::string& method, const nlohmann::json& params);
  /// Takes in a notification. Throws as `answer`, which the protocol leaves without an answer.
  void notice(const std::string& method, const nlohmann::json& params);

  /// Checks a program that is to be checked, and tells what was found. Whether there is more to do.
  bool work_on();

  /// Notifications for the editor, in order.
  std::deque<nlohmann::json>& outgoing() { return outgoing_; }
  [[nodiscard]] bool is_over() const { return phase_ == Phase::over; }
  /// Whether the editor took leave before it went.
  [[nodiscard]] bool was_shut_down() const { return was_shut_down_; }

 private:
  enum class Phase : std::uint8_t { before, open, shut, over };
  using Json = nlohmann::json;

  struct Document {
    std::string uri;  ///< as the editor writes it
    Json version;
    OpenText text;
  };

  Json initialize(const Json& params);
  [[nodiscard]] Json definition(const Json& params);
  [[nodiscard]] Json references(const Json& params);
  [[nodiscard]] Json highlights(const Json& params);
  [[nodiscard]] Json hover(const Json& params);
  [[nodiscard]] Json symbols(const Json& params);
  [[nodiscard]] Json completion(const Json& params);
  [[nodiscard]] Json renamable(const Json& params);
  [[nodiscard]] Json rename(const Json& params);
  void open(const Json& params);
  void change(const Json& params);
  void close(const Json& params);
  void watched(const Json& params);

  /// The path below the rules folder; nothing for what does not lie in it.
  [[nodiscard]] std::optional<std::string> path_of(const std::string& uri) const;
  [[nodiscard]] std::string uri_of(const std::string& path) const;
  /// The document below its path, or below its address where it is no file of the rules.
  [[nodiscard]] std::string key_of(const Json& document) const;
  void put(const std::string& key);
  /// A byte of a file of the rules, which need not be open. Throws RpcFailure where it is none.
  struct AskedPlace {
    std::string path;
    std::size_t offset = 0;
  };
  [[nodiscard]] AskedPlace asked_place(const Json& params);
  /// The text of a file as it stands.
  [[nodiscard]] OpenText text_of_file(const std::string& path) const;
  [[nodiscard]] Json location(const FilePlace& place, std::map<std::string, OpenText>& texts) const;
  void publish();

  LanguageOptions options_;
  Phase phase_ = Phase::before;
  bool was_shut_down_ = false;
  PositionUnit unit_ = PositionUnit::utf16;
  std::string root_;             ///< absolute path of the rules folder
  std::unique_ptr<RuleWorkspace> rules_;
  std::map<std::string, Document> documents_;  ///< by path; what lies outside the rules, by its uri
  std::map<std::string, Json> published_;      ///< by path: what the editor was told of each file
  std::set<std::string> to_tell_;              ///< files that are told of again, as their text was changed
  std::deque<Json> outgoing_;
};

/// Serves an editor until it takes leave or goes: reads messages from `in`, answers on `out`. Whether the editor took leave as the protocol wants.
bool serve_editor(std::istream& in, std::ostream& out, LanguageOptions options);

}  // namespace duly
