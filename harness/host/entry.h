// The first lines of every method that the host offers for a request: crossing the boundary, and
// the tombstone that turns a call after the request's end into an event instead of a crash.
#ifndef PENDULUM_HOST_ENTRY_H_
#define PENDULUM_HOST_ENTRY_H_

#include "harness/host/deviation.h"
#include "harness/host/pending_count.h"
#include "harness/host/world.h"
#include "harness/trace/method.h"
#include "harness/win32/boundary.h"

namespace pendulum::host {

class Entry : public win32::CallScope {
 public:
  Entry(const Request* request, trace::Method method, const void* return_address,
        win32::Points points = win32::Points::kYes)
      : win32::CallScope(return_address, points, win32::Shares::kNothing),
        request_(request),
        method_(method) {
    win32::TouchRequest(request->index, false);
  }

  // True when the call can't be served: the run is being ended, or the request has ended, which is
  // then in the trace. The method returns its error at once.
  bool Refused() {
    if (draining()) return true;
    if (!request_->ended) return false;
    Done(static_cast<uint32_t>(kErrorEnded));
    return true;
  }

  // Records the call with its result and value.
  void Done(uint32_t result, uint32_t value = 0) {
    EnterSite();
    const sched::WorkerId worker = request_->world->scheduler.current();
    const uint8_t module =
        worker == sched::kNoWorker ? trace::kNone8 : win32::boundary.module_of[worker];
    request_->world->Record(trace::EventKind::kCall, request_, module, trace::kNone16, result,
                            value, static_cast<uint16_t>(method_));
  }
  HRESULT Done(HRESULT result) {
    Done(static_cast<uint32_t>(result));
    return result;
  }

 private:
  const Request* request_;
  trace::Method method_;
};

// What a call that starts an operation says on its return.
struct CallReturn {
  HRESULT status = S_OK;
  uint32_t count = 0;  // while pending: the most that it may come to
  bool pending = false;
  PendingCount left = PendingCount::kUntouched;  // while pending
  bool memory_short = false;                     // the host got no memory for it
};

constexpr CallReturn MemoryShort() {
  return {.status = kErrorNotEnoughMemory, .memory_short = true};
}

// Writes the out-parameters of `call` (a ReadCall or SendCall) as documented and records the
// return.
template <class Call>
HRESULT ReturnFromCall(Request* request, const Call& call, const CallReturn& result, Entry* entry) {
  const bool inline_success = !result.pending && SUCCEEDED(result.status);
  OutParameters out = {.status = result.status,
                       .count = result.pending ? ValueOf(result.left, result.count) : result.count,
                       .count_written = inline_success ||
                                        (result.pending && result.left != PendingCount::kUntouched),
                       .flag = result.pending,
                       .flag_written = true};
  const ReturningCall returning = {.kind = call.kind,
                                   .id = call.id,
                                   .async = call.async,
                                   .pending = result.pending,
                                   .has_count = call.count != nullptr,
                                   .has_flag = call.pending != nullptr,
                                   .asked_bytes = call.asked_bytes()};
  DeviateReturn(returning, &out);
  uint16_t flags = result.memory_short ? uint16_t{trace::kMemoryShort} : uint16_t{0};
  uint32_t shown = 0;
  if (call.count != nullptr && out.count_written) {
    *call.count = shown = out.count;
    flags |= trace::kCountWritten;
  }
  if (call.pending != nullptr && out.flag_written) {
    *call.pending = out.flag ? TRUE : FALSE;
    flags |= trace::kPendingWritten;
    if (out.flag) flags |= trace::kPendingTrue;
  }
  entry->EnterSite();
  request->world->Record(trace::EventKind::kOperationReturned, request, call.module, call.id,
                         static_cast<uint32_t>(out.status), shown, flags);
  DeviateAfterReturn(request, returning, out);
  return out.status;
}

// In a method of an object over `request`: enters as `name` or leaves with `error`.
#define PENDULUM_ENTER(request, name, error)                                 \
  ::pendulum::host::Entry entry(request, ::pendulum::trace::Method::k##name, \
                                __builtin_return_address(0));                \
  if (entry.Refused()) return error
// The same for what no other worker can change: no scheduling point.
#define PENDULUM_ENTER_QUIETLY(request, name, error)                                             \
  ::pendulum::host::Entry entry(request, ::pendulum::trace::Method::k##name,                     \
                                __builtin_return_address(0), ::pendulum::win32::Points::kQuiet); \
  if (entry.Refused()) return error

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_ENTRY_H_
