#include "determine/combinations.h"

namespace duly {
namespace {

/// Nothing if there are more than `most`.
std::optional<Combinations> combine(const Evaluated& e, const std::vector<Cause>& causes, Sharpness sharpness, std::size_t most,
                                    std::vector<std::vector<std::int64_t>>& pieces) {
  Combinations out;
  out.strides.assign(causes.size(), 1);
  for (std::size_t i = 0; i < causes.size(); ++i) out.answers.push_back(answers_to(e, causes[i], sharpness, pieces[i]));
  for (std::size_t i = causes.size(); i-- > 0;) {
    out.strides[i] = out.total;
    out.total *= out.answers[i].size();
    if (out.total > most) return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<Combinations> sharpest(const Evaluated& e, const std::vector<Cause>& causes, std::size_t most) {
  std::vector<std::vector<std::int64_t>> pieces(causes.size());
  for (const Sharpness sharpness : {Sharpness::pieces_and_ends, Sharpness::pieces, Sharpness::uncut})
    if (auto found = combine(e, causes, sharpness, most, pieces)) return found;
  return std::nullopt;
}

}  // namespace duly
