#pragma once

// Places as the protocol writes them.
//
// Threads: no shared state.

#include <nlohmann/json.hpp>

#include "duly/diagnostic.h"
#include "language/open_text.h"

namespace duly {

/// Throws what nlohmann/json throws where it is no position.
TextPosition position_from_json(const nlohmann::json& position);
nlohmann::json to_json(TextPosition position);
/// The range of bytes [begin, end).
nlohmann::json range_to_json(const OpenText& text, std::size_t begin, std::size_t end, PositionUnit unit);
/// A diagnostic of `text`, with its code, severity and what to do.
nlohmann::json diagnostic_to_json(const Diagnostic& diagnostic, const OpenText& text, PositionUnit unit);

}  // namespace duly
