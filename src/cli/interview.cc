#include "cli/interview.h"

#include <algorithm>
#include <cctype>
#include <iostream>
#include <sstream>

#include "duly/render.h"

namespace duly::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t words_shown_whole = 24;

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Names as the keys of people are written: `ana_maria`.
std::vector<std::string> keys_in(const std::string& line) {
  std::string spaced = line;
  std::replace(spaced.begin(), spaced.end(), ',', ' ');
  std::istringstream words(spaced);
  std::vector<std::string> out;
  for (std::string word; words >> word;) {
    const std::string key = lower(word);
    if (key == "and") continue;
    if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
  }
  return out;
}

/// The word that was typed, or whose number was.
std::optional<std::string> chosen(const std::string& line, const std::vector<std::string>& words) {
  const auto same = std::find_if(words.begin(), words.end(), [&](const std::string& word) { return lower(word) == lower(line); });
  if (same != words.end()) return *same;
  const bool is_number =
      !line.empty() && line.size() < 5 && std::all_of(line.begin(), line.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!is_number) return std::nullopt;
  const std::size_t number = std::stoul(line);
  return number >= 1 && number <= words.size() ? std::optional(words[number - 1]) : std::nullopt;
}

bool is_unknown(const std::string& line) {
  const std::string word = lower(line);
  return word == "?" || word == "unknown" || word == "i don't know" || word == "don't know" || word == "dont know";
}

}  // namespace

Interview::Interview(const Ruleset& rules, Request request, std::string program, CommandContext& context)
    : rules_(rules), request_(std::move(request)), program_(std::move(program)), context_(context), shapes_(rules) {
  document_["duly"] = 1;
}

Result<Screening> Interview::run() {
  context_.out << "Answer in a word or a number. Also: ? if you don't know, back, quit.\n";
  if (ask_people() == Reply::quit) return Screening{};
  while (const SharedFact* question = next_question()) {
    const auto open = static_cast<std::size_t>(
        std::count_if(screening_->missing.begin(), screening_->missing.end(), [](const SharedFact& fact) { return fact.fact.may_be_asked; }));
    const SharedFact asked = *question;  // the screening changes with the answer
    switch (ask(asked, open)) {
      case Reply::answered: break;
      case Reply::not_known:
        steps_.push_back({document_, not_known_});
        not_known_.push_back(key_of(asked.fact));
        break;
      case Reply::back: go_back(); break;
      case Reply::quit: return *screening_;
    }
  }
  return *screening_;
}

const SharedFact* Interview::next_question() const {
  const auto next = std::find_if(screening_->missing.begin(), screening_->missing.end(), [&](const SharedFact& shared) {
    return shared.fact.may_be_asked && std::find(not_known_.begin(), not_known_.end(), key_of(shared.fact)) == not_known_.end();
  });
  return next == screening_->missing.end() ? nullptr : &*next;
}

std::optional<std::string> Interview::read_line() {
  context_.out << "> " << std::flush;
  std::string line;
  if (!std::getline(context_.in, line)) return std::nullopt;
  return trimmed(line);
}

Interview::Reply Interview::ask_people() {
  while (true) {
    context_.out << "\nWho lives in the home? Give a first name or another short name for each, the one who asks first.\n";
    const auto line = read_line();
    if (!line || lower(*line) == "quit") return Reply::quit;
    const auto keys = keys_in(*line);
    if (keys.empty() || is_unknown(*line) || lower(*line) == "back") continue;
    Json changed = document_;
    changed["people"] = Json::object();
    for (const std::string& key : keys) changed["people"][key] = Json::object();
    if (accept(std::move(changed))) return Reply::answered;
  }
}

bool Interview::accept(Json changed) {
  const std::string text = to_yaml(changed);
  auto screening = rules_.screen(text, request_, program_);
  if (!screening) {
    const Diagnostic& first = screening.errors().front();
    context_.out << "That cannot be: " << first.message << (first.help.empty() ? "" : "\n  " + first.help) << '\n';
    return false;
  }
  if (document_.contains("people")) steps_.push_back({document_, not_known_});
  document_ = std::move(changed);
  screening_ = std::move(*screening);
  return true;
}

void Interview::go_back() {
  if (steps_.empty()) {
    context_.out << "This is the first question.\n";
    return;
  }
  Step step = std::move(steps_.back());
  steps_.pop_back();
  document_ = std::move(step.document);
  not_known_ = std::move(step.not_known);
  if (auto screening = rules_.screen(to_yaml(document_), request_, program_)) screening_ = std::move(*screening);
}

void Interview::show_words(const std::vector<std::string>& words) {
  if (words.empty()) return;
  if (words.size() > words_shown_whole) {
    context_.out << "  one of " << words.size() << " words, such as " << words.front() << '\n';
    return;
  }
  for (std::size_t i = 0; i < words.size(); ++i) context_.out << "  " << i + 1 << "  " << words[i] << '\n';
}

std::optional<Json> Interview::read_answer(const std::string& line, const AnswerShape& shape) {
  using Kind = AnswerShape::Kind;
  switch (shape.kind) {
    case Kind::yes_or_no: {
      const std::string word = lower(line);
      if (word == "y" || word == "yes") return Json("yes");
      if (word == "n" || word == "no") return Json("no");
      context_.out << "Please answer yes or no.\n";
      return std::nullopt;
    }
    case Kind::words:
      if (const auto word = chosen(line, shape.words)) return Json(*word);
      context_.out << "Please choose one of the words, or its number.\n";
      return std::nullopt;
    case Kind::people: {
      Json names = Json::array();
      if (lower(line) == "none" || lower(line) == "nobody" || lower(line) == "no") return names;
      for (const std::string& key : keys_in(line)) names.push_back(key);
      return names;
    }
    case Kind::number: {
      std::string number = line;
      number.erase(std::remove_if(number.begin(), number.end(), [](char c) { return c == '$' || c == ',' || c == ' '; }), number.end());
      return Json(number);
    }
    case Kind::text:
    case Kind::records: return Json(line);
  }
  return std::nullopt;
}

Interview::Reply Interview::ask(const SharedFact& question, std::size_t open) {
  const std::string& program = question.programs.front();
  const AnswerShape shape = shapes_.shape_of(program, question.fact);
  const std::string section = shapes_.section_of(program, question.fact);
  context_.out << '\n' << (question.fact.ask.empty() ? key_of(question.fact) : question.fact.ask);
  if (open > 1) context_.out << "  [" << open << " open]";
  context_.out << '\n';
  if (shape.kind == AnswerShape::Kind::records) return ask_records(question, shape, section);
  if (shape.kind == AnswerShape::Kind::yes_or_no) context_.out << "  yes or no\n";
  if (shape.kind == AnswerShape::Kind::people) context_.out << "  names, or nobody\n";
  if (shape.kind == AnswerShape::Kind::words) show_words(question.fact.choices.empty() ? shape.words : question.fact.choices);
  if (!shape.hint.empty()) context_.out << "  " << shape.hint << '\n';
  AnswerShape offered = shape;
  if (shape.kind == AnswerShape::Kind::words && !question.fact.choices.empty()) offered.words = question.fact.choices;
  while (true) {
    const auto line = read_line();
    if (!line || lower(*line) == "quit") return Reply::quit;
    if (lower(*line) == "back") return Reply::back;
    if (line->empty() || is_unknown(*line)) return Reply::not_known;
    auto value = read_answer(*line, offered);
    if (!value) continue;
    Json changed = document_;
    put_answer(changed, question.fact, section, std::move(*value));
    if (accept(std::move(changed))) return Reply::answered;
  }
}

/// Only what each is: the rest of a record is asked where it matters.
Interview::Reply Interview::ask_records(const SharedFact& question, const AnswerShape& shape, const std::string& section) {
  Json records = Json::array();
  context_.out << "  none, or what it is: you are asked for another until you say none\n";
  show_words(shape.first_words);
  while (true) {
    const auto line = read_line();
    if (!line || lower(*line) == "quit") return Reply::quit;
    if (lower(*line) == "back") return Reply::back;
    const std::string word = lower(*line);
    const bool is_end = word == "none" || word == "no";
    const bool is_open = line->empty() || is_unknown(*line);
    if (is_open && records.empty()) return Reply::not_known;
    if (!is_end && !is_open) {
      Json record = Json::object();
      if (!shape.first_field.empty()) {
        const auto kind = chosen(*line, shape.first_words);
        if (!kind) {
          context_.out << "Please choose one of the words, its number, or none.\n";
          continue;
        }
        record[shape.first_field] = *kind;
      }
      records.push_back(std::move(record));
      context_.out << "Another one, or none?\n";
      continue;
    }
    if (is_open) records.push_back({{"more", "unknown"}});
    Json changed = document_;
    put_answer(changed, question.fact, section, std::move(records));
    if (accept(std::move(changed))) return Reply::answered;
    records = Json::array();
  }
}

}  // namespace duly::cli
