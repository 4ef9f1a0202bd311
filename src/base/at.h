#pragma once

#include <cstddef>
#include <cstdint>

namespace duly {

/// A number of the engine, which is signed, as the place in a vector that it stands for. It is not negative.
constexpr std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace duly
