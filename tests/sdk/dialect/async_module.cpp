// Threads, locks, overlapped files and completion ports, in the style of large modules.
#ifndef UNICODE
#define UNICODE
#define _UNICODE
#endif
#include <Winsock2.h>
#include <WS2tcpip.h>
#include <windows.h>
#include <httpserv.h>
#include <iiswebsocket.h>
#include <process.h>
#include <strsafe.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

class CriticalSection {
 public:
  CriticalSection() { InitializeCriticalSection(&section_); }
  ~CriticalSection() { DeleteCriticalSection(&section_); }
  void Enter() { EnterCriticalSection(&section_); }
  void Leave() { LeaveCriticalSection(&section_); }

 private:
  CRITICAL_SECTION section_;
};

struct Operation {
  OVERLAPPED overlapped;
  IHttpContext* context;
  HANDLE event;
};

static SRWLOCK g_lock = SRWLOCK_INIT;
static HANDLE g_port;

static unsigned __stdcall Pump(void* argument) {
  DWORD bytes = 0;
  ULONG_PTR key = 0;
  LPOVERLAPPED overlapped = NULL;
  while (GetQueuedCompletionStatus(g_port, &bytes, &key, &overlapped, INFINITE)) {
    Operation* operation = CONTAINING_RECORD(overlapped, Operation, overlapped);
    operation->context->PostCompletion(bytes);
  }
  (void)argument;
  return GetLastError() == ERROR_ABANDONED_WAIT_0 ? 0 : 1;
}

class AsyncModule : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(IHttpContext* context,
                                                      IHttpEventProvider*) override {
    operation_ = (Operation*)context->AllocateRequestMemory(sizeof(Operation));
    ZeroMemory(operation_, sizeof(Operation));
    operation_->context = context;
    operation_->event = CreateEvent(NULL, TRUE, FALSE, NULL);
    HANDLE file = CreateFile(L"data.bin", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING,
                             FILE_FLAG_OVERLAPPED, NULL);
    if (file == INVALID_HANDLE_VALUE) return RQ_NOTIFICATION_CONTINUE;
    g_port = CreateIoCompletionPort(file, g_port, (ULONG_PTR)this, 0);
    HANDLE thread = (HANDLE)_beginthreadex(NULL, 0, Pump, this, 0, NULL);
    AcquireSRWLockExclusive(&g_lock);
    if (!ReadFile(file, buffer_, sizeof(buffer_), NULL, &operation_->overlapped) &&
        GetLastError() != ERROR_IO_PENDING) {
      ReleaseSRWLockExclusive(&g_lock);
      return RQ_NOTIFICATION_CONTINUE;
    }
    ReleaseSRWLockExclusive(&g_lock);
    HANDLE handles[2] = {thread, operation_->event};
    WaitForMultipleObjects(2, handles, FALSE, 100);
    SOCKADDR_IN* address = (SOCKADDR_IN*)context->GetRequest()->GetRemoteAddress();
    if (address->sin_family == AF_INET) address->sin_port = htons(80);
    WCHAR path[MAX_PATH];
    StringCchPrintf(path, MAX_PATH, L"%s\\%u", L"folder", ntohs(address->sin_port));
    CHAR text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET, &address->sin_addr, text, sizeof(text));
    return RQ_NOTIFICATION_PENDING;
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext*, DWORD, BOOL, IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    IHttpCompletionInfo2* info2 = (IHttpCompletionInfo2*)info;
    return SUCCEEDED(info2->GetCompletionStatus()) && info2->GetCompletedOperation() != 0
               ? RQ_NOTIFICATION_CONTINUE
               : RQ_NOTIFICATION_FINISH_REQUEST;
  }

 private:
  Operation* operation_ = nullptr;
  char buffer_[512];
  CriticalSection section_;
  std::mutex mutex_;
  std::condition_variable condition_;
};

extern "C" BOOL WINAPI DllMain(HINSTANCE, DWORD reason, LPVOID) {
  return reason == DLL_PROCESS_ATTACH;
}
