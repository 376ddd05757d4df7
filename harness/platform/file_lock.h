// A file that one process at a time can hold: whoever dies lets go of it.
#ifndef PENDULUM_PLATFORM_FILE_LOCK_H_
#define PENDULUM_PLATFORM_FILE_LOCK_H_

#include <string>
#include <utility>

#include "harness/platform/result.h"

namespace pendulum::platform {

class FileLock {
 public:
  // Makes the file if there is none; it stays when the lock is gone. Errors: another process holds
  // it, or the file can't be written.
  static Result<FileLock> Take(const std::string& path);

  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_FILE_LOCK_H_
