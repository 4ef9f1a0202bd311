#pragma once

// Which table of kernels runs: the best one this processor can, unless a test asks for a lower one.
//
// Threads: safe from any thread; a change holds for evaluations that start after it.

#include "evaluate/kernels.h"

namespace duly {

/// `base` is the only level of processors other than x86-64, and is not built there.
enum class KernelLevel : std::uint8_t { base, v2, v3, v4 };

const Kernels& kernels();

/// The table of `level`, or null where it is not built or this processor cannot run it.
const Kernels* kernels_of(KernelLevel level);

/// Makes `kernels()` the table of `level`; false, and nothing changes, where that cannot run.
bool set_kernel_level(KernelLevel level);

KernelLevel best_kernel_level();

}  // namespace duly
