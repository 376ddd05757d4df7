// Pipes and file mappings.
#ifndef PENDULUM_SDK_WINDOWS_PIPES_H_
#define PENDULUM_SDK_WINDOWS_PIPES_H_

#include "windows/files.h"

extern "C" {
BOOL WINAPI CreatePipe(PHANDLE read, PHANDLE write, LPSECURITY_ATTRIBUTES attributes, DWORD bytes);
HANDLE WINAPI CreateNamedPipeA(LPCSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances,
                               DWORD out_bytes, DWORD in_bytes, DWORD timeout_ms,
                               LPSECURITY_ATTRIBUTES attributes);
HANDLE WINAPI CreateNamedPipeW(LPCWSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances,
                               DWORD out_bytes, DWORD in_bytes, DWORD timeout_ms,
                               LPSECURITY_ATTRIBUTES attributes);
BOOL WINAPI ConnectNamedPipe(HANDLE pipe, LPOVERLAPPED overlapped);
BOOL WINAPI DisconnectNamedPipe(HANDLE pipe);
BOOL WINAPI WaitNamedPipeA(LPCSTR name, DWORD timeout_ms);
BOOL WINAPI WaitNamedPipeW(LPCWSTR name, DWORD timeout_ms);
BOOL WINAPI PeekNamedPipe(HANDLE pipe, LPVOID buffer, DWORD buffer_bytes, LPDWORD read,
                          LPDWORD available, LPDWORD left_in_message);
BOOL WINAPI SetNamedPipeHandleState(HANDLE pipe, LPDWORD mode, LPDWORD collection_count,
                                    LPDWORD timeout_ms);
HANDLE WINAPI CreateFileMappingA(HANDLE file, LPSECURITY_ATTRIBUTES attributes, DWORD protect,
                                 DWORD size_high, DWORD size_low, LPCSTR name);
HANDLE WINAPI CreateFileMappingW(HANDLE file, LPSECURITY_ATTRIBUTES attributes, DWORD protect,
                                 DWORD size_high, DWORD size_low, LPCWSTR name);
HANDLE WINAPI OpenFileMappingA(DWORD access, BOOL inherit, LPCSTR name);
HANDLE WINAPI OpenFileMappingW(DWORD access, BOOL inherit, LPCWSTR name);
LPVOID WINAPI MapViewOfFile(HANDLE mapping, DWORD access, DWORD offset_high, DWORD offset_low,
                            SIZE_T bytes);
BOOL WINAPI UnmapViewOfFile(LPCVOID address);
}

#ifdef UNICODE
#define CreateNamedPipe CreateNamedPipeW
#define WaitNamedPipe WaitNamedPipeW
#define CreateFileMapping CreateFileMappingW
#define OpenFileMapping OpenFileMappingW
#else
#define CreateNamedPipe CreateNamedPipeA
#define WaitNamedPipe WaitNamedPipeA
#define CreateFileMapping CreateFileMappingA
#define OpenFileMapping OpenFileMappingA
#endif

#endif  // PENDULUM_SDK_WINDOWS_PIPES_H_
