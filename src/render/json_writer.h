#pragma once

// JSON as text, key by key in the order they are written. Strings are escaped, numbers of the domain are strings.
//
// Threads: belongs to one thread.

#include <string>
#include <string_view>
#include <vector>

namespace duly {

class JsonWriter {
 public:
  /// `indent` blanks a level; 0 writes one line.
  explicit JsonWriter(int indent) : indent_(indent > 0 ? static_cast<std::size_t>(indent) : 0) { out_.reserve(usual_size); }

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  /// A small object, on one line whatever the indentation.
  void begin_small_object() { begin('{'), ++flat_; }
  void end_small_object() { end('}'), --flat_; }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  /// `name` is one of ours: it needs no escapes.
  void key(std::string_view name);
  void text(std::string_view value);
  void number(std::int64_t value);
  void boolean(bool value);
  /// A value as it is written in JSON.
  void literal(std::string_view json);

  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  /// Only if there is something to say.
  void member_if(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, value);
  }
  void member(std::string_view name, const std::vector<std::string>& values);

  std::string take() { return std::move(out_); }

 private:
  static constexpr std::size_t usual_size = 16'384;

  void begin(char bracket);
  void end(char bracket);
  void before_value();
  void new_line();
  void quoted(std::string_view value);

  std::string out_;
  std::size_t indent_;
  std::size_t depth_ = 0;
  int flat_ = 0;            ///< small objects that are open
  bool first_ = true;       ///< of the object or array that is open
  bool after_key_ = false;
};

}  // namespace duly
