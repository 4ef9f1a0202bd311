#pragma once

#include "what_if/heating_help.h"

namespace duly::test {

inline Result<Sweep> try_sweep(const std::string& path, const std::string& values, const std::string& household, SweepRequest asked = {}) {
  asked.vary = {path, values};
  return sweep(heating_rules(), household, asked);
}

/// Precondition: it succeeds.
inline Sweep swept(const std::string& path, const std::string& values, const std::string& household = household_of_ana(), SweepRequest asked = {}) {
  auto out = try_sweep(path, values, household, std::move(asked));
  return out ? std::move(*out) : Sweep{};
}

/// `E316 ...`, or nothing.
inline std::string first_error(const std::string& path, const std::string& values, SweepRequest asked = {}) {
  const auto out = try_sweep(path, values, household_of_ana(), std::move(asked));
  return out ? "" : code_text(out.errors().at(0).code) + " " + out.errors().at(0).message;
}

}  // namespace duly::test
