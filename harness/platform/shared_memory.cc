#include "harness/platform/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace pendulum::platform {

Result<SharedMemory> SharedMemory::Create(size_t bytes) {
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) {
    return Error{"cannot share " + std::to_string(bytes) +
                     " bytes of memory with child processes: " + std::strerror(errno),
                 "", ""};
  }
  return SharedMemory(data, bytes);
}

Result<SharedMemory> SharedMemory::OpenFile(const std::string& path, size_t bytes) {
  const auto refuse = [&] { return Error{std::strerror(errno), path, ""}; };
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return refuse();
  void* data = MAP_FAILED;
  // Written to where there is no room the memory would end the process: the room is taken now.
  errno = posix_fallocate(file, 0, static_cast<off_t>(bytes));
  if (errno == 0) data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const Error error = refuse();
  close(file);
  if (data == MAP_FAILED) return error;
  return SharedMemory(data, bytes);
}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

SharedMemory::~SharedMemory() {
  if (data_ != nullptr) munmap(data_, bytes_);
}

}  // namespace pendulum::platform
