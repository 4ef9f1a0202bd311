#include "worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace duly::bench {

Worker::Worker(std::vector<std::string> words) : program_(words.front()) {
  int to_worker[2];
  int from_worker[2];
  if (::pipe2(to_worker, O_CLOEXEC) != 0) return;
  if (::pipe2(from_worker, O_CLOEXEC) != 0) {
    ::close(to_worker[0]);
    ::close(to_worker[1]);
    return;
  }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to_worker[0], 0);
  posix_spawn_file_actions_adddup2(&actions, from_worker[1], 1);
  if (posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) process_ = 0;
  posix_spawn_file_actions_destroy(&actions);
  ::close(to_worker[0]);
  ::close(from_worker[1]);
  questions_ = ::fdopen(to_worker[1], "w");
  answers_ = ::fdopen(from_worker[0], "r");

  std::istringstream said(line().value_or(""));
  std::string field;
  ready_ = std::getline(said, field, '\t') && field == "ready";
  while (std::getline(said, field, '\t')) {
    const auto key = field.find('=');
    if (key != std::string::npos) contenders_[field.substr(0, key)] = field.substr(key + 1);
  }
  if (!ready_) fmt::print(stderr, "{} does not start\n", program_);
}

Worker::~Worker() {
  if (questions_ != nullptr) std::fclose(questions_);  // it ends when nothing more can be asked
  if (answers_ != nullptr) std::fclose(answers_);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

std::optional<std::string> Worker::line() {
  if (process_ == 0 || answers_ == nullptr) return std::nullopt;
  char* text = nullptr;
  std::size_t size = 0;
  const ssize_t length = ::getline(&text, &size, answers_);
  const std::string out = length > 0 ? std::string(text, static_cast<std::size_t>(length)) : std::string();
  std::free(text);
  if (!out.ends_with('\n')) return std::nullopt;
  return out.substr(0, out.size() - 1);
}

std::optional<std::string> Worker::ask(const std::string& question) {
  const bool sent = ready_ && std::fputs((question + "\n").c_str(), questions_) >= 0 && std::fflush(questions_) == 0;
  const auto answer = sent ? line() : std::nullopt;
  if (!answer) fmt::print(stderr, "{} gives no answer to `{}`\n", program_, question);
  return answer;
}

bool Worker::write_answers(const std::string& contender) { return ask("answers " + contender) == "written"; }

std::optional<double> Worker::run(const std::string& contender) {
  const auto answer = ask("run " + contender);
  if (!answer) return std::nullopt;
  char* end = nullptr;
  const double nanoseconds = std::strtod(answer->c_str(), &end);
  return *end == '\0' && nanoseconds > 0 ? std::optional(nanoseconds) : std::nullopt;
}

std::vector<std::int64_t> integers_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return {};
  std::vector<std::int64_t> out(static_cast<std::size_t>(file.tellg()) / sizeof(std::int64_t));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size() * sizeof(std::int64_t)));
  return file ? out : std::vector<std::int64_t>();
}

bool write_integers(const std::string& path, const std::vector<std::int64_t>& values) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(std::int64_t)));
  return static_cast<bool>(file.flush());
}

}  // namespace duly::bench
