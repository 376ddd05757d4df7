// What the heap of the modules tells the sanitizers, and what it knows for their reports. Compiled
// without any sanitizer (CMakeLists.txt), since it looks into what is poisoned.
#include <algorithm>

#include "harness/module/heap.h"
#include "harness/platform/raw_memory.h"
#include "harness/platform/sanitizer.h"

namespace pendulum::module {

BlockOrigin* Heap::OriginOf(const Header* header) const {
  if (!address_sanitizer_) return nullptr;
  const uintptr_t end = reinterpret_cast<uintptr_t>(header + 1) + header->units * kUnitBytes;
  return reinterpret_cast<BlockOrigin*>(end - sizeof(BlockOrigin));
}

// By the chain of frames, which the module and the harness are compiled with; libraries between
// them are skipped over.
void Heap::NoteOrigin(uintptr_t (&frames)[BlockOrigin::kFrames]) {
  constexpr int kMostSteps = 24;
  constexpr uintptr_t kMostBytes = 256 * 1024;  // from frame to frame
  int count = 0;
  auto frame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  for (int i = 0; i < kMostSteps && count < BlockOrigin::kFrames; ++i) {
    const auto* words = reinterpret_cast<const uintptr_t*>(frame);
    if (InImage(reinterpret_cast<const void*>(words[1]))) frames[count++] = words[1];
    if (words[0] <= frame || words[0] - frame > kMostBytes || words[0] % sizeof(uintptr_t) != 0) {
      break;
    }
    frame = words[0];
  }
  platform::RawFill(frames + count, 0,
                    (BlockOrigin::kFrames - static_cast<size_t>(count)) * sizeof frames[0]);
}

void Heap::Poison(const Header* header) const {
  if (!address_sanitizer_) return;
  platform::PoisonMemory(header, sizeof(Header) + header->units * kUnitBytes);
}

void Heap::Unpoison(const Header* header) const {
  if (address_sanitizer_) platform::UnpoisonMemory(header + 1, header->bytes);
}

// Blocks that were there when the heap was remembered, as they were then.
void Heap::RestorePoison() {
  const auto restore = [this](const Header* header) {
    Poison(header);
    if (header->state == kLive) Unpoison(header);
  };
  if (changed_count_ <= kMostChanged) {
    for (int i = 0; i < changed_count_; ++i) {
      restore(reinterpret_cast<const Header*>(kBase + changed_[i]));
    }
  } else {
    ForEachBlock(remembered_.top, restore);
  }
  changed_count_ = 0;
}

HeapPlace Heap::Find(const void* address) const {
  HeapPlace place;
  if (!mapped_ || !Contains(address)) return place;
  const auto number = reinterpret_cast<uintptr_t>(address);
  const Header* before = nullptr;
  const Header* after = nullptr;
  ForEachBlock(top_, [&](const Header* header) {
    if (reinterpret_cast<uintptr_t>(header + 1) <= number) {
      before = header;
    } else if (after == nullptr) {
      after = header;
    }
  });
  const auto describe = [&](const Header* header, HeapPlace::Kind kind, size_t distance_bytes) {
    place = {kind, header->bytes, distance_bytes, OriginOf(header)};
  };
  const uintptr_t begin = reinterpret_cast<uintptr_t>(before + 1);
  if (before != nullptr && number - begin < std::max<uint64_t>(before->bytes, 1)) {
    describe(before, before->state == kLive ? HeapPlace::Kind::kLive : HeapPlace::Kind::kFreed,
             number - begin);
    return place;
  }
  // Whichever is nearer, but what follows a block is its red zone first.
  const uintptr_t behind = before == nullptr ? ~uintptr_t{0} : number - begin - before->bytes;
  const uintptr_t in_front =
      after == nullptr ? ~uintptr_t{0} : reinterpret_cast<uintptr_t>(after + 1) - number;
  if (in_front <= sizeof(Header) && in_front < behind) {
    describe(after, HeapPlace::Kind::kBefore, in_front);
  } else if (before != nullptr) {
    describe(before, HeapPlace::Kind::kAfter, behind);
  }
  return place;
}

}  // namespace pendulum::module
