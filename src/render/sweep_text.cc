// A sweep as text: what was asked, the table, the cliffs, and how the net is made up.

#include <algorithm>

#include "base/text.h"
#include "render/layout.h"
#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

/// `a`, `b`, ... `z`, `aa`: what a subject goes by in the table.
std::string letter(std::size_t number) {
  std::string out(1, static_cast<char>('a' + number % 26));
  return number < 26 ? out : letter(number / 26 - 1) + out;
}

class SweepText {
 public:
  SweepText(const Sweep& sweep, const TextOptions& options) : s_(sweep), out_(options) {}

  std::string run() {
    out_.edges(sweep_title(s_), "");
    out_.rule('=');
    for (std::size_t i = 0; i < s_.subjects.size(); ++i) out_.paragraph(2, letter(i) + "  " + subject_words(s_.subjects[i]), Tone::plain, 3);
    out_.blank();
    table();
    turns(true, "Cliffs");
    turns(false, "Other turns");
    if (std::none_of(s_.turns.begin(), s_.turns.end(), [](const SweptTurn& t) { return t.is_cliff; }) && !s_.smallest_step.empty()) {
      out_.blank();
      out_.paragraph(0, "There is no cliff.", Tone::good);
    }
    out_.heading("How to read it");
    for (const std::string& sentence : explained(s_)) out_.paragraph(2, sentence, Tone::quiet);
    return out_.take();
  }

 private:
  void table() {
    std::vector<std::vector<std::string>> rows(1);
    const bool has_by = !s_.by.path.empty();
    if (has_by) rows[0].push_back(s_.by.path);
    for (const char* name : {"value", "money in", "benefits", "net"}) rows[0].emplace_back(name);
    for (std::size_t i = 0; i < s_.subjects.size(); ++i) rows[0].push_back(letter(i));
    for (const SweptPoint& point : s_.points) {
      std::vector<std::string>& row = rows.emplace_back();
      if (has_by) row.push_back(value_words(s_.by, point.by));
      row.push_back(value_words(s_.vary, point.value));
      row.push_back(money_text(point.money_in));
      row.push_back(point.benefits.empty() ? "not known" : money_text(point.benefits));
      row.push_back(point.net.empty() ? "not known" : money_text(point.net));
      for (std::size_t i = 0; i < s_.subjects.size(); ++i) row.push_back(decision_words(s_.subjects[i], point.decisions[i]));
    }
    print(rows);
  }

  void print(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows[0].size(), 0);
    for (const auto& row : rows)
      for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], code_points(row[c]));
    std::string lines;
    for (const auto& row : rows) {
      std::string line;
      for (std::size_t c = 0; c < row.size(); ++c) line.append(2 + widths[c] - code_points(row[c]), ' ').append(row[c]);
      lines += line + '\n';
    }
    out_.verbatim(lines);
  }

  void turns(bool cliffs, std::string_view heading) {
    bool first = true;
    int number = 0;
    for (const SweptTurn& turn : s_.turns) {
      if (turn.is_cliff != cliffs) continue;
      if (first) {
        out_.heading(heading);
        first = false;
      }
      std::string head =
          std::to_string(++number) + ". " + value_words(s_.vary, turn.before) + " -> " + value_words(s_.vary, turn.after) + ": " + loss_words(turn);
      if (!turn.by.empty()) head += " (" + value_words(s_.by, turn.by) + ")";
      out_.paragraph(2, head, cliffs ? Tone::bad : Tone::plain, 3);
      for (const SweptChange& change : turn.changes)
        out_.paragraph(5, letter(change.subject) + "  " + subject_words(s_.subjects[change.subject]) + ": " + change_words(change), Tone::plain, 3);
      for (const TurnCause& cause : turn.causes)
        if (const std::string words = cause_words(cause); !words.empty()) out_.paragraph(5, "because of " + words, Tone::plain, 2);
      if (const std::string words = made_up_words(s_, turn); !words.empty()) out_.paragraph(5, words, Tone::quiet, 2);
    }
  }

  const Sweep& s_;
  FormLayout out_;
};

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return out + "\n";
}

}  // namespace

std::string to_text(const Sweep& sweep, const TextOptions& options) { return SweepText(sweep, options).run(); }

std::string to_csv(const Sweep& sweep) {
  const bool has_by = !sweep.by.path.empty();
  std::vector<std::string> head;
  if (has_by) head.push_back(sweep.by.path);
  head.push_back(sweep.vary.path);
  for (const char* name : {"money_in", "benefits", "net"}) head.emplace_back(name);
  for (const SweptSubject& subject : sweep.subjects) {
    const std::string name = subject.program + (subject.key.empty() ? "" : " " + subject.key);
    head.push_back(name + " outcome");
    head.push_back(name + " scope");
    if (subject.gives_money) head.push_back(name + " benefit");
  }
  std::string out = csv_line(head);
  for (const SweptPoint& point : sweep.points) {
    std::vector<std::string> cells;
    if (has_by) cells.push_back(point.by);
    for (const std::string* cell : {&point.value, &point.money_in, &point.benefits, &point.net}) cells.push_back(*cell);
    for (std::size_t i = 0; i < sweep.subjects.size(); ++i) {
      const SweptDecision& decision = point.decisions[i];
      cells.emplace_back(decision.decided ? to_word(decision.outcome) : "");
      cells.push_back(decision.scope);
      if (sweep.subjects[i].gives_money) cells.push_back(decision.benefit);
    }
    out += csv_line(cells);
  }
  return out;
}

}  // namespace duly
