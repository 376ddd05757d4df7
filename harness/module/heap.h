// The heap of the modules: an arena of its own at a fixed address, so that it can be put back to
// what it was after loading before each run. A run sees neither the contents nor the addresses that
// the run before left. Blocks are filled (0xCD new, 0xDD freed) and not used again for a while,
// so that what reads stale memory fails the same way each time.
//
// Under AddressSanitizer all but the blocks in use is poisoned and each block remembers who
// allocated and freed it; under ThreadSanitizer freeing a block counts as writing to it, and a
// block that is given out as new memory. The sanitizers' own heaps would grow with each run that
// leaves something behind, and could not be put back.
//
// allocation.cc sends to it what module code allocates: operator new while the boundary says that
// module code runs, and malloc and its kin when called from a module's image.
#ifndef PENDULUM_MODULE_HEAP_H_
#define PENDULUM_MODULE_HEAP_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace pendulum::module {

// Who allocated and freed a block: return addresses in module code, innermost first.
struct BlockOrigin {
  static constexpr int kFrames = 6;
  uintptr_t allocated[kFrames];
  uintptr_t freed[kFrames];
};

// What lies at an address of the heap.
struct HeapPlace {
  enum class Kind : uint8_t {
    kUnknown,
    kLive,    // in a block
    kFreed,   // in a block that was freed
    kAfter,   // behind the end of a block
    kBefore,  // in front of a block
  };
  Kind kind = Kind::kUnknown;
  size_t block_bytes = 0;
  size_t distance_bytes = 0;            // from the block's begin, or from its nearest end
  const BlockOrigin* origin = nullptr;  // nullptr without AddressSanitizer
};

enum class HeapFailure : uint8_t {
  kOutOfMemory,  // the limit was reached
  kFreedTwice,
  kNotABlock,  // freed what is no block's beginning
  kOverrun,    // memory after the end of a block was written to; noticed when it was freed
};

class Heap {
 public:
  // Told of failures, with the bytes of the block concerned (or asked for). When it returns, the
  // call goes on: a null pointer, or nothing is freed.
  using FailureHandler = void (*)(HeapFailure failure, size_t bytes);

  // The heap of this process.
  static Heap& Get() { return the_heap_; }

  constexpr Heap() = default;
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // nullptr when the limit is reached. `alignment` is a power of two.
  void* Allocate(size_t bytes, size_t alignment = kUnitBytes);
  void Free(void* block);
  // As realloc does it, for a block of this heap.
  void* Reallocate(void* block, size_t bytes);
  size_t BytesOf(const void* block) const;
  bool Contains(const void* address) const {
    return reinterpret_cast<uintptr_t>(address) - kBase < kArenaBytes;
  }

  // Whether `address` lies in a block that has been freed and neither given out again nor written
  // to.
  bool IsFreed(const void* address) const;
  // Looks through all blocks: for reports. Async-signal-safe.
  HeapPlace Find(const void* address) const;

  // Takes the present state as the one that Restore returns to.
  void Remember();
  // Forgets all that was done since Remember. Costs what was used since then.
  void Restore();
  // Forgets everything. No block may be in use.
  void Clear();

  // Blocks allocated since Remember and not freed.
  size_t outstanding_blocks() const {
    return live_blocks_ < remembered_.live_blocks ? 0 : live_blocks_ - remembered_.live_blocks;
  }
  size_t live_bytes() const { return live_bytes_; }
  void set_limit_bytes(size_t bytes) { limit_bytes_ = bytes; }
  size_t limit_bytes() const { return limit_bytes_; }
  void set_failure_handler(FailureHandler handler) { failure_handler_ = handler; }

 private:
  static Heap the_heap_;
  // Where every sanitizer allows memory of a program's own.
  static constexpr uintptr_t kBase = 0x7E90'0000'0000;
  static constexpr size_t kArenaBytes = size_t{1} << 36;
  static constexpr size_t kUnitBytes = 16;
  static constexpr int kExactClasses = 64;  // one for each number of units up to this
  static constexpr int kClasses = kExactClasses + 4 * 32;
  // Freed blocks rest until so much was allocated since Remember.
  static constexpr size_t kReuseAfterBytes = 256 * 1024;

  // In front of each block.
  struct Header {
    uint64_t bytes;  // asked for
    uint32_t units;  // of the block without its header
    uint16_t state;
    uint16_t size_class;
    uint64_t next;  // in its list of freed blocks: offset of the header after it, 0 for none
    uint64_t unused;
  };
  static_assert(sizeof(Header) == 2 * kUnitBytes);

  static constexpr uint16_t kLive = 0xA11C;
  static constexpr uint16_t kFreed = 0xF4EE;

  // Calls `visit` for the header of each block below the offset `end`, in their order. Between
  // blocks that are aligned there is nothing but zeros.
  template <typename Visit>
  void ForEachBlock(uint64_t end, Visit visit) const {
    for (uint64_t offset = kUnitBytes; offset + sizeof(Header) <= end;) {
      const auto* header = reinterpret_cast<const Header*>(kBase + offset);
      if (header->state != kLive && header->state != kFreed) {
        offset += kUnitBytes;
        continue;
      }
      visit(header);
      offset += sizeof(Header) + uint64_t{header->units} * kUnitBytes;
    }
  }

  struct FreeList {
    uint64_t first = 0;
    uint64_t last = 0;
  };
  struct State {
    uint64_t top = 0;
    size_t live_blocks = 0;
    size_t live_bytes = 0;
    std::array<FreeList, kClasses> free;
  };

  bool Map();
  size_t OriginBytes() const { return address_sanitizer_ ? sizeof(BlockOrigin) : 0; }
  BlockOrigin* OriginOf(const Header* header) const;
  void NoteOrigin(uintptr_t (&frames)[BlockOrigin::kFrames]);
  void Poison(const Header* header) const;
  void Unpoison(const Header* header) const;
  void RestorePoison();
  Header* TakeFreed(int size_class, size_t alignment);
  Header* TakeNew(uint64_t units, size_t alignment);
  Header* HeaderOf(const void* block) const;
  void NoteChange(uint64_t offset);
  void* Fail(HeapFailure failure, size_t bytes);

  bool mapped_ = false;
  bool address_sanitizer_ = false;
  bool thread_sanitizer_ = false;
  uint64_t top_ = 0;
  size_t live_blocks_ = 0;
  size_t live_bytes_ = 0;
  size_t limit_bytes_ = size_t{512} << 20;
  FailureHandler failure_handler_ = nullptr;
  bool lists_changed_ = false;
  std::array<FreeList, kClasses> free_;
  State remembered_;
  char* image_ = nullptr;  // what lay below remembered_.top
  // Headers below it of blocks that were freed or given out since; more than so many: all.
  static constexpr int kMostChanged = 64;
  uint64_t changed_[kMostChanged] = {};
  int changed_count_ = 0;
};

// Module images, so that callers of malloc can be told apart. An image is the range of addresses of
// a loaded shared object.
void AddImage(uintptr_t begin, uintptr_t end);
void RemoveImage(uintptr_t begin);
bool InImage(const void* address);

// While a module is being loaded, what is called from any object that was not loaded before counts
// as the module's.
class LoadingScope {
 public:
  LoadingScope();
  ~LoadingScope();
  LoadingScope(const LoadingScope&) = delete;
  LoadingScope& operator=(const LoadingScope&) = delete;
};

// How often the harness itself has allocated in this process: everything that did not go to the
// heap of the modules.
uint64_t HarnessAllocationCount();

}  // namespace pendulum::module

#endif  // PENDULUM_MODULE_HEAP_H_
