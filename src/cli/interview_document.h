#pragma once

// A household document that grows by answers.
//
// Threads: belongs to one interview.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "duly/ruleset.h"

namespace duly::cli {

/// What may be answered to one question, read from the schema of household documents.
struct AnswerShape {
  enum class Kind : std::uint8_t { text, words, yes_or_no, number, people, records } kind = Kind::text;
  std::vector<std::string> words;
  std::string first_field;               ///< of records: the field that is asked for each, the others being asked where they matter
  std::string ask_first;                 ///< its question
  std::vector<std::string> first_words;  ///< its words, where it has a list
  std::string hint;                      ///< how to write it: `YYYY-MM-DD`
};

/// The schemas of the documents of programs, each read when it is first needed.
class DocumentShapes {
 public:
  explicit DocumentShapes(const Ruleset& rules) : rules_(rules) {}

  AnswerShape shape_of(const std::string& program, const MissingFact& fact);
  /// `place`, `world` or `request`; empty for what stands at the top of the document.
  std::string section_of(const std::string& program, const MissingFact& fact);

 private:
  const nlohmann::ordered_json& schema_of(const std::string& program);
  const nlohmann::ordered_json* find(const std::string& program, const MissingFact& fact);

  const Ruleset& rules_;
  std::map<std::string, nlohmann::ordered_json> schemas_;
};

/// Puts `value` where the answer to `fact` stands. `section` as above.
void put_answer(nlohmann::ordered_json& document, const MissingFact& fact, const std::string& section, nlohmann::ordered_json value);

/// The document as YAML: a line for each of its keys, and for each person.
std::string to_yaml(const nlohmann::ordered_json& document);

}  // namespace duly::cli
