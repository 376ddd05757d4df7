// Processes, jobs, handles, and exit. A simulated module can start none of them.
#ifndef PENDULUM_SDK_WINDOWS_PROCESSES_H_
#define PENDULUM_SDK_WINDOWS_PROCESSES_H_

#include "windows/types.h"

#define DUPLICATE_CLOSE_SOURCE 0x00000001u
#define DUPLICATE_SAME_ACCESS 0x00000002u
#define HANDLE_FLAG_INHERIT 0x00000001u
#define PROCESS_TERMINATE 0x0001u
#define PROCESS_VM_READ 0x0010u
#define PROCESS_DUP_HANDLE 0x0040u
#define PROCESS_SET_QUOTA 0x0100u
#define PROCESS_QUERY_INFORMATION 0x0400u
#define PROCESS_QUERY_LIMITED_INFORMATION 0x1000u
#define PROCESS_ALL_ACCESS 0x001FFFFFu
#define CREATE_NO_WINDOW 0x08000000u
#define CREATE_NEW_CONSOLE 0x00000010u
#define CREATE_NEW_PROCESS_GROUP 0x00000200u
#define CREATE_UNICODE_ENVIRONMENT 0x00000400u
#define CREATE_BREAKAWAY_FROM_JOB 0x01000000u
#define DETACHED_PROCESS 0x00000008u
#define DEBUG_PROCESS 0x00000001u
#define STARTF_USESHOWWINDOW 0x00000001u
#define STARTF_USESTDHANDLES 0x00000100u
#define SW_HIDE 0
#define JOB_OBJECT_LIMIT_BREAKAWAY_OK 0x00000800u
#define JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK 0x00001000u
#define JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE 0x00002000u
#define CTRL_C_EVENT 0
#define CTRL_BREAK_EVENT 1

typedef struct _PROCESS_INFORMATION {
  HANDLE hProcess;
  HANDLE hThread;
  DWORD dwProcessId;
  DWORD dwThreadId;
} PROCESS_INFORMATION, *PPROCESS_INFORMATION, *LPPROCESS_INFORMATION;

#define PENDULUM_STARTUPINFO(name, string) \
  typedef struct _##name {                 \
    DWORD cb;                              \
    string lpReserved;                     \
    string lpDesktop;                      \
    string lpTitle;                        \
    DWORD dwX;                             \
    DWORD dwY;                             \
    DWORD dwXSize;                         \
    DWORD dwYSize;                         \
    DWORD dwXCountChars;                   \
    DWORD dwYCountChars;                   \
    DWORD dwFillAttribute;                 \
    DWORD dwFlags;                         \
    WORD wShowWindow;                      \
    WORD cbReserved2;                      \
    LPBYTE lpReserved2;                    \
    HANDLE hStdInput;                      \
    HANDLE hStdOutput;                     \
    HANDLE hStdError;                      \
  } name, *LP##name
PENDULUM_STARTUPINFO(STARTUPINFOA, LPSTR);
PENDULUM_STARTUPINFO(STARTUPINFOW, LPWSTR);
#undef PENDULUM_STARTUPINFO

typedef enum _JOBOBJECTINFOCLASS {
  JobObjectBasicLimitInformation = 2,
  JobObjectBasicProcessIdList = 3,
  JobObjectExtendedLimitInformation = 9
} JOBOBJECTINFOCLASS;

typedef struct _JOBOBJECT_BASIC_LIMIT_INFORMATION {
  LARGE_INTEGER PerProcessUserTimeLimit;
  LARGE_INTEGER PerJobUserTimeLimit;
  DWORD LimitFlags;
  SIZE_T MinimumWorkingSetSize;
  SIZE_T MaximumWorkingSetSize;
  DWORD ActiveProcessLimit;
  ULONG_PTR Affinity;
  DWORD PriorityClass;
  DWORD SchedulingClass;
} JOBOBJECT_BASIC_LIMIT_INFORMATION, *PJOBOBJECT_BASIC_LIMIT_INFORMATION;

typedef struct _IO_COUNTERS {
  ULONGLONG ReadOperationCount;
  ULONGLONG WriteOperationCount;
  ULONGLONG OtherOperationCount;
  ULONGLONG ReadTransferCount;
  ULONGLONG WriteTransferCount;
  ULONGLONG OtherTransferCount;
} IO_COUNTERS, *PIO_COUNTERS;

typedef struct _JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
  JOBOBJECT_BASIC_LIMIT_INFORMATION BasicLimitInformation;
  IO_COUNTERS IoInfo;
  SIZE_T ProcessMemoryLimit;
  SIZE_T JobMemoryLimit;
  SIZE_T PeakProcessMemoryUsed;
  SIZE_T PeakJobMemoryUsed;
} JOBOBJECT_EXTENDED_LIMIT_INFORMATION, *PJOBOBJECT_EXTENDED_LIMIT_INFORMATION;

typedef struct _JOBOBJECT_BASIC_PROCESS_ID_LIST {
  DWORD NumberOfAssignedProcesses;
  DWORD NumberOfProcessIdsInList;
  ULONG_PTR ProcessIdList[1];
} JOBOBJECT_BASIC_PROCESS_ID_LIST, *PJOBOBJECT_BASIC_PROCESS_ID_LIST;

typedef BOOL(WINAPI* PHANDLER_ROUTINE)(DWORD CtrlType);

extern "C" {
HANDLE WINAPI GetCurrentProcess(VOID);
DWORD WINAPI GetCurrentProcessId(VOID);
DWORD WINAPI GetProcessId(HANDLE process);
HANDLE WINAPI OpenProcess(DWORD access, BOOL inherit, DWORD process_id);
VOID WINAPI ExitProcess(UINT exit_code);
BOOL WINAPI TerminateProcess(HANDLE process, UINT exit_code);
BOOL WINAPI GetExitCodeProcess(HANDLE process, LPDWORD exit_code);
BOOL WINAPI CreateProcessA(LPCSTR application, LPSTR command_line,
                           LPSECURITY_ATTRIBUTES process_attributes,
                           LPSECURITY_ATTRIBUTES thread_attributes, BOOL inherit, DWORD flags,
                           LPVOID environment, LPCSTR directory, LPSTARTUPINFOA startup,
                           LPPROCESS_INFORMATION information);
BOOL WINAPI CreateProcessW(LPCWSTR application, LPWSTR command_line,
                           LPSECURITY_ATTRIBUTES process_attributes,
                           LPSECURITY_ATTRIBUTES thread_attributes, BOOL inherit, DWORD flags,
                           LPVOID environment, LPCWSTR directory, LPSTARTUPINFOW startup,
                           LPPROCESS_INFORMATION information);
VOID WINAPI GetStartupInfoA(LPSTARTUPINFOA startup);
VOID WINAPI GetStartupInfoW(LPSTARTUPINFOW startup);
BOOL WINAPI DuplicateHandle(HANDLE source_process, HANDLE source, HANDLE target_process,
                            LPHANDLE target, DWORD access, BOOL inherit, DWORD options);
HANDLE WINAPI CreateJobObjectA(LPSECURITY_ATTRIBUTES attributes, LPCSTR name);
HANDLE WINAPI CreateJobObjectW(LPSECURITY_ATTRIBUTES attributes, LPCWSTR name);
BOOL WINAPI AssignProcessToJobObject(HANDLE job, HANDLE process);
BOOL WINAPI IsProcessInJob(HANDLE process, HANDLE job, PBOOL result);
BOOL WINAPI TerminateJobObject(HANDLE job, UINT exit_code);
BOOL WINAPI SetInformationJobObject(HANDLE job, JOBOBJECTINFOCLASS information_class,
                                    LPVOID information, DWORD bytes);
BOOL WINAPI QueryInformationJobObject(HANDLE job, JOBOBJECTINFOCLASS information_class,
                                      LPVOID information, DWORD bytes, LPDWORD returned_bytes);
BOOL WINAPI AllocConsole(VOID);
BOOL WINAPI AttachConsole(DWORD process_id);
BOOL WINAPI FreeConsole(VOID);
HWND WINAPI GetConsoleWindow(VOID);
BOOL WINAPI GenerateConsoleCtrlEvent(DWORD event, DWORD process_group_id);
BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE handler, BOOL add);
LPSTR WINAPI GetCommandLineA(VOID);
LPWSTR WINAPI GetCommandLineW(VOID);
}

#ifdef UNICODE
#define STARTUPINFO STARTUPINFOW
#define LPSTARTUPINFO LPSTARTUPINFOW
#define CreateProcess CreateProcessW
#define GetStartupInfo GetStartupInfoW
#define CreateJobObject CreateJobObjectW
#define GetCommandLine GetCommandLineW
#else
#define STARTUPINFO STARTUPINFOA
#define LPSTARTUPINFO LPSTARTUPINFOA
#define CreateProcess CreateProcessA
#define GetStartupInfo GetStartupInfoA
#define CreateJobObject CreateJobObjectA
#define GetCommandLine GetCommandLineA
#endif

#endif  // PENDULUM_SDK_WINDOWS_PROCESSES_H_
