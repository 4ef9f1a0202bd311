#pragma once

// The JSON Schema of rule files, asked by the keys that lead to a value.
//
// Threads: const functions may be called from any number of threads.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace duly {

class SchemaPath {
 public:
  /// The parts of the schema that hold for a value of a file of `kind`. A step is a key, or empty for an item of a list.
  static SchemaPath to(const std::string& kind, const std::vector<std::string>& steps, bool is_pack, bool is_parameter);

  /// Whether a formula stands there.
  [[nodiscard]] bool is_formula() const { return is_formula_; }
  /// Keys that a record there may have, each with its meaning.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> keys() const;
  /// Words that are listed for it.
  [[nodiscard]] std::vector<std::string> words() const;

 private:
  std::vector<const nlohmann::json*> parts_;
  bool is_formula_ = false;
};

}  // namespace duly
