// Files and folders by name: attributes, deleting, copying, moving.
#include <algorithm>
#include <cstring>
#include <string_view>

#include "harness/win32/clock.h"
#include "harness/win32/conversion.h"
#include "harness/win32/file_table.h"
#include "harness/win32/text_result.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;
using Path = NarrowText<kMaxPathBytes>;

BOOL Fail(DWORD error) {
  Self().last_error = error;
  return FALSE;
}

DWORD Attributes(const char* name) {
  const NormalPath path(name);
  if (const StoredFile* file = FindFile(path); file != nullptr) return AttributesOf(*file);
  if (!path.empty() && FolderExists(path)) return FILE_ATTRIBUTE_DIRECTORY;
  Self().last_error = ERROR_FILE_NOT_FOUND;
  return INVALID_FILE_ATTRIBUTES;
}

BOOL SetAttributes(const char* name, DWORD attributes) {
  StoredFile* file = FindFile(NormalPath(name));
  if (file == nullptr) return Fail(ERROR_FILE_NOT_FOUND);
  file->attributes = attributes & ~FILE_ATTRIBUTE_NORMAL;
  return TRUE;
}

BOOL AttributesEx(const char* name, void* information) {
  const DWORD attributes = Attributes(name);
  if (attributes == INVALID_FILE_ATTRIBUTES || information == nullptr) return FALSE;
  const StoredFile* file = FindFile(NormalPath(name));
  const FILETIME time = FileTimeOf(file == nullptr ? kEpochTicks : file->written_ticks);
  const uint64_t size = file == nullptr ? 0 : file->bytes.size();
  *static_cast<WIN32_FILE_ATTRIBUTE_DATA*>(information) = {
      .dwFileAttributes = attributes,
      .ftCreationTime = time,
      .ftLastAccessTime = time,
      .ftLastWriteTime = time,
      .nFileSizeHigh = static_cast<DWORD>(size >> 32),
      .nFileSizeLow = static_cast<DWORD>(size)};
  return TRUE;
}

BOOL Delete(CallScope& call, const char* name) {
  if (call.draining()) return FALSE;
  StoredFile* file = FindFile(NormalPath(name));
  const bool is_file = file != nullptr && !file->is_directory;
  if (is_file) RemoveFile(*file);
  call.Record(Method::kWin32_DeleteFile, is_file);
  if (is_file) return TRUE;
  return Fail(file == nullptr ? ERROR_FILE_NOT_FOUND : ERROR_ACCESS_DENIED);
}

BOOL Copy(const char* from, const char* to, BOOL fail_if_exists) {
  StoredFile* source = FindFile(NormalPath(from));
  if (source == nullptr || source->is_directory) return Fail(ERROR_FILE_NOT_FOUND);
  const NormalPath target_path(to);
  if (target_path.empty()) return Fail(ERROR_INVALID_NAME);
  StoredFile* target = FindFile(target_path);
  if (target != nullptr && fail_if_exists) return Fail(ERROR_FILE_EXISTS);
  if (target == nullptr) target = AddFile(target_path, false);
  if (target == nullptr) return FALSE;
  target->bytes = source->bytes;
  target->written_ticks = source->written_ticks;
  return TRUE;
}

BOOL Move(const char* from, const char* to, DWORD flags) {
  StoredFile* source = FindFile(NormalPath(from));
  if (source == nullptr) return Fail(ERROR_FILE_NOT_FOUND);
  const NormalPath target_path(to);
  if (target_path.empty()) return Fail(ERROR_INVALID_NAME);
  StoredFile* target = FindFile(target_path);
  if (target != nullptr && target != source) {
    if ((flags & MOVEFILE_REPLACE_EXISTING) == 0) return Fail(ERROR_ALREADY_EXISTS);
    RemoveFile(*target);
  }
  std::strcpy(source->path, target_path.c_str());
  return TRUE;
}

BOOL MakeFolder(const char* name) {
  const NormalPath path(name);
  if (path.empty()) return Fail(ERROR_INVALID_NAME);
  if (FindFile(path) != nullptr || FolderExists(path)) return Fail(ERROR_ALREADY_EXISTS);
  return AddFile(path, true) != nullptr;
}

BOOL RemoveFolder(const char* name) {
  const NormalPath path(name);
  StoredFile* folder = FindFile(path);
  if (folder == nullptr || !folder->is_directory) return Fail(ERROR_PATH_NOT_FOUND);
  folder->is_deleted = true;
  const bool has_contents = FolderExists(path);
  folder->is_deleted = false;
  if (has_contents) return Fail(ERROR_DIR_NOT_EMPTY);
  RemoveFile(*folder);
  return TRUE;
}

// A full path is one with a drive or a server in front.
template <typename Character>
DWORD FullPath(const char* name, Character* buffer, DWORD size, Character** file_part) {
  const std::string_view given(name == nullptr ? "" : name);
  const bool is_full = given.substr(0, 1) == "\\" || given.substr(1, 1) == ":";
  char full[kMaxPathBytes + 32] = "C:\\Windows\\System32\\inetsrv\\";
  size_t length = is_full ? 0 : std::strlen(full);
  for (const char c : given.substr(0, kMaxPathBytes - 1)) full[length++] = c == '/' ? '\\' : c;
  const DWORD given_length = GiveText({full, length}, buffer, size);
  if (file_part != nullptr) {
    *file_part = nullptr;
    for (DWORD i = 0; given_length < size && i < given_length; ++i) {
      if (buffer[i] == '\\' && buffer[i + 1] != 0) *file_part = buffer + i + 1;
    }
  }
  return given_length;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" DWORD WINAPI GetFileAttributesA(LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return Attributes(name);
}

extern "C" DWORD WINAPI GetFileAttributesW(LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return Attributes(Path(name).c_str());
}

extern "C" BOOL WINAPI SetFileAttributesA(LPCSTR name, DWORD attributes) {
  CallScope call(__builtin_return_address(0));
  return SetAttributes(name, attributes);
}

extern "C" BOOL WINAPI SetFileAttributesW(LPCWSTR name, DWORD attributes) {
  CallScope call(__builtin_return_address(0));
  return SetAttributes(Path(name).c_str(), attributes);
}

extern "C" BOOL WINAPI GetFileAttributesExA(LPCSTR name, GET_FILEEX_INFO_LEVELS,
                                            LPVOID information) {
  CallScope call(__builtin_return_address(0));
  return AttributesEx(name, information);
}

extern "C" BOOL WINAPI GetFileAttributesExW(LPCWSTR name, GET_FILEEX_INFO_LEVELS,
                                            LPVOID information) {
  CallScope call(__builtin_return_address(0));
  return AttributesEx(Path(name).c_str(), information);
}

extern "C" BOOL WINAPI DeleteFileA(LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return Delete(call, name);
}

extern "C" BOOL WINAPI DeleteFileW(LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return Delete(call, Path(name).c_str());
}

extern "C" BOOL WINAPI CopyFileA(LPCSTR from, LPCSTR to, BOOL fail_if_exists) {
  CallScope call(__builtin_return_address(0));
  return Copy(from, to, fail_if_exists);
}

extern "C" BOOL WINAPI CopyFileW(LPCWSTR from, LPCWSTR to, BOOL fail_if_exists) {
  CallScope call(__builtin_return_address(0));
  return Copy(Path(from).c_str(), Path(to).c_str(), fail_if_exists);
}

extern "C" BOOL WINAPI MoveFileA(LPCSTR from, LPCSTR to) {
  CallScope call(__builtin_return_address(0));
  return Move(from, to, 0);
}

extern "C" BOOL WINAPI MoveFileW(LPCWSTR from, LPCWSTR to) {
  CallScope call(__builtin_return_address(0));
  return Move(Path(from).c_str(), Path(to).c_str(), 0);
}

extern "C" BOOL WINAPI MoveFileExA(LPCSTR from, LPCSTR to, DWORD flags) {
  CallScope call(__builtin_return_address(0));
  return Move(from, to, flags);
}

extern "C" BOOL WINAPI MoveFileExW(LPCWSTR from, LPCWSTR to, DWORD flags) {
  CallScope call(__builtin_return_address(0));
  return Move(Path(from).c_str(), Path(to).c_str(), flags);
}

extern "C" BOOL WINAPI CreateDirectoryA(LPCSTR name, LPSECURITY_ATTRIBUTES) {
  CallScope call(__builtin_return_address(0));
  return MakeFolder(name);
}

extern "C" BOOL WINAPI CreateDirectoryW(LPCWSTR name, LPSECURITY_ATTRIBUTES) {
  CallScope call(__builtin_return_address(0));
  return MakeFolder(Path(name).c_str());
}

extern "C" BOOL WINAPI RemoveDirectoryA(LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return RemoveFolder(name);
}

extern "C" BOOL WINAPI RemoveDirectoryW(LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return RemoveFolder(Path(name).c_str());
}

extern "C" DWORD WINAPI GetFullPathNameA(LPCSTR name, DWORD length, LPSTR buffer,
                                         LPSTR* file_part) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FullPath(name, buffer, length, file_part);
}

extern "C" DWORD WINAPI GetFullPathNameW(LPCWSTR name, DWORD length, LPWSTR buffer,
                                         LPWSTR* file_part) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FullPath(Path(name).c_str(), buffer, length, file_part);
}

extern "C" DWORD WINAPI GetTempPathA(DWORD length, LPSTR buffer) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows\\Temp\\", buffer, length);
}

extern "C" DWORD WINAPI GetTempPathW(DWORD length, LPWSTR buffer) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows\\Temp\\", buffer, length);
}

extern "C" DWORD WINAPI GetCurrentDirectoryA(DWORD length, LPSTR buffer) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows\\System32\\inetsrv", buffer, length);
}

extern "C" DWORD WINAPI GetCurrentDirectoryW(DWORD length, LPWSTR buffer) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows\\System32\\inetsrv", buffer, length);
}
