#include "evaluate/dispatch.h"

#include <atomic>

namespace duly {
namespace {

std::atomic<const Kernels*> in_use{nullptr};

#if defined(__x86_64__)
bool runs_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
}

bool runs_v4() {
  return runs_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

}  // namespace

const Kernels* kernels_of(KernelLevel level) {
#if defined(__x86_64__)
  switch (level) {
    case KernelLevel::base: return nullptr;
    case KernelLevel::v2: return &kernels_v2;
    case KernelLevel::v3: return runs_v3() ? &kernels_v3 : nullptr;
    case KernelLevel::v4: return runs_v4() ? &kernels_v4 : nullptr;
  }
  return nullptr;
#else
  return level == KernelLevel::base ? &kernels_base : nullptr;
#endif
}

KernelLevel best_kernel_level() {
  for (const KernelLevel level : {KernelLevel::v4, KernelLevel::v3, KernelLevel::v2})
    if (kernels_of(level) != nullptr) return level;
  return KernelLevel::base;
}

const Kernels& kernels() {
  const Kernels* table = in_use.load(std::memory_order_acquire);
  if (table == nullptr) {
    table = kernels_of(best_kernel_level());
    in_use.store(table, std::memory_order_release);
  }
  return *table;
}

bool set_kernel_level(KernelLevel level) {
  const Kernels* table = kernels_of(level);
  if (table == nullptr) return false;
  in_use.store(table, std::memory_order_release);
  return true;
}

}  // namespace duly
