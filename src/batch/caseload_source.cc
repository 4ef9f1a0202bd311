#include "batch/caseload_source.h"

#include <algorithm>
#include <filesystem>

#include "batch/csv_tables.h"

namespace duly {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_ending(const std::string& folder, std::string_view ending) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().filename().string().ends_with(ending)) out.push_back(at->path().string());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Result<std::unique_ptr<CaseloadSource>> caseload_source(const std::string& path, const ReadingOptions& options) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return json_lines(path, options);
  if (fs::exists(fs::path(path) / "household.csv", error)) return csv_tables(path, options);
  const std::vector<std::string> documents = files_ending(path, ".jsonl");
  if (documents.size() == 1) return json_lines(documents.front(), options);
  Diagnostic d;
  d.code = Code::cannot_read;
  d.message = "`" + path + "` holds no table household.csv and " + (documents.empty() ? "no" : "more than one") + " file of documents";
  d.help = "name a folder of tables, or a file of household documents, one a line (NAME.jsonl)";
  return d;
}

}  // namespace duly
