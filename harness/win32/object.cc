#include "harness/win32/object.h"

#include <cassert>
#include <cstring>

#include "harness/win32/boundary.h"
#include "harness/win32/object_payloads.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

struct HandleEntry {
  uint16_t object = kNoObject;
  uint8_t generation = 0;
};

Object objects[kMaxObjects];
HandleEntry handles[kMaxHandles];
int used_objects = 0;
int used_handles = 0;
int open_handles = 0;
uint32_t last_number = 0;
uint32_t last_number_loading = 0;

constexpr intptr_t kCurrentThread = -2;

// Handles are multiples of four that fit 32 bits, as on Windows.
HANDLE MakeHandle(int index, uint8_t generation) {
  const uintptr_t value = (uintptr_t{generation} << 16) | (static_cast<uintptr_t>(index + 1) << 2);
  return reinterpret_cast<HANDLE>(value);
}

HandleEntry* EntryOf(HANDLE handle) {
  const auto value = reinterpret_cast<uintptr_t>(handle);
  if ((value & 3) != 0 || value >> 24 != 0) return nullptr;
  const auto index = static_cast<int>((value & 0xFFFF) >> 2) - 1;
  if (index < 0 || index >= used_handles) return nullptr;
  HandleEntry* entry = &handles[index];
  if (entry->object == kNoObject || entry->generation != value >> 16) return nullptr;
  return entry;
}

}  // namespace

Object* NewObject(ObjectKind kind) {
  assert(kind != ObjectKind::kFree);
  int index = 0;
  while (index < used_objects && objects[index].kind != ObjectKind::kFree) ++index;
  if (index == kMaxObjects) {
    Self().last_error = ERROR_NO_SYSTEM_RESOURCES;
    return nullptr;
  }
  if (index == used_objects) ++used_objects;
  objects[index] = Object{};
  objects[index].kind = kind;
  objects[index].references = 1;
  objects[index].number = NewObjectNumber();
  return &objects[index];
}

void Reference(Object* object) {
  assert(object->kind != ObjectKind::kFree);
  ++object->references;
}

void Release(Object* object) {
  assert(object->references > 0);
  if (--object->references > 0) return;
  ClosePayload(*object);
  object->kind = ObjectKind::kFree;
  object->name[0] = '\0';
}

int IndexOf(const Object* object) { return static_cast<int>(object - objects); }

Object* ObjectAt(int index) {
  assert(index >= 0 && index < used_objects);
  return &objects[index];
}

Object* FindNamedObject(const char* name) {
  assert(name[0] != '\0');
  for (int i = 0; i < used_objects; ++i) {
    const bool is_used = objects[i].kind != ObjectKind::kFree;
    if (is_used && std::strncmp(objects[i].name, name, kMaxObjectNameBytes) == 0) {
      return &objects[i];
    }
  }
  return nullptr;
}

void SetObjectName(Object* object, const char* name) {
  std::strncpy(object->name, name, kMaxObjectNameBytes);
}

int objects_used() { return used_objects; }

HANDLE NewHandle(Object* object) {
  int index = 0;
  while (index < used_handles && handles[index].object != kNoObject) ++index;
  if (index == kMaxHandles) {
    Self().last_error = ERROR_TOO_MANY_OPEN_FILES;
    Release(object);
    return nullptr;
  }
  if (index == used_handles) ++used_handles;
  handles[index].object = static_cast<uint16_t>(IndexOf(object));
  ++open_handles;
  return MakeHandle(index, handles[index].generation);
}

Object* ObjectOf(HANDLE handle) {
  if (reinterpret_cast<intptr_t>(handle) == kCurrentThread && Self().object != kNoObject) {
    return &objects[Self().object];
  }
  const HandleEntry* entry = EntryOf(handle);
  if (entry == nullptr) {
    Self().last_error = ERROR_INVALID_HANDLE;
    return nullptr;
  }
  assert(objects[entry->object].references > 0);
  return &objects[entry->object];
}

Object* ObjectOf(HANDLE handle, ObjectKind kind) {
  Object* object = ObjectOf(handle);
  if (object != nullptr && object->kind != kind) {
    Self().last_error = ERROR_INVALID_HANDLE;
    return nullptr;
  }
  return object;
}

bool RemoveHandle(HANDLE handle) {
  HandleEntry* entry = EntryOf(handle);
  if (entry == nullptr) {
    Self().last_error = ERROR_INVALID_HANDLE;
    return false;
  }
  Object* object = &objects[entry->object];
  entry->object = kNoObject;
  ++entry->generation;
  --open_handles;
  Release(object);
  return true;
}

int open_handle_count() { return open_handles; }

uint32_t NewObjectNumber() { return ++last_number; }

void BeginLoading() { last_number = last_number_loading = 0; }

void EndLoading() { last_number_loading = last_number; }

void ResetObjects() {
  for (int i = 0; i < used_objects; ++i) objects[i].kind = ObjectKind::kFree;
  for (int i = 0; i < used_handles; ++i) handles[i] = HandleEntry{};
  used_objects = used_handles = open_handles = 0;
  last_number = last_number_loading;
}

}  // namespace pendulum::win32
