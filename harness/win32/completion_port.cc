#include "harness/win32/completion_port.h"

#include <cassert>

#include "harness/win32/file_association.h"
#include "harness/win32/object_payloads.h"
#include "harness/win32/wait.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

constexpr int kMaxPackets = 1024;
constexpr uint16_t kNoPacket = 0xFFFF;

struct QueuedPacket {
  Packet packet;
  uint16_t next = kNoPacket;
};

struct Queue {
  uint16_t first = kNoPacket;
  uint16_t last = kNoPacket;
};

QueuedPacket packets[kMaxPackets];
uint16_t first_free = kNoPacket;
uint16_t packets_used = 0;  // those never used in this run are free too
Queue queues[kMaxObjects];  // one for each object, by its index

Queue& QueueOf(const Object& port) { return queues[IndexOf(&port)]; }

uint16_t TakePacketSlot() {
  if (first_free != kNoPacket) {
    const uint16_t slot = first_free;
    first_free = packets[slot].next;
    return slot;
  }
  return packets_used < kMaxPackets ? packets_used++ : kNoPacket;
}

Packet PopPacket(Object& port) {
  Queue& queue = QueueOf(port);
  assert(queue.first != kNoPacket);
  const uint16_t slot = queue.first;
  queue.first = packets[slot].next;
  if (queue.first == kNoPacket) queue.last = kNoPacket;
  packets[slot].next = first_free;
  first_free = slot;
  return packets[slot].packet;
}

// Waits until a packet is this worker's. The result is that of the wait.
DWORD WaitForPacket(CallScope& call, Object& port, DWORD timeout_ms, BOOL alertable, Method method,
                    const char* what) {
  WaitRequest request;
  request.objects[0] = &port;
  request.count = 1;
  request.alertable = alertable != FALSE;
  request.timeout_ms = timeout_ms;
  request.method = method;
  request.what = what;
  const DWORD result = Wait(call, request);
  if (result == WAIT_TIMEOUT) Self().last_error = WAIT_TIMEOUT;
  return result;
}

OVERLAPPED_ENTRY EntryOf(const Packet& packet) {
  return {.lpCompletionKey = packet.key,
          .lpOverlapped = packet.overlapped,
          .Internal = packet.error,
          .dwNumberOfBytesTransferred = packet.bytes};
}

HANDLE NewPort(CallScope& call) {
  Object* port = NewObject(ObjectKind::kPort);
  if (port == nullptr) return nullptr;
  QueueOf(*port) = Queue{};
  const uint32_t number = port->number;
  HANDLE handle = NewHandle(port);
  call.Record(Method::kWin32_CreateIoCompletionPort, handle != nullptr, number);
  return handle;
}

}  // namespace

bool PostPacket(Object& port, const Packet& packet) {
  const uint16_t slot = TakePacketSlot();
  if (slot == kNoPacket) {
    Self().last_error = ERROR_NO_SYSTEM_RESOURCES;
    return false;
  }
  packets[slot] = {.packet = packet, .next = kNoPacket};
  Queue& queue = QueueOf(port);
  (queue.first == kNoPacket ? queue.first : packets[queue.last].next) = slot;
  queue.last = slot;
  OrderRelease(&port);
  ++port.count;
  ObjectSignalled(port);
  return true;
}

void ClosePort(Object& port) {
  while (QueueOf(port).first != kNoPacket) PopPacket(port);
}

void ResetPorts() {
  first_free = kNoPacket;
  packets_used = 0;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" HANDLE WINAPI CreateIoCompletionPort(HANDLE file, HANDLE existing_port, ULONG_PTR key,
                                                DWORD) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  HANDLE handle = existing_port == nullptr ? NewPort(call) : existing_port;
  Object* port = handle == nullptr ? nullptr : ObjectOf(handle, ObjectKind::kPort);
  if (port == nullptr) return nullptr;
  if (file == INVALID_HANDLE_VALUE) return handle;
  Object* object = ObjectOf(file, ObjectKind::kFile);
  if (object != nullptr && AssociateFile(*object, *port, key)) return handle;
  if (existing_port == nullptr) RemoveHandle(handle);
  Self().last_error = ERROR_INVALID_PARAMETER;
  return nullptr;
}

extern "C" BOOL WINAPI PostQueuedCompletionStatus(HANDLE handle, DWORD bytes, ULONG_PTR key,
                                                  LPOVERLAPPED overlapped) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* port = ObjectOf(handle, ObjectKind::kPort);
  const bool is_done =
      port != nullptr && PostPacket(*port, {.key = key, .overlapped = overlapped, .bytes = bytes});
  call.Record(Method::kWin32_PostQueuedCompletionStatus, is_done, bytes);
  return is_done;
}

extern "C" BOOL WINAPI GetQueuedCompletionStatus(HANDLE handle, LPDWORD bytes, PULONG_PTR key,
                                                 LPOVERLAPPED* overlapped, DWORD timeout_ms) {
  CallScope call(__builtin_return_address(0));
  if (overlapped != nullptr) *overlapped = nullptr;
  if (call.draining() || bytes == nullptr || key == nullptr || overlapped == nullptr) return FALSE;
  constexpr Method kMethod = Method::kWin32_GetQueuedCompletionStatus;
  Object* port = ObjectOf(handle, ObjectKind::kPort);
  if (port == nullptr) return FALSE;
  const DWORD result =
      WaitForPacket(call, *port, timeout_ms, FALSE, kMethod, "GetQueuedCompletionStatus");
  if (result != WAIT_OBJECT_0) return FALSE;
  const Packet packet = PopPacket(*port);
  *bytes = packet.bytes;
  *key = packet.key;
  *overlapped = packet.overlapped;
  if (packet.error != 0) Self().last_error = packet.error;
  call.Record(kMethod, packet.error == 0, packet.bytes);
  return packet.error == 0;
}

extern "C" BOOL WINAPI GetQueuedCompletionStatusEx(HANDLE handle, LPOVERLAPPED_ENTRY entries,
                                                   ULONG count, PULONG removed, DWORD timeout_ms,
                                                   BOOL alertable) {
  CallScope call(__builtin_return_address(0));
  if (removed != nullptr) *removed = 0;
  if (call.draining() || entries == nullptr || removed == nullptr || count == 0) return FALSE;
  constexpr Method kMethod = Method::kWin32_GetQueuedCompletionStatusEx;
  Object* port = ObjectOf(handle, ObjectKind::kPort);
  if (port == nullptr) return FALSE;
  const DWORD result =
      WaitForPacket(call, *port, timeout_ms, alertable, kMethod, "GetQueuedCompletionStatusEx");
  if (result == WAIT_IO_COMPLETION) Self().last_error = WAIT_IO_COMPLETION;
  if (result != WAIT_OBJECT_0) return FALSE;
  entries[(*removed)++] = EntryOf(PopPacket(*port));
  while (*removed < count && port->count > 0) {
    --port->count;
    entries[(*removed)++] = EntryOf(PopPacket(*port));
  }
  call.Record(kMethod, TRUE, *removed);
  return TRUE;
}
