#include "made_caseload.h"

#include <cstdlib>

#include "benchmarks.h"
#include "caseload/in_order.h"
#include "resolve/rule_files.h"

namespace duly::bench {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "duly_bench.XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

bool generate(std::int64_t households, CaseloadFormat format, const std::string& folder) {
  const auto files = rules_in_folder(source_path("rules"));
  const std::string model_path = "us/snap/models/caseload.yaml";
  const auto text = files ? (*files)->read(model_path) : std::nullopt;
  const auto model = text ? model_from(make_source(model_path, *text)) : Result<Model>(std::vector<Diagnostic>(1));
  return model && write_caseload(*model, {households, 1, folder, format}).empty();
}

std::vector<DatedTile> tiles_of(const PackPicker& picker, const std::string& folder) {
  std::vector<DatedTile> tiles;
  const auto source = caseload_source(folder, {&picker, {}, most_households_in_tile});
  if (!source) return tiles;
  const auto reader = (*source)->reader();
  for (auto piece = (*source)->next(); piece && *piece; piece = (*source)->next())
    for (DatedTile& tile : reader->read(**piece).tiles) tiles.push_back(std::move(tile));
  return tiles;
}

}  // namespace duly::bench
