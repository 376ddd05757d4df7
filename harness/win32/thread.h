// Threads that the module starts: CreateThread, _beginthreadex and, for other parts of this layer,
// what starts a worker on the module's behalf.
#ifndef PENDULUM_WIN32_THREAD_H_
#define PENDULUM_WIN32_THREAD_H_

#include <cstdint>

#include "harness/win32/boundary.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {

// Workers that stay free for the host: a module can't take the last ones.
inline constexpr int kReservedWorkers = 16;
// How many processors the simulated machine has.
inline constexpr int kProcessors = 2;

// Starts a worker that acts for the current module and for no request. kNoWorker (and
// ERROR_NO_SYSTEM_RESOURCES) when the module has as many as it may have.
sched::WorkerId StartModuleWorker(const char* name, sched::Job job, void* argument);
// The first and the last thing that the job of such a worker does, on it. `module` is what
// CurrentModule said where it was started; `object` the number of the thread's object, 0 without
// one; `function` what it is to call, nullptr where that is not known.
void BeginModuleWorker(uint8_t module, uint32_t object = 0, const void* function = nullptr);
void EndModuleWorker();
uint8_t CurrentModule();

// A thread as CreateThread and its relatives describe it.
struct NewThread {
  trace::Method method{};
  DWORD (*function)(void* parameter) = nullptr;
  void (*void_function)(void* parameter) = nullptr;  // instead, for _beginthread
  void* parameter = nullptr;
  DWORD flags = 0;
  DWORD* thread_id = nullptr;  // where its number goes; may be nullptr
};

// Makes the thread; returns its handle, NULL with the last error set when that is not possible.
HANDLE StartThread(CallScope& call, const NewThread& description);
// What ResumeThread does: the suspend count before the call, 0xFFFFFFFF for no thread.
DWORD ResumeSuspendedThread(Object* object);
// What ExitThread does. Returns only on a thread that is not the module's own.
void ExitCurrentThread(CallScope& call, trace::Method method, DWORD exit_code);

// Forgets all threads. Part of BeginRun.
void ResetThreads();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_THREAD_H_
