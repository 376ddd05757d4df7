#include "harness/platform/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace pendulum::platform {
namespace {

Error SystemError(const std::string& what, const std::string& path) {
  return Error{what + ": " + std::strerror(errno), path, ""};
}

}  // namespace

Result<std::string> ReadFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return SystemError("cannot be opened", path);
  std::string content;
  char buffer[65536];
  ssize_t bytes = 0;
  while ((bytes = read(fd, buffer, sizeof buffer)) > 0) {
    content.append(buffer, static_cast<size_t>(bytes));
  }
  const int saved = errno;
  close(fd);
  errno = saved;
  if (bytes < 0) return SystemError("cannot be read", path);
  return content;
}

Status WriteFile(const std::string& path, std::string_view content) {
  const std::string draft = path + ".new." + std::to_string(getpid());
  const int fd = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return SystemError("cannot be written", path);
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0) {
      const Error error = SystemError("cannot be written", path);
      close(fd);
      unlink(draft.c_str());
      return error;
    }
    content.remove_prefix(static_cast<size_t>(written));
  }
  close(fd);
  if (rename(draft.c_str(), path.c_str()) != 0) return SystemError("cannot be written", path);
  return OkStatus();
}

Status MakeFolder(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return Error{"cannot make the folder: " + failed.message(), path, ""};
  return OkStatus();
}

uint64_t Hash(std::string_view bytes, uint64_t seed) {
  uint64_t hash = seed;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
  }
  return hash;
}

}  // namespace pendulum::platform
