#include "batch/results_folder.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/mistake.h"

namespace duly {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* checkpoint_name = "checkpoint.json";

Json to_tree(const ResultFile& file) { return {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}}; }

ResultFile file_from(const Json& tree) {
  return {tree.at("name").get<std::string>(), tree.at("bytes").get<std::uint64_t>(), tree.at("sha256").get<std::string>()};
}

constexpr std::pair<const char*, std::string RunIdentity::*> identity_words[] = {{"program", &RunIdentity::program},
                                                                                 {"rules", &RunIdentity::rules},
                                                                                 {"engine", &RunIdentity::engine},
                                                                                 {"bundle", &RunIdentity::bundle},
                                                                                 {"benefit_month", &RunIdentity::benefit_month},
                                                                                 {"decided", &RunIdentity::decided},
                                                                                 {"applied", &RunIdentity::applied},
                                                                                 {"occasion", &RunIdentity::occasion},
                                                                                 {"input", &RunIdentity::input},
                                                                                 {"determinations", &RunIdentity::determinations},
                                                                                 {"benefit", &RunIdentity::benefit},
                                                                                 {"benefit_unit", &RunIdentity::benefit_unit},
                                                                                 {"previous", &RunIdentity::previous}};

std::optional<Manifest> manifest_from(const std::string& text) {
  const Json in = Json::parse(text, nullptr, false);
  if (in.is_discarded()) return std::nullopt;
  try {
    Manifest out;
    for (const auto& [name, member] : identity_words) out.run.*member = in.at("run").at(name).get<std::string>();
    out.run.trials = in.at("run").at("trials");
    for (const Json& file : in.at("inputs"))
      out.inputs.push_back({file.at("name").get<std::string>(), file.at("bytes").get<std::uint64_t>(), file.at("lines").get<std::int64_t>(),
                            file.at("sha256").get<std::string>()});
    out.determinations = file_from(in.at("results").at(0));
    out.errors = file_from(in.at("results").at(1));
    auto summary = summary_from_json(in.at("summary").dump());
    if (!summary) return std::nullopt;
    out.summary = std::move(*summary);
    return out;
  } catch (const Json::exception&) { return std::nullopt; }
}

std::optional<std::string> text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  Json out{{"duly", 1}};
  for (const auto& [name, member] : identity_words) out["run"][name] = manifest.run.*member;
  out["run"]["trials"] = manifest.run.trials;
  out["inputs"] = Json::array();
  for (const FilePosition& file : manifest.inputs)
    out["inputs"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"lines", file.lines}, {"sha256", file.sha256}});
  out["results"] = {to_tree(manifest.determinations), to_tree(manifest.errors)};
  out["summary"] = Json::parse(to_json(manifest.summary));
  return out.dump(2) + "\n";
}

Result<Manifest> read_manifest(const std::string& folder) {
  const std::string path = folder + "/" + manifest_name;
  const auto text = text_of(path);
  if (!text)
    return mistake(Code::cannot_read, "`" + path + "` cannot be read: `" + folder + "` holds no finished run", "name the folder of a finished run");
  auto out = manifest_from(*text);
  if (!out) return mistake(Code::cannot_read, "`" + path + "` is no manifest of a run", "name the folder of a finished run");
  return std::move(*out);
}

Result<std::unique_ptr<ResultsFolder>> ResultsFolder::open(const std::string& folder, const RunIdentity& run, bool resume) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error))
    return mistake(Code::cannot_write, "`" + folder + "` is no folder and cannot be made one", "may you write there?");
  std::unique_ptr<ResultsFolder> out(new ResultsFolder(folder, run));
  if (auto wrong = out->take_up(resume); !wrong.empty()) return wrong;
  return out;
}

std::vector<Diagnostic> ResultsFolder::take_up(bool resume) {
  const bool ended = fs::exists(path(manifest_name));
  const bool begun = fs::exists(path(checkpoint_name)) || fs::exists(growing(run_.determinations));
  const bool foreign = !begun && (fs::exists(path(run_.determinations)) || fs::exists(path(errors_name)));
  if (foreign && !ended)
    return {mistake(Code::results_in_the_way, "`" + folder_ + "` holds files of another kind by the names of results", "name another folder")};
  if (!resume && ended) return {mistake(Code::results_in_the_way, "`" + folder_ + "` holds the results of another run", "name another folder")};
  if (!resume && begun)
    return {mistake(Code::results_in_the_way, "`" + folder_ + "` holds a run that was cut off", "finish it with --resume, or name another folder")};
  if (resume && (ended || fs::exists(path(checkpoint_name)))) {
    const auto text = text_of(path(ended ? manifest_name : checkpoint_name));
    come_so_far_ = text ? manifest_from(*text) : std::nullopt;
    if (!come_so_far_ || come_so_far_->run != run_)
      return {mistake(Code::cannot_resume, "`" + folder_ + "` holds a run with other rules, another request, another input or another format",
                      "repeat the command as it was first given, or name another folder")};
  }
  finished_ = ended;
  if (finished_) {
    std::error_code ignored;
    fs::remove(path(checkpoint_name), ignored);
    return {};
  }
  // A run cut off while its files got their names has some under each name.
  for (const std::string& name : {run_.determinations, std::string(errors_name)})
    if (fs::exists(path(name)))
      if (auto wrong = rename_file(path(name), growing(name))) return {*wrong};
  const ResultFile nothing;
  const auto open = [&](const std::string& name, const ResultFile& so_far, std::unique_ptr<OutFile>& out) -> std::vector<Diagnostic> {
    auto file = OutFile::open(growing(name), so_far.bytes);
    if (!file) return file.errors();
    out = std::move(*file);
    if (so_far.bytes == 0 || out->sha256() == so_far.sha256) return {};
    return {mistake(Code::cannot_resume, "`" + growing(name) + "` is not what the run had written", "start anew, in another folder")};
  };
  if (auto wrong = open(run_.determinations, come_so_far_ ? come_so_far_->determinations : nothing, determinations_); !wrong.empty()) return wrong;
  return open(errors_name, come_so_far_ ? come_so_far_->errors : nothing, errors_);
}

std::optional<Diagnostic> ResultsFolder::add(std::string_view determinations, std::string_view errors) {
  if (auto wrong = determinations_->add(determinations)) return wrong;
  return errors_->add(errors);
}

Manifest ResultsFolder::so_far(const Positions& inputs, const Summary& summary) const {
  return {run_,
          inputs,
          {run_.determinations, determinations_->bytes(), determinations_->sha256()},
          {errors_name, errors_->bytes(), errors_->sha256()},
          summary};
}

std::optional<Diagnostic> ResultsFolder::check_in(const Positions& inputs, const Summary& summary) {
  if (auto wrong = determinations_->settle()) return wrong;
  if (auto wrong = errors_->settle()) return wrong;
  return replace_file(path(checkpoint_name), to_json(so_far(inputs, summary)));
}

std::optional<Diagnostic> ResultsFolder::finish(const Positions& inputs, const Summary& summary, std::string_view rules) {
  if (auto wrong = check_in(inputs, summary)) return wrong;
  if (auto wrong = replace_file(path(rules_name), rules)) return wrong;
  for (const std::string& name : {run_.determinations, std::string(errors_name)})
    if (auto wrong = rename_file(growing(name), path(name))) return wrong;
  if (auto wrong = replace_file(path(manifest_name), to_json(so_far(inputs, summary)))) return wrong;
  std::error_code ignored;
  fs::remove(path(checkpoint_name), ignored);
  return std::nullopt;
}

}  // namespace duly
