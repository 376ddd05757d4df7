#include "harness/win32/boundary.h"

namespace pendulum::win32 {

Boundary boundary;

trace::Site SiteOfAnyImage(const void* return_address) {
  const auto address = reinterpret_cast<uintptr_t>(return_address);
  for (int i = 0; i < boundary.images; ++i) {
    if (address >= boundary.image_begin[i] && address < boundary.image_end[i]) {
      return {.offset = static_cast<uint32_t>(address - boundary.image_begin[i]) + 1,
              .image = static_cast<uint32_t>(i)};
    }
  }
  return {};
}

namespace {

// Record, where more is to be done than to append.
[[gnu::noinline]] void RecordWithCare(trace::EventKind kind, uint32_t a, uint32_t b, uint16_t d) {
  const sched::WorkerId worker = boundary.scheduler->current();
  const bool none = worker == sched::kNoWorker;
  // Whether others ran before an access is no part of the order that clauses judge.
  if (!none && kind != trace::EventKind::kMemoryAccessed) TouchRequest(boundary.request_of[worker]);
  boundary.recorder->Append(
      trace::MakeEvent(kind, worker, none ? trace::kNone8 : boundary.request_of[worker],
                       none ? trace::kNone8 : boundary.module_of[worker], trace::kNone16, d, a, b));
}

}  // namespace

void Record(trace::EventKind kind, uint32_t a, uint32_t b, uint16_t d) {
  trace::Recorder* const recorder = boundary.recorder;
  if (recorder == nullptr) return;
  const sched::WorkerId worker = boundary.scheduler->current();
  const bool is_plain = worker != sched::kNoWorker && !IsListenedTo() && !recorder->IsFull();
  if (!is_plain) [[unlikely]]
    return RecordWithCare(kind, a, b, d);
  recorder->AppendWithin(trace::MakeEvent(kind, worker, boundary.request_of[worker],
                                          boundary.module_of[worker], trace::kNone16, d, a, b));
}

sched::WakeCause CallScope::Block(trace::Method method, const sched::WaitReason& reason,
                                  uint64_t deadline_ms) {
  assert(boundary.scheduler != nullptr);
  sched::Scheduler& scheduler = *boundary.scheduler;
  const uint64_t now_ms = scheduler.now_ms();
  const uint64_t timeout_ms = deadline_ms == sched::kForever ? ~uint64_t{0} : deadline_ms - now_ms;
  const auto shown_ms = timeout_ms > 0xFFFFFFFF ? 0xFFFFFFFF : static_cast<uint32_t>(timeout_ms);
  const auto d = static_cast<uint16_t>(method);
  win32::Record(trace::EventKind::kWaitBegan, reason.object, shown_ms, d);
  const sched::WakeCause cause = scheduler.Block(reason, deadline_ms);
  TouchShared();
  EnterSite();
  win32::Record(trace::EventKind::kWaitEnded, static_cast<uint32_t>(cause), reason.object, d);
  return cause;
}

}  // namespace pendulum::win32
