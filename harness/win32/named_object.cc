#include "harness/win32/named_object.h"

#include "harness/win32/thread_state.h"

namespace pendulum::win32 {

NamedObject OpenOrCreate(ObjectKind kind, const char* name) {
  const bool has_name = name != nullptr && name[0] != '\0';
  Object* object = has_name ? FindNamedObject(name) : nullptr;
  if (object != nullptr) {
    if (object->kind != kind) {
      Self().last_error = ERROR_INVALID_HANDLE;
      return {};
    }
    Reference(object);
    Self().last_error = ERROR_ALREADY_EXISTS;
    return {.object = object, .is_new = false};
  }
  object = NewObject(kind);
  if (object == nullptr) return {};
  if (has_name) SetObjectName(object, name);
  Self().last_error = ERROR_SUCCESS;
  return {.object = object, .is_new = true};
}

HANDLE HandleFor(CallScope& call, trace::Method method, const NamedObject& named) {
  HANDLE handle = nullptr;
  uint32_t number = 0;
  if (named.object != nullptr) {
    number = named.object->number;
    handle = NewHandle(named.object);
  }
  call.Record(method, handle != nullptr, number);
  return handle;
}

HANDLE OpenNamed(CallScope& call, trace::Method method, ObjectKind kind, const char* name) {
  if (name == nullptr || name[0] == '\0') {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return nullptr;
  }
  Object* object = FindNamedObject(name);
  if (object == nullptr || object->kind != kind) {
    Self().last_error = object == nullptr ? ERROR_FILE_NOT_FOUND : ERROR_INVALID_HANDLE;
    return nullptr;
  }
  Reference(object);
  return HandleFor(call, method, {.object = object, .is_new = false});
}

}  // namespace pendulum::win32
