#include "harness/platform/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

extern char** environ;

namespace pendulum::platform {
namespace {

// A file in memory that a program reads or writes as a whole: no pipe that could fill up.
class MemoryFile {
 public:
  explicit MemoryFile(const char* name) : fd_(memfd_create(name, MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (fd_ >= 0) close(fd_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int fd() const { return fd_; }

  bool Fill(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = write(fd_, text.data(), text.size());
      if (written <= 0) return false;
      text.remove_prefix(static_cast<size_t>(written));
    }
    return lseek(fd_, 0, SEEK_SET) == 0;
  }

  std::string Text() {
    std::string text;
    char buffer[65536];
    off_t offset = 0;
    for (;;) {
      const ssize_t read_bytes = pread(fd_, buffer, sizeof buffer, offset);
      if (read_bytes <= 0) return text;
      text.append(buffer, static_cast<size_t>(read_bytes));
      offset += read_bytes;
    }
  }

 private:
  int fd_;
};

int ExitStatusOf(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// Sets up a new child before its body runs.
void BecomeChild(const ChildOptions& options, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  // Whoever interrupts the job means the parent, which then ends its children in order.
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_DFL);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (!options.quiet) return;
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null >= 0) {
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    close(null);
  }
}

}  // namespace

Result<CommandResult> RunCommand(const std::vector<std::string>& arguments,
                                 std::string_view input) {
  assert(!arguments.empty());
  MemoryFile in("pendulum-input"), out("pendulum-output"), errors("pendulum-errors");
  if (in.fd() < 0 || out.fd() < 0 || errors.fd() < 0 || !in.Fill(input)) {
    return Error{std::string("cannot make a file in memory: ") + std::strerror(errno), arguments[0],
                 ""};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.fd(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.fd(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.fd(), STDERR_FILENO);
  std::vector<char*> pointers;
  for (const std::string& argument : arguments)
    pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  pid_t pid = 0;
  const int failed = posix_spawnp(&pid, pointers[0], &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    return Error{std::string("cannot be started: ") + std::strerror(failed), arguments[0], ""};
  }
  CommandResult result;
  result.exit_status = ExitStatusOf(WaitFor(pid));
  result.output = out.Text();
  result.errors = errors.Text();
  return result;
}

std::string FindProgram(std::span<const std::string> names) {
  const char* path = std::getenv("PATH");
  for (const std::string& name : names) {
    if (name.empty()) continue;
    if (name.find('/') != std::string::npos) {
      if (access(name.c_str(), X_OK) == 0) return name;
      continue;
    }
    std::string_view folders = path == nullptr ? "/usr/bin:/bin" : path;
    while (!folders.empty()) {
      const size_t colon = folders.find(':');
      const std::string candidate = std::string(folders.substr(0, colon)) + "/" + name;
      if (access(candidate.c_str(), X_OK) == 0) return candidate;
      folders.remove_prefix(colon == std::string_view::npos ? folders.size() : colon + 1);
    }
  }
  return "";
}

int ProcessorCount() { return std::max(static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN)), 1); }

std::string ProgramPath() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  return length <= 0 ? "" : std::string(path, static_cast<size_t>(length));
}

Result<Child> Child::Fork(const ChildOptions& options, const std::function<void()>& body) {
  return ForkWithPipe(options, [&](int) { body(); });
}

Result<Child> Child::ForkWithPipe(const ChildOptions& options,
                                  const std::function<void(int alive_fd)>& body) {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) != 0) {
    return Error{std::string("cannot make a pipe: ") + std::strerror(errno), "", ""};
  }
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) {
    close(fds[0]);
    close(fds[1]);
    return Error{std::string("cannot make a child process: ") + std::strerror(errno), "", ""};
  }
  if (pid == 0) {
    close(fds[0]);
    BecomeChild(options, parent);
    body(fds[1]);
    _exit(0);
  }
  close(fds[1]);
  return Child(pid, fds[0]);
}

Result<Child> Child::Start(const ProgramOptions& options) {
  assert(!options.arguments.empty());
  const int output = open(options.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (output < 0) {
    return Error{std::string("cannot be written: ") + std::strerror(errno), options.output, ""};
  }
  std::vector<char*> pointers;
  for (const std::string& argument : options.arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  auto child = ForkWithPipe({.quiet = false}, [&](int alive_fd) {
    const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null >= 0) dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    // It stays open for as long as the program runs.
    fcntl(alive_fd, F_SETFD, 0);
    if (options.folder.empty() || chdir(options.folder.c_str()) == 0) {
      execvp(pointers[0], pointers.data());
    }
    dprintf(STDERR_FILENO, "%s: %s\n", pointers[0], std::strerror(errno));
    _exit(127);
  });
  close(output);
  return child;
}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(alive_fd_, other.alive_fd_);
  return *this;
}

Child::~Child() {
  if (pid_ != 0) {
    Kill();
    Reap();
  }
}

bool Child::HasEnded() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == pid_;
}

int Child::WaitAny(std::span<Child* const> children, int timeout_ms) {
  std::vector<pollfd> polled;
  for (const Child* child : children) polled.push_back({child->alive_fd_, POLLIN, 0});
  const int ready = poll(polled.data(), polled.size(), timeout_ms);
  for (size_t i = 0; i < children.size(); ++i) {
    // A grandchild can keep the pipe open, so that the process itself is asked as well.
    if ((ready > 0 && polled[i].revents != 0) || children[i]->HasEnded()) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

ChildEnd Child::Reap() {
  assert(pid_ != 0);
  const int status = WaitFor(pid_);
  close(alive_fd_);
  pid_ = 0;
  alive_fd_ = -1;
  if (WIFSIGNALED(status)) return {.signalled = true, .status = WTERMSIG(status)};
  return {.signalled = false, .status = WEXITSTATUS(status)};
}

void Child::Kill() {
  assert(pid_ != 0);
  kill(pid_, SIGKILL);
}

void Child::Terminate() {
  assert(pid_ != 0);
  kill(pid_, SIGTERM);
}

uint64_t Child::ProcessorMs() const {
  clockid_t clock;
  timespec used{};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return static_cast<uint64_t>(used.tv_sec) * 1000 + static_cast<uint64_t>(used.tv_nsec) / 1000000;
}

}  // namespace pendulum::platform
