#pragma once

// An interview: one question at a time, always the one that settles most, until nothing that matters is open.
//
// Threads: belongs to one run of the tool.

#include <optional>

#include "cli/commands.h"
#include "cli/interview_document.h"

namespace duly::cli {

class Interview {
 public:
  /// `request` wins over what is answered; with `program` only that one and those it reads.
  Interview(const Ruleset& rules, Request request, std::string program, CommandContext& context);

  /// Asks until nothing is open, the line `quit` or the end of the input. Errors: those of the rules.
  Result<Screening> run();

  [[nodiscard]] const nlohmann::ordered_json& document() const { return document_; }

 private:
  enum class Reply : std::uint8_t { answered, not_known, back, quit };

  std::optional<std::string> read_line();
  Reply ask_people();
  Reply ask(const SharedFact& question, std::size_t open);
  Reply ask_records(const SharedFact& question, const AnswerShape& shape, const std::string& section);
  std::optional<nlohmann::ordered_json> read_answer(const std::string& line, const AnswerShape& shape);
  void show_words(const std::vector<std::string>& words);
  /// Decides the document as it would be with `changed`; takes it over if it can be read, else says why not.
  bool accept(nlohmann::ordered_json changed);
  void go_back();
  [[nodiscard]] const SharedFact* next_question() const;
  [[nodiscard]] static std::string key_of(const MissingFact& fact) { return fact.of + "." + fact.fact; }

  const Ruleset& rules_;
  Request request_;
  std::string program_;
  CommandContext& context_;
  DocumentShapes shapes_;
  nlohmann::ordered_json document_;
  std::vector<std::string> not_known_;
  struct Step {
    nlohmann::ordered_json document;
    std::vector<std::string> not_known;
  };
  std::vector<Step> steps_;
  std::optional<Screening> screening_;
};

}  // namespace duly::cli
