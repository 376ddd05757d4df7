// Thread pool work, timers and waits, timer queues, and waitable timers.
#ifndef PENDULUM_SDK_WINDOWS_THREADPOOL_H_
#define PENDULUM_SDK_WINDOWS_THREADPOOL_H_

#include "windows/threads.h"

#define WT_EXECUTEDEFAULT 0x00000000u
#define WT_EXECUTEINIOTHREAD 0x00000001u
#define WT_EXECUTEINWAITTHREAD 0x00000004u
#define WT_EXECUTEONLYONCE 0x00000008u
#define WT_EXECUTELONGFUNCTION 0x00000010u
#define WT_EXECUTEINTIMERTHREAD 0x00000020u
#define WT_EXECUTEINPERSISTENTTHREAD 0x00000080u
#define WT_TRANSFER_IMPERSONATION 0x00000100u
#define TIMER_ALL_ACCESS 0x001F0003u
#define CREATE_WAITABLE_TIMER_MANUAL_RESET 0x00000001u

typedef struct _TP_CALLBACK_INSTANCE TP_CALLBACK_INSTANCE, *PTP_CALLBACK_INSTANCE;
typedef struct _TP_WORK TP_WORK, *PTP_WORK;
typedef struct _TP_TIMER TP_TIMER, *PTP_TIMER;
typedef struct _TP_WAIT TP_WAIT, *PTP_WAIT;
typedef struct _TP_IO TP_IO, *PTP_IO;
typedef struct _TP_POOL TP_POOL, *PTP_POOL;
typedef struct _TP_CLEANUP_GROUP TP_CLEANUP_GROUP, *PTP_CLEANUP_GROUP;
typedef struct _TP_CALLBACK_ENVIRON TP_CALLBACK_ENVIRON, *PTP_CALLBACK_ENVIRON;
typedef DWORD TP_WAIT_RESULT;

typedef VOID(CALLBACK* PTP_SIMPLE_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context);
typedef VOID(CALLBACK* PTP_WORK_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context,
                                          PTP_WORK Work);
typedef VOID(CALLBACK* PTP_TIMER_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context,
                                           PTP_TIMER Timer);
typedef VOID(CALLBACK* PTP_WAIT_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context,
                                          PTP_WAIT Wait, TP_WAIT_RESULT WaitResult);
typedef VOID(CALLBACK* PTP_WIN32_IO_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context,
                                              PVOID Overlapped, ULONG IoResult,
                                              ULONG_PTR NumberOfBytesTransferred, PTP_IO Io);
typedef VOID(NTAPI* WAITORTIMERCALLBACK)(PVOID Context, BOOLEAN TimerOrWaitFired);
typedef WAITORTIMERCALLBACK WAITORTIMERCALLBACKFUNC;
typedef VOID(CALLBACK* PTIMERAPCROUTINE)(LPVOID Context, DWORD TimerLow, DWORD TimerHigh);

extern "C" {
BOOL WINAPI QueueUserWorkItem(LPTHREAD_START_ROUTINE function, PVOID context, ULONG flags);
BOOL WINAPI TrySubmitThreadpoolCallback(PTP_SIMPLE_CALLBACK callback, PVOID context,
                                        PTP_CALLBACK_ENVIRON environment);
PTP_WORK WINAPI CreateThreadpoolWork(PTP_WORK_CALLBACK callback, PVOID context,
                                     PTP_CALLBACK_ENVIRON environment);
VOID WINAPI SubmitThreadpoolWork(PTP_WORK work);
VOID WINAPI WaitForThreadpoolWorkCallbacks(PTP_WORK work, BOOL cancel_pending);
VOID WINAPI CloseThreadpoolWork(PTP_WORK work);
PTP_TIMER WINAPI CreateThreadpoolTimer(PTP_TIMER_CALLBACK callback, PVOID context,
                                       PTP_CALLBACK_ENVIRON environment);
VOID WINAPI SetThreadpoolTimer(PTP_TIMER timer, PFILETIME due_time, DWORD period_ms,
                               DWORD window_ms);
BOOL WINAPI IsThreadpoolTimerSet(PTP_TIMER timer);
VOID WINAPI WaitForThreadpoolTimerCallbacks(PTP_TIMER timer, BOOL cancel_pending);
VOID WINAPI CloseThreadpoolTimer(PTP_TIMER timer);
PTP_WAIT WINAPI CreateThreadpoolWait(PTP_WAIT_CALLBACK callback, PVOID context,
                                     PTP_CALLBACK_ENVIRON environment);
VOID WINAPI SetThreadpoolWait(PTP_WAIT wait, HANDLE handle, PFILETIME timeout);
VOID WINAPI WaitForThreadpoolWaitCallbacks(PTP_WAIT wait, BOOL cancel_pending);
VOID WINAPI CloseThreadpoolWait(PTP_WAIT wait);
PTP_IO WINAPI CreateThreadpoolIo(HANDLE file, PTP_WIN32_IO_CALLBACK callback, PVOID context,
                                 PTP_CALLBACK_ENVIRON environment);
VOID WINAPI StartThreadpoolIo(PTP_IO io);
VOID WINAPI CancelThreadpoolIo(PTP_IO io);
VOID WINAPI WaitForThreadpoolIoCallbacks(PTP_IO io, BOOL cancel_pending);
VOID WINAPI CloseThreadpoolIo(PTP_IO io);

BOOL WINAPI RegisterWaitForSingleObject(PHANDLE wait, HANDLE object, WAITORTIMERCALLBACK callback,
                                        PVOID context, ULONG timeout_ms, ULONG flags);
BOOL WINAPI UnregisterWait(HANDLE wait);
BOOL WINAPI UnregisterWaitEx(HANDLE wait, HANDLE completion_event);
HANDLE WINAPI CreateTimerQueue(VOID);
BOOL WINAPI CreateTimerQueueTimer(PHANDLE timer, HANDLE queue, WAITORTIMERCALLBACK callback,
                                  PVOID context, DWORD due_time_ms, DWORD period_ms, ULONG flags);
BOOL WINAPI ChangeTimerQueueTimer(HANDLE queue, HANDLE timer, ULONG due_time_ms, ULONG period_ms);
BOOL WINAPI DeleteTimerQueueTimer(HANDLE queue, HANDLE timer, HANDLE completion_event);
BOOL WINAPI DeleteTimerQueueEx(HANDLE queue, HANDLE completion_event);
BOOL WINAPI DeleteTimerQueue(HANDLE queue);

HANDLE WINAPI CreateWaitableTimerA(LPSECURITY_ATTRIBUTES attributes, BOOL manual_reset,
                                   LPCSTR name);
HANDLE WINAPI CreateWaitableTimerW(LPSECURITY_ATTRIBUTES attributes, BOOL manual_reset,
                                   LPCWSTR name);
BOOL WINAPI SetWaitableTimer(HANDLE timer, const LARGE_INTEGER* due_time, LONG period_ms,
                             PTIMERAPCROUTINE routine, LPVOID argument, BOOL resume);
BOOL WINAPI CancelWaitableTimer(HANDLE timer);
}

#ifdef UNICODE
#define CreateWaitableTimer CreateWaitableTimerW
#else
#define CreateWaitableTimer CreateWaitableTimerA
#endif

#endif  // PENDULUM_SDK_WINDOWS_THREADPOOL_H_
