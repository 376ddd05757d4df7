// The private folder that the module's files live in: a table in memory, empty at the start of a
// run except for what the scenario puts there. Names are compared without case, and \ is /.
#ifndef PENDULUM_WIN32_FILES_H_
#define PENDULUM_WIN32_FILES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harness/win32/object.h"

namespace pendulum::win32 {

inline constexpr int kMaxFiles = 64;
inline constexpr size_t kMaxPathBytes = 260;

// The whole contents of the file behind a handle; valid until the file is written or closed. False
// when the handle is not that of a file.
bool FileHandleBytes(HANDLE file, const uint8_t** data, size_t* size);

// Puts a file into the folder, as it stands at the start of each further run. Not during a run.
void PreloadFile(std::string_view path, std::string_view contents);
// Takes back all preloaded files.
void ClearPreloadedFiles();

// Opens a file for the host, which is the caller of CreateFile then. NULL if it does not exist.
HANDLE OpenFileForHost(const char* path);

// Forgets files and what was open. Part of BeginRun.
void ResetFiles();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_FILES_H_
