#include "rounds.h"

#include <ctime>

#include <algorithm>

#include <fmt/format.h>

namespace duly::bench {
namespace {

double now(Clock clock) {
  timespec time{};
  clock_gettime(clock == Clock::processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string as_json(const Figure& f) {
  const std::string against = f.against.empty() ? "null" : fmt::format("\"{}\"", f.against);
  const std::string ratio = f.against.empty() ? "null" : fmt::format("{:.2f}", f.ratio);
  return fmt::format(R"({{"name": "{}", "value": {:.3f}, "unit": "{}", "against": {}, "ratio": {}, "rounds": {}}})", f.name, f.value, f.unit, against,
                     ratio, f.rounds);
}

std::string as_line(const Figure& f) {
  const std::string compared = f.against.empty() ? "" : fmt::format(", {:.2f} times {}", f.ratio, f.against);
  return fmt::format("{:<28} {:>10.2f} {}{}", f.name, f.value, f.unit, compared);
}

}  // namespace

double nanoseconds_of(const std::function<void()>& work, Clock clock) {
  const double began = now(clock);
  work();
  return now(clock) - began;
}

std::vector<double> medians(const std::vector<std::function<double()>>& contenders, int rounds) {
  const std::size_t count = contenders.size();
  std::vector<std::vector<double>> times(count);
  for (int round = 0; round < rounds; ++round)
    for (std::size_t turn = 0; turn < count; ++turn) {
      const std::size_t contender = (turn + static_cast<std::size_t>(round)) % count;
      times[contender].push_back(contenders[contender]());
    }
  std::vector<double> out;
  out.reserve(count);
  for (const auto& t : times) out.push_back(median(t));
  return out;
}

std::vector<double> medians(const std::vector<std::function<void()>>& contenders, int rounds, int repeats, Clock clock) {
  std::vector<std::function<double()>> timed;
  timed.reserve(contenders.size());
  for (const auto& contender : contenders)
    timed.emplace_back([&contender, repeats, clock] {
      const auto all = [&] {
        for (int i = 0; i < repeats; ++i) contender();
      };
      return nanoseconds_of(all, clock) / repeats;
    });
  return medians(timed, rounds);
}

void print(const std::vector<Figure>& figures, Format format) {
  for (const Figure& f : figures) fmt::print("{}\n", format == Format::json ? as_json(f) : as_line(f));
}

}  // namespace duly::bench
