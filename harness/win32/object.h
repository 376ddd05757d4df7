// Kernel objects and handles: one fixed pool of each. A handle is a number made of its place in the
// table and a generation, never a pointer, so it is the same in each run and stays invalid once it
// has been closed.
#ifndef PENDULUM_WIN32_OBJECT_H_
#define PENDULUM_WIN32_OBJECT_H_

#include <cstddef>
#include <cstdint>

#include "harness/sched/scheduler.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {

inline constexpr int kMaxObjects = 512;
inline constexpr int kMaxHandles = 1024;
inline constexpr size_t kMaxObjectNameBytes = 63;

enum class ObjectKind : uint8_t {
  kFree,
  kEvent,
  kMutex,
  kSemaphore,
  kThread,
  kTimer,  // waitable timer
  kPort,   // I/O completion port
  kFile,
  kEventSource,  // RegisterEventSource
  kRegisteredWait,
  kTimerQueue,
  kFind,  // FindFirstFile
};

struct Object {
  ObjectKind kind = ObjectKind::kFree;
  bool manual_reset = false;  // events, timers: stays signalled after a wait
  bool signalled = false;     // events, timers; threads: has ended
  bool abandoned = false;     // mutexes: the owner ended without releasing it
  uint16_t references = 0;    // handles, and one for a thread that runs
  uint16_t payload = 0;       // the index of what belongs to it in a table of its own kind
  uint32_t number = 0;        // names the object in traces and findings
  uint32_t owner = 0;         // mutexes: the owner's thread number; threads: their own
  int32_t count = 0;          // semaphores: free places; mutexes: how often the owner has it;
                              // ports: packets that no waiter has been released for
  int32_t maximum = 0;        // semaphores
  uint32_t exit_code = 0;     // threads
  char name[kMaxObjectNameBytes + 1] = {};
};

// Takes a free object with one reference; nullptr when the pool is exhausted.
Object* NewObject(ObjectKind kind);
void Reference(Object* object);
// The last release closes the object: what its kind keeps elsewhere is given back.
void Release(Object* object);
int IndexOf(const Object* object);
Object* ObjectAt(int index);
// The object named `name` (not empty), nullptr if there is none.
Object* FindNamedObject(const char* name);
void SetObjectName(Object* object, const char* name);
// The highest index in use so far in this run, plus one.
int objects_used();

// A new handle to `object`, which takes over the caller's reference; NULL when the table is full,
// and then the reference has been released and the last error set.
HANDLE NewHandle(Object* object);
// The object behind a handle, nullptr (and ERROR_INVALID_HANDLE) if there is none. The pseudo
// handle of the current thread is understood.
Object* ObjectOf(HANDLE handle);
// The same for one kind only.
Object* ObjectOf(HANDLE handle, ObjectKind kind);
// Removes a handle and the reference that it holds.
bool RemoveHandle(HANDLE handle);
// Handles open now, for reports of leaks.
int open_handle_count();

// A number for an object that lives in the module's memory (critical sections and the like).
uint32_t NewObjectNumber();
// Modules are loaded between the two: what takes a number then (a lock that a constructor makes)
// keeps it in every run, and nothing else of a run is given it.
void BeginLoading();
void EndLoading();

// Forgets all objects and handles. Part of BeginRun.
void ResetObjects();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_OBJECT_H_
