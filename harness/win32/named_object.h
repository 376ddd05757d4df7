// What creating and opening has in common for the kinds of kernel objects that can have a name.
#ifndef PENDULUM_WIN32_NAMED_OBJECT_H_
#define PENDULUM_WIN32_NAMED_OBJECT_H_

#include "harness/trace/method.h"
#include "harness/win32/boundary.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {

struct NamedObject {
  Object* object = nullptr;  // with a reference for the handle to come
  bool is_new = false;
};

// The object of this kind and name, or a new one (always when `name` is nullptr or empty). The
// last error becomes ERROR_ALREADY_EXISTS for one that was there and 0 for a new one. nullptr when
// the pool is exhausted or the name belongs to another kind (ERROR_INVALID_HANDLE).
NamedObject OpenOrCreate(ObjectKind kind, const char* name);

// A handle for it, with the call recorded; NULL when there is no object.
HANDLE HandleFor(CallScope& call, trace::Method method, const NamedObject& named);

// What OpenEvent and the like do: ERROR_FILE_NOT_FOUND when there is no such object.
HANDLE OpenNamed(CallScope& call, trace::Method method, ObjectKind kind, const char* name);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_NAMED_OBJECT_H_
