#include "batch/known_keys.h"

#include <algorithm>
#include <cstring>

namespace duly {
namespace {

constexpr KeyHash nothing{0, 0};
constexpr std::size_t first_places = 1024;

/// The product of 64 bits by 64, folded: every bit of both reaches every bit of the result.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

void add_bytes(KeyHash& hash, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min<std::size_t>(8, text.size() - at));
    hash[0] = mixed(hash[0] ^ word, 0x9E3779B97F4A7C15U);
    hash[1] = mixed(hash[1] ^ word ^ 0xD1B54A32D192ED03U, 0xAEF17502108EF2D9U);
  }
  hash[0] = mixed(hash[0] ^ text.size(), 0xA0761D6478BD642FU);
  hash[1] = mixed(hash[1] ^ text.size(), 0xE7037ED1A0B428DBU);
}

}  // namespace

KeyHash hash_of_key(std::string_view key, std::string_view rest) {
  KeyHash hash{0x8EBC6AF09C88C6E3U, 0x589965CC75374CC3U};
  add_bytes(hash, key);
  add_bytes(hash, rest);
  if (hash == nothing) hash[0] = 1;
  return hash;
}

bool rises(std::string_view before, std::string_view key) { return before.size() != key.size() ? before.size() < key.size() : before < key; }

bool KnownKeys::add(std::string_view key) {
  if (all_rise_) {
    if (rises(last_, key)) {
      last_ = key;
      return true;
    }
    all_rise_ = false;
    places_.assign(first_places, nothing);
    earlier_([&](std::string_view earlier) { put(hash_of_key(earlier)); });
  }
  return put(hash_of_key(key));
}

bool KnownKeys::put(const KeyHash& hash) {
  if (2 * count_ >= places_.size()) grow();
  const std::size_t mask = places_.size() - 1;
  std::size_t place = hash[0] & mask;
  while (places_[place] != nothing) {
    if (places_[place] == hash) return false;
    place = (place + 1) & mask;
  }
  places_[place] = hash;
  ++count_;
  return true;
}

void KnownKeys::grow() {
  std::vector<KeyHash> before(places_.size() * 2, nothing);
  before.swap(places_);
  count_ = 0;
  for (const KeyHash& hash : before)
    if (hash != nothing) put(hash);
}

}  // namespace duly
