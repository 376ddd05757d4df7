// The contents of the private folder, and what is open in it.
#ifndef PENDULUM_WIN32_FILE_TABLE_H_
#define PENDULUM_WIN32_FILE_TABLE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/win32/boundary.h"
#include "harness/win32/files.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {

struct StoredFile {
  bool is_used = false;
  bool is_directory = false;
  bool is_deleted = false;  // gone from the folder, kept while it is open
  uint16_t open_count = 0;
  uint32_t attributes = 0;  // FILE_ATTRIBUTE_…
  uint64_t written_ticks = 0;
  char path[kMaxPathBytes] = {};  // normalised
  std::vector<uint8_t> bytes;     // keeps its capacity from run to run
};

// What an open file's handle refers to, by the index of its object.
struct OpenFile {
  uint16_t file = 0;
  uint64_t position = 0;
  DWORD access = 0;
  bool is_overlapped = false;
  bool deletes_on_close = false;
  uint8_t notification_modes = 0;  // FILE_SKIP_…
  uint16_t port = kNoObject;       // with a reference
  ULONG_PTR key = 0;
};

// `path` in the form that the table compares: / for \, no \\?\ in front, no / at the end. Empty
// for a path that is empty or too long.
class NormalPath {
 public:
  explicit NormalPath(const char* path);
  const char* c_str() const { return text_; }
  std::string_view view() const { return text_; }
  bool empty() const { return text_[0] == '\0'; }

 private:
  char text_[kMaxPathBytes] = {};
};

// The file or folder of that name, nullptr if there is none.
StoredFile* FindFile(const NormalPath& path);
// True for folders made by the module and for those that a file's path goes through.
bool FolderExists(const NormalPath& path);
// A new empty file or folder; nullptr with the last error set when the table is full.
StoredFile* AddFile(const NormalPath& path, bool is_directory);
// Removes it from the folder; its contents go when nothing has it open.
void RemoveFile(StoredFile& file);
StoredFile* FileAt(int index);
int IndexOf(const StoredFile* file);
// FILE_ATTRIBUTE_… as Windows reports them.
DWORD AttributesOf(const StoredFile& file);

// The open file behind a handle; nullptr with ERROR_INVALID_HANDLE if it is none.
OpenFile* OpenFileOf(HANDLE handle, Object** object = nullptr);
OpenFile& OpenFileAt(const Object& object);
StoredFile& ContentsOf(const OpenFile& open);
// Opens a file: the state for a new object. The caller makes the handle.
Object* NewOpenFile(StoredFile& file, DWORD access, DWORD flags);

// Forgets overlapped operations that have not ended. Part of BeginRun.
void ResetTransfers();

// Matches a file name with * and ? against a pattern, without case.
bool MatchesPattern(std::string_view name, std::string_view pattern);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_FILE_TABLE_H_
