#include "harness/platform/executable_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace pendulum::platform {

Result<ExecutableMemory> ExecutableMemory::Create(std::span<const uint8_t> code) {
  const size_t bytes = std::max<size_t>(code.size(), 1);
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED) {
    return Error{
        "no memory for " + std::to_string(bytes) + " bytes of code: " + std::strerror(errno), "",
        ""};
  }
  ExecutableMemory memory(data, bytes);
  std::copy(code.begin(), code.end(), static_cast<uint8_t*>(data));
  if (mprotect(data, bytes, PROT_READ | PROT_EXEC) != 0) {
    return Error{std::string("the system lets no code be made: ") + std::strerror(errno), "", ""};
  }
  return memory;
}

ExecutableMemory& ExecutableMemory::operator=(ExecutableMemory&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

ExecutableMemory::~ExecutableMemory() {
  if (data_ != nullptr) munmap(data_, bytes_);
}

}  // namespace pendulum::platform
