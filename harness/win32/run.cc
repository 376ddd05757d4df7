// The start of a run: everything that belongs to the last one is forgotten.
#include <cstdlib>

#include "harness/win32/app_host.h"
#include "harness/win32/capture.h"
#include "harness/win32/completion_port.h"
#include "harness/win32/environment.h"
#include "harness/win32/files.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/object.h"
#include "harness/win32/posix_thread.h"
#include "harness/win32/posix_word.h"
#include "harness/win32/random.h"
#include "harness/win32/registered_wait.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_local_slots.h"
#include "harness/win32/thread_pool.h"
#include "harness/win32/wait.h"

namespace pendulum::win32 {
namespace {

// A module that calls exit ends the program within a run, and what destroys the program's own
// objects is none of the module's calls.
void LeaveModule() { boundary.in_module = false; }

}  // namespace

void BeginRun() {
  static const int registered = std::atexit(LeaveModule);
  static_cast<void>(registered);
  for (int worker = 0; worker < sched::kMaxWorkers; ++worker) {
    boundary.request_of[worker] = trace::kNone8;
    boundary.module_of[worker] = trace::kNone8;
  }
  boundary.in_module = false;
  ResetAppHost();
  ResetCapture();
  ResetEnvironment();
  ResetRandom();
  ResetFiles();
  ResetObjects();
  ResetPorts();
  ResetWaits();
  ResetLockWaits();
  ResetLockWords();
  ResetThreads();
  ResetPosixThreads();
  ResetThreadStates();
  ResetSlots();
  ResetThreadPool();
  ResetPoolWaits();
}

}  // namespace pendulum::win32
