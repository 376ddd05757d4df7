#include "harness/win32/file_table.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "harness/win32/clock.h"
#include "harness/win32/file_association.h"
#include "harness/win32/object_payloads.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

struct Preloaded {
  std::string path;
  std::string contents;
};

StoredFile files[kMaxFiles];
int files_used = 0;  // those from here on were not taken in this run
OpenFile open_files[kMaxObjects];
std::vector<Preloaded> preloaded;

char Lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

bool SameText(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return Lower(a) == Lower(b); });
}

void Forget(StoredFile& file) {
  file.is_used = false;
  file.bytes.clear();
}

}  // namespace

NormalPath::NormalPath(const char* path) {
  if (path == nullptr) return;
  std::string_view text(path);
  if (text.substr(0, 4) == "\\\\?\\") text.remove_prefix(4);
  while (text.size() > 1 && (text.back() == '\\' || text.back() == '/')) text.remove_suffix(1);
  if (text.size() >= kMaxPathBytes) return;
  std::replace_copy(text.begin(), text.end(), text_, '\\', '/');
  text_[text.size()] = '\0';
}

StoredFile* FindFile(const NormalPath& path) {
  for (StoredFile& file : files) {
    if (file.is_used && !file.is_deleted && SameText(file.path, path.view())) return &file;
  }
  return nullptr;
}

bool FolderExists(const NormalPath& path) {
  const std::string_view folder = path.view();
  for (const StoredFile& file : files) {
    if (!file.is_used || file.is_deleted) continue;
    const std::string_view name(file.path);
    if (file.is_directory && SameText(name, folder)) return true;
    if (name.size() > folder.size() && name[folder.size()] == '/' &&
        SameText(name.substr(0, folder.size()), folder)) {
      return true;
    }
  }
  return false;
}

StoredFile* AddFile(const NormalPath& path, bool is_directory) {
  for (StoredFile& file : files) {
    if (file.is_used) continue;
    file.is_used = true;
    files_used = std::max(files_used, IndexOf(&file) + 1);
    file.is_directory = is_directory;
    file.is_deleted = false;
    file.open_count = 0;
    file.attributes = 0;
    file.written_ticks = NowTicks();
    std::memcpy(file.path, path.c_str(), kMaxPathBytes);
    file.bytes.clear();
    return &file;
  }
  Self().last_error = ERROR_DISK_FULL;
  return nullptr;
}

void RemoveFile(StoredFile& file) {
  file.is_deleted = true;
  if (file.open_count == 0) Forget(file);
}

StoredFile* FileAt(int index) { return &files[index]; }
int IndexOf(const StoredFile* file) { return static_cast<int>(file - files); }

DWORD AttributesOf(const StoredFile& file) {
  if (file.is_directory) return file.attributes | FILE_ATTRIBUTE_DIRECTORY;
  return file.attributes != 0 ? file.attributes : FILE_ATTRIBUTE_ARCHIVE;
}

OpenFile* OpenFileOf(HANDLE handle, Object** object) {
  Object* found = ObjectOf(handle, ObjectKind::kFile);
  if (object != nullptr) *object = found;
  return found == nullptr ? nullptr : &open_files[IndexOf(found)];
}

OpenFile& OpenFileAt(const Object& object) { return open_files[IndexOf(&object)]; }

StoredFile& ContentsOf(const OpenFile& open) { return files[open.file]; }

Object* NewOpenFile(StoredFile& file, DWORD access, DWORD flags) {
  Object* object = NewObject(ObjectKind::kFile);
  if (object == nullptr) return nullptr;
  OpenFile& open = open_files[IndexOf(object)];
  open = OpenFile{};
  open.file = static_cast<uint16_t>(IndexOf(&file));
  open.access = access;
  open.is_overlapped = (flags & FILE_FLAG_OVERLAPPED) != 0;
  open.deletes_on_close = (flags & FILE_FLAG_DELETE_ON_CLOSE) != 0;
  object->manual_reset = true;
  ++file.open_count;
  return object;
}

void CloseFile(Object& object) {
  OpenFile& open = open_files[IndexOf(&object)];
  StoredFile& file = files[open.file];
  --file.open_count;
  if (open.deletes_on_close) file.is_deleted = true;
  if (file.is_deleted && file.open_count == 0) Forget(file);
  if (open.port != kNoObject) Release(ObjectAt(open.port));
}

bool AssociateFile(Object& file, Object& port, ULONG_PTR key) {
  OpenFile& open = open_files[IndexOf(&file)];
  if (!open.is_overlapped || open.port != kNoObject) return false;
  Reference(&port);
  open.port = static_cast<uint16_t>(IndexOf(&port));
  open.key = key;
  return true;
}

bool MatchesPattern(std::string_view name, std::string_view pattern) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*') {
    for (size_t skipped = 0; skipped <= name.size(); ++skipped) {
      if (MatchesPattern(name.substr(skipped), pattern.substr(1))) return true;
    }
    return false;
  }
  if (name.empty() || (pattern[0] != '?' && Lower(pattern[0]) != Lower(name[0]))) return false;
  return MatchesPattern(name.substr(1), pattern.substr(1));
}

bool FileHandleBytes(HANDLE handle, const uint8_t** data, size_t* size) {
  const OpenFile* open = OpenFileOf(handle);
  if (open == nullptr) return false;
  *data = ContentsOf(*open).bytes.data();
  *size = ContentsOf(*open).bytes.size();
  return true;
}

void PreloadFile(std::string_view path, std::string_view contents) {
  preloaded.push_back({.path = std::string(path), .contents = std::string(contents)});
}

void ClearPreloadedFiles() { preloaded.clear(); }

HANDLE OpenFileForHost(const char* path) {
  StoredFile* file = FindFile(NormalPath(path));
  if (file == nullptr || file->is_directory) return nullptr;
  Object* object = NewOpenFile(*file, GENERIC_READ, 0);
  return object == nullptr ? nullptr : NewHandle(object);
}

void ResetFiles() {
  ResetTransfers();
  for (int i = 0; i < files_used; ++i) {
    if (files[i].is_used) Forget(files[i]);
  }
  files_used = 0;
  for (const Preloaded& source : preloaded) {
    StoredFile* file = AddFile(NormalPath(source.path.c_str()), false);
    if (file != nullptr) file->bytes.assign(source.contents.begin(), source.contents.end());
  }
}

}  // namespace pendulum::win32
