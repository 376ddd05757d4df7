// Reference not taken for one path: the work item that tries again is queued without a reference of
// its own. The first one to be done then gives up the last reference while the other still works
// for a request that is over, with memory that is gone. Ordinary tests pass: without load the
// connection is never busy, and nobody tries again. Reported by MODULE-CRASH.
#include "factory.h"

// The connection to the data base: one query at a time.
static CRITICAL_SECTION g_connection;

// A report of several parts, each fetched by a work item of its own. Whoever gives up the last
// reference lets the request go on.
struct CReport
{
    IHttpContext *m_pHttpContext;
    LONG m_cReferences;
    LONG m_cRows;

    void Release()
    {
        if (InterlockedDecrement(&m_cReferences) == 0)
        {
            m_pHttpContext->PostCompletion((DWORD)m_cRows);
            delete this;
        }
    }

    void Queue(LPTHREAD_START_ROUTINE pfnWork)
    {
        InterlockedIncrement(&m_cReferences);
        if (!QueueUserWorkItem(pfnWork, this, WT_EXECUTEDEFAULT))
        {
            Release();
        }
    }
};

class CReportModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *)
    {
        CReport *pReport = new CReport{pHttpContext, 1, 0};
        pReport->Queue(FetchPart);
        pReport->Queue(FetchPart);
        pReport->Release();
        return RQ_NOTIFICATION_PENDING;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        char szText[32];
        sprintf_s(szText, "%u rows\r\n", pCompletionInfo->GetCompletionBytes());
        return Answer(pHttpContext, pProvider, szText);
    }

  private:
    static DWORD WINAPI FetchPart(LPVOID pParameter)
    {
        CReport *pReport = static_cast<CReport *>(pParameter);
        if (!TryEnterCriticalSection(&g_connection))
        {
            // Somebody else has the connection: again in a moment, and this thread is free.
            Sleep(1);
            QueueUserWorkItem(FetchPart, pReport, WT_EXECUTEDEFAULT);
            pReport->Release();
            return 0;
        }
        IHttpRequest *pHttpRequest = pReport->m_pHttpContext->GetRequest();
        PCSTR pszLanguage = pHttpRequest->GetHeader("Accept-Language");
        InterlockedExchangeAdd(&pReport->m_cRows, pszLanguage == NULL ? 21 : 42);
        LeaveCriticalSection(&g_connection);
        pReport->Release();
        return 0;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    InitializeCriticalSection(&g_connection);
    return CFactory<CReportModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
