// Files, environment and time of the C runtime. What reaches the outside world is declared only:
// harness/win32 defines what it simulates.
#ifndef PENDULUM_SDK_CRT_FILES_H_
#define PENDULUM_SDK_CRT_FILES_H_

#include <stdio.h>
#include <time.h>

#include "crt/base.h"

#define _SH_DENYRW 0x10
#define _SH_DENYWR 0x20
#define _SH_DENYRD 0x30
#define _SH_DENYNO 0x40
#define _MAX_PATH 260
#define _MAX_DRIVE 3
#define _MAX_DIR 256
#define _MAX_FNAME 256
#define _MAX_EXT 256

typedef long long __time64_t;
typedef int __time32_t;
typedef void (*_invalid_parameter_handler)(const wchar_t* expression, const wchar_t* function,
                                           const wchar_t* file, unsigned int line,
                                           uintptr_t reserved);

extern "C" {
errno_t fopen_s(FILE** stream, const char* name, const char* mode);
errno_t freopen_s(FILE** stream, const char* name, const char* mode, FILE* old_stream);
errno_t _wfopen_s(FILE** stream, const wchar_t* name, const wchar_t* mode);
FILE* _wfopen(const wchar_t* name, const wchar_t* mode);
FILE* _fsopen(const char* name, const char* mode, int share_flag);
FILE* _wfsopen(const wchar_t* name, const wchar_t* mode, int share_flag);
char* _fullpath(char* buffer, const char* name, size_t size);
wchar_t* _wfullpath(wchar_t* buffer, const wchar_t* name, size_t size);
errno_t _splitpath_s(const char* path, char* drive, size_t drive_size, char* directory,
                     size_t directory_size, char* name, size_t name_size, char* extension,
                     size_t extension_size);
errno_t _wsplitpath_s(const wchar_t* path, wchar_t* drive, size_t drive_size, wchar_t* directory,
                      size_t directory_size, wchar_t* name, size_t name_size, wchar_t* extension,
                      size_t extension_size);
int sscanf_s(const char* text, const char* format, ...);
int swscanf_s(const wchar_t* text, const wchar_t* format, ...);

errno_t getenv_s(size_t* required, char* buffer, size_t size, const char* name);
errno_t _dupenv_s(char** buffer, size_t* size, const char* name);
errno_t _wgetenv_s(size_t* required, wchar_t* buffer, size_t size, const wchar_t* name);
int _putenv(const char* assignment);
errno_t _putenv_s(const char* name, const char* value);
errno_t rand_s(unsigned int* value);

_invalid_parameter_handler _set_invalid_parameter_handler(_invalid_parameter_handler handler);
__time64_t _time64(__time64_t* result);
}

// The time zone is UTC.
PENDULUM_INLINE errno_t gmtime_s(struct tm* result, const time_t* time) {
  if (result == nullptr || time == nullptr) {
    return pendulum_crt::Fail("gmtime_s", (char*)nullptr, 0, EINVAL);
  }
  return gmtime_r(time, result) != nullptr ? 0 : EINVAL;
}
PENDULUM_INLINE errno_t localtime_s(struct tm* result, const time_t* time) {
  return gmtime_s(result, time);
}
PENDULUM_INLINE errno_t _gmtime64_s(struct tm* result, const __time64_t* time) {
  time_t seconds = (time_t)(time == nullptr ? 0 : *time);
  return gmtime_s(result, time == nullptr ? nullptr : &seconds);
}
PENDULUM_INLINE errno_t _localtime64_s(struct tm* result, const __time64_t* time) {
  return _gmtime64_s(result, time);
}
PENDULUM_INLINE time_t _mkgmtime(struct tm* time) { return timegm(time); }
PENDULUM_INLINE errno_t asctime_s(char* buffer, size_t size, const struct tm* time) {
  if (buffer == nullptr || size < 26 || time == nullptr) {
    return pendulum_crt::Fail("asctime_s", buffer, size, EINVAL);
  }
  return asctime_r(time, buffer) != nullptr ? 0 : EINVAL;
}
PENDULUM_INLINE errno_t ctime_s(char* buffer, size_t size, const time_t* time) {
  struct tm parts;
  errno_t error = gmtime_s(&parts, time);
  return error != 0 ? error : asctime_s(buffer, size, &parts);
}

PENDULUM_INLINE errno_t _get_errno(int* value) {
  *value = errno;
  return 0;
}
PENDULUM_INLINE errno_t _set_errno(int value) {
  errno = value;
  return 0;
}

#endif  // PENDULUM_SDK_CRT_FILES_H_
