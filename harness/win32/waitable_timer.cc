// Waitable timers.
#include "harness/win32/capture.h"
#include "harness/win32/clock.h"
#include "harness/win32/conversion.h"
#include "harness/win32/named_object.h"
#include "harness/win32/object_payloads.h"
#include "harness/win32/thread_state.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// The pending transition of each timer, by the index of its object.
struct TimerState {
  sched::TransitionId transition = sched::kNoTransition;
  uint64_t due_ms = 0;
  uint32_t period_ms = 0;
};
TimerState timers[kMaxObjects];

bool Arm(Object& timer);

void TimerFired(void* argument, uint32_t) {
  TouchWin32();
  auto& timer = *static_cast<Object*>(argument);
  TimerState& state = timers[IndexOf(&timer)];
  state.transition = sched::kNoTransition;
  timer.signalled = true;
  if (state.period_ms != 0) {
    state.due_ms += state.period_ms;
    Arm(timer);
  }
  ObjectSignalled(timer);
}

bool Arm(Object& timer) {
  TimerState& state = timers[IndexOf(&timer)];
  state.transition = boundary.scheduler->PostTimer(TimerFired, &timer, 0, state.due_ms);
  if (state.transition != sched::kNoTransition) return true;
  Self().last_error = ERROR_NO_SYSTEM_RESOURCES;
  CaptureLine("a timer was lost: too many are pending");
  return false;
}

void Disarm(Object& timer) {
  TimerState& state = timers[IndexOf(&timer)];
  const bool is_armed = state.transition != sched::kNoTransition;
  if (is_armed) boundary.scheduler->Cancel(state.transition);
  state = TimerState{};
}

HANDLE MakeTimer(CallScope& call, BOOL manual_reset, const char* name) {
  if (call.draining()) return nullptr;
  const NamedObject named = OpenOrCreate(ObjectKind::kTimer, name);
  if (named.object != nullptr && named.is_new) {
    named.object->manual_reset = manual_reset != FALSE;
    timers[IndexOf(named.object)] = TimerState{};
  }
  return HandleFor(call, Method::kWin32_CreateWaitableTimer, named);
}

}  // namespace

void CloseWaitableTimer(Object& timer) { Disarm(timer); }

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" HANDLE WINAPI CreateWaitableTimerA(LPSECURITY_ATTRIBUTES, BOOL manual_reset,
                                              LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeTimer(call, manual_reset, name);
}

extern "C" HANDLE WINAPI CreateWaitableTimerW(LPSECURITY_ATTRIBUTES, BOOL manual_reset,
                                              LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeTimer(call, manual_reset, NarrowText<kMaxObjectNameBytes + 1>(name).c_str());
}

extern "C" BOOL WINAPI SetWaitableTimer(HANDLE handle, const LARGE_INTEGER* due_time,
                                        LONG period_ms, PTIMERAPCROUTINE routine, LPVOID, BOOL) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* timer = ObjectOf(handle, ObjectKind::kTimer);
  if (timer == nullptr) return FALSE;
  if (due_time == nullptr || period_ms < 0) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return FALSE;
  }
  if (routine != nullptr) {
    NotSimulated("SetWaitableTimer with a completion routine");
    return FALSE;
  }
  Disarm(*timer);
  timer->signalled = false;
  TimerState& state = timers[IndexOf(timer)];
  state.due_ms = VirtualTimeMs(due_time->QuadPart);
  state.period_ms = static_cast<uint32_t>(period_ms);
  OrderRelease(timer);
  const bool is_armed = Arm(*timer);
  call.Record(Method::kWin32_SetWaitableTimer, is_armed, timer->number);
  return is_armed;
}

extern "C" BOOL WINAPI CancelWaitableTimer(HANDLE handle) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* timer = ObjectOf(handle, ObjectKind::kTimer);
  if (timer != nullptr) Disarm(*timer);
  call.Record(Method::kWin32_CancelWaitableTimer, timer != nullptr);
  return timer != nullptr;
}
