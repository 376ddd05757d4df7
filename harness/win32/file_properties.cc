// Positions, sizes and times of open files.
#include "harness/win32/clock.h"
#include "harness/win32/file_table.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

DWORD Low(uint64_t value) { return static_cast<DWORD>(value); }
DWORD High(uint64_t value) { return static_cast<DWORD>(value >> 32); }

// The new position, -1 with the last error set for one that is not possible.
int64_t MovePosition(OpenFile& open, int64_t distance, DWORD method) {
  const auto size = static_cast<int64_t>(ContentsOf(open).bytes.size());
  const int64_t from = method == FILE_BEGIN ? 0
                       : method == FILE_END ? size
                                            : static_cast<int64_t>(open.position);
  if (method > FILE_END || from + distance < 0) {
    Self().last_error = method > FILE_END ? ERROR_INVALID_PARAMETER : ERROR_NEGATIVE_SEEK;
    return -1;
  }
  open.position = static_cast<uint64_t>(from + distance);
  return from + distance;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" DWORD WINAPI SetFilePointer(HANDLE file, LONG distance, PLONG distance_high,
                                       DWORD method) {
  CallScope call(__builtin_return_address(0));
  OpenFile* open = call.draining() ? nullptr : OpenFileOf(file);
  if (open == nullptr) return INVALID_SET_FILE_POINTER;
  const int64_t whole = distance_high == nullptr
                            ? int64_t{distance}
                            : (int64_t{*distance_high} << 32) | static_cast<uint32_t>(distance);
  const int64_t position = MovePosition(*open, whole, method);
  call.Record(Method::kWin32_SetFilePointer, position >= 0, Low(static_cast<uint64_t>(position)));
  if (position < 0) return INVALID_SET_FILE_POINTER;
  if (distance_high != nullptr) *distance_high = static_cast<LONG>(position >> 32);
  Self().last_error = NO_ERROR;
  return Low(static_cast<uint64_t>(position));
}

extern "C" BOOL WINAPI SetFilePointerEx(HANDLE file, LARGE_INTEGER distance,
                                        PLARGE_INTEGER new_position, DWORD method) {
  CallScope call(__builtin_return_address(0));
  OpenFile* open = call.draining() ? nullptr : OpenFileOf(file);
  if (open == nullptr) return FALSE;
  const int64_t position = MovePosition(*open, distance.QuadPart, method);
  if (position < 0) return FALSE;
  if (new_position != nullptr) new_position->QuadPart = position;
  return TRUE;
}

extern "C" BOOL WINAPI SetEndOfFile(HANDLE file) {
  CallScope call(__builtin_return_address(0));
  OpenFile* open = call.draining() ? nullptr : OpenFileOf(file);
  if (open == nullptr) return FALSE;
  ContentsOf(*open).bytes.resize(open->position);
  return TRUE;
}

extern "C" BOOL WINAPI FlushFileBuffers(HANDLE file) {
  CallScope call(__builtin_return_address(0));
  return !call.draining() && OpenFileOf(file) != nullptr;
}

extern "C" DWORD WINAPI GetFileSize(HANDLE file, LPDWORD size_high) {
  CallScope call(__builtin_return_address(0));
  const OpenFile* open = call.draining() ? nullptr : OpenFileOf(file);
  if (open == nullptr) return INVALID_FILE_SIZE;
  const uint64_t size = ContentsOf(*open).bytes.size();
  if (size_high != nullptr) *size_high = High(size);
  call.Record(Method::kWin32_GetFileSize, Low(size));
  Self().last_error = NO_ERROR;
  return Low(size);
}

extern "C" BOOL WINAPI GetFileSizeEx(HANDLE file, PLARGE_INTEGER size) {
  CallScope call(__builtin_return_address(0));
  const OpenFile* open = call.draining() ? nullptr : OpenFileOf(file);
  if (open == nullptr || size == nullptr) return FALSE;
  size->QuadPart = static_cast<LONGLONG>(ContentsOf(*open).bytes.size());
  call.Record(Method::kWin32_GetFileSizeEx, TRUE, Low(ContentsOf(*open).bytes.size()));
  return TRUE;
}

extern "C" DWORD WINAPI GetFileType(HANDLE file) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return OpenFileOf(file) == nullptr ? FILE_TYPE_UNKNOWN : FILE_TYPE_DISK;
}

extern "C" BOOL WINAPI GetFileTime(HANDLE file, LPFILETIME creation, LPFILETIME access,
                                   LPFILETIME write) {
  CallScope call(__builtin_return_address(0));
  const OpenFile* open = OpenFileOf(file);
  if (open == nullptr) return FALSE;
  const FILETIME time = FileTimeOf(ContentsOf(*open).written_ticks);
  for (FILETIME* place : {creation, access, write}) {
    if (place != nullptr) *place = time;
  }
  return TRUE;
}

extern "C" BOOL WINAPI GetFileInformationByHandle(HANDLE file,
                                                  LPBY_HANDLE_FILE_INFORMATION information) {
  CallScope call(__builtin_return_address(0));
  const OpenFile* open = OpenFileOf(file);
  if (open == nullptr || information == nullptr) return FALSE;
  const StoredFile& stored = ContentsOf(*open);
  const FILETIME time = FileTimeOf(stored.written_ticks);
  *information = {.dwFileAttributes = AttributesOf(stored),
                  .ftCreationTime = time,
                  .ftLastAccessTime = time,
                  .ftLastWriteTime = time,
                  .dwVolumeSerialNumber = 1,
                  .nFileSizeHigh = High(stored.bytes.size()),
                  .nFileSizeLow = Low(stored.bytes.size()),
                  .nNumberOfLinks = 1,
                  .nFileIndexHigh = 0,
                  .nFileIndexLow = open->file};
  return TRUE;
}
