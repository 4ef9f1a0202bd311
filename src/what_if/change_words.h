#pragma once

// A change of one fact as the document has it and as people read it.
//
// Threads: belongs to the thread that reads.

#include "duly/what_if.h"
#include "engine/loaded_program.h"
#include "what_if/nearest_value.h"

namespace duly {

class ChangeWords {
 public:
  /// Of a household that was evaluated alone, with its values as they are now.
  ChangeWords(const LoadedProgram& program, const Evaluated& e, const Labels& labels)
      : program_(program), d_(program.declarations()), e_(e), labels_(labels) {}

  /// The fact as it is now.
  [[nodiscard]] FactChange told(FactId fact, std::int32_t row) const;
  [[nodiscard]] FactChange told(const Change& change) const;
  /// For `change_document`: `ana.income[0].amount`.
  [[nodiscard]] std::string path_of(const FactAt& at) const;
  /// What a document gives for the fact after the change.
  [[nodiscard]] Node node_of(const Change& change) const;

 private:
  [[nodiscard]] bool is_of_person(const Fact& fact) const;
  void add_period(const Fact& fact, std::int32_t row, FactChange& out) const;
  [[nodiscard]] std::string text_of(const Change& change) const;

  const LoadedProgram& program_;
  const Declarations& d_;
  const Evaluated& e_;
  const Labels& labels_;
};

}  // namespace duly
