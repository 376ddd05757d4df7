#include "harness/platform/zeroed_array.h"

#include <sys/mman.h>

#include <new>

namespace pendulum::platform {

void* MapZeroedPages(size_t bytes) {
  void* pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  return pages;
}

void UnmapPages(void* pages, size_t bytes) { munmap(pages, bytes); }

}  // namespace pendulum::platform
