#include "fuzzers/engine_signals.h"

#include <csignal>

#include "harness/win32/boundary.h"

namespace pendulum::fuzzers {
namespace {

constexpr int kSignals[] = {SIGALRM, SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGXFSZ};

struct sigaction handlers[NSIG];

void OnSignal(int signal, siginfo_t* info, void* context) {
  const bool runs_modules = win32::runs_modules;
  win32::runs_modules = false;
  const struct sigaction& engine = handlers[signal];
  if ((engine.sa_flags & SA_SIGINFO) != 0) {
    engine.sa_sigaction(signal, info, context);
  } else {
    engine.sa_handler(signal);
  }
  win32::runs_modules = runs_modules;
}

}  // namespace

void GuardEngineSignals() {
  static bool guarded = false;
  if (guarded) return;
  guarded = true;
  for (const int signal : kSignals) {
    struct sigaction& engine = handlers[signal];
    if (sigaction(signal, nullptr, &engine) != 0) continue;
    const bool has_function = (engine.sa_flags & SA_SIGINFO) != 0 ||
                              (engine.sa_handler != SIG_DFL && engine.sa_handler != SIG_IGN);
    if (!has_function) continue;
    struct sigaction ours = engine;
    ours.sa_sigaction = OnSignal;
    ours.sa_flags |= SA_SIGINFO;
    sigaction(signal, &ours, nullptr);
  }
}

}  // namespace pendulum::fuzzers
