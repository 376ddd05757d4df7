// A global module: trace events, cache keys, GUIDs defined by initguid.h, and extended interfaces.
#include <windows.h>
#include <initguid.h>
#include <sal.h>
#include <tchar.h>
#include <httpserv.h>
#include <httpcach.h>
#include <Httptrace.h>
#include <io.h>

static IHttpServer* g_pHttpServer = NULL;
__declspec(thread) static DWORD t_dwDepth;
struct __declspec(align(16)) AlignedCounter {
  volatile LONG value;
};
static AlignedCounter g_counter;
static volatile unsigned long g_ulRequests;

class TraceModule : public CGlobalModule {
 public:
  GLOBAL_NOTIFICATION_STATUS OnGlobalTraceEvent(IN IGlobalTraceEventProvider* pProvider) {
    HTTP_TRACE_EVENT* pEvent = NULL;
    if (SUCCEEDED(pProvider->GetTraceEvent(&pEvent)) && pEvent != NULL) {
      WCHAR szGuid[64] = {0};
      StringFromGUID2(*pEvent->pProviderGuid, szGuid, _countof(szGuid));
      if (IsEqualGUID(*pEvent->pProviderGuid, GUID_IIS_WWW_SERVER_TRACE_PROVIDER)) ++t_dwDepth;
    }
    InterlockedIncrement(&g_counter.value);
    InterlockedIncrement(&g_ulRequests);
    return GL_NOTIFICATION_CONTINUE;
  }

  GLOBAL_NOTIFICATION_STATUS OnGlobalCacheOperation(IN ICacheProvider* pProvider) {
    IHttpCacheKey* pKey = pProvider->GetCacheKey();
    IFileKey* pFileKey = dynamic_cast<IFileKey*>(pKey);
    if (pFileKey != NULL && 0 == wcscmp(pFileKey->GetCacheName(), FILE_CACHE_NAME)) {
      OutputDebugStringW(pFileKey->GetPath());
    }
    return GL_NOTIFICATION_CONTINUE;
  }

  GLOBAL_NOTIFICATION_STATUS OnGlobalPreBeginRequest(IN IPreBeginRequestProvider* pProvider) {
    IHttpContext3* pContext3 = NULL;
    IHttpContext* pContext = pProvider->GetHttpContext();
    if (SUCCEEDED(HttpGetExtendedInterface(g_pHttpServer, pContext, &pContext3))) {
      pContext3->EnableFullDuplex();
    }
    const GUID& id = __uuidof(IHttpContext3);
    TCHAR text[64];
    _stprintf_s(text, _T("%08x"), id.Data1);
    LARGE_INTEGER now;
    QueryPerformanceCounter(&now);
    FILETIME fileTime;
    SYSTEMTIME systemTime;
    GetSystemTimeAsFileTime(&fileTime);
    FileTimeToSystemTime(&fileTime, &systemTime);
    SystemTimeToTzSpecificLocalTime(NULL, &systemTime, &systemTime);
    return (pContext->GetFileInfo()->GetAttributes() & _A_HIDDEN) ? GL_NOTIFICATION_HANDLED
                                                                  : GL_NOTIFICATION_CONTINUE;
  }

  VOID Terminate() { delete this; }
};

__declspec(dllexport) HRESULT WINAPI RegisterModule(DWORD, IHttpModuleRegistrationInfo* pModuleInfo,
                                                    IHttpServer* pServer) {
  g_pHttpServer = pServer;
  TraceModule* pModule = new TraceModule;
  return pModuleInfo->SetGlobalNotifications(pModule, GL_TRACE_EVENT | GL_CACHE_OPERATION);
}
