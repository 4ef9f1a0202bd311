#pragma once

// Households drawn from a model. The n-th household of a seed is the same whatever stands before it, on every machine.
//
// Threads: immutable once made.

#include "generate/model.h"

namespace duly {

using NamedWord = std::pair<std::string, std::string>;

struct DrawnRecord {
  std::string list;
  std::vector<NamedWord> fields;
};
struct DrawnPerson {
  std::string key;
  std::vector<NamedWord> facts;
  std::vector<DrawnRecord> records;
};
/// What nobody says is not in it.
struct DrawnHousehold {
  std::string key;
  std::vector<NamedWord> request, place, facts;
  std::vector<DrawnPerson> people;
  const ModelHousehold* kind = nullptr;
  std::vector<DrawnRecord> records;
};

class Households {
 public:
  Households(const Model& model, std::uint64_t seed) : model_(model), seed_(seed) {}
  [[nodiscard]] DrawnHousehold draw(std::int64_t number) const;

 private:
  const Model& model_;
  std::uint64_t seed_;
};

}  // namespace duly
