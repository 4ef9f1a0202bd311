#pragma once

// A stream of pieces over a few threads: pieces are taken one after another, worked on at once, and handed over in the order they were taken. Only so
// many are under way that memory does not depend on the length of the stream.
//
// Threads: made and joined inside the call.

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace duly {

/// `next()` gives an optional piece, nothing at the end; it and `done(result)`, which says whether to go on, are each called by one thread at a time.
/// `make_worker()` makes what one thread works with: a function from a piece to its result. What any of them throws is thrown again here.
template <class Next, class MakeWorker, class Done>
void in_order(int threads, Next next, MakeWorker make_worker, Done done) {
  using Taken = typename std::decay_t<decltype(next())>::value_type;
  using Worker = std::decay_t<decltype(make_worker())>;
  using Made = decltype(std::declval<Worker&>()(std::declval<Taken&>()));

  const std::size_t most_under_way = 2 * static_cast<std::size_t>(threads) + 2;
  std::mutex taking;
  std::mutex handing;
  std::condition_variable room;
  std::map<std::size_t, Made> waiting;
  std::size_t taken = 0;
  std::size_t handed = 0;
  bool ended = false;
  bool is_handing = false;
  std::exception_ptr failure;

  const auto take = [&](Taken& piece, std::size_t& number) {
    const std::scoped_lock lock(taking);
    {
      std::unique_lock wait(handing);
      room.wait(wait, [&] { return ended || taken < handed + most_under_way; });
      if (ended) return false;
    }
    auto found = next();
    if (!found) {
      const std::scoped_lock end(handing);
      ended = true;
      return false;
    }
    piece = std::move(*found);
    const std::scoped_lock count(handing);
    number = taken++;
    return true;
  };
  const auto hand_over = [&](std::size_t number, Made result, bool& stop) {
    std::unique_lock lock(handing);
    waiting.emplace(number, std::move(result));
    if (is_handing) return;
    is_handing = true;
    for (auto first = waiting.find(handed); first != waiting.end() && !stop; first = waiting.find(handed)) {
      Made ready = std::move(first->second);
      waiting.erase(first);
      lock.unlock();
      bool go_on = false;
      try {
        go_on = done(std::move(ready));
      } catch (...) {
        lock.lock();
        throw;
      }
      lock.lock();
      ++handed;
      stop = stop || !go_on;
      room.notify_all();
    }
    is_handing = stop;  // nobody hands over after a stop
  };
  const auto work = [&] {
    bool stop = false;
    try {
      Worker worker = make_worker();
      Taken piece{};
      std::size_t number = 0;
      while (!stop && take(piece, number)) hand_over(number, worker(piece), stop);
    } catch (...) {
      const std::scoped_lock lock(handing);
      if (!failure) failure = std::current_exception();
      stop = true;
    }
    if (!stop) return;
    const std::scoped_lock lock(handing);
    ended = true;
    room.notify_all();
  };
  {
    std::vector<std::jthread> others;
    for (int t = 1; t < threads; ++t) others.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace duly
