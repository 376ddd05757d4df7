#include "harness/platform/stack.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cstdint>
#include <new>

namespace pendulum::platform {
namespace {

size_t RoundUpToPage(size_t bytes) {
  const size_t page_bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page_bytes - 1) / page_bytes * page_bytes;
}

}  // namespace

StackArena::StackArena(int count, size_t stack_bytes)
    : stack_bytes_(RoundUpToPage(stack_bytes)),
      stride_bytes_(kGuardBytes + stack_bytes_),
      count_(count) {
  assert(count > 0 && stack_bytes > 0);
  void* mapping = mmap(nullptr, stride_bytes_ * count, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (mapping == MAP_FAILED) throw std::bad_alloc();
  base_ = static_cast<char*>(mapping);
  for (int stack = 0; stack < count; ++stack) {
    if (mprotect(Bottom(stack), stack_bytes_, PROT_READ | PROT_WRITE) != 0) {
      munmap(base_, stride_bytes_ * count);
      throw std::bad_alloc();
    }
  }
}

StackArena::~StackArena() { munmap(base_, stride_bytes_ * count_); }

size_t StackArena::Offset(const void* address) const {
  // An address below the mapping wraps round to a huge offset.
  const size_t offset = reinterpret_cast<uintptr_t>(address) - reinterpret_cast<uintptr_t>(base_);
  const size_t mapping_bytes = stride_bytes_ * count_;
  return offset < mapping_bytes ? offset : mapping_bytes;
}

int StackArena::Owner(const void* address) const {
  const size_t offset = Offset(address);
  // What is asked about is seldom on a stack, and a division is not quick.
  if (offset >= stride_bytes_ * static_cast<size_t>(count_)) return -1;
  return offset % stride_bytes_ >= kGuardBytes ? static_cast<int>(offset / stride_bytes_) : -1;
}

bool StackArena::InGuard(const void* address) const {
  const size_t offset = Offset(address);
  return offset < stride_bytes_ * count_ && offset % stride_bytes_ < kGuardBytes;
}

}  // namespace pendulum::platform
