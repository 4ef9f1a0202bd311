#include "language/server.h"

#include <algorithm>
#include <filesystem>

#include "duly/version.h"
#include "language/file_uri.h"
#include "language/hover.h"
#include "language/lookup.h"
#include "language/protocol.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string absolute(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(path, error);
  return error ? fs::absolute(path, error).generic_string() : whole.generic_string();
}

/// The folder an editor was opened on, or nothing.
std::optional<std::string> workspace_folder(const Json& params) {
  if (const auto folders = params.find("workspaceFolders"); folders != params.end() && folders->is_array() && !folders->empty())
    return path_of_file_uri(folders->front().at("uri").get<std::string>());
  if (const auto root = params.find("rootUri"); root != params.end() && root->is_string()) return path_of_file_uri(root->get<std::string>());
  return std::nullopt;
}

bool holds_programs(const std::string& folder) {
  const auto files = rules_in_folder(folder);
  return files.ok() && !program_ids(**files).empty();
}

/// `rules` in the folder that is open where there are programs in it, else that folder.
std::string rules_of_workspace(const std::string& folder) {
  const std::string below = (fs::path(folder) / "rules").generic_string();
  return holds_programs(below) ? below : folder;
}

/// Whether the editor counts in bytes and prefers it.
bool prefers_bytes(const Json& params) {
  const Json::json_pointer offered("/capabilities/general/positionEncodings");
  if (!params.contains(offered)) return false;
  const Json& units = params.at(offered);
  return units.is_array() && !units.empty() && units.front() == "utf-8";
}

}  // namespace

std::optional<std::string> LanguageServer::path_of(const std::string& uri) const {
  const auto path = path_of_file_uri(uri);
  if (!path) return std::nullopt;
  const std::string whole = absolute(*path);
  if (!whole.starts_with(root_ + "/")) return std::nullopt;
  return whole.substr(root_.size() + 1);
}

std::string LanguageServer::uri_of(const std::string& path) const {
  const auto open = documents_.find(path);
  return open == documents_.end() ? file_uri_of_path(root_ + "/" + path) : open->second.uri;
}

std::string LanguageServer::key_of(const Json& document) const {
  const auto uri = document.at("uri").get<std::string>();
  return path_of(uri).value_or(uri);
}

Json LanguageServer::answer(const std::string& method, const Json& params) {
  if (method == "initialize") return initialize(params);
  if (phase_ == Phase::before) throw RpcFailure{RpcError::not_initialized, "nothing is answered before `initialize`"};
  if (phase_ != Phase::open) throw RpcFailure{RpcError::invalid_request, "nothing is answered after `shutdown`"};
  if (method == "shutdown") {
    phase_ = Phase::shut;
    was_shut_down_ = true;
    return nullptr;
  }
  if (method == "textDocument/definition") return definition(params);
  if (method == "textDocument/references") return references(params);
  if (method == "textDocument/documentHighlight") return highlights(params);
  if (method == "textDocument/hover") return hover(params);
  if (method == "textDocument/documentSymbol") return symbols(params);
  if (method == "textDocument/completion") return completion(params);
  if (method == "textDocument/prepareRename") return renamable(params);
  if (method == "textDocument/rename") return rename(params);
  throw RpcFailure{RpcError::method_not_found, "there is no method `" + method + "`"};
}

void LanguageServer::notice(const std::string& method, const Json& params) {
  if (method == "exit") phase_ = Phase::over;
  if (phase_ != Phase::open) return;
  if (method == "textDocument/didOpen") open(params);
  else if (method == "textDocument/didChange") change(params);
  else if (method == "textDocument/didClose") close(params);
  else if (method == "textDocument/didSave") put(key_of(params.at("textDocument")));
  else if (method == "workspace/didChangeWatchedFiles") watched(params);
}

Json LanguageServer::initialize(const Json& params) {
  if (phase_ != Phase::before) throw RpcFailure{RpcError::invalid_request, "`initialize` comes once"};
  std::string folder = options_.rules_folder;
  if (folder.empty()) {
    const auto workspace = workspace_folder(params);
    folder = workspace ? rules_of_workspace(*workspace) : options_.other_rules;
  }
  root_ = absolute(folder);
  const auto files = rules_in_folder(root_);
  if (!files) throw RpcFailure{RpcError::request_failed, files.errors().front().message};
  rules_ = std::make_unique<RuleWorkspace>(*files);
  if (prefers_bytes(params)) unit_ = PositionUnit::utf8;
  phase_ = Phase::open;
  return {{"capabilities",
           {{"positionEncoding", unit_ == PositionUnit::utf8 ? "utf-8" : "utf-16"},
            {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", true}}},
            {"definitionProvider", true},
            {"referencesProvider", true},
            {"documentHighlightProvider", true},
            {"hoverProvider", true},
            {"documentSymbolProvider", true},
            {"completionProvider", {{"triggerCharacters", {"."}}}},
            {"renameProvider", {{"prepareProvider", true}}}}},
          {"serverInfo", {{"name", "duly"}, {"version", engine_version()}}}};
}

void LanguageServer::open(const Json& params) {
  const Json& document = params.at("textDocument");
  const std::string key = key_of(document);
  documents_[key] = {document.at("uri").get<std::string>(), document.value("version", Json(nullptr)),
                     OpenText(document.at("text").get<std::string>())};
  put(key);
}

void LanguageServer::change(const Json& params) {
  const Json& document = params.at("textDocument");
  const std::string key = key_of(document);
  const auto known = documents_.find(key);
  if (known == documents_.end()) return;
  OpenText text = known->second.text;  // all of the changes are taken in, or none
  for (const Json& change : params.at("contentChanges")) {
    const auto with = change.at("text").get<std::string>();
    if (const auto range = change.find("range"); range == change.end() || range->is_null()) text.set(with);
    else text.replace(position_from_json(range->at("start")), position_from_json(range->at("end")), with, unit_);
  }
  known->second.text = std::move(text);
  known->second.version = document.value("version", Json(nullptr));
  put(key);
}

/// The text of an open document goes over the file in the folder; any other file is read from there again.
void LanguageServer::put(const std::string& key) {
  const auto open = documents_.find(key);
  if (open != documents_.end() && !path_of(open->second.uri)) return;  // no file of the rules
  rules_->put(key, open == documents_.end() ? std::nullopt : std::optional(open->second.text.text()));
  to_tell_.insert(key);
}

void LanguageServer::close(const Json& params) {
  const std::string key = key_of(params.at("textDocument"));
  const auto known = documents_.find(key);
  if (known == documents_.end()) return;
  const bool is_of_rules = path_of(known->second.uri).has_value();
  documents_.erase(known);
  if (is_of_rules) put(key);
}

void LanguageServer::watched(const Json& params) {
  for (const Json& change : params.at("changes"))
    if (const auto path = path_of(change.at("uri").get<std::string>()); path && !documents_.contains(*path)) rules_->changed(*path);
}

bool LanguageServer::work_on() {
  if (phase_ != Phase::open) return false;
  if (rules_->is_settled() && to_tell_.empty()) {
    if (rules_->has_all_names()) return false;
    rules_->read_next_names();  // ahead of the first question
    return true;
  }
  rules_->check_next();
  publish();
  return true;
}

void LanguageServer::publish() {
  std::map<std::string, std::vector<Diagnostic>> found = rules_->found();
  for (const auto& [path, told] : published_) found.try_emplace(path);
  for (const std::string& path : to_tell_) found.try_emplace(path);
  for (const auto& [path, diagnostics] : found) {
    const auto open = documents_.find(path);
    OpenText unopened;
    if (open == documents_.end() && !diagnostics.empty()) unopened.set(rules_->files().read(path).value_or(""));
    Json all = Json::array();
    for (const Diagnostic& d : diagnostics) all.push_back(diagnostic_to_json(d, open == documents_.end() ? unopened : open->second.text, unit_));
    const auto told = published_.find(path);
    if (!to_tell_.contains(path) && told != published_.end() && told->second == all) continue;
    Json params{{"uri", uri_of(path)}, {"diagnostics", all}};
    if (open != documents_.end() && open->second.version.is_number()) params["version"] = open->second.version;
    outgoing_.push_back({{"jsonrpc", "2.0"}, {"method", "textDocument/publishDiagnostics"}, {"params", std::move(params)}});
    if (all.empty() && open == documents_.end()) published_.erase(path);
    else published_[path] = std::move(all);
  }
  to_tell_.clear();
}

}  // namespace duly
