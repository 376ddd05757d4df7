// What the trace has of locks: who takes and who gives back which one, whatever it is called by.
#ifndef PENDULUM_WIN32_LOCK_EVENT_H_
#define PENDULUM_WIN32_LOCK_EVENT_H_

#include <cstdint>

#include "harness/trace/method.h"
#include "harness/win32/boundary.h"

namespace pendulum::win32 {

// How a lock is taken or given back: trace::LockFlag.
inline void RecordTaken(CallScope& call, trace::Method method, uint32_t number, uint32_t flags) {
  call.EnterSite();
  Record(trace::EventKind::kLockTaken, number, flags, static_cast<uint16_t>(method));
}
inline void RecordReleased(trace::Method method, uint32_t number, uint32_t flags) {
  Record(trace::EventKind::kLockReleased, number, flags, static_cast<uint16_t>(method));
}
// To be called before what lies at `address` is looked at: notes a lock or a condition variable
// whose memory has been freed.
inline void NoteFreedLock(trace::Method method, const void* address) {
  if (boundary.is_freed == nullptr || !boundary.is_freed(address)) return;
  Record(trace::EventKind::kLockFreed, 0, 0, static_cast<uint16_t>(method));
}

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_LOCK_EVENT_H_
