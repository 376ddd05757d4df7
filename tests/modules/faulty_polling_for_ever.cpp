// Polling for ever: a handler that finds no answer yet says that it polls from now on, and the work
// item tells the poll when it sees that there is one. An answer that comes between the handler's
// look and its word is told to nobody: the module posts completions to itself until the pool is
// recycled. Nothing waits, so that no deadlock is to be seen. Every access is interlocked.
// Ordinary tests pass: an answer comes well before the handler looks or well after it has left.
// Reported by MODULE-NO-PROGRESS.
#include "factory.h"

// What the handler and the price that it has asked for share. Lives as long as one of them.
struct CPrice
{
    LONG m_cReferences;
    LONG m_fKnown;
    LONG m_fPolled;
    LONG m_fTold;

    CPrice() : m_cReferences(2), m_fKnown(FALSE), m_fPolled(FALSE), m_fTold(FALSE)
    {
    }

    void Release()
    {
        if (InterlockedDecrement(&m_cReferences) == 0)
        {
            delete this;
        }
    }
};

// Asks a back end for a price. While it is out, the module gives its thread back and looks again
// with each completion that it posts to itself.
class CPriceModule : public CHttpModule
{
  public:
    CPriceModule() : m_pPrice(NULL)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        m_pPrice = new CPrice();
        if (!QueueUserWorkItem(Ask, m_pPrice, WT_EXECUTELONGFUNCTION))
        {
            m_pPrice->Release();
            m_pPrice->Release();
            return Fail(pProvider, E_OUTOFMEMORY);
        }
        if (InterlockedCompareExchange(&m_pPrice->m_fKnown, 0, 0))
        {
            return Finish(pHttpContext, pProvider);
        }
        InterlockedExchange(&m_pPrice->m_fPolled, TRUE);
        HRESULT hr = pHttpContext->PostCompletion(0);
        return FAILED(hr) ? Abandon(pProvider, hr) : RQ_NOTIFICATION_PENDING;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, DWORD, BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *)
    {
        if (InterlockedCompareExchange(&m_pPrice->m_fTold, 0, 0))
        {
            return Finish(pHttpContext, pProvider);
        }
        HRESULT hr = pHttpContext->PostCompletion(0);
        return FAILED(hr) ? Abandon(pProvider, hr) : RQ_NOTIFICATION_PENDING;
    }

  private:
    REQUEST_NOTIFICATION_STATUS Finish(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        m_pPrice->Release();
        return Answer(pHttpContext, pProvider, "19.90\r\n");
    }

    REQUEST_NOTIFICATION_STATUS Abandon(IHttpEventProvider *pProvider, HRESULT hr)
    {
        m_pPrice->Release();
        return Fail(pProvider, hr);
    }

    static DWORD WINAPI Ask(LPVOID pParameter)
    {
        CPrice *pPrice = static_cast<CPrice *>(pParameter);
        InterlockedExchange(&pPrice->m_fKnown, TRUE);
        if (InterlockedCompareExchange(&pPrice->m_fPolled, 0, 0))
        {
            InterlockedExchange(&pPrice->m_fTold, TRUE);
        }
        pPrice->Release();
        return 0;
    }

    CPrice *m_pPrice;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CPriceModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
