#include "harness/platform/signals.h"

#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstddef>

namespace pendulum::platform {
namespace {

CrashHandler crash_handler = nullptr;
volatile std::sig_atomic_t interrupted = 0;

constexpr size_t kAlternateStackBytes = 64 * 1024;
alignas(16) char alternate_stack[kAlternateStackBytes];

void OnSignal(int signal, siginfo_t* info, void* raw_context) {
  CrashContext context;
  context.signal = signal;
  if (signal == SIGSEGV || signal == SIGBUS) {
    context.fault_address = reinterpret_cast<uintptr_t>(info->si_addr);
  }
  const mcontext_t& machine = static_cast<const ucontext_t*>(raw_context)->uc_mcontext;
#if defined(__x86_64__)
  context.program_counter = static_cast<uintptr_t>(machine.gregs[REG_RIP]);
  context.stack_pointer = static_cast<uintptr_t>(machine.gregs[REG_RSP]);
  context.frame_pointer = static_cast<uintptr_t>(machine.gregs[REG_RBP]);
  for (int i = 0; i < 16; ++i) context.registers[i] = static_cast<uintptr_t>(machine.gregs[i]);
#elif defined(__aarch64__)
  context.program_counter = machine.pc;
  context.stack_pointer = machine.sp;
  context.frame_pointer = machine.regs[29];
  for (int i = 0; i < 16; ++i) context.registers[i] = machine.regs[i];
#endif
  crash_handler(context);
  _exit(128 + signal);
}

constexpr int kCrashSignals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};

// Copies memory that may not be there.
bool ReadWords(uintptr_t address, uintptr_t* words, size_t count) {
  iovec local{words, count * sizeof(uintptr_t)};
  iovec remote{reinterpret_cast<void*>(address), count * sizeof(uintptr_t)};
  return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) ==
         static_cast<ssize_t>(count * sizeof(uintptr_t));
}

// Whether the instruction before `address` can be a call; stacks also hold addresses of functions.
bool FollowsACall(uintptr_t address) {
#if defined(__x86_64__)
  uintptr_t words[1] = {};
  if (!ReadWords(address - sizeof words, words, 1)) return false;
  const auto* before = reinterpret_cast<const unsigned char*>(words);
  if (before[3] == 0xE8) return true;  // call to an address given by its distance
  for (const int at : {6, 5, 4, 2, 1}) {
    if (before[at] == 0xFF && (before[at + 1] & 0x38) == 0x10) return true;  // through a pointer
  }
  return false;
#else
  return address != 0;
#endif
}

// The first addresses of code among the words that lie on top of the stack, at most `max`.
int ScanStack(uintptr_t stack_pointer, bool (*is_code)(uintptr_t), uintptr_t* found, int max) {
  constexpr size_t kWords = 1024;
  int count = 0;
  for (size_t i = 0; i < kWords && count < max; ++i) {
    uintptr_t word = 0;
    if (!ReadWords(stack_pointer + i * sizeof word, &word, 1)) break;
    if (is_code(word) && FollowsACall(word)) found[count++] = word;
  }
  return count;
}

}  // namespace

void InstallCrashHandlers(CrashHandler handler) {
  crash_handler = handler;
  stack_t stack{};
  stack.ss_sp = alternate_stack;
  stack.ss_size = sizeof alternate_stack;
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = OnSignal;
  // A crash in the handler itself ends the process by that signal, which the parent sees.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int signal : kCrashSignals) sigaction(signal, &action, nullptr);
}

void RemoveCrashHandlers() {
  for (const int signal : kCrashSignals) ::signal(signal, SIG_DFL);
}

CrashContext CurrentContext() {
  CrashContext context;
  const auto* frame = static_cast<const uintptr_t*>(__builtin_frame_address(0));
  context.frame_pointer = frame[0];
  context.stack_pointer = reinterpret_cast<uintptr_t>(frame + 2);
  context.program_counter = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  return context;
}

int WalkFrames(const CrashContext& context, bool (*is_code)(uintptr_t), uintptr_t* frames,
               int max) {
  int count = 0;
  const auto add = [&](uintptr_t address) {
    if (address == 0 || !is_code(address) || count >= max) return;
    if (count == 1 && frames[0] == address) return;  // found on the stack before
    frames[count++] = address;
  };
  if (is_code(context.program_counter)) {
    add(context.program_counter);
  } else {
    uintptr_t first = 0;
    ScanStack(context.stack_pointer, is_code, &first, 1);
    add(first);
  }
  constexpr int kMostFrames = 4096;
  uintptr_t frame = context.frame_pointer;
  int steps = 0;
  for (; steps < kMostFrames && count < max; ++steps) {
    uintptr_t words[2] = {};
    if (frame == 0 || frame % sizeof(uintptr_t) != 0 || !ReadWords(frame, words, 2)) break;
    add(words[1]);
    if (words[0] <= frame) break;
    frame = words[0];
  }
  // The chain is of no use where a library without frames has the frame pointer for itself. Then
  // what looks like return addresses is the best that there is.
  constexpr int kGuesses = 8;
  if (steps < 2 && !is_code(context.program_counter)) {
    count = ScanStack(context.stack_pointer, is_code, frames, std::min(max, kGuesses));
  }
  return count;
}

void WatchInterrupts() {
  interrupted = 0;
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool Interrupted() { return interrupted != 0; }

const char* SignalName(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV";
    case SIGBUS:
      return "SIGBUS";
    case SIGILL:
      return "SIGILL";
    case SIGFPE:
      return "SIGFPE";
    case SIGTRAP:
      return "SIGTRAP";
    case SIGABRT:
      return "SIGABRT";
    case SIGKILL:
      return "SIGKILL";
    case SIGINT:
      return "SIGINT";
    case SIGTERM:
      return "SIGTERM";
    default:
      return "a signal";
  }
}

}  // namespace pendulum::platform
