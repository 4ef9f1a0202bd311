#pragma once

// Things compared take turns: in every round each runs once, in an order that rotates, and the median of its rounds counts. What the machine does
// beside us then falls on all of them alike.
//
// Threads: the calling one.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace duly::bench {

/// `processor` is the time this thread was running, for what computes; `wall` for what starts processes.
enum class Clock : std::uint8_t { processor, wall };

/// Nanoseconds of one call of each contender: the median of `rounds`, each of `repeats` calls.
std::vector<double> medians(const std::vector<std::function<void()>>& contenders, int rounds, int repeats, Clock clock);

/// The same of contenders that measure themselves: each says its time, of which the median is returned.
std::vector<double> medians(const std::vector<std::function<double()>>& contenders, int rounds);

/// What `work` took, once.
double nanoseconds_of(const std::function<void()>& work, Clock clock);

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::string against;  ///< empty where there is nothing to compare with
  double ratio = 0;     ///< how many times faster
  int rounds = 0;
};

enum class Format : std::uint8_t { table, json };
void print(const std::vector<Figure>& figures, Format format);

}  // namespace duly::bench
