// What an IIS native module finds under this name on Windows, as far as modules use it. What the
// functions do is harness/win32's business; one that is declared and not simulated is an undefined
// symbol, so that loading a module that calls it names it.
//
// Like Microsoft's, this header brings stdio.h, stdlib.h, string.h and wchar.h.
#ifndef PENDULUM_SDK_WINDOWS_H_
#define PENDULUM_SDK_WINDOWS_H_

#ifndef _WINDOWS_
#define _WINDOWS_
#endif

#ifndef PENDULUM_SDK_LAYOUT_ONLY
#include "secure_crt.h"
#endif
#include "ole/variant.h"
#include "windows/com.h"
#include "windows/errors.h"
#include "windows/eventlog.h"
#include "windows/files.h"
#include "windows/guid.h"
#include "windows/interlocked.h"
#include "windows/memory.h"
#include "windows/pipes.h"
#include "windows/processes.h"
#include "windows/registry.h"
#include "windows/security.h"
#include "windows/strings.h"
#include "windows/sync.h"
#include "windows/system.h"
#include "windows/threadpool.h"
#include "windows/threads.h"
#include "windows/time.h"
#include "windows/types.h"

#endif  // PENDULUM_SDK_WINDOWS_H_

// Last, and outside the guard: see there.
#include "windows/macros.h"
