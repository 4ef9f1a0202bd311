#include "resolve/rule_files.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace duly {
namespace {

namespace fs = std::filesystem;

class FolderFiles final : public RuleFiles {
 public:
  explicit FolderFiles(fs::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::vector<std::string> files_in(const std::string& folder) const override {
    std::vector<std::string> found;
    std::error_code error;
    for (fs::directory_iterator at(folder_ / folder, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file(error)) found.push_back((folder.empty() ? "" : folder + "/") + at->path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }

  [[nodiscard]] std::vector<std::string> all_files() const override {
    std::vector<std::string> found;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder_, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file(error)) found.push_back(at->path().lexically_relative(folder_).generic_string());
    std::sort(found.begin(), found.end());
    return found;
  }

  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override {
    std::error_code error;
    if (!fs::is_regular_file(folder_ / path, error)) return std::nullopt;
    std::ifstream in(folder_ / path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream text;
    if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
    if (in.bad() || !text) return std::nullopt;
    return std::move(text).str();
  }

  [[nodiscard]] std::string shown(const std::string& path) const override { return (folder_ / path).generic_string(); }

 private:
  fs::path folder_;
};

class MemoryFiles final : public RuleFiles {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}

  [[nodiscard]] std::vector<std::string> files_in(const std::string& folder) const override {
    std::vector<std::string> found;
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (const auto& [path, text] : texts_)
      if (path.starts_with(prefix) && path.find('/', prefix.size()) == std::string::npos) found.push_back(path);
    return found;
  }

  [[nodiscard]] std::vector<std::string> all_files() const override {
    std::vector<std::string> found;
    for (const auto& [path, text] : texts_) found.push_back(path);
    return found;
  }

  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override {
    const auto at = texts_.find(path);
    if (at == texts_.end()) return std::nullopt;
    return at->second;
  }

  [[nodiscard]] std::string shown(const std::string& path) const override { return path; }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace

std::shared_ptr<const ParsedFile> RuleFiles::parsed(const std::string& path) const {
  auto text = read(path);
  if (!text) return nullptr;
  {
    const std::scoped_lock lock(mutex_);
    const auto known = parsed_.find(path);
    if (known != parsed_.end() && known->second->source->text == *text) return known->second;
  }
  auto file = std::make_shared<ParsedFile>();
  file->sha256 = duly::sha256(*text);
  file->source = make_source(shown(path), std::move(*text));
  file->tree = std::make_shared<const Node>(parse_yaml(file->source, file->errors));
  const std::scoped_lock lock(mutex_);
  return parsed_[path] = std::move(file);
}

Result<std::shared_ptr<const RuleFiles>> rules_in_folder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Diagnostic{.code = Code::cannot_read,
                      .message = "there is no rules folder `" + folder + "`",
                      .help = "name the folder that holds the programs' folders, with --rules or where the library is asked to load"};
  }
  return std::shared_ptr<const RuleFiles>(std::make_shared<FolderFiles>(folder));
}

std::shared_ptr<const RuleFiles> rules_in_memory(std::map<std::string, std::string> texts) { return std::make_shared<MemoryFiles>(std::move(texts)); }

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < length; ++i) {
    out += hex[digest[i] >> 4U];
    out += hex[digest[i] & 15U];
  }
  return out;
}

}  // namespace duly
