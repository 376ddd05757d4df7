#include "harness/host/arena.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "harness/platform/sanitizer.h"

namespace pendulum::host {
namespace {

constexpr size_t kAlignment = 16;
constexpr size_t kRedZoneBytes = 16;

}  // namespace

void Arena::Reset() {
  for (size_t i = 0; i < blocks_.size() && i <= current_; ++i) {
    Block& block = blocks_[i];
    platform::PoisonMemory(block.bytes.get(), block.size);
    // The last run's accesses would push those of the next out of what ThreadSanitizer remembers.
    platform::ForgetAccesses(block.bytes.get(), block.used);
    block.used = 0;
  }
  current_ = 0;
}

void Arena::Retire() {
  if (!platform::HasAddressSanitizer()) return;
  for (size_t i = 0; i < blocks_.size() && i <= current_; ++i) {
    platform::PoisonMemory(blocks_[i].bytes.get(), blocks_[i].used);
  }
}

Arena::Block& Arena::BlockFor(size_t bytes) {
  while (current_ < blocks_.size()) {
    Block& block = blocks_[current_];
    if (block.size - block.used >= bytes) return block;
    ++current_;
  }
  Block block;
  block.size = std::max(bytes, kBlockBytes);
  block.bytes = std::make_unique<uint8_t[]>(block.size);
  platform::PoisonMemory(block.bytes.get(), block.size);
  blocks_.push_back(std::move(block));
  current_ = blocks_.size() - 1;
  return blocks_.back();
}

void* Arena::Allocate(size_t bytes, uint8_t fill) {
  size_t rounded = (std::max<size_t>(bytes, 1) + kAlignment - 1) & ~(kAlignment - 1);
  if (platform::HasAddressSanitizer()) rounded += kRedZoneBytes;
  Block& block = BlockFor(rounded);
  uint8_t* piece = block.bytes.get() + block.used;
  block.used += rounded;
  assert(block.used <= block.size);
  platform::UnpoisonMemory(piece, bytes);
  std::memset(piece, fill, bytes);
  return piece;
}

char* Arena::Copy(const char* text, size_t length) {
  auto* copy = static_cast<char*>(Allocate(length + 1));
  std::memcpy(copy, text, length);
  return copy;
}

wchar_t* Arena::Copy(const wchar_t* text, size_t length) {
  auto* copy = static_cast<wchar_t*>(Allocate((length + 1) * sizeof(wchar_t)));
  std::memcpy(copy, text, length * sizeof(wchar_t));
  return copy;
}

wchar_t* Arena::Widen(const char* text, size_t length) {
  auto* copy = static_cast<wchar_t*>(Allocate((length + 1) * sizeof(wchar_t)));
  for (size_t i = 0; i < length; ++i) copy[i] = static_cast<unsigned char>(text[i]);
  return copy;
}

std::span<const uint8_t> Arena::Given() const {
  if (blocks_.empty() || current_ != 0 || platform::HasAddressSanitizer()) return {};
  return {blocks_[0].bytes.get(), blocks_[0].used};
}

bool Arena::GiveAgain(std::span<const uint8_t> given) {
  if (blocks_.empty() || current_ != 0 || blocks_[0].used != 0) return false;
  assert(!platform::HasAddressSanitizer());
  assert(given.size() <= blocks_[0].size);
  std::memcpy(blocks_[0].bytes.get(), given.data(), given.size());
  blocks_[0].used = given.size();
  return true;
}

bool Arena::Contains(const void* address) const {
  const auto* byte = static_cast<const uint8_t*>(address);
  for (size_t i = 0; i < blocks_.size() && i <= current_; ++i) {
    const uint8_t* begin = blocks_[i].bytes.get();
    if (byte >= begin && byte < begin + blocks_[i].used) return true;
  }
  return false;
}

}  // namespace pendulum::host
