// Mutexes and semaphores.
#include "harness/win32/mutex.h"

#include "harness/win32/conversion.h"
#include "harness/win32/lock_event.h"
#include "harness/win32/named_object.h"
#include "harness/win32/object.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

HANDLE MakeMutex(CallScope& call, BOOL initial_owner, const char* name) {
  if (call.draining()) return nullptr;
  const NamedObject named = OpenOrCreate(ObjectKind::kMutex, name);
  if (named.object != nullptr && named.is_new && initial_owner) {
    named.object->owner = CurrentThreadNumber();
    named.object->count = 1;
    RecordTaken(call, Method::kWin32_CreateMutex, named.object->number, 0);
  }
  return HandleFor(call, Method::kWin32_CreateMutex, named);
}

HANDLE MakeSemaphore(CallScope& call, LONG initial, LONG maximum, const char* name) {
  if (call.draining()) return nullptr;
  if (maximum <= 0 || initial < 0 || initial > maximum) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return nullptr;
  }
  const NamedObject named = OpenOrCreate(ObjectKind::kSemaphore, name);
  if (named.object != nullptr && named.is_new) {
    named.object->count = initial;
    named.object->maximum = maximum;
  }
  return HandleFor(call, Method::kWin32_CreateSemaphore, named);
}

bool Give(Object& mutex) {
  if (mutex.owner != CurrentThreadNumber()) {
    Self().last_error = ERROR_NOT_OWNER;
    return false;
  }
  --mutex.count;
  const uint32_t again = mutex.count > 0 ? uint32_t{trace::kLockAgain} : 0;
  RecordReleased(Method::kWin32_ReleaseMutex, mutex.number, again);
  if (mutex.count == 0) {
    OrderRelease(&mutex);
    mutex.owner = 0;
    ObjectSignalled(mutex);
  }
  return true;
}

}  // namespace

void AbandonMutexes(uint32_t thread) {
  for (int i = 0; i < objects_used(); ++i) {
    Object& object = *ObjectAt(i);
    if (object.kind != ObjectKind::kMutex || object.owner != thread) continue;
    object.owner = 0;
    object.count = 0;
    object.abandoned = true;
    ObjectSignalled(object);
  }
}

bool SignalForWait(Object& object) {
  switch (object.kind) {
    case ObjectKind::kMutex:
      return Give(object);
    case ObjectKind::kSemaphore:
      return AddToSemaphore(object, 1);
    case ObjectKind::kEvent:
      OrderRelease(&object);
      object.signalled = true;
      ObjectSignalled(object);
      return true;
    default:
      Self().last_error = ERROR_INVALID_HANDLE;
      return false;
  }
}

bool AddToSemaphore(Object& semaphore, int32_t count) {
  if (count <= 0 || count > semaphore.maximum - semaphore.count) {
    Self().last_error = count <= 0 ? ERROR_INVALID_PARAMETER : kErrorTooManyPosts;
    return false;
  }
  OrderRelease(&semaphore);
  semaphore.count += count;
  ObjectSignalled(semaphore);
  return true;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;
using ObjectName = NarrowText<kMaxObjectNameBytes + 1>;

extern "C" HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES, BOOL initial_owner, LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeMutex(call, initial_owner, name);
}

extern "C" HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES, BOOL initial_owner, LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeMutex(call, initial_owner, ObjectName(name).c_str());
}

extern "C" HANDLE WINAPI OpenMutexA(DWORD, BOOL, LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  return OpenNamed(call, Method::kWin32_CreateMutex, ObjectKind::kMutex, name);
}

extern "C" HANDLE WINAPI OpenMutexW(DWORD, BOOL, LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  return OpenNamed(call, Method::kWin32_CreateMutex, ObjectKind::kMutex, ObjectName(name).c_str());
}

extern "C" BOOL WINAPI ReleaseMutex(HANDLE handle) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* mutex = ObjectOf(handle, ObjectKind::kMutex);
  const bool is_done = mutex != nullptr && Give(*mutex);
  call.Record(Method::kWin32_ReleaseMutex, is_done, mutex != nullptr ? mutex->number : 0);
  return is_done;
}

extern "C" HANDLE WINAPI CreateSemaphoreA(LPSECURITY_ATTRIBUTES, LONG initial_count,
                                          LONG maximum_count, LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeSemaphore(call, initial_count, maximum_count, name);
}

extern "C" HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES, LONG initial_count,
                                          LONG maximum_count, LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeSemaphore(call, initial_count, maximum_count, ObjectName(name).c_str());
}

extern "C" BOOL WINAPI ReleaseSemaphore(HANDLE handle, LONG count, LPLONG previous_count) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* semaphore = ObjectOf(handle, ObjectKind::kSemaphore);
  const LONG previous = semaphore != nullptr ? semaphore->count : 0;
  const bool is_done = semaphore != nullptr && AddToSemaphore(*semaphore, count);
  if (is_done && previous_count != nullptr) *previous_count = previous;
  call.Record(Method::kWin32_ReleaseSemaphore, is_done,
              semaphore != nullptr ? semaphore->number : 0);
  return is_done;
}
