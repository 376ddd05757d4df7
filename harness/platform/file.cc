#include "harness/platform/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace pendulum::platform {
namespace {

// What can be done about a failure of the system's; empty where that says itself.
const char* RemedyFor(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "make room, or write to another disk; nothing was overwritten";
    case EACCES:
    case EPERM:
    case EROFS:
      return "nothing may be written there: choose another folder";
    case ENOTDIR:
      return "a part of this path is a file: choose another folder";
    case EISDIR:
      return "this is a folder: name a file";
    default:
      return "";
  }
}

Error SystemError(const std::string& what, const std::string& path) {
  const int error = errno;
  return Error{what + ": " + std::strerror(error), path, RemedyFor(error)};
}

// What must be written to as it is: a file in its place would be no such thing any more.
bool IsDevice(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return false;
  return path.starts_with("/dev/") || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

// Errors leave errno set.
bool WriteAll(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0) return false;
    content.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

Status WriteToDevice(const std::string& path, std::string_view content) {
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0 || !WriteAll(fd, content)) {
    const Error error = SystemError("cannot be written", path);
    if (fd >= 0) close(fd);
    return error;
  }
  close(fd);
  return OkStatus();
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
  if (IsDevice(path)) return WriteToDevice(path, content);
  const std::string draft = path + ".new." + std::to_string(getpid());
  const int fd = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return SystemError("cannot be written", path);
  if (!WriteAll(fd, content)) {
    const Error error = SystemError("cannot be written", path);
    close(fd);
    unlink(draft.c_str());
    return error;
  }
  // Some file systems tell only now that there was no room.
  if (close(fd) != 0 || rename(draft.c_str(), path.c_str()) != 0) {
    const Error error = SystemError("cannot be written", path);
    unlink(draft.c_str());
    return error;
  }
  return OkStatus();
}

Status MakeFolder(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) {
    return Error{"cannot make the folder: " + failed.message(), path, RemedyFor(failed.value())};
  }
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
