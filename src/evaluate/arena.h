#pragma once

// Memory of one tile's columns: taken by moving a pointer, given back to lists by size, forgotten as a whole before the next tile.
// The few sizes of a tile (a column or bitmap of each level) repeat, so a block given back is soon taken again, still in cache.
//
// Threads: one arena belongs to one thread at a time.

#include <cstddef>
#include <memory>
#include <vector>

namespace duly::columnar {

class Arena {
 public:
  /// `bytes` of memory with no particular content; at least 16-byte aligned, 64 from 64 bytes on. Valid until `reset` or `give_back`.
  void* take(std::size_t bytes) {
    const std::size_t size = rounded(bytes);
    if (!free_.empty())
      if (void* block = take_again(size)) return block;
    const std::size_t start = size < line ? at_ : (at_ + line - 1) & ~(line - 1);
    if (start + size > room_) return take_from_next(size);
    at_ = start + size;
    return memory_ + start;
  }

  template <class T>
  T* take_array(std::size_t count) {
    return static_cast<T*>(take(count * sizeof(T)));
  }

  /// The block may be taken again by the same size.
  void give_back(void* block, std::size_t bytes);

  /// All blocks are free; the memory stays for the next tile.
  void reset() {
    chunk_ = 0;
    at_ = 0;
    memory_ = chunks_.empty() ? nullptr : chunks_[0].memory.get();
    room_ = chunks_.empty() ? 0 : chunks_[0].size;
    if (!free_.empty()) free_.clear();
  }

  [[nodiscard]] std::size_t capacity() const;  ///< bytes held, for tests

 private:
  static constexpr std::size_t line = 64;
  static constexpr std::size_t grain = 16;
  static constexpr std::size_t usual_chunk = std::size_t{1} << 18;

  struct Release {
    void operator()(std::byte* memory) const;
  };
  struct Chunk {
    std::unique_ptr<std::byte[], Release> memory;
    std::size_t size;
  };
  struct FreeList {
    std::size_t size;
    void* head;  ///< each free block begins with the address of the next
  };

  static std::size_t rounded(std::size_t bytes) {
    const std::size_t step = bytes < line ? grain : line;
    return bytes == 0 ? grain : (bytes + step - 1) & ~(step - 1);
  }
  void* take_again(std::size_t size);
  void* take_from_next(std::size_t size);

  std::byte* memory_ = nullptr;
  std::size_t at_ = 0;
  std::size_t room_ = 0;
  std::size_t chunk_ = 0;
  std::vector<Chunk> chunks_;
  std::vector<FreeList> free_;
};

}  // namespace duly::columnar
