#pragma once

// A drawn caseload on disk: tables, or documents one a line. Both say the same.
//
// Threads: uses the calling one.

#include <functional>

#include "generate/households.h"

namespace duly {

enum class CaseloadFormat : std::uint8_t { csv, json_lines };

struct GenerateOptions {
  std::int64_t households = 0;
  std::uint64_t seed = 1;
  std::string folder;
  CaseloadFormat format = CaseloadFormat::csv;
};

/// Errors: E501, E507 where the folder holds a caseload.
std::vector<Diagnostic> write_caseload(const Model& model, const GenerateOptions& options);

/// The only model among the files below `rules`, as its path; empty if there is none or more than one.
std::string only_model(const std::vector<std::string>& files);

}  // namespace duly
