#include "batch/previous_run.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/mistake.h"
#include "batch/line_file.h"
#include "batch/results_folder.h"
#include "batch/table_lines.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 7> change_words{"newly_eligible", "lost", "up", "down", "same", "new", "other"};
constexpr int decimals_kept = 4;

Diagnostic bad_previous(const std::string& path, const std::string& why) {
  Diagnostic d;
  d.code = Code::bad_table;
  d.message = "`" + path + "` is no file of determinations: " + why;
  d.help = "name the folder that an earlier `duly batch` wrote";
  return d;
}

std::vector<Diagnostic> read_csv_rows(LineFile& file, const std::string& benefit, PreviousRun& out) {
  std::vector<std::string_view> cells;
  std::deque<std::string> unquoted;
  std::string_view record;
  if (!file.next_record(record)) return {bad_previous(file.path(), "it is empty")};
  std::size_t at = 0;
  read_table_row(record, at, cells, unquoted);
  const auto column = [&](std::string_view name) { return static_cast<std::size_t>(std::find(cells.begin(), cells.end(), name) - cells.begin()); };
  const std::size_t household = column("household");
  const std::size_t subject = column("subject");
  const std::size_t outcome = column("outcome");
  const std::size_t amount = benefit.empty() ? cells.size() : column(benefit);
  const std::size_t width = cells.size();
  if (std::max({household, subject, outcome}) >= width) return {bad_previous(file.path(), "it lacks the columns household, subject and outcome")};
  while (file.next_record(record)) {
    at = 0;
    read_table_row(record, at, cells, unquoted);
    const auto word = cells.size() == width ? outcome_from_word(cells[outcome]) : std::nullopt;
    if (!word) return {bad_previous(file.path(), "the row of `" + std::string(cells.front()) + "` cannot be read")};
    out.add(cells[household], cells[subject], {*word, amount < width ? amount_from_text(cells[amount]) : std::nullopt});
  }
  return {};
}

std::vector<Diagnostic> read_json_rows(LineFile& file, const std::string& benefit, PreviousRun& out) {
  std::string_view line;
  while (file.next(line)) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    const auto word = row.is_object() ? outcome_from_word(row.value("outcome", "")) : std::nullopt;
    if (!word) return {bad_previous(file.path(), "one of its lines cannot be read")};
    EarlierDetermination earlier{*word, std::nullopt};
    if (const auto outputs = row.find("outputs"); outputs != row.end() && outputs->contains(benefit) && (*outputs)[benefit].is_string())
      earlier.benefit = amount_from_text((*outputs)[benefit].get<std::string>());
    out.add(row.value("household", ""), row.value("subject", ""), earlier);
  }
  return {};
}

}  // namespace

std::optional<std::int64_t> amount_from_text(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 14) return std::nullopt;
  std::int64_t value = 0;
  int decimals = -1;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || decimals == decimals_kept) return std::nullopt;
    value = 10 * value + (c - '0');
    if (decimals >= 0) ++decimals;
  }
  for (int i = std::max(decimals, 0); i < decimals_kept; ++i) value *= 10;
  return negative ? -value : value;
}

std::string_view to_word(Change change) { return change_words[static_cast<std::size_t>(change)]; }

std::optional<Outcome> outcome_from_word(std::string_view word) {
  for (const Outcome outcome : {Outcome::eligible, Outcome::ineligible, Outcome::conditional, Outcome::pending, Outcome::error})
    if (word == to_word(outcome)) return outcome;
  return std::nullopt;
}

std::optional<std::int64_t> worth(Outcome outcome, std::optional<std::int64_t> benefit) {
  if (outcome == Outcome::eligible) return benefit;
  return outcome == Outcome::ineligible ? std::optional<std::int64_t>(0) : std::nullopt;
}

Change change_since(const EarlierDetermination* earlier, Outcome outcome, std::optional<std::int64_t> benefit) {
  if (earlier == nullptr) return Change::fresh;
  const bool before = earlier->outcome == Outcome::eligible;
  const bool now = outcome == Outcome::eligible;
  if (now && !before) return Change::newly_eligible;
  if (before && !now) return outcome == Outcome::ineligible ? Change::lost : Change::other;
  if (!now) return earlier->outcome == outcome ? Change::same : Change::other;
  if (!benefit || !earlier->benefit || *benefit == *earlier->benefit) return Change::same;
  return *benefit > *earlier->benefit ? Change::up : Change::down;
}

void PreviousRun::add(std::string_view household, std::string_view subject, const EarlierDetermination& determination) {
  determinations_.emplace(hash_of_key(household, subject), determination);
}

const EarlierDetermination* PreviousRun::find(std::string_view household, std::string_view subject) const {
  const auto found = determinations_.find(hash_of_key(household, subject));
  return found == determinations_.end() ? nullptr : &found->second;
}

Result<std::shared_ptr<const PreviousRun>> PreviousRun::read(const std::string& folder, const std::string& program) {
  const auto manifest = read_manifest(folder);
  if (!manifest) return manifest.errors();
  if (manifest->run.program != program)
    return mistake(Code::cannot_resume, "the run in `" + folder + "` decided `" + manifest->run.program + "`, not `" + program + "`",
                   "compare with an earlier run of the same program");
  auto file = LineFile::open((std::filesystem::path(folder) / manifest->determinations.name).string());
  if (!file) return file.errors();
  auto out = std::make_shared<PreviousRun>();
  const bool is_csv = manifest->determinations.name.ends_with(".csv");
  if (auto wrong = (is_csv ? read_csv_rows : read_json_rows)(**file, manifest->run.benefit, *out); !wrong.empty()) return wrong;
  if (!(*file)->sound()) return (*file)->failure();
  out->sha256_ = (*file)->sha256();
  if (out->sha256_ != manifest->determinations.sha256)
    return bad_previous((*file)->path(), "its bytes are not those the manifest of the run tells of");
  return std::shared_ptr<const PreviousRun>(std::move(out));
}

}  // namespace duly
