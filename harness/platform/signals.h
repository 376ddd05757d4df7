// Crashes of this process: told to a handler on a stack of its own, with where they happened.
#ifndef PENDULUM_PLATFORM_SIGNALS_H_
#define PENDULUM_PLATFORM_SIGNALS_H_

#include <cstdint>

namespace pendulum::platform {

// Where the process stood.
struct CrashContext {
  int signal = 0;
  uintptr_t fault_address = 0;    // what was touched, for SIGSEGV and SIGBUS
  uintptr_t program_counter = 0;  // 0 when not known
  uintptr_t stack_pointer = 0;
  uintptr_t frame_pointer = 0;
  uintptr_t registers[16] = {};  // general ones in no particular order, for signals
};

// Must not return: it writes down what it needs and ends the process. May call async-signal-safe
// functions only.
using CrashHandler = void (*)(const CrashContext& context);

// Sends SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP and SIGABRT to `handler`, on an alternate stack,
// so that an exhausted stack can be reported too. For the thread that calls it.
void InstallCrashHandlers(CrashHandler handler);
// Back to the system's own handling of these signals.
void RemoveCrashHandlers();

// The context of its caller, for what is not a signal.
__attribute__((noinline)) CrashContext CurrentContext();

// Return addresses for which `is_code` holds, innermost first, at most `max`: the program counter,
// else the first such address on the stack (a library function without a frame was called), then
// those of the chain of frames. Survives a damaged stack. Async-signal-safe.
int WalkFrames(const CrashContext& context, bool (*is_code)(uintptr_t), uintptr_t* frames, int max);

// Makes the first SIGINT or SIGTERM a wish that Interrupted tells; the second ends the process.
void WatchInterrupts();
bool Interrupted();

// "SIGSEGV"; "a signal" for what is not known here.
const char* SignalName(int signal);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_SIGNALS_H_
