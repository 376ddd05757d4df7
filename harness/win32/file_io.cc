// Opening, reading and writing files; overlapped operations end now or later, as the strategy says.
#include <algorithm>
#include <cstring>

#include "harness/win32/capture.h"
#include "harness/win32/clock.h"
#include "harness/win32/completion_port.h"
#include "harness/win32/conversion.h"
#include "harness/win32/file_table.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;
using Path = NarrowText<kMaxPathBytes>;

constexpr ULONG_PTR kStatusPending = 0x103;
constexpr uint64_t kMaxFileBytes = uint64_t{64} << 20;

BOOL Fail(DWORD error) {
  Self().last_error = error;
  return FALSE;
}

// The file to open by the rules of the disposition; nullptr with the last error set.
StoredFile* Dispose(const NormalPath& path, DWORD disposition, DWORD flags) {
  StoredFile* file = FindFile(path);
  if (file != nullptr && file->is_directory && (flags & FILE_FLAG_BACKUP_SEMANTICS) == 0) {
    Self().last_error = ERROR_ACCESS_DENIED;
    return nullptr;
  }
  const bool must_exist = disposition == OPEN_EXISTING || disposition == TRUNCATE_EXISTING;
  if (file == nullptr && must_exist) {
    Self().last_error = ERROR_FILE_NOT_FOUND;
    return nullptr;
  }
  if (file != nullptr && disposition == CREATE_NEW) {
    Self().last_error = ERROR_FILE_EXISTS;
    return nullptr;
  }
  const bool existed = file != nullptr;
  if (!existed) file = AddFile(path, false);
  if (file == nullptr) return nullptr;
  if (disposition == CREATE_ALWAYS || disposition == TRUNCATE_EXISTING) file->bytes.clear();
  const bool tells = existed && (disposition == CREATE_ALWAYS || disposition == OPEN_ALWAYS);
  Self().last_error = tells ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS;
  return file;
}

HANDLE Open(CallScope& call, const char* name, DWORD access, DWORD disposition, DWORD flags) {
  if (call.draining()) return INVALID_HANDLE_VALUE;
  const NormalPath path(name);
  if (path.empty() || disposition < CREATE_NEW || disposition > TRUNCATE_EXISTING) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return INVALID_HANDLE_VALUE;
  }
  if (path.view().substr(0, 9) == "//./pipe/") {
    NotSimulated("CreateFile of a named pipe");
    Self().last_error = ERROR_FILE_NOT_FOUND;
    return INVALID_HANDLE_VALUE;
  }
  StoredFile* file = Dispose(path, disposition, flags);
  Object* object = file == nullptr ? nullptr : NewOpenFile(*file, access, flags);
  HANDLE handle = object == nullptr ? nullptr : NewHandle(object);
  call.Record(Method::kWin32_CreateFile, handle != nullptr);
  return handle == nullptr ? INVALID_HANDLE_VALUE : handle;
}

uint64_t OffsetOf(const OVERLAPPED& overlapped) {
  return uint64_t{overlapped.OffsetHigh} << 32 | overlapped.Offset;
}

struct Transfer {
  bool is_read = false;
  void* target = nullptr;
  const void* source = nullptr;
  DWORD bytes = 0;
};

// Moves the bytes at `offset`; returns how many. A read past the end is an error when overlapped.
DWORD Move(StoredFile& file, uint64_t offset, const Transfer& transfer, DWORD* error) {
  *error = ERROR_SUCCESS;
  if (transfer.is_read) {
    if (offset >= file.bytes.size()) {
      *error = transfer.bytes == 0 ? ERROR_SUCCESS : ERROR_HANDLE_EOF;
      return 0;
    }
    const auto count =
        static_cast<DWORD>(std::min<uint64_t>(transfer.bytes, file.bytes.size() - offset));
    std::memcpy(transfer.target, file.bytes.data() + offset, count);
    return count;
  }
  if (offset + transfer.bytes > kMaxFileBytes) {
    *error = ERROR_DISK_FULL;
    return 0;
  }
  if (transfer.bytes == 0) return 0;
  if (file.bytes.size() < offset + transfer.bytes) file.bytes.resize(offset + transfer.bytes);
  std::memcpy(file.bytes.data() + offset, transfer.source, transfer.bytes);
  file.written_ticks = NowTicks();
  return transfer.bytes;
}

// An overlapped operation that has not ended; by slot.
struct PendingTransfer {
  bool is_used = false;
  sched::TransitionId transition = sched::kNoTransition;
  uint16_t file = kNoObject;   // with a reference
  uint16_t event = kNoObject;  // with a reference
  OVERLAPPED* overlapped = nullptr;
  Transfer transfer;
};
constexpr int kMaxPendingTransfers = 32;
PendingTransfer pending[kMaxPendingTransfers];
int pending_used = 0;  // those from here on were not taken in this run

// Tells all who are to know that an operation has ended.
void Announce(Object& file, Object* event, OVERLAPPED* overlapped, DWORD bytes, DWORD error,
              bool was_inline) {
  overlapped->InternalHigh = bytes;
  overlapped->Internal = error;
  const OpenFile& open = OpenFileAt(file);
  const auto signal = [](Object& object) {
    OrderRelease(&object);
    object.signalled = true;
    ObjectSignalled(object);
  };
  if ((open.notification_modes & FILE_SKIP_SET_EVENT_ON_HANDLE) == 0) signal(file);
  if (event != nullptr) signal(*event);
  const bool skips = was_inline && error == ERROR_SUCCESS &&
                     (open.notification_modes & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS) != 0;
  // A hidden bit in the event's handle keeps the packet away.
  const bool wants_packet = (reinterpret_cast<uintptr_t>(overlapped->hEvent) & 1) == 0;
  if (open.port != kNoObject && !skips && wants_packet) {
    PostPacket(*ObjectAt(open.port),
               {.key = open.key, .overlapped = overlapped, .bytes = bytes, .error = error});
  }
}

void FinishTransfer(PendingTransfer& transfer, bool is_cancelled) {
  transfer.is_used = false;
  Object& file = *ObjectAt(transfer.file);
  Object* event = transfer.event == kNoObject ? nullptr : ObjectAt(transfer.event);
  DWORD error = ERROR_OPERATION_ABORTED;
  DWORD bytes = 0;
  if (!is_cancelled) {
    bytes = Move(ContentsOf(OpenFileAt(file)), OffsetOf(*transfer.overlapped), transfer.transfer,
                 &error);
  }
  Announce(file, event, transfer.overlapped, bytes, error, false);
  Release(&file);
  if (event != nullptr) Release(event);
}

void TransferEnds(void* argument, uint32_t) {
  TouchWin32();
  FinishTransfer(*static_cast<PendingTransfer*>(argument), false);
}

Object* EventOf(const OVERLAPPED& overlapped) {
  const auto value = reinterpret_cast<uintptr_t>(overlapped.hEvent) & ~uintptr_t{1};
  return value == 0 ? nullptr : ObjectOf(reinterpret_cast<HANDLE>(value), ObjectKind::kEvent);
}

// Whether the operation could be made pending.
bool MakePending(Object& file, OVERLAPPED* overlapped, Object* event, const Transfer& transfer) {
  PendingTransfer* slot = std::find_if(std::begin(pending), std::end(pending),
                                       [](const PendingTransfer& p) { return !p.is_used; });
  if (slot == std::end(pending)) return false;
  pending_used = std::max(pending_used, static_cast<int>(slot - pending) + 1);
  const sched::TransitionId transition =
      boundary.scheduler->Post(TransferEnds, slot, 0, sched::kNoRequest, sched::kNoOperation);
  if (transition == sched::kNoTransition) return false;
  Reference(&file);
  if (event != nullptr) Reference(event);
  *slot = {.is_used = true,
           .transition = transition,
           .file = static_cast<uint16_t>(IndexOf(&file)),
           .event = event == nullptr ? kNoObject : static_cast<uint16_t>(IndexOf(event)),
           .overlapped = overlapped,
           .transfer = transfer};
  overlapped->Internal = kStatusPending;
  return true;
}

BOOL RunOverlapped(Object& file, OVERLAPPED* overlapped, const Transfer& transfer, DWORD* count) {
  Object* event = EventOf(*overlapped);
  file.signalled = false;
  if (event != nullptr) event->signalled = false;
  const bool is_pending = boundary.scheduler->Choose(sched::Question::kTiming, 2, sched::kNoRequest,
                                                     sched::kNoOperation) == 1;
  if (is_pending && MakePending(file, overlapped, event, transfer)) return Fail(ERROR_IO_PENDING);
  DWORD error = ERROR_SUCCESS;
  const DWORD bytes = Move(ContentsOf(OpenFileAt(file)), OffsetOf(*overlapped), transfer, &error);
  // An operation that fails at once announces nothing.
  if (error != ERROR_SUCCESS) return Fail(error);
  if (count != nullptr) *count = bytes;
  Announce(file, event, overlapped, bytes, error, true);
  return TRUE;
}

BOOL RunTransfer(CallScope& call, HANDLE handle, const Transfer& transfer, DWORD* count,
                 OVERLAPPED* overlapped) {
  if (count != nullptr) *count = 0;
  if (call.draining()) return FALSE;
  Object* object = nullptr;
  OpenFile* open = OpenFileOf(handle, &object);
  if (open == nullptr) return FALSE;
  const DWORD needed = transfer.is_read ? GENERIC_READ | FILE_READ_DATA
                                        : GENERIC_WRITE | FILE_WRITE_DATA | FILE_APPEND_DATA;
  if ((open->access & (needed | GENERIC_ALL)) == 0) return Fail(ERROR_ACCESS_DENIED);
  if (open->is_overlapped) {
    if (overlapped == nullptr) return Fail(ERROR_INVALID_PARAMETER);
    return RunOverlapped(*object, overlapped, transfer, count);
  }
  StoredFile& file = ContentsOf(*open);
  const bool appends = !transfer.is_read && (open->access & FILE_APPEND_DATA) != 0 &&
                       (open->access & (FILE_WRITE_DATA | GENERIC_WRITE)) == 0;
  if (overlapped != nullptr) open->position = OffsetOf(*overlapped);
  if (appends) open->position = file.bytes.size();
  DWORD error = ERROR_SUCCESS;
  const DWORD bytes = Move(file, open->position, transfer, &error);
  // At the end of the file a read without OVERLAPPED succeeds with no bytes.
  const bool is_end = error == ERROR_HANDLE_EOF && overlapped == nullptr;
  if (error != ERROR_SUCCESS && !is_end) return Fail(error);
  open->position += bytes;
  if (count != nullptr) *count = bytes;
  if (overlapped != nullptr) {
    overlapped->Internal = 0;
    overlapped->InternalHigh = bytes;
  }
  return TRUE;
}

BOOL Cancel(HANDLE handle, const OVERLAPPED* overlapped) {
  Object* object = nullptr;
  if (OpenFileOf(handle, &object) == nullptr) return FALSE;
  bool has_found = false;
  for (PendingTransfer& transfer : pending) {
    if (!transfer.is_used || transfer.file != IndexOf(object)) continue;
    if (overlapped != nullptr && transfer.overlapped != overlapped) continue;
    boundary.scheduler->Cancel(transfer.transition);
    FinishTransfer(transfer, true);
    has_found = true;
  }
  return has_found ? TRUE : Fail(ERROR_NOT_FOUND);
}

}  // namespace

void ResetTransfers() {
  for (int i = 0; i < pending_used; ++i) pending[i].is_used = false;
  pending_used = 0;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" HANDLE WINAPI CreateFileA(LPCSTR name, DWORD access, DWORD, LPSECURITY_ATTRIBUTES,
                                     DWORD disposition, DWORD flags, HANDLE) {
  CallScope call(__builtin_return_address(0));
  return Open(call, name, access, disposition, flags);
}

extern "C" HANDLE WINAPI CreateFileW(LPCWSTR name, DWORD access, DWORD, LPSECURITY_ATTRIBUTES,
                                     DWORD disposition, DWORD flags, HANDLE) {
  CallScope call(__builtin_return_address(0));
  return Open(call, Path(name).c_str(), access, disposition, flags);
}

extern "C" BOOL WINAPI ReadFile(HANDLE file, LPVOID buffer, DWORD bytes_to_read, LPDWORD bytes_read,
                                LPOVERLAPPED overlapped) {
  CallScope call(__builtin_return_address(0));
  const Transfer transfer{.is_read = true, .target = buffer, .bytes = bytes_to_read};
  const BOOL is_done = RunTransfer(call, file, transfer, bytes_read, overlapped);
  if (!call.draining()) {
    call.Record(Method::kWin32_ReadFile, is_done, bytes_read == nullptr ? 0 : *bytes_read);
  }
  return is_done;
}

extern "C" BOOL WINAPI WriteFile(HANDLE file, LPCVOID buffer, DWORD bytes_to_write,
                                 LPDWORD bytes_written, LPOVERLAPPED overlapped) {
  CallScope call(__builtin_return_address(0));
  const Transfer transfer{.source = buffer, .bytes = bytes_to_write};
  const BOOL is_done = RunTransfer(call, file, transfer, bytes_written, overlapped);
  if (!call.draining()) {
    call.Record(Method::kWin32_WriteFile, is_done, bytes_written == nullptr ? 0 : *bytes_written);
  }
  return is_done;
}

extern "C" BOOL WINAPI GetOverlappedResult(HANDLE file, LPOVERLAPPED overlapped, LPDWORD bytes,
                                           BOOL wait) {
  CallScope call(__builtin_return_address(0));
  if (call.draining() || overlapped == nullptr || bytes == nullptr) return FALSE;
  Object* object = nullptr;
  if (OpenFileOf(file, &object) == nullptr) return FALSE;
  Object* event = EventOf(*overlapped);
  while (overlapped->Internal == kStatusPending) {
    if (!wait) return Fail(ERROR_IO_INCOMPLETE);
    WaitRequest request;
    request.objects[0] = event != nullptr ? event : object;
    request.count = 1;
    request.timeout_ms = INFINITE;
    request.method = Method::kWin32_GetOverlappedResult;
    request.what = "GetOverlappedResult";
    if (Wait(call, request) != WAIT_OBJECT_0) return FALSE;
  }
  *bytes = static_cast<DWORD>(overlapped->InternalHigh);
  const auto error = static_cast<DWORD>(overlapped->Internal);
  call.Record(Method::kWin32_GetOverlappedResult, error == ERROR_SUCCESS, *bytes);
  return error == ERROR_SUCCESS ? TRUE : Fail(error);
}

extern "C" BOOL WINAPI CancelIo(HANDLE file) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  const bool is_done = Cancel(file, nullptr) || Self().last_error == ERROR_NOT_FOUND;
  call.Record(Method::kWin32_CancelIo, is_done);
  return is_done;
}

extern "C" BOOL WINAPI CancelIoEx(HANDLE file, LPOVERLAPPED overlapped) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  const BOOL is_done = Cancel(file, overlapped);
  call.Record(Method::kWin32_CancelIoEx, is_done);
  return is_done;
}

extern "C" BOOL WINAPI SetFileCompletionNotificationModes(HANDLE file, UCHAR flags) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  OpenFile* open = OpenFileOf(file);
  if (open == nullptr) return FALSE;
  open->notification_modes = flags;
  return TRUE;
}
