#include "harness/module/heap.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "harness/platform/raw_memory.h"
#include "harness/platform/sanitizer.h"
#include "harness/win32/boundary.h"

namespace pendulum::module {
namespace {

constexpr int kNewFill = 0xCD;
constexpr int kFreedFill = 0xDD;
constexpr unsigned char kTailFill = 0xFD;
constexpr size_t kTailBytes = 8;  // at least so many bytes after each block are checked
constexpr size_t kClearByUnmapping = size_t{1} << 20;

// The class of blocks of `units` units; `units` is rounded up to what the class holds.
int ClassOf(uint64_t* units, int exact_classes) {
  if (*units <= static_cast<uint64_t>(exact_classes)) return static_cast<int>(*units) - 1;
  // Four classes for each doubling.
  const int log = std::bit_width(*units - 1) - 1;
  const uint64_t step = (uint64_t{1} << log) / 4;
  *units = (*units + step - 1) / step * step;
  const int first_log = std::bit_width(static_cast<uint64_t>(exact_classes)) - 1;
  const auto quarter = static_cast<int>((*units - (uint64_t{1} << log)) / step);
  return exact_classes + (log - first_log) * 4 + quarter - 1;
}

uint64_t AlignUp(uint64_t number, uint64_t alignment) {
  return (number + alignment - 1) & ~(alignment - 1);
}

}  // namespace

constinit Heap Heap::the_heap_;

bool Heap::Map() {
  void* wanted = reinterpret_cast<void*>(kBase);
  void* arena = mmap(wanted, kArenaBytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (arena != wanted) return false;
  mapped_ = true;
  address_sanitizer_ = platform::HasAddressSanitizer();
  thread_sanitizer_ = platform::HasThreadSanitizer();
  // Offset 0 stands for no block.
  top_ = remembered_.top = kUnitBytes;
  return true;
}

void* Heap::Fail(HeapFailure failure, size_t bytes) {
  if (failure_handler_ != nullptr) {
    failure_handler_(failure, bytes);
  } else if (failure != HeapFailure::kOutOfMemory) {
    __builtin_trap();
  }
  return nullptr;
}

Heap::Header* Heap::TakeFreed(int size_class, size_t alignment) {
  FreeList& list = free_[size_class];
  if (list.first == 0) return nullptr;
  auto* header = reinterpret_cast<Header*>(kBase + list.first);
  if (reinterpret_cast<uintptr_t>(header + 1) % alignment != 0) return nullptr;
  list.first = header->next;
  if (list.first == 0) list.last = 0;
  if (thread_sanitizer_) platform::ForgetAccesses(header + 1, header->units * kUnitBytes);
  NoteChange(reinterpret_cast<uintptr_t>(header) - kBase);
  return header;
}

Heap::Header* Heap::TakeNew(uint64_t units, size_t alignment) {
  const uint64_t begin = AlignUp(top_ + sizeof(Header), alignment);
  const uint64_t end = begin + units * kUnitBytes;
  if (end > kArenaBytes) return nullptr;
  top_ = end;
  auto* header = reinterpret_cast<Header*>(kBase + begin) - 1;
  header->units = static_cast<uint32_t>(units);
  return header;
}

void* Heap::Allocate(size_t bytes, size_t alignment) {
  assert(std::has_single_bit(alignment));
  if (!mapped_ && !Map()) return Fail(HeapFailure::kOutOfMemory, bytes);
  if (bytes > limit_bytes_ || live_bytes_ + bytes > limit_bytes_ || bytes >= kArenaBytes / 2) {
    return Fail(HeapFailure::kOutOfMemory, bytes);
  }
  alignment = std::max(alignment, kUnitBytes);
  uint64_t units = (bytes + kTailBytes + OriginBytes() + kUnitBytes - 1) / kUnitBytes;
  const int size_class = ClassOf(&units, kExactClasses);
  assert(size_class < kClasses);
  Header* header = nullptr;
  if (top_ - remembered_.top > kReuseAfterBytes) header = TakeFreed(size_class, alignment);
  if (header == nullptr) header = TakeNew(units, alignment);
  if (header == nullptr) return Fail(HeapFailure::kOutOfMemory, bytes);
  header->bytes = bytes;
  header->state = kLive;
  header->size_class = static_cast<uint16_t>(size_class);
  ++live_blocks_;
  live_bytes_ += bytes;
  auto* block = reinterpret_cast<char*>(header + 1);
  platform::RawFill(block, kNewFill, bytes);
  platform::RawFill(block + bytes, kTailFill, kTailBytes);
  if (address_sanitizer_) {
    NoteOrigin(OriginOf(header)->allocated);
    Poison(header);
    Unpoison(header);
  }
  return block;
}

Heap::Header* Heap::HeaderOf(const void* block) const {
  return const_cast<Header*>(static_cast<const Header*>(block)) - 1;
}

void Heap::Free(void* block) {
  assert(Contains(block));
  Header* header = HeaderOf(block);
  const uint64_t offset = reinterpret_cast<uintptr_t>(header) - kBase;
  if (offset % kUnitBytes != 0 || offset >= top_ ||
      (header->state != kLive && header->state != kFreed)) {
    Fail(HeapFailure::kNotABlock, 0);
    return;
  }
  if (header->state == kFreed) {
    Fail(HeapFailure::kFreedTwice, header->bytes);
    return;
  }
  const auto* tail = static_cast<const unsigned char*>(block) + header->bytes;
  uint64_t last = 0;
  static_assert(sizeof last == kTailBytes);
  std::memcpy(&last, tail, sizeof last);
  if (last != kTailFill * (~uint64_t{0} / 0xFF)) {
    Fail(HeapFailure::kOverrun, header->bytes);
  }
  win32::TouchMemory(block, header->bytes, true);
  platform::RawFill(block, kFreedFill, header->bytes);
  if (address_sanitizer_) {
    NoteOrigin(OriginOf(header)->freed);
    Poison(header);
  }
  if (thread_sanitizer_) platform::NoteWrite(block, header->bytes);
  --live_blocks_;
  live_bytes_ -= header->bytes;
  header->state = kFreed;
  header->next = 0;
  NoteChange(offset);
  // The block that was freed first is used again first: memory rests as long as it can.
  FreeList& list = free_[header->size_class];
  if (list.last != 0) {
    reinterpret_cast<Header*>(kBase + list.last)->next = offset;
  } else {
    list.first = offset;
  }
  list.last = offset;
  lists_changed_ = true;
}

void Heap::NoteChange(uint64_t offset) {
  if (!address_sanitizer_ || offset >= remembered_.top) return;
  if (changed_count_ < kMostChanged) changed_[changed_count_] = offset;
  if (changed_count_ <= kMostChanged) ++changed_count_;
}

size_t Heap::BytesOf(const void* block) const { return HeaderOf(block)->bytes; }

bool Heap::IsFreed(const void* address) const {
  if (!mapped_ || !Contains(address)) return false;
  if (*static_cast<const unsigned char*>(address) != kFreedFill) return false;
  for (const FreeList& list : free_) {
    for (uint64_t offset = list.first; offset != 0;) {
      const auto* header = reinterpret_cast<const Header*>(kBase + offset);
      const uintptr_t block = reinterpret_cast<uintptr_t>(header + 1);
      if (reinterpret_cast<uintptr_t>(address) - block < header->bytes) return true;
      offset = header->next;
    }
  }
  return false;
}

void* Heap::Reallocate(void* block, size_t bytes) {
  if (block == nullptr) return Allocate(bytes);
  void* moved = Allocate(bytes);
  if (moved == nullptr) return nullptr;
  platform::RawCopy(moved, block, std::min(bytes, BytesOf(block)));
  Free(block);
  return moved;
}

void Heap::Remember() {
  if (!mapped_ && !Map()) return;
  delete[] image_;
  image_ = new char[top_];
  platform::RawCopy(image_, reinterpret_cast<const void*>(kBase), top_);
  remembered_.top = top_;
  remembered_.live_blocks = live_blocks_;
  remembered_.live_bytes = live_bytes_;
  remembered_.free = free_;
  lists_changed_ = false;
  changed_count_ = 0;
}

void Heap::Restore() {
  if (!mapped_) return;
  auto* used = reinterpret_cast<char*>(kBase + remembered_.top);
  const size_t used_bytes = top_ - remembered_.top;
  if (used_bytes > kClearByUnmapping) {
    // Whole pages read as zero again when they are given back; the first may be a shared one.
    auto* pages = reinterpret_cast<char*>(AlignUp(reinterpret_cast<uintptr_t>(used), 4096));
    platform::RawFill(used, 0, static_cast<size_t>(pages - used));
    madvise(pages, AlignUp(used_bytes - static_cast<size_t>(pages - used), 4096), MADV_DONTNEED);
  } else {
    platform::RawFill(used, 0, used_bytes);
  }
  if (image_ != nullptr) platform::RawCopy(reinterpret_cast<void*>(kBase), image_, remembered_.top);
  if (address_sanitizer_) {
    platform::PoisonMemory(used, used_bytes);
    RestorePoison();
  }
  if (thread_sanitizer_) platform::ForgetAccesses(reinterpret_cast<void*>(kBase), top_);
  top_ = remembered_.top;
  live_blocks_ = remembered_.live_blocks;
  live_bytes_ = remembered_.live_bytes;
  if (lists_changed_) free_ = remembered_.free;
  lists_changed_ = false;
}

void Heap::Clear() {
  if (!mapped_) return;
  delete[] image_;
  image_ = nullptr;
  remembered_ = State{};
  remembered_.top = kUnitBytes;
  lists_changed_ = true;
  Restore();
}

}  // namespace pendulum::module
