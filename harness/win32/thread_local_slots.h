// Thread-local slots of both kinds (TlsAlloc and FlsAlloc).
#ifndef PENDULUM_WIN32_THREAD_LOCAL_SLOTS_H_
#define PENDULUM_WIN32_THREAD_LOCAL_SLOTS_H_

namespace pendulum::win32 {

// A thread of the module ends: calls the FLS callbacks for its values.
void CallSlotDestructors();

// Forgets all slots. Part of BeginRun.
void ResetSlots();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_THREAD_LOCAL_SLOTS_H_
