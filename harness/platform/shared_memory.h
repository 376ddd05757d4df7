// Memory that a process shares with the children that it forks.
#ifndef PENDULUM_PLATFORM_SHARED_MEMORY_H_
#define PENDULUM_PLATFORM_SHARED_MEMORY_H_

#include <cstddef>
#include <string>
#include <utility>

#include "harness/platform/result.h"

namespace pendulum::platform {

// A zeroed mapping at the same address in this process and in its later children; what a child
// writes survives its death. Pages that are never touched cost nothing.
class SharedMemory {
 public:
  // Errors: the system has not that much address space.
  static Result<SharedMemory> Create(size_t bytes);
  // The contents of a file, which is made, and made `bytes` long, where need be: any process that
  // opens it shares them, and they outlive all. Errors name the path and the system's reason.
  static Result<SharedMemory> OpenFile(const std::string& path, size_t bytes);

  SharedMemory(SharedMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  SharedMemory& operator=(SharedMemory&& other) noexcept;
  ~SharedMemory();

  void* data() const { return data_; }
  size_t bytes() const { return bytes_; }

 private:
  SharedMemory(void* data, size_t bytes) : data_(data), bytes_(bytes) {}
  void* data_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_SHARED_MEMORY_H_
