#pragma once

// A model of households: how often which people live together, what is true of them and how often, in integers only.
//
// Threads: immutable once read.

#include <optional>
#include <string>
#include <vector>

#include "syntax/yaml.h"

namespace duly {

/// Words with how often each comes. `unknown` is the word for what nobody says.
struct WeightedWords {
  std::vector<std::string> words;
  std::vector<std::int64_t> up_to;  ///< beside them: the weights added up
};

/// A value of a fact or a field.
struct ModelValue {
  enum class Kind : std::uint8_t { words, days, amounts } kind = Kind::words;
  std::string name;
  WeightedWords words;                                         ///< also how often each span of days comes
  std::vector<std::pair<std::int32_t, std::int32_t>> days;     ///< first and last of each span
  std::vector<std::int64_t> amounts;                           ///< at evenly spaced quantiles: least, ..., most
};

struct ModelRecord {
  std::string list;
  std::int64_t share = 0;                                      ///< of owners that have it, in percent
  std::vector<ModelValue> fields;
  std::vector<std::pair<std::string, std::int64_t>> unknown;   ///< field: how often nobody says it, in percent
};

struct ModelRole {
  std::string name;
  std::vector<ModelValue> facts;                               ///< the birth date among them
  std::vector<ModelRecord> records;
};

struct ModelHousehold {
  std::int64_t up_to = 0;
  std::vector<int> people;                                     ///< roles
  std::vector<std::pair<std::string, std::vector<std::pair<int, int>>>> relations;  ///< pairs of people, from 0
};

struct Model {
  std::vector<ModelValue> request, place, facts;
  std::vector<std::string> no_other;
  std::vector<ModelRole> roles;
  std::vector<ModelHousehold> households;
  std::vector<ModelRecord> records;                            ///< of the household
};

/// Errors: E514, with their places; E1xx of the YAML.
Result<Model> model_from(const SourcePtr& source);

}  // namespace duly
