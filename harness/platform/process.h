// Other processes: programs that are run to their end, and forked children that are watched.
#ifndef PENDULUM_PLATFORM_PROCESS_H_
#define PENDULUM_PLATFORM_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::platform {

struct CommandResult {
  int exit_status = 0;  // 128 plus the signal for a program that a signal ended
  std::string output;
  std::string errors;
};

// Runs `arguments[0]` (looked up on PATH) with `input` as its standard input and waits for its end.
// Errors: the program can't be started.
Result<CommandResult> RunCommand(const std::vector<std::string>& arguments,
                                 std::string_view input = {});

// The path of the first of `names` that is an executable file: itself when it has a slash, else on
// PATH. Empty when none is.
std::string FindProgram(std::span<const std::string> names);

// How many processors there are for this process, at least 1.
int ProcessorCount();

// The path of the program that runs; empty when the system doesn't tell.
std::string ProgramPath();

// How a child ended.
struct ChildEnd {
  bool signalled = false;
  int status = 0;  // the signal's number when `signalled`, else the exit status
};

struct ChildOptions {
  bool quiet = true;  // what it writes to standard output and standard error is dropped
};

// A program to be started beside this one.
struct ProgramOptions {
  std::vector<std::string> arguments;  // the first is its path
  std::string folder;                  // that it works in; empty: this process's
  std::string output;                  // file for its standard output and standard error
};

// A forked child. It goes with its parent: the system ends it when the parent dies.
class Child {
 public:
  // Runs `body` in a new process, which ends with status 0 when it returns, without running exit
  // handlers. Dumps no core. Errors: no process can be made.
  static Result<Child> Fork(const ChildOptions& options, const std::function<void()>& body);

  // Starts a program, which gets no input. Errors: no process can be made, the file for its output
  // can't be written. A program that is not there ends with status 127, and says so in that file.
  static Result<Child> Start(const ProgramOptions& options);

  Child(Child&& other) noexcept
      : pid_(std::exchange(other.pid_, 0)), alive_fd_(std::exchange(other.alive_fd_, -1)) {}
  Child& operator=(Child&& other) noexcept;
  ~Child();  // ends the child if it still runs

  // Waits until one of `children` has ended, at most `timeout_ms`. Returns its index, or -1.
  static int WaitAny(std::span<Child* const> children, int timeout_ms);

  // After WaitAny has named it, or after Kill: takes its end. Blocks until it has ended.
  ChildEnd Reap();
  void Kill();
  void Terminate();  // asks it to end: SIGTERM
  // Processor time that it has used, in milliseconds; 0 when the system doesn't tell.
  uint64_t ProcessorMs() const;
  pid_t pid() const { return pid_; }

 private:
  Child(pid_t pid, int alive_fd) : pid_(pid), alive_fd_(alive_fd) {}
  // `body` gets the end of the pipe that the child keeps open.
  static Result<Child> ForkWithPipe(const ChildOptions& options,
                                    const std::function<void(int alive_fd)>& body);
  bool HasEnded() const;
  pid_t pid_ = 0;
  int alive_fd_ = -1;  // reads end-of-file once the child is gone
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_PROCESS_H_
