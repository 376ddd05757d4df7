// Finishing twice: the handler says that it leaves the request to the work item, then looks once
// more whether the answer has come; the work item says that it has, then looks whether the handler
// has left. When both speak before they look, both finish the request. Every access is interlocked.
// Ordinary tests pass: an answer comes well before the handler stops waiting or well after.
// Reported by MODULE-DOUBLE-COMPLETION.
#include "factory.h"

// What the handler and the query that it has started share. Lives as long as one of them.
struct CQuery
{
    IHttpContext *m_pHttpContext;
    HANDLE m_hAnswered;
    LONG m_cReferences;
    LONG m_fAnswered;
    LONG m_fLeft;

    CQuery(IHttpContext *pHttpContext, HANDLE hAnswered)
        : m_pHttpContext(pHttpContext), m_hAnswered(hAnswered), m_cReferences(2),
          m_fAnswered(FALSE), m_fLeft(FALSE)
    {
    }

    void Release()
    {
        if (InterlockedDecrement(&m_cReferences) == 0)
        {
            CloseHandle(m_hAnswered);
            delete this;
        }
    }
};

// Asks a data base. The handler waits a moment for the answer, because most answers are there at
// once, and only then gives its thread back.
class CQueryModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        HRESULT hr = SendText(pHttpContext, "42 rows\r\n");
        HANDLE hAnswered = SUCCEEDED(hr) ? CreateEvent(NULL, TRUE, FALSE, NULL) : NULL;
        if (hAnswered == NULL)
        {
            return Fail(pProvider, E_OUTOFMEMORY);
        }
        CQuery *pQuery = new CQuery(pHttpContext, hAnswered);
        if (!QueueUserWorkItem(Ask, pQuery, WT_EXECUTELONGFUNCTION))
        {
            pQuery->Release();
            pQuery->Release();
            return Fail(pProvider, E_OUTOFMEMORY);
        }
        WaitForSingleObject(hAnswered, 10);
        InterlockedExchange(&pQuery->m_fLeft, TRUE);
        bool fFinish = InterlockedCompareExchange(&pQuery->m_fAnswered, 0, 0) != FALSE;
        pQuery->Release();
        return fFinish ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_PENDING;
    }

  private:
    static DWORD WINAPI Ask(LPVOID pParameter)
    {
        CQuery *pQuery = static_cast<CQuery *>(pParameter);
        Sleep(20); // the query
        SetEvent(pQuery->m_hAnswered);
        InterlockedExchange(&pQuery->m_fAnswered, TRUE);
        if (InterlockedCompareExchange(&pQuery->m_fLeft, 0, 0))
        {
            // The handler is gone and has left the request to us.
            pQuery->m_pHttpContext->IndicateCompletion(RQ_NOTIFICATION_FINISH_REQUEST);
        }
        pQuery->Release();
        return 0;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CQueryModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
