#pragma once

// Independent pieces of work over a few threads. Each piece writes to its own place, so the result is the same on any number of threads.
//
// Threads: made and joined inside the call.

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace duly {

/// Calls `work(i)` once for each i below `count`, on at most `threads` threads; 0 means as many as the machine has. `work` does not throw.
template <class F>
void for_each_in_parallel(std::size_t count, int threads, F work) {
  const std::size_t wanted = threads > 0 ? static_cast<std::size_t>(threads) : std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  const auto take_turns = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < std::min(wanted, count); ++t) others.emplace_back(take_turns);
  take_turns();
}

}  // namespace duly
