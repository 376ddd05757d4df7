// Memory that holds machine code made at run time.
#ifndef PENDULUM_PLATFORM_EXECUTABLE_MEMORY_H_
#define PENDULUM_PLATFORM_EXECUTABLE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "harness/platform/result.h"

namespace pendulum::platform {

// A copy of some code in pages that can be run and not written.
class ExecutableMemory {
 public:
  // Errors: the system has no memory, or does not let a process make code.
  static Result<ExecutableMemory> Create(std::span<const uint8_t> code);

  ExecutableMemory(ExecutableMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  ExecutableMemory& operator=(ExecutableMemory&& other) noexcept;
  ~ExecutableMemory();

  const uint8_t* data() const { return static_cast<const uint8_t*>(data_); }

 private:
  ExecutableMemory(void* data, size_t bytes) : data_(data), bytes_(bytes) {}
  void* data_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_EXECUTABLE_MEMORY_H_
