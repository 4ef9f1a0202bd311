#pragma once

// Figures that stand in several files because several laws use them, such as a federal table that states restate. They carry one name and name one
// publication as their source; then they must agree.
//
// Threads: no shared state.

#include <tuple>

#include "resolve/declarations.h"

namespace duly {

class RestatedFigures {
 public:
  /// Keeps the figures of a program. `declarations` must outlive this.
  void add(const Declarations& declarations);
  /// E185 at each value that is another than where it stands first.
  void find_differences(std::vector<Diagnostic>& found) const;

 private:
  struct Figure {
    const Declarations* declarations;
    const Parameter* parameter;
    const ParameterRow* row;
  };
  /// Name, publication, keys as they are written.
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<Figure>> figures_;
};

}  // namespace duly
