// Threads of Microsoft's C runtime.
#ifndef PENDULUM_SDK_PROCESS_H_
#define PENDULUM_SDK_PROCESS_H_

#include <stdint.h>

#include "crt/base.h"

typedef void (*_beginthread_proc_type)(void*);
typedef unsigned (*_beginthreadex_proc_type)(void*);

extern "C" {
uintptr_t _beginthread(_beginthread_proc_type start, unsigned stack_bytes, void* argument);
uintptr_t _beginthreadex(void* attributes, unsigned stack_bytes, _beginthreadex_proc_type start,
                         void* argument, unsigned flags, unsigned* thread_id);
void _endthread(void);
void _endthreadex(unsigned exit_code);
int _getpid(void);
}

#endif  // PENDULUM_SDK_PROCESS_H_
