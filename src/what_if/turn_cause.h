#pragma once

// Why a program decides otherwise about somebody after one fact has changed by its smallest step.
//
// Threads: pure functions.

#include "determine/evaluated.h"
#include "duly/what_if.h"
#include "engine/loaded_program.h"

namespace duly {

/// `person`: who is decided, of a unit its first; empty for the household. Both are decisions of one program about one document but for one fact.
TurnCause cause_of_turn(const Decided& before, const Decided& after, const std::string& person);

/// The facts, each in a row, that `roots` rest on.
std::vector<std::pair<FactId, std::int32_t>> facts_below(const Evaluated& e, const std::vector<Part>& roots);

}  // namespace duly
