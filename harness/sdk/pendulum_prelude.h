// Included before everything else in module builds (-include). It turns the Linux target into what
// a Windows source expects, in an order that the standard library survives.
#ifndef PENDULUM_SDK_PENDULUM_PRELUDE_H_
#define PENDULUM_SDK_PENDULUM_PRELUDE_H_

#ifndef __cplusplus
#error "Modules are C++"
#endif

// Also a sign to the other headers that a module is being compiled, not the harness.
#define PENDULUM_MODULE_SOURCE 1

#ifdef PENDULUM_ACCESSES
// Strings are compiled with the module then, and not taken from the library, so that their loads
// and stores are seen as well.
#include <cstddef>
#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE -1
#endif

#include "crt/redirect.h"

#ifndef WIN32
#define WIN32 1
#endif
#ifndef _WIN32
#define _WIN32 1
#endif
#ifndef _WIN64
#define _WIN64 1
#endif
#define _M_X64 100
#define _M_AMD64 100
#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0A00
#endif
#ifndef WINVER
#define WINVER _WIN32_WINNT
#endif

#endif  // PENDULUM_SDK_PENDULUM_PRELUDE_H_
