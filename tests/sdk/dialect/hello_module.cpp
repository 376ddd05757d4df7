// A module as the documentation's samples write them: annotations of both versions, exception
// specifications, linker pragmas, and nothing included but the three headers.
#define _WINSOCKAPI_
#include <Windows.h>
#include <sal.h>
#include <HttpServ.h>

#pragma warning(disable : 4290 4996)
#pragma comment(lib, "ws2_32.lib")
#pragma comment(linker, "/EXPORT:RegisterModule")

class HelloModule : public CHttpModule {
 public:
  __override REQUEST_NOTIFICATION_STATUS OnBeginRequest(__in IHttpContext* pHttpContext,
                                                        IN IHttpEventProvider* pProvider) throw() {
    UNREFERENCED_PARAMETER(pProvider);
    IHttpResponse* pHttpResponse = pHttpContext->GetResponse();
    if (pHttpResponse == NULL) return RQ_NOTIFICATION_CONTINUE;
    pHttpResponse->Clear();
    pHttpResponse->SetHeader(HttpHeaderContentType, "text/plain", (USHORT)strlen("text/plain"),
                             TRUE);
    PSTR text = (PSTR)pHttpContext->AllocateRequestMemory(64);
    DWORD dwCount = 3;
    sprintf_s(text, 64, "%lu requests in %I64d ms", dwCount, (LONGLONG)20);
    HTTP_DATA_CHUNK dataChunk;
    dataChunk.DataChunkType = HttpDataChunkFromMemory;
    dataChunk.FromMemory.pBuffer = text;
    dataChunk.FromMemory.BufferLength = (ULONG)strlen(text);
    DWORD cbSent = 0;
    HRESULT hr = pHttpResponse->WriteEntityChunks(&dataChunk, 1, FALSE, TRUE, &cbSent);
    if (FAILED(hr)) pHttpResponse->SetStatus(500, "Server Error", 0, hr);
    return RQ_NOTIFICATION_FINISH_REQUEST;
  }

  HRESULT Log(_In_z_ PCSTR pszText, _Out_opt_ DWORD* pcbText) throw(...) {
    HANDLE hLog = RegisterEventSource(NULL, "IISADMIN");
    LPCSTR szBuffer[1] = {pszText};
    BOOL fReported = ReportEvent(hLog, EVENTLOG_INFORMATION_TYPE, 0, 0, NULL, 1, 0, szBuffer, NULL);
    DeregisterEventSource(hLog);
    if (pcbText) *pcbText = (DWORD)strlen(pszText);
    return fReported ? S_OK : HRESULT_FROM_WIN32(GetLastError());
  }

  VOID Convert(VOID) throw(int) {
    WCHAR wide[32];
    char narrow[64];
    size_t converted = 0;
    _ltow_s((LONG)12, wide, 10);
    swprintf_s(wide, L"%s %d", L"text", 1);
    wcstombs_s(&converted, narrow, wide, _TRUNCATE);
    strcpy_s(narrow, "text");
    strcat_s(narrow, sizeof(narrow), " and text");
    _snprintf_s(narrow, _TRUNCATE, "%S", wide);
    std::sprintf(narrow, "%lu", max(GetTickCount(), 1u));
    PWSTR writable = L"literal";
    (void)writable;
  }
};

class HelloFactory : public IHttpModuleFactory {
 public:
  virtual HRESULT GetHttpModule(OUT CHttpModule** ppModule, IN IModuleAllocator* pAllocator) {
    UNREFERENCED_PARAMETER(pAllocator);
    HelloModule* pModule = new HelloModule;
    if (!pModule) return HRESULT_FROM_WIN32(ERROR_NOT_ENOUGH_MEMORY);
    *ppModule = pModule;
    pModule = NULL;
    return S_OK;
  }
  virtual void Terminate() { delete this; }
};

HRESULT
__stdcall RegisterModule(DWORD dwServerVersion, IHttpModuleRegistrationInfo* pModuleInfo,
                         IHttpServer* pGlobalInfo) {
  UNREFERENCED_PARAMETER(dwServerVersion);
  UNREFERENCED_PARAMETER(pGlobalInfo);
  HRESULT hr = pModuleInfo->SetRequestNotifications(new HelloFactory, RQ_BEGIN_REQUEST, 0);
  if (SUCCEEDED(hr)) {
    hr = pModuleInfo->SetPriorityForRequestNotification(RQ_BEGIN_REQUEST, PRIORITY_ALIAS_HIGH);
  }
  return hr;
}
