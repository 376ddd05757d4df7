// The repaired twin of faulty_finishing_twice.cpp: one interlocked exchange lets exactly one of
// handler and work item be the second to come, and that one finishes the request.
#include "factory.h"

// What the handler and the query that it has started share. Lives as long as one of them.
struct CQuery
{
    IHttpContext *m_pHttpContext;
    HANDLE m_hAnswered;
    LONG m_cReferences;
    LONG m_fOneIsThere;

    CQuery(IHttpContext *pHttpContext, HANDLE hAnswered)
        : m_pHttpContext(pHttpContext), m_hAnswered(hAnswered), m_cReferences(2),
          m_fOneIsThere(FALSE)
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
        bool fFinish = InterlockedExchange(&pQuery->m_fOneIsThere, TRUE) != FALSE;
        pQuery->Release();
        return fFinish ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_PENDING;
    }

  private:
    static DWORD WINAPI Ask(LPVOID pParameter)
    {
        CQuery *pQuery = static_cast<CQuery *>(pParameter);
        Sleep(20); // the query
        SetEvent(pQuery->m_hAnswered);
        if (InterlockedExchange(&pQuery->m_fOneIsThere, TRUE))
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
