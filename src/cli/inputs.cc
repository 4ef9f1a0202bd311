#include "cli/inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

std::string reason_of(const std::error_code& error) { return error ? error.message() : "it cannot be read"; }

/// A new file beside the one it shall replace, removed again unless it is moved there.
class Replacement {
 public:
  explicit Replacement(const fs::path& target) : target_(target), name_(target.string() + ".XXXXXX") {
    descriptor_ = ::mkstemp(name_.data());
    if (descriptor_ < 0) name_.clear();
  }
  ~Replacement() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// Whether all of `text` stands in the target's place now, with the permissions the target had.
  bool write(const std::string& text) {
    if (descriptor_ < 0) return false;
    struct stat before{};
    const ::mode_t mask = ::umask(0);
    ::umask(mask);
    const ::mode_t mode = ::stat(target_.c_str(), &before) == 0 ? before.st_mode & 0777U : 0666U & ~mask;
    for (std::size_t done = 0; done < text.size();) {
      const ::ssize_t now = ::write(descriptor_, text.data() + done, text.size() - done);
      if (now < 0) return false;
      done += static_cast<std::size_t>(now);
    }
    if (::fchmod(descriptor_, mode) != 0 || ::fsync(descriptor_) != 0 || ::rename(name_.c_str(), target_.c_str()) != 0) return false;
    name_.clear();
    return true;
  }

 private:
  fs::path target_;
  std::string name_;
  int descriptor_ = -1;
};

}  // namespace

Result<std::string> read_text(const std::string& path, CommandContext& context) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(context.in), {});
  std::error_code error;
  if (fs::is_directory(path, error)) return mistake(Code::cannot_read, "`" + path + "` is a folder", "name a file");
  if (error) return mistake(Code::cannot_read, "`" + path + "` cannot be read: " + reason_of(error));
  std::ifstream file(path, std::ios::binary);
  if (!file) return mistake(Code::cannot_read, "`" + path + "` cannot be read", "does it exist, and may you read it?");
  std::ostringstream text;
  text << file.rdbuf();
  if (file.bad()) return mistake(Code::cannot_read, "`" + path + "` cannot be read to its end");
  return text.str();
}

std::optional<Diagnostic> write_text(const std::string& path, const std::string& text) {
  std::error_code error;
  const bool is_link = fs::symlink_status(path, error).type() == fs::file_type::symlink;
  error.clear();  // a file that is not there yet is no failure
  const fs::path target = is_link ? fs::canonical(path, error) : fs::path(path);
  if (!error && !fs::is_directory(target, error) && Replacement(target).write(text)) return std::nullopt;
  return mistake(Code::cannot_write, "`" + path + "` cannot be written", "does its folder exist, and may you write there?");
}

std::string chart_script(const CommandContext& context) {
  std::ifstream file(context.chart_script, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void add_rules_option(CLI::App& command, std::string& folder) {
  command.add_option("--rules", folder, "folder of the rules (else those installed with the tool)")->type_name("DIR");
}

Result<Ruleset> open_rules(const std::string& folder, const CommandContext& context) {
  return Ruleset::from_folder(folder.empty() ? context.rules_folder : folder);
}

int status_after(const std::vector<Diagnostic>& diagnostics) {
  int status = clean;
  for (const Diagnostic& d : diagnostics)
    if (d.severity == Severity::error) status = std::max<int>(status, d.code >= Code::internal ? our_fault : bad_input);
  return status;
}

int report(const std::vector<Diagnostic>& diagnostics, CommandContext& context) {
  context.err << to_text(diagnostics);
  return status_after(diagnostics);
}

std::vector<Diagnostic> in_document(std::vector<Diagnostic> diagnostics, const std::string& path) {
  for (Diagnostic& d : diagnostics)
    if (d.file.empty() && d.line > 0 && path != "-") d.file = path;
  return diagnostics;
}

std::string counted(std::size_t number, const std::string& noun) { return std::to_string(number) + " " + noun + (number == 1 ? "" : "s"); }

}  // namespace duly::cli
