#include "harness/cli/sibling.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/platform/process.h"
#include "harness/platform/sanitizer.h"

namespace pendulum::cli {
namespace {

using module::Instrumentation;
using platform::Error;

std::string_view NameOf(Instrumentation instrumentation) {
  switch (instrumentation) {
    case Instrumentation::kAddress:
    case Instrumentation::kAccesses:
      return "pendulum-asan";
    case Instrumentation::kThread:
      return "pendulum-tsan";
    case Instrumentation::kNone:
      break;
  }
  return "pendulum";
}

}  // namespace

bool CanLoad(Instrumentation instrumentation) {
  switch (instrumentation) {
    case Instrumentation::kAddress:
      return platform::HasAddressSanitizer();
    case Instrumentation::kThread:
      return platform::HasThreadSanitizer();
    case Instrumentation::kAccesses:
      return !platform::HasThreadSanitizer();
    case Instrumentation::kNone:
      break;
  }
  return true;
}

platform::Status NeedProgramFor(Instrumentation instrumentation, const Invocation& invocation) {
  const std::filesystem::path folder = std::filesystem::path(platform::ProgramPath()).parent_path();
  const std::string program = (folder / NameOf(instrumentation)).string();
  const bool can_hand_over = invocation.may_hand_over && access(program.c_str(), X_OK) == 0;
  // What tells of its accesses runs beside AddressSanitizer's builds, and always there where it
  // can: a run must be the same when it is replayed.
  const bool moves = instrumentation == Instrumentation::kAccesses && can_hand_over &&
                     !platform::HasAddressSanitizer();
  if (CanLoad(instrumentation) && !moves) return platform::OkStatus();
  const char* remedy =
      "build all programs (cmake --build), keep them in one folder, or run without sanitizers: "
      "--sanitize none";
  if (!can_hand_over) {
    return Error{"the program for modules with this instrumentation is missing", program, remedy};
  }
  std::vector<std::string> arguments = {program};
  arguments.insert(arguments.end(), invocation.arguments.begin(), invocation.arguments.end());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  return Error{std::string("can't be run: ") + std::strerror(errno), program, remedy};
}

}  // namespace pendulum::cli
