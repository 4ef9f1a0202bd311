#pragma once

// The parts of the JSON Schema of household documents, for schemas of files that hold such documents among other things.
//
// Threads: no shared state.

#include <nlohmann/json.hpp>

#include "engine/loaded_program.h"

namespace duly {

struct DocumentSchema {
  nlohmann::ordered_json properties;   ///< of a document, but `duly`
  nlohmann::ordered_json definitions;  ///< what they refer to under `#/$defs`
};

DocumentSchema document_schema(const LoadedProgram& program);

}  // namespace duly
