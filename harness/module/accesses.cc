#include "harness/module/accesses.h"

#include <algorithm>
#include <utility>

#include "harness/sched/scheduler.h"
#include "harness/trace/event.h"
#include "harness/trace/recorder.h"
#include "harness/win32/boundary.h"

namespace pendulum::module {
namespace {

constexpr uintptr_t kGranuleBytes = 8;
// Of a longer access (a buffer that is copied) the rest is not looked at while learning.
constexpr uintptr_t kMostGranulesLearnt = 64;
constexpr size_t kMostPlacesOfAGranule = 64;

uintptr_t GranuleOf(uintptr_t address) { return address / kGranuleBytes; }

// While the harness works on behalf of a module's access: what it allocates is not the module's.
class HarnessScope {
 public:
  HarnessScope() { win32::boundary.in_module = false; }
  ~HarnessScope() { win32::boundary.in_module = true; }
  HarnessScope(const HarnessScope&) = delete;
  HarnessScope& operator=(const HarnessScope&) = delete;
};

void RecordResumed(size_t bytes, bool writes, const void* code) {
  win32::boundary.recorder->set_site(win32::SiteOf(code));
  win32::Record(trace::EventKind::kMemoryAccessed, static_cast<uint32_t>(bytes), 0, writes ? 1 : 0);
}

}  // namespace

Accesses& Accesses::Get() {
  static Accesses accesses;
  return accesses;
}

bool Accesses::IsTold(uintptr_t begin, uintptr_t end) const {
  return std::any_of(telling_.begin(), telling_.end(),
                     [&](uintptr_t code) { return code >= begin && code < end; });
}

void Accesses::NoteCode(const void* code) {
  // The module's constructors run, whose memory is the module's.
  const bool was_in_module = std::exchange(win32::boundary.in_module, false);
  telling_.push_back(reinterpret_cast<uintptr_t>(code));
  win32::boundary.in_module = was_in_module;
}

void Accesses::Forget() {
  const win32::Boundary& boundary = win32::boundary;
  shared_.assign(static_cast<size_t>(boundary.images), {});
  for (size_t i = 0; i < shared_.size(); ++i) {
    shared_[i].assign(boundary.image_end[i] - boundary.image_begin[i], false);
  }
  shared_places_ = 0;
  granules_.clear();
}

void Accesses::BeginRun() {
  if (mode_ == Mode::kLearn) granules_.clear();
}

void Accesses::Share(uintptr_t code) {
  const trace::Site site = win32::SiteOf(reinterpret_cast<const void*>(code));
  if (site.offset == 0 || site.image >= shared_.size()) return;
  auto place = shared_[site.image].begin() + static_cast<ptrdiff_t>(site.offset - 1);
  if (*place) return;
  *place = true;
  ++shared_places_;
}

bool Accesses::IsShared(uintptr_t code) const {
  const trace::Site site = win32::SiteOf(reinterpret_cast<const void*>(code));
  return site.offset != 0 && site.image < shared_.size() && shared_[site.image][site.offset - 1];
}

void Accesses::Learn(uintptr_t address, size_t bytes, bool writes, uintptr_t code) {
  const sched::Scheduler& scheduler = *win32::boundary.scheduler;
  const uint32_t thread = scheduler.thread_number(scheduler.current());
  const uintptr_t first = GranuleOf(address);
  const uintptr_t last = std::min(GranuleOf(address + bytes - 1), first + kMostGranulesLearnt - 1);
  for (uintptr_t at = first; at <= last; ++at) {
    Granule& granule = granules_[at];
    if (granule.thread == 0) granule.thread = thread;
    granule.shared = granule.shared || granule.thread != thread;
    granule.written = granule.written || writes;
    if (granule.shared && granule.written) {
      Share(code);
      for (const uintptr_t place : granule.places) Share(place);
      granule.places.clear();
    } else if (granule.places.size() < kMostPlacesOfAGranule &&
               std::find(granule.places.begin(), granule.places.end(), code) ==
                   granule.places.end()) {
      granule.places.push_back(code);
    }
  }
}

void Accesses::OnAccess(const void* address, size_t bytes, bool writes, const void* code) {
  win32::Boundary& boundary = win32::boundary;
  if (!boundary.in_module || boundary.scheduler == nullptr || bytes == 0) return;
  sched::Scheduler& scheduler = *boundary.scheduler;
  const sched::WorkerId worker = scheduler.current();
  if (worker == sched::kNoWorker || scheduler.draining()) return;
  // Another worker's stack counts: a reference to a local variable may have been handed over.
  const sched::WorkerId owner = scheduler.StackOwner(address);
  if (owner == worker) return;
  const HarnessScope scope;
  const auto place = reinterpret_cast<uintptr_t>(code);
  const auto begin = reinterpret_cast<uintptr_t>(address);
  if (mode_ == Mode::kPoints && scheduler.has_choice() && IsShared(place)) {
    const uint32_t switches = scheduler.switches();
    scheduler.Point();
    // Where nobody else ran, the point is not worth an event.
    if (scheduler.switches() != switches) RecordResumed(bytes, writes, code);
  }
  if (mode_ == Mode::kLearn) Learn(begin, bytes, writes, place);
  if (!scheduler.is_listened_to()) return;
  // What that worker does with its own stack is not told: win32::TouchModule stands for it.
  if (owner != sched::kNoWorker) win32::Touch(sched::ObjectKind::kThread, owner);
  for (uintptr_t at = GranuleOf(begin); at <= GranuleOf(begin + bytes - 1); ++at) {
    scheduler.Touch(MemoryObject(at * kGranuleBytes), writes);
  }
}

sched::ObjectId MemoryObject(uintptr_t address) {
  return sched::MakeObject(sched::ObjectKind::kMemory, static_cast<uint32_t>(GranuleOf(address)));
}

}  // namespace pendulum::module
