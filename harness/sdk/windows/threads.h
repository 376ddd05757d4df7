// Threads, thread-local storage, sleeping, and asynchronous procedure calls.
#ifndef PENDULUM_SDK_WINDOWS_THREADS_H_
#define PENDULUM_SDK_WINDOWS_THREADS_H_

#include "windows/types.h"

#define THREAD_PRIORITY_LOWEST (-2)
#define THREAD_PRIORITY_BELOW_NORMAL (-1)
#define THREAD_PRIORITY_NORMAL 0
#define THREAD_PRIORITY_ABOVE_NORMAL 1
#define THREAD_PRIORITY_HIGHEST 2
#define THREAD_PRIORITY_ERROR_RETURN 0x7FFFFFFF
#define CREATE_SUSPENDED 0x00000004u
#define STACK_SIZE_PARAM_IS_A_RESERVATION 0x00010000u
#define STILL_ACTIVE 0x00000103u
#define TLS_OUT_OF_INDEXES 0xFFFFFFFFu
#define FLS_OUT_OF_INDEXES 0xFFFFFFFFu

typedef DWORD(WINAPI* PTHREAD_START_ROUTINE)(LPVOID lpThreadParameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;
typedef VOID(NTAPI* PAPCFUNC)(ULONG_PTR Parameter);
typedef VOID(NTAPI* PFLS_CALLBACK_FUNCTION)(PVOID lpFlsData);

extern "C" {
HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES attributes, SIZE_T stack_bytes,
                           LPTHREAD_START_ROUTINE start, LPVOID parameter, DWORD flags,
                           LPDWORD thread_id);
VOID WINAPI ExitThread(DWORD exit_code);
DWORD WINAPI ResumeThread(HANDLE thread);
DWORD WINAPI SuspendThread(HANDLE thread);
BOOL WINAPI TerminateThread(HANDLE thread, DWORD exit_code);
BOOL WINAPI GetExitCodeThread(HANDLE thread, LPDWORD exit_code);
HANDLE WINAPI OpenThread(DWORD access, BOOL inherit, DWORD thread_id);
BOOL WINAPI SetThreadPriority(HANDLE thread, int priority);
int WINAPI GetThreadPriority(HANDLE thread);
DWORD WINAPI GetThreadId(HANDLE thread);
HANDLE WINAPI GetCurrentThread(VOID);
DWORD WINAPI GetCurrentThreadId(VOID);
DWORD WINAPI GetCurrentProcessorNumber(VOID);
DWORD_PTR WINAPI SetThreadAffinityMask(HANDLE thread, DWORD_PTR mask);
BOOL WINAPI SwitchToThread(VOID);
VOID WINAPI Sleep(DWORD duration_ms);
DWORD WINAPI SleepEx(DWORD duration_ms, BOOL alertable);
DWORD WINAPI QueueUserAPC(PAPCFUNC function, HANDLE thread, ULONG_PTR parameter);

DWORD WINAPI TlsAlloc(VOID);
BOOL WINAPI TlsFree(DWORD index);
LPVOID WINAPI TlsGetValue(DWORD index);
BOOL WINAPI TlsSetValue(DWORD index, LPVOID value);
DWORD WINAPI FlsAlloc(PFLS_CALLBACK_FUNCTION callback);
BOOL WINAPI FlsFree(DWORD index);
PVOID WINAPI FlsGetValue(DWORD index);
BOOL WINAPI FlsSetValue(DWORD index, PVOID value);
}

#endif  // PENDULUM_SDK_WINDOWS_THREADS_H_
