#pragma once

// Another engine, in a process of its own that duly_bench asks over pipes, a line for a line. It starts, imports and reads before it is asked to compute,
// and measures itself, so that nothing but computing counts and all contenders take turns in one run. Its side: engines/answer.py.
//
// Threads: one worker belongs to one thread.

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace duly::bench {

class Worker {
 public:
  /// `words`: a program and its arguments. Returns once the worker is ready, which may take as long as its imports.
  explicit Worker(std::vector<std::string> words);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  [[nodiscard]] bool is_ready() const { return ready_; }
  /// Name and version of each contender, by its key; as the worker says them.
  [[nodiscard]] const std::map<std::string, std::string>& contenders() const { return contenders_; }

  /// Lets it write its answers for every household to a file. False, and a message, where it cannot.
  bool write_answers(const std::string& contender);
  /// Nanoseconds of one household, in one run of its own; nothing, and a message, where it ended.
  std::optional<double> run(const std::string& contender);

 private:
  std::optional<std::string> line();
  std::optional<std::string> ask(const std::string& question);

  std::string program_;
  pid_t process_ = 0;
  std::FILE* questions_ = nullptr;
  std::FILE* answers_ = nullptr;
  bool ready_ = false;
  std::map<std::string, std::string> contenders_;
};

/// What `path` holds, as 64-bit integers; empty where it cannot be read.
std::vector<std::int64_t> integers_in(const std::string& path);
bool write_integers(const std::string& path, const std::vector<std::int64_t>& values);

}  // namespace duly::bench
