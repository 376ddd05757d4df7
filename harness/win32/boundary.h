// The boundary between module and harness, which every call crosses: from the module into the host
// or the Win32 layer (CallScope), and from the host into the module (ModuleScope). Here scheduling
// points are made, call sites noted, and the module's heap told apart from the harness's.
#ifndef PENDULUM_WIN32_BOUNDARY_H_
#define PENDULUM_WIN32_BOUNDARY_H_

#include <cassert>
#include <cstddef>
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
  // All modules' code tells of its loads and stores: what it shares is known by the granule.
  bool tells_accesses = false;
};
extern Boundary boundary;

// True on the system's thread that runs modules' code. Fuzzing engines and sanitizers have others,
// whose calls are never the module's.
inline constinit thread_local bool runs_modules = false;

// Whether it is the module's own code that runs on this thread.
inline bool InModule() { return boundary.in_module && runs_modules; }

// What transitions touch, for exhaustive search. The rule: a transition that runs code of a module
// touches that (TouchModule), one that uses the host's or the specification's account of a request
// touches the request (TouchRequest; Record does), one that uses what the Win32 layer shares
// between workers touches that (TouchWin32; a CallScope does), a lock only itself (TouchLock). All
// cost a compare when nobody listens.
//
// The order of a request's events is what clauses judge, so whatever records one changes the
// request; a getter's event changes nothing that another clause looks at, so getters read it.
// Events of different requests are judged apart.
inline bool IsListenedTo() { return sched::Scheduler::is_listened_to(); }
inline void Touch(sched::ObjectKind kind, uint32_t number, bool writes = true) {
  sched::Scheduler::Touch(sched::MakeObject(kind, number), writes);
}
inline void TouchWin32() { Touch(sched::ObjectKind::kHandle, 0); }
inline void TouchLock(const void* lock) {
  Touch(sched::ObjectKind::kLock, static_cast<uint32_t>(reinterpret_cast<uintptr_t>(lock) / 8));
}
// Memory of a module that the harness reads or writes for it, as the module itself would.
inline constexpr uintptr_t kGranuleBytes = 8;
inline void TouchMemory(const void* memory, size_t bytes, bool writes) {
  if (!IsListenedTo() || bytes == 0) return;
  const auto begin = reinterpret_cast<uintptr_t>(memory);
  for (uintptr_t at = begin / kGranuleBytes; at <= (begin + bytes - 1) / kGranuleBytes; ++at) {
    Touch(sched::ObjectKind::kMemory, static_cast<uint32_t>(at), writes);
  }
}
// `request`: its index, or trace::kNone8 for what belongs to none.
inline void TouchRequest(uint8_t request, bool writes = true) {
  Touch(sched::ObjectKind::kPipeline, request, writes);
}
// Code of a module runs, or has run, in this transition. Where it doesn't tell of its accesses it
// may have touched whatever modules can reach; else only what nobody tells of, its own stack, in
// case another worker was given a pointer to it.
inline void TouchModule() {
  if (!IsListenedTo()) [[likely]]
    return;
  const sched::WorkerId worker = boundary.scheduler->current();
  if (!boundary.tells_accesses) return Touch(sched::ObjectKind::kModule, 0);
  if (worker != sched::kNoWorker) Touch(sched::ObjectKind::kThread, worker);
}

// What a call shares with those of other workers, besides what it says itself.
enum class Shares : uint8_t { kWin32, kNothing };

// The site of a return address: image and offset plus one; {0, 0} outside every module.
trace::Site SiteOfAnyImage(const void* return_address);
inline trace::Site SiteOf(const void* return_address) {
  const auto address = reinterpret_cast<uintptr_t>(return_address);
  // There is one image, most often.
  if (boundary.images > 0 && address >= boundary.image_begin[0] &&
      address < boundary.image_end[0]) {
    return {.offset = static_cast<uint32_t>(address - boundary.image_begin[0]) + 1, .image = 0};
  }
  return SiteOfAnyImage(return_address);
}

// The site of a function's first instruction: sites are those of return addresses, one beyond the
// instruction that they stand for.
inline trace::Site SiteOfFunction(const void* function) {
  return function == nullptr ? trace::Site{} : SiteOf(static_cast<const char*>(function) + 1);
}

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
  explicit CallScope(const void* return_address, Points points = Points::kYes,
                     Shares shares = Shares::kWin32)
      : site_(SiteOf(return_address)),
        was_in_module_(boundary.in_module),
        points_(points),
        shares_(shares) {
    boundary.in_module = false;
    if (points_ == Points::kYes) {
      if (was_in_module_) TouchModule();
      Point();
    }
    EnterSite();
  }
  ~CallScope() {
    if (points_ == Points::kYes) {
      Point();
      if (was_in_module_) TouchModule();
    }
    boundary.in_module = was_in_module_;
  }
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  // The run is being ended: return an error at once.
  bool draining() const { return boundary.scheduler == nullptr || boundary.scheduler->draining(); }

  // A further scheduling point within the call; the site is this call's again afterwards.
  void Point() {
    if (boundary.scheduler == nullptr) return;
    const bool in_between = points_ == Points::kQuiet && was_in_module_;
    if (in_between) TouchModule();
    boundary.scheduler->Point();
    TouchShared();
    if (in_between) TouchModule();
    EnterSite();
  }

  // Makes this call's site the recorder's again, after something else ran.
  void EnterSite() {
    if (boundary.recorder != nullptr) boundary.recorder->set_site(site_);
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
  void TouchShared() {
    if (shares_ == Shares::kWin32) TouchWin32();
  }

  trace::Site site_;
  bool was_in_module_;
  Points points_;
  Shares shares_;
};

// A call from the harness into the module: its code runs until the end of the scope. Must be on a
// worker or, for loading, on the driver's stack.
class ModuleScope {
 public:
  ModuleScope() : was_in_module_(boundary.in_module) {
    runs_modules = true;
    boundary.in_module = true;
    TouchModule();
  }
  ~ModuleScope() {
    TouchModule();
    boundary.in_module = was_in_module_;
  }
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
