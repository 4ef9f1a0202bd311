#pragma once

// All programs along one varied fact put together: the points with their net, and the turns.
//
// Threads: belongs to one thread.

#include "what_if/program_scan.h"

namespace duly {

class SweepLine {
 public:
  /// `by`: the value of the other fact, empty without one. Adds subjects to `out` as they turn up.
  SweepLine(const std::vector<ProgramScan>& scans, const VariedFact& fact, std::string by, const Number& least_loss, Sweep& out);

  /// Adds the points and, of a range, the turns, whose causes are left open.
  void add();

 private:
  /// From `first` up to the next one every program decides the same.
  struct Stretch {
    std::int64_t first = 0;
    std::vector<const CopyDecisions*> of;  ///< beside the scans
    bool is_known = true;
    Number given;
  };

  [[nodiscard]] std::size_t subject(std::size_t scan, std::int32_t person);
  [[nodiscard]] SweptDecision told(const CopyDecision& decision, bool gives_money) const;
  [[nodiscard]] std::vector<SweptDecision> told(const std::vector<const CopyDecisions*>& of);
  void add_point(std::size_t point);
  void join_stretches();
  void weigh(Stretch& stretch) const;
  void add_turn(std::size_t stretch);
  [[nodiscard]] bool is_looked_at(const Stretch& stretch, std::size_t subject) const;
  [[nodiscard]] std::string made_up_at(std::size_t stretch, const Number& net) const;
  [[nodiscard]] const MoneyAlong& money() const;

  const std::vector<ProgramScan>& scans_;
  const VariedFact& fact_;
  std::string by_;
  const Number& least_loss_;
  Sweep& out_;
  std::vector<Stretch> stretches_;
};

}  // namespace duly
