#pragma once

// Which program decides a household: the one that was asked for, or the pack on it that covers the household's place.
//
// Threads: const functions may be called at once from any number of threads.

#include "engine/places.h"

namespace duly {

struct Picked {
  std::shared_ptr<const LoadedProgram> program;
  std::vector<FactId> open;  ///< facts of the place on which it still depends which pack decides: then `program` is the one that was asked for
};

class PackPicker {
 public:
  /// Errors: E202, E1xx of the program and of manifests of packs on it, E168.
  static Result<PackPicker> on(const Programs& programs, const std::string& id);

  [[nodiscard]] const LoadedProgram& asked() const { return *packs_.front().program; }

  /// Errors: E201 where neither the program nor a pack on it covers the place, E1xx of the pack.
  [[nodiscard]] Result<Picked> pick(const Node& document) const;

 private:
  struct Pack {
    PackHead head;
    std::vector<ProgramDecl::Cover> covers;
    std::vector<std::size_t> packs;                ///< on this one
    std::shared_ptr<const LoadedProgram> program;  ///< of the first only; others are asked of `programs_`
  };

  explicit PackPicker(const Programs& programs) : programs_(programs) {}
  std::vector<Diagnostic> add_packs_on(std::size_t base);
  [[nodiscard]] Diagnostic not_covered(const Node& document, const PossiblePlace& place, std::size_t base) const;

  const Programs& programs_;
  std::vector<Pack> packs_;
};

}  // namespace duly
