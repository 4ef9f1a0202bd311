#include "cases/case_file.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "facts/document_change.h"
#include "syntax/tree.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 5> keys_of_a_case{"case", "family", "change", "expect", "rows"};
constexpr std::array<std::string_view, 4> keys_of_a_file{"kind", "title", "families", "cases"};

bool is_one_of(std::string_view word, auto words) { return std::find(words.begin(), words.end(), word) != words.end(); }

std::vector<std::string> people_of(const Node& document) {
  std::vector<std::string> out;
  if (const Node* people = document.find("people"); people != nullptr)
    for (const Node& key : people->keys) out.push_back(key.text);
  return out;
}

class CaseReader {
 public:
  CaseReader(const DictionaryIndex& index, std::vector<Diagnostic>& errors) : index_(index), errors_(errors) {}

  std::vector<CaseTry> read(const Node& file) {
    const Node* kind = file.find("kind");
    if (kind == nullptr || trim(kind->text) != "cases") {
      say(Code::unknown_kind, kind == nullptr ? file.span : kind->span, "a file of worked cases begins with `kind: cases`", "");
      return {};
    }
    for (const Node& key : file.keys)
      if (!is_one_of(key.text, keys_of_a_file))
        say(Code::unknown_key, key.span, "`" + key.text + "` is no key of a file of cases", "its keys are kind, title, families and cases");
    read_families(file.find("families"));
    const Node* cases = file.find("cases");
    if (cases == nullptr || !cases->is_sequence()) {
      say(Code::missing_key, cases == nullptr ? file.span : cases->span, "the file has no list of `cases`",
          "write cases: and below it a line that begins with `- case:` for each");
      return {};
    }
    for (const Node& one : cases->items) read_case(one);
    return std::move(tries_);
  }

 private:
  void read_families(const Node* families) {
    if (families == nullptr) return;
    if (!families->is_map()) return say(Code::wrong_shape, families->span, "`families` must be a record of households by name", "");
    for (std::size_t i = 0; i < families->keys.size(); ++i) {
      if (!families->items[i].is_map())
        say(Code::wrong_shape, families->items[i].span, "the family `" + families->keys[i].text + "` must be a household", "");
      else families_.emplace(families->keys[i].text, &families->items[i]);
    }
  }

  void read_case(const Node& node) {
    const std::size_t errors_before = errors_.size();
    const Node* sentence = node.is_map() ? node.find("case") : nullptr;
    if (sentence == nullptr || !sentence->is_scalar() || trim(sentence->text).empty())
      return say(node.is_map() ? Code::missing_key : Code::wrong_shape, node.span, "a case begins with its sentence",
                 "write case: and a sentence that says what is shown");
    CaseTry made;
    made.sentence = trim(sentence->text);
    made.where = sentence->span;
    made.document = document_of(node);
    const Node* expect = node.find("expect");
    const Node* rows = node.find("rows");
    if (expect == nullptr && rows == nullptr) say(Code::missing_key, sentence->span, "the case expects nothing", "add `expect:` or `rows:`");
    if (expect != nullptr) read_expect(*expect, made);
    if (errors_.size() > errors_before) return;
    if (rows != nullptr) return read_rows(*rows, made);
    tries_.push_back(std::move(made));
  }

  /// The family, what the case says, and its `change`.
  Node document_of(const Node& node) {
    Node document = map_node(node.span);
    if (const Node* family = node.find("family")) {
      const auto known = families_.find(family->text);
      if (known != families_.end()) {
        document = *known->second;
      } else {
        std::vector<std::string> names;
        for (const auto& [name, household] : families_) names.push_back(name);
        std::string help = did_you_mean(family->text, names);
        say(Code::unknown_name, family->span, "there is no family `" + family->text + "`",
            help.empty() ? "families of this file are " + join_words(names) : help);
      }
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i)
      if (!is_one_of(node.keys[i].text, keys_of_a_case)) change_document(index_, document, node.keys[i], node.items[i], errors_);
    if (const Node* change = node.find("change")) {
      if (!change->is_map()) say(Code::wrong_shape, change->span, "`change` must be a record of facts and values", "write change: {ana.works: no}");
      for (std::size_t i = 0; i < change->keys.size(); ++i) change_document(index_, document, change->keys[i], change->items[i], errors_);
    }
    return document;
  }

  // What is expected.

  void read_expect(const Node& expect, CaseTry& made) {
    if (!expect.is_map()) return say(Code::wrong_shape, expect.span, "`expect` must be a record", "write expect: {outcome: eligible}");
    const std::vector<std::string> people = people_of(made.document);
    for (std::size_t i = 0; i < expect.keys.size(); ++i) {
      const Node& key = expect.keys[i];
      const Node& value = expect.items[i];
      if (value.is_map() && std::find(people.begin(), people.end(), key.text) != people.end()) {
        for (std::size_t k = 0; k < value.keys.size(); ++k)
          expect_value(key.text + "." + value.keys[k].text, value.keys[k], value.items[k], people, made);
      } else {
        expect_value(key.text, key, value, people, made);
      }
    }
  }

  void expect_value(const std::string& name, const Node& key, const Node& value, const std::vector<std::string>& people, CaseTry& made) {
    auto expected = expectation_named(index_, people, name);
    if (!expected) return say_no_expectation(name, key.span, people);
    expected->where = key.span;
    expected->words = expected_words(value);
    add(std::move(*expected), made);
  }

  void add(Expectation expected, CaseTry& made) {
    if (auto wrong = impossible(index_, expected)) errors_.push_back(std::move(*wrong));
    else made.expected.push_back(std::move(expected));
  }

  void say_no_expectation(const std::string& name, const Span& where, const std::vector<std::string>& people) {
    std::vector<std::string> names{"outcome", "reasons", "missing", "scope", "remedy", "doubtful"};
    names.insert(names.end(), people.begin(), people.end());
    for (const Rule& rule : index_.declarations().rules) names.push_back(rule.name);
    std::string help = did_you_mean(name, names);
    say(Code::unknown_name, where, "`" + name + "` is neither a rule of this program, nor a person of the case, nor a word of a determination",
        help.empty() ? "words of a determination are outcome, reasons, missing, scope, remedy and doubtful" : help);
  }

  // Rows: each column changes a fact or expects something, as its name says.

  void read_rows(const Node& rows, const CaseTry& base) {
    const std::size_t errors_before = errors_.size();
    const Grid grid = parse_grid(rows, errors_);
    if (errors_.size() > errors_before) return;
    const std::vector<std::string> people = people_of(base.document);
    std::vector<std::optional<Expectation>> columns;
    for (const GridCell& cell : grid.header) {
      columns.push_back(expectation_named(index_, people, cell.text));
      if (!columns.back() && !changes_something(base.document, cell.text)) return say_no_expectation(cell.text, cell.span, people);
    }
    if (std::none_of(columns.begin(), columns.end(), [](const auto& column) { return column.has_value(); }) && base.expected.empty())
      return say(Code::wrong_shape, rows.span, "no column of the grid expects anything",
                 "add a column such as outcome, reason or the name of a rule");
    for (std::size_t r = 0; r < grid.rows.size(); ++r) read_row(grid, columns, r, base);
  }

  void read_row(const Grid& grid, const std::vector<std::optional<Expectation>>& columns, std::size_t r, const CaseTry& base) {
    const std::size_t errors_before = errors_.size();
    const std::vector<GridCell>& row = grid.rows[r];
    CaseTry made = base;
    made.row = static_cast<int>(r) + 1;
    made.where = row.front().span;
    made.where.end = std::max(row.back().span.end, made.where.begin + 1);
    for (std::size_t c = 0; c < row.size(); ++c)
      if (!columns[c] && !row[c].text.empty()) change_by_cell(grid.header[c], row[c], made.document);
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!columns[c] || row[c].text.empty()) continue;
      Expectation expected = *columns[c];
      expected.where = row[c].span;
      expected.words = expected_words(expected, row[c].text);
      add(std::move(expected), made);
    }
    if (errors_.size() == errors_before) tries_.push_back(std::move(made));
  }

  /// `ana.wages per week | 200` gives `200 per week`.
  void change_by_cell(const GridCell& header, const GridCell& cell, Node& document) {
    constexpr std::string_view per = " per ";
    const std::size_t at = header.text.find(per);
    Node value = node_from_cell(cell, errors_);
    if (at != std::string::npos && value.is_scalar() && value.text != "unknown") value.text += header.text.substr(at);
    change_document(index_, document, scalar_node(header.text.substr(0, at), header.span), value, errors_);
  }

  [[nodiscard]] bool changes_something(const Node& document, std::string_view header) const {
    return can_be_changed(index_, document, header.substr(0, header.find(" per ")));
  }

  void say(Code code, const Span& where, std::string message, std::string help) {
    errors_.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
  }

  const DictionaryIndex& index_;
  std::vector<Diagnostic>& errors_;
  std::map<std::string, const Node*> families_;
  std::vector<CaseTry> tries_;
};

}  // namespace

std::vector<CaseTry> tries_from_file(const DictionaryIndex& index, const SourcePtr& source, std::vector<Diagnostic>& errors) {
  const std::size_t errors_before = errors.size();
  const Node file = parse_yaml(source, errors);
  if (errors.size() > errors_before) return {};
  return CaseReader(index, errors).read(file);
}

}  // namespace duly
