#include "compare/caseload_changes.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <unordered_map>

#include "base/mistake.h"
#include "batch/line_file.h"
#include "batch/table_lines.h"

namespace duly {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t one = 10'000;

/// A CSV file by the names of its columns.
class Table {
 public:
  static Result<std::unique_ptr<Table>> open(const std::string& path, const std::vector<std::string>& wanted) {
    auto file = LineFile::open(path);
    if (!file) return file.errors();
    auto out = std::unique_ptr<Table>(new Table(std::move(*file)));
    std::string_view record;
    if (!out->file_->next_record(record)) return wrong(path, "is empty", "");
    std::size_t place = 0;
    read_table_row(record, place, out->cells_, out->unquoted_);
    for (const std::string_view cell : out->cells_) out->names_.emplace_back(cell);
    for (const std::string& name : wanted)
      if (!out->has(name)) return wrong(path, "has no column `" + name + "`", "its columns are " + out->all_names());
    return out;
  }

  bool next() {
    std::string_view record;
    if (!file_->next_record(record)) return false;
    std::size_t place = 0;
    unquoted_.clear();
    read_table_row(record, place, cells_, unquoted_);
    return true;
  }

  [[nodiscard]] bool has(const std::string& name) const { return column(name) < names_.size(); }
  /// Behind all of them where there is none of this name.
  [[nodiscard]] std::size_t column(const std::string& name) const {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
  }
  [[nodiscard]] std::string_view cell(std::size_t column) const {
    return column < cells_.size() && column < names_.size() ? cells_[column] : std::string_view{};
  }
  [[nodiscard]] std::optional<Diagnostic> failure() const { return file_->sound() ? std::nullopt : std::optional(file_->failure()); }

 private:
  explicit Table(std::unique_ptr<LineFile> file) : file_(std::move(file)) {}
  static Diagnostic wrong(const std::string& path, const std::string& what, const std::string& help) {
    Diagnostic d;
    d.code = Code::wrong_header;
    d.message = "`" + path + "` " + what;
    d.help = help;
    return d;
  }
  [[nodiscard]] std::string all_names() const {
    std::string out;
    for (const std::string& name : names_) out.append(out.empty() ? "" : ", ").append(name);
    return out;
  }

  std::unique_ptr<LineFile> file_;
  std::vector<std::string> names_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

using ByHousehold = std::unordered_map<std::string, std::string>;

Result<ByHousehold> column_of(const std::string& path, const std::string& column) {
  auto table = Table::open(path, {"household", column});
  if (!table) return table.errors();
  ByHousehold out;
  const std::size_t household = (*table)->column("household");
  const std::size_t wanted = (*table)->column(column);
  while ((*table)->next()) out.emplace((*table)->cell(household), (*table)->cell(wanted));
  if (const auto failed = (*table)->failure()) return *failed;
  return out;
}

std::string people_in_words(std::string_view people) {
  const auto blanks = std::count(people.begin(), people.end(), ' ');
  const std::string number = std::to_string(people.empty() ? 0 : blanks + 1);
  return (number.size() < 2 ? "0" + number : number) + (number == "1" ? " person" : " people");
}

/// A width in which the widest of the differences takes at most twenty steps, of 1, 2 or 5 times a power of ten dollars.
std::int64_t step_for(std::int64_t widest) {
  for (std::int64_t power = one; power < INT64_MAX / 100; power *= 10)
    for (const std::int64_t times : {1, 2, 5})
      if (power * times * 20 >= widest) return power * times;
  return widest;
}

std::optional<Change> change_from_word(std::string_view word) {
  for (const Change change : {Change::newly_eligible, Change::lost, Change::up, Change::down, Change::same, Change::fresh, Change::other})
    if (to_word(change) == word) return change;
  return std::nullopt;
}

std::optional<std::int64_t> worth_of_cells(std::string_view outcome, std::string_view amount) {
  const auto word = outcome_from_word(outcome);
  return word ? worth(*word, amount_from_text(amount)) : std::nullopt;
}

/// Where a row of determinations has what is counted.
struct CountedColumns {
  std::size_t household, subject, people, outcome, outcome_before, change, after, before;

  CountedColumns(const Table& rows, const std::string& benefit)
      : household(rows.column("household")),
        subject(rows.column("subject")),
        people(rows.column("people")),
        outcome(rows.column("outcome")),
        outcome_before(rows.column("outcome_before")),
        change(rows.column("change")),
        after(rows.column(benefit)),
        before(rows.column(benefit + "_before")) {}
};

class Counter {
 public:
  Counter(const ChangeOptions& options, bool has_benefit) : options_(options), has_benefit_(has_benefit) {}

  std::vector<Diagnostic> prepare() {
    if (!options_.group_by.empty()) {
      auto groups = column_of((fs::path(options_.input) / "household.csv").string(), options_.group_by);
      if (!groups) return groups.errors();
      groups_ = std::move(*groups);
    }
    if (options_.weights.empty()) return {};
    auto weights = column_of(options_.weights, "weight");
    if (!weights) return weights.errors();
    for (const auto& [household, text] : *weights)
      if (const auto weight = amount_from_text(text); !weight || *weight < 0) return {no_weight(household, text)};
    weights_ = std::move(*weights);
    out_.is_weighted = true;
    return {};
  }

  [[nodiscard]] Diagnostic no_weight(const std::string& household, const std::string& text) const {
    std::string message = "the weight of household `" + household + "` in `";
    message.append(options_.weights).append("` is `").append(text).append("`");
    return mistake(Code::bad_table, std::move(message), "a weight is a number from 0 on, with at most four decimals");
  }

  /// What is wrong with what was counted.
  [[nodiscard]] std::vector<Diagnostic> mistakes() const {
    if (without_weight_.empty()) return {};
    return {mistake(Code::bad_table, "`" + options_.weights + "` has no weight of household `" + without_weight_ + "`",
                    "give each household of the sample a weight; 0 leaves it out")};
  }

  void add(const Table& row, const CountedColumns& columns, Change change) {
    SubjectChange one_change;
    one_change.household = row.cell(columns.household);
    one_change.people = row.cell(columns.people);
    one_change.change = change;
    if (change == Change::same) {
      const std::int64_t weight = weight_of(one_change.household);
      out_.all.add(change, 0, weight);
      out_.groups[group_of(one_change)].add(change, 0, weight);
      return;
    }
    one_change.subject = row.cell(columns.subject);
    one_change.outcome = row.cell(columns.outcome);
    one_change.outcome_before = row.cell(columns.outcome_before);
    if (has_benefit_) {
      one_change.after = worth_of_cells(one_change.outcome, row.cell(columns.after));
      one_change.before = worth_of_cells(one_change.outcome_before, row.cell(columns.before));
    }
    const bool both_known = one_change.after && one_change.before;
    const std::int64_t difference = both_known ? one_change.difference() : 0;
    const std::int64_t weight = weight_of(one_change.household);
    out_.all.add(change, difference, weight);
    out_.groups[group_of(one_change)].add(change, difference, weight);
    if (both_known && difference != 0) differences_.push_back(difference);
    if (difference < 0 || change == Change::lost) keep_if_worst(one_change);
    if (options_.keep_all) out_.changed.push_back(std::move(one_change));
  }

  CaseloadChanges take() {
    std::int64_t widest = one;
    for (const std::int64_t difference : differences_) widest = std::max(widest, std::abs(difference));
    out_.step = step_for(widest);
    for (const std::int64_t difference : differences_) {
      const std::int64_t below = difference >= 0 ? difference / out_.step : -((-difference + out_.step - 1) / out_.step);
      ++out_.distribution[below];
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::int64_t weight_of(const std::string& household) {
    if (!out_.is_weighted) return one;
    const auto found = weights_.find(household);
    if (found == weights_.end() && without_weight_.empty()) without_weight_ = household;
    return found == weights_.end() ? 0 : amount_from_text(found->second).value_or(0);
  }

  [[nodiscard]] std::string group_of(const SubjectChange& change) const {
    if (options_.group_by.empty()) return people_in_words(change.people);
    const auto found = groups_.find(change.household);
    return found == groups_.end() || found->second.empty() ? "not said" : found->second;
  }

  void keep_if_worst(const SubjectChange& change) {
    const auto loses_more = [](const SubjectChange& a, const SubjectChange& b) { return a.difference() < b.difference(); };
    auto& worst = out_.worst;
    worst.insert(std::upper_bound(worst.begin(), worst.end(), change, loses_more), change);
    if (worst.size() > options_.worst) worst.pop_back();
  }

  const ChangeOptions& options_;
  bool has_benefit_;
  ByHousehold groups_, weights_;
  std::string without_weight_;  ///< the first household that has none
  std::vector<std::int64_t> differences_;
  CaseloadChanges out_;
};

}  // namespace

void ChangeCounts::add(Change change, std::int64_t amount, std::int64_t its_weight) {
  ++subjects[at(change)];
  weight[at(change)] += its_weight;
  amounts[at(change)] += amount;
  std::int64_t product = 0;
  if (!__builtin_mul_overflow(amount, its_weight, &product)) weighted[at(change)] += product / one;
}

Result<CaseloadChanges> caseload_changes(const std::string& folder, const ChangeOptions& options) {
  const auto manifest = read_manifest(folder);
  if (!manifest) return manifest.errors();
  auto rows =
      Table::open((fs::path(folder) / manifest->determinations.name).string(), {"household", "subject", "outcome", "change", "outcome_before"});
  if (!rows) return rows.errors();
  Counter counter(options, !manifest->run.benefit.empty());
  if (auto wrong = counter.prepare(); !wrong.empty()) return wrong;
  const CountedColumns columns(**rows, manifest->run.benefit);
  while ((*rows)->next())
    if (const auto change = change_from_word((*rows)->cell(columns.change))) counter.add(**rows, columns, *change);
  if (const auto failed = (*rows)->failure()) return *failed;
  if (auto wrong = counter.mistakes(); !wrong.empty()) return wrong;
  return counter.take();
}

}  // namespace duly
