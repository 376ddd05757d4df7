#include "harness/win32/module_heap.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "harness/win32/boundary.h"

namespace pendulum::win32 {
namespace {

// In front of each block, since the module's heap does not tell sizes.
struct Header {
  size_t bytes;
  size_t unused;
};
static_assert(sizeof(Header) == 16);

}  // namespace

void* AllocateForModule(size_t bytes, bool zeroed) {
  if (bytes > SIZE_MAX - sizeof(Header)) return nullptr;
  ModuleScope module;
  auto* header = static_cast<Header*>(::operator new(sizeof(Header) + bytes, std::nothrow));
  if (header == nullptr) return nullptr;
  *header = {.bytes = bytes, .unused = 0};
  if (zeroed) std::memset(header + 1, 0, bytes);
  return header + 1;
}

void* ReallocateForModule(void* block, size_t bytes, bool zeroed) {
  void* moved = AllocateForModule(bytes, zeroed);
  if (moved == nullptr || block == nullptr) return moved;
  std::memcpy(moved, block, std::min(bytes, BlockBytes(block)));
  FreeForModule(block);
  return moved;
}

void FreeForModule(void* block) {
  if (block == nullptr) return;
  ModuleScope module;
  ::operator delete(static_cast<Header*>(block) - 1);
}

size_t BlockBytes(const void* block) { return (static_cast<const Header*>(block) - 1)->bytes; }

}  // namespace pendulum::win32
