// File attributes and low-level files of Microsoft's C runtime.
#ifndef PENDULUM_SDK_IO_H_
#define PENDULUM_SDK_IO_H_

#include <stdio.h>

#include "crt/base.h"

#define _A_NORMAL 0x00
#define _A_RDONLY 0x01
#define _A_HIDDEN 0x02
#define _A_SYSTEM 0x04
#define _A_SUBDIR 0x10
#define _A_ARCH 0x20

extern "C" {
int _access(const char* name, int mode);
int _waccess(const wchar_t* name, int mode);
errno_t _access_s(const char* name, int mode);
int _unlink(const char* name);
int _wunlink(const wchar_t* name);
int _mkdir(const char* name);
int _wmkdir(const wchar_t* name);
int _open_osfhandle(intptr_t handle, int flags);
intptr_t _get_osfhandle(int file);
int _close(int file);
int _read(int file, void* buffer, unsigned count);
int _write(int file, const void* buffer, unsigned count);
int _dup(int file);
int _dup2(int file, int other);
int _fileno(FILE* stream);
int _isatty(int file);
}

#endif  // PENDULUM_SDK_IO_H_
