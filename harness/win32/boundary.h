// The boundary between module and harness, which every call crosses: from the module into the host
// or the Win32 layer (CallScope), and from the host into the module (ModuleScope). Here scheduling
// points are made, call sites noted, and the module's heap told apart from the harness's.
#ifndef PENDULUM_WIN32_BOUNDARY_H_
#define PENDULUM_WIN32_BOUNDARY_H_

#include <cassert>
#include <cstdint>

#include "harness/sched/scheduler.h"
#include "harness/trace/event.h"
#include "harness/trace/method.h"
#include "harness/trace/recorder.h"

namespace pendulum::win32 {

inline constexpr int kMaxImages = 8;

// One per process: what is simulated now. The driver fills it before the first run.
struct Boundary {
  sched::Scheduler* scheduler = nullptr;
  trace::Recorder* recorder = nullptr;
  // The modules' code, to turn return addresses into sites.
  uintptr_t image_begin[kMaxImages] = {};
  uintptr_t image_end[kMaxImages] = {};
  int images = 0;
  // True while the module's own code runs: what it allocates comes from its own heap.
  bool in_module = false;
  // The request and the module that a worker acts for (trace::kNone8: none), set by the host when
  // it calls a handler and inherited by threads for the module only.
  uint8_t request_of[sched::kMaxWorkers];
  uint8_t module_of[sched::kMaxWorkers];
  // Whether `address` lies in a block of the module's heap that has been freed. nullptr when the
  // process has no module heap of its own.
  bool (*is_freed)(const void* address) = nullptr;
};
extern Boundary boundary;

// The site of a return address: image and offset plus one; {0, 0} outside every module.
trace::Site SiteOf(const void* return_address);

// Appends an event of the current worker, with its request and module filled in.
void Record(trace::EventKind kind, uint32_t a = 0, uint32_t b = 0, uint16_t d = 0);

// A call from the module into the harness. Make it the first statement of every function that a
// module can call:
//
//   CallScope call(__builtin_return_address(0));
//   if (call.draining()) return <error>;
//
// It is a scheduling point on entry and, in the destructor, on return. `kQuiet` calls (strings,
// getters that no other worker can affect) take part in draining and sites, but are no points.
enum class Points : uint8_t { kYes, kQuiet };

class CallScope {
 public:
  explicit CallScope(const void* return_address, Points points = Points::kYes)
      : return_address_(return_address), was_in_module_(boundary.in_module), points_(points) {
    boundary.in_module = false;
    if (points_ == Points::kYes) Point();
    EnterSite();
  }
  ~CallScope() {
    if (points_ == Points::kYes) Point();
    boundary.in_module = was_in_module_;
  }
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  // The run is being ended: return an error at once.
  bool draining() const { return boundary.scheduler == nullptr || boundary.scheduler->draining(); }

  // A further scheduling point within the call; the site is this call's again afterwards.
  void Point() {
    if (boundary.scheduler == nullptr) return;
    boundary.scheduler->Point();
    EnterSite();
  }

  // Makes this call's site the recorder's again, after something else ran.
  void EnterSite() {
    if (boundary.recorder != nullptr) boundary.recorder->set_site(SiteOf(return_address_));
  }

  // Records the call itself: EventKind::kCall with its result and value.
  void Record(trace::Method method, uint32_t result, uint32_t value = 0) {
    EnterSite();
    win32::Record(trace::EventKind::kCall, result, value, static_cast<uint16_t>(method));
  }

  // Blocks the current worker as part of this call, with its wait events in the trace.
  sched::WakeCause Block(trace::Method method, const sched::WaitReason& reason,
                         uint64_t deadline_ms);

 private:
  const void* return_address_;
  bool was_in_module_;
  Points points_;
};

// A call from the harness into the module: its code runs until the end of the scope. Must be on a
// worker or, for loading, on the driver's stack.
class ModuleScope {
 public:
  ModuleScope() : was_in_module_(boundary.in_module) { boundary.in_module = true; }
  ~ModuleScope() { boundary.in_module = was_in_module_; }
  ModuleScope(const ModuleScope&) = delete;
  ModuleScope& operator=(const ModuleScope&) = delete;

 private:
  bool was_in_module_;
};

// Forgets what belongs to the last run of the Win32 layer: handles, locks, threads, heap blocks,
// captured event log and debug output. The driver calls it before each run. Allocates nothing in
// the steady state.
void BeginRun();

// The configuration that IAppHostAdminManager serves: JSON text as in HostSettings::configuration.
// Parsed once per call; the text must be valid (the scenario reader has checked it).
void SetConfiguration(const char* json_text);

// Lines that the module wrote in this run through OutputDebugString and ReportEvent, for reports.
int captured_line_count();
const char* captured_line(int index);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_BOUNDARY_H_
