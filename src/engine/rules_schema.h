#pragma once

// The parts of the JSON Schema of rule files: texts of JSON objects, each the definitions that one kind of file adds to those of all.
//
// Threads: pure functions.

#include <string_view>

namespace duly {

std::string_view facts_shapes();
std::string_view chapter_shapes();
std::string_view program_shapes();

}  // namespace duly
