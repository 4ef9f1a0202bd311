#include "evaluate/arena.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace duly::columnar {

void Arena::Release::operator()(std::byte* memory) const { ::operator delete[](memory, std::align_val_t{line}); }

void* Arena::take_again(std::size_t size) {
  for (FreeList& list : free_) {
    if (list.size != size || list.head == nullptr) continue;
    void* block = list.head;
    std::memcpy(static_cast<void*>(&list.head), block, sizeof list.head);
    return block;
  }
  return nullptr;
}

void Arena::give_back(void* block, std::size_t bytes) {
  const std::size_t size = rounded(bytes);
  auto list = std::find_if(free_.begin(), free_.end(), [size](const FreeList& l) { return l.size == size; });
  if (list == free_.end()) list = free_.insert(list, FreeList{size, nullptr});
  std::memcpy(block, static_cast<const void*>(&list->head), sizeof list->head);
  list->head = block;
}

void* Arena::take_from_next(std::size_t size) {
  if (memory_ != nullptr) ++chunk_;
  while (chunk_ < chunks_.size() && chunks_[chunk_].size < size) ++chunk_;
  if (chunk_ == chunks_.size()) {
    const std::size_t chunk_size = std::max(size, usual_chunk);
    auto* memory = static_cast<std::byte*>(::operator new[](chunk_size, std::align_val_t{line}));
    chunks_.push_back({std::unique_ptr<std::byte[], Release>(memory), chunk_size});
  }
  memory_ = chunks_[chunk_].memory.get();
  room_ = chunks_[chunk_].size;
  at_ = size;
  return memory_;
}

std::size_t Arena::capacity() const {
  std::size_t bytes = 0;
  for (const Chunk& chunk : chunks_) bytes += chunk.size;
  return bytes;
}

}  // namespace duly::columnar
