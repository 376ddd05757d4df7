#include "harness/win32/thread.h"

#include <algorithm>
#include <csetjmp>

#include "harness/win32/capture.h"
#include "harness/win32/mutex.h"
#include "harness/win32/object.h"
#include "harness/win32/thread_local_slots.h"
#include "harness/win32/thread_state.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

// One for each thread that the module has started and that has not ended, by worker.
struct ModuleThread {
  NewThread description;
  uint16_t object = kNoObject;
  uint8_t module = trace::kNone8;
  bool is_suspended = false;
  DWORD exit_code = 0;
  std::jmp_buf exit;
};

ModuleThread threads[sched::kMaxWorkers];
int threads_used = 0;  // those from here on were not taken in this run
int module_workers = 0;

bool WaitForResume(ModuleThread& thread) {
  const sched::WaitReason reason{.what = "ResumeThread", .object = ObjectAt(thread.object)->number};
  while (thread.is_suspended && !boundary.scheduler->draining()) {
    boundary.scheduler->Block(reason, sched::kForever);
  }
  return !boundary.scheduler->draining();
}

void CallThreadFunction(ModuleThread& thread) {
  // ExitThread comes back here without unwinding, as on Windows.
  if (setjmp(thread.exit) != 0) return;
  Self().exit_context = &thread.exit;
  ModuleScope module;
  const NewThread& description = thread.description;
  if (description.void_function != nullptr) {
    description.void_function(description.parameter);
  } else {
    thread.exit_code = description.function(description.parameter);
  }
}

// An exception that leaves the thread's function ends the process, as on Windows.
void RunThread(void* argument) noexcept {
  auto& thread = *static_cast<ModuleThread*>(argument);
  Object& object = *ObjectAt(thread.object);
  const NewThread& description = thread.description;
  BeginModuleWorker(thread.module, object.number,
                    description.void_function != nullptr
                        ? reinterpret_cast<const void*>(description.void_function)
                        : reinterpret_cast<const void*>(description.function));
  Self().object = thread.object;
  OrderAcquire(&thread);
  if (WaitForResume(thread)) CallThreadFunction(thread);
  boundary.in_module = false;
  Self().exit_context = nullptr;
  EndModuleWorker();
  object.exit_code = thread.exit_code;
  object.signalled = true;
  OrderRelease(&object);
  if (!boundary.scheduler->draining()) ObjectSignalled(object);
  Self().object = kNoObject;
  thread.object = kNoObject;
  Release(&object);
}

}  // namespace

HANDLE StartThread(CallScope& call, const NewThread& description) {
  if (call.draining()) return nullptr;
  if (description.function == nullptr && description.void_function == nullptr) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return nullptr;
  }
  Object* object = NewObject(ObjectKind::kThread);
  if (object == nullptr) return nullptr;
  ModuleThread* slot = &threads[0];
  while (slot->object != kNoObject) ++slot;
  // The new worker does not run before this call's next scheduling point.
  const sched::WorkerId worker = StartModuleWorker("thread of the module", RunThread, slot);
  if (worker == sched::kNoWorker) {
    Release(object);
    return nullptr;
  }
  threads_used = std::max(threads_used, static_cast<int>(slot - threads) + 1);
  slot->description = description;
  slot->object = static_cast<uint16_t>(IndexOf(object));
  slot->module = CurrentModule();
  slot->is_suspended = (description.flags & CREATE_SUSPENDED) != 0;
  slot->exit_code = 0;
  OrderRelease(slot);
  object->payload = static_cast<uint16_t>(slot - threads);
  object->owner = boundary.scheduler->thread_number(worker);
  object->exit_code = STILL_ACTIVE;
  if (description.thread_id != nullptr) *description.thread_id = object->owner;
  Reference(object);  // one for the handle, one for the thread while it runs
  HANDLE handle = NewHandle(object);
  call.Record(description.method, handle != nullptr, object->owner);
  return handle;
}

DWORD ResumeSuspendedThread(Object* object) {
  if (object == nullptr) return static_cast<DWORD>(-1);
  if (object->signalled) return 0;
  ModuleThread& thread = threads[object->payload];
  if (!thread.is_suspended) return 0;
  thread.is_suspended = false;
  boundary.scheduler->Wake(WorkerOfThread(object->owner));
  return 1;
}

void ExitCurrentThread(CallScope& call, trace::Method method, DWORD exit_code) {
  void* context = Self().exit_context;
  if (context == nullptr) {
    NotSimulated("ExitThread on a thread of the server");
    return;
  }
  if (!call.draining()) call.Record(method, exit_code);
  // A thread that the C++ library has started has no object and no exit code.
  if (Self().object != kNoObject) threads[ObjectAt(Self().object)->payload].exit_code = exit_code;
  std::longjmp(*static_cast<std::jmp_buf*>(context), 1);
}

uint8_t CurrentModule() {
  const sched::WorkerId worker = CurrentWorker();
  return worker == sched::kNoWorker ? 0 : boundary.module_of[worker];
}

sched::WorkerId StartModuleWorker(const char* name, sched::Job job, void* argument) {
  sched::WorkerId worker = sched::kNoWorker;
  if (module_workers < sched::kMaxWorkers - kReservedWorkers) {
    worker = boundary.scheduler->Start(name, job, argument);
  }
  if (worker == sched::kNoWorker) {
    Self().last_error = ERROR_NO_SYSTEM_RESOURCES;
    return worker;
  }
  ++module_workers;
  return worker;
}

void BeginModuleWorker(uint8_t module, uint32_t object, const void* function) {
  TouchWin32();
  const sched::WorkerId worker = CurrentWorker();
  boundary.in_module = false;
  boundary.module_of[worker] = module;
  boundary.request_of[worker] = trace::kNone8;
  if (boundary.recorder != nullptr) boundary.recorder->set_site(SiteOfFunction(function));
  Record(trace::EventKind::kThreadBegan, CurrentThreadNumber(), object);
}

void EndModuleWorker() {
  TouchWin32();
  if (!boundary.scheduler->draining()) CallSlotDestructors();
  AbandonMutexes(CurrentThreadNumber());
  Record(trace::EventKind::kThreadEnded, CurrentThreadNumber());
  --module_workers;
}

void ResetThreads() {
  for (int i = 0; i < threads_used; ++i) threads[i].object = kNoObject;
  threads_used = module_workers = 0;
}

}  // namespace pendulum::win32
