// Disconnect against completion: the request stays known to its connection until its completion has
// been dealt with, so a client that leaves between the news and their completion has a second one
// posted. Every access is under the lock. Ordinary tests pass: clients rarely leave in just that
// moment. Reported by MODULE-DOUBLE-COMPLETION.
#include "factory.h"

static HTTP_MODULE_ID g_moduleId;

// Watches a connection for the request that waits on it. The connection holds one reference, and
// so does every work item that brings news.
class CWatch : public IHttpConnectionStoredContext
{
  public:
    CWatch() : m_cReferences(1), m_pWaiting(NULL)
    {
        InitializeCriticalSection(&m_lock);
    }

    void Wait(IHttpContext *pHttpContext)
    {
        EnterCriticalSection(&m_lock);
        m_pWaiting = pHttpContext;
        LeaveCriticalSection(&m_lock);
        InterlockedIncrement(&m_cReferences);
    }

    void Wake()
    {
        EnterCriticalSection(&m_lock);
        if (m_pWaiting != NULL)
        {
            m_pWaiting->PostCompletion(0);
        }
        LeaveCriticalSection(&m_lock);
    }

    void Forget()
    {
        EnterCriticalSection(&m_lock);
        m_pWaiting = NULL;
        LeaveCriticalSection(&m_lock);
    }

    void NotifyDisconnect()
    {
        // Nobody is left to wait for the news.
        Wake();
    }

    void CleanupStoredContext()
    {
        Release();
    }

    void Release()
    {
        if (InterlockedDecrement(&m_cReferences) == 0)
        {
            DeleteCriticalSection(&m_lock);
            delete this;
        }
    }

  private:
    CRITICAL_SECTION m_lock;
    LONG m_cReferences;
    IHttpContext *m_pWaiting;
};

// Long polling: a request waits until there are news.
class CPollModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        IHttpConnection *pConnection = pHttpContext->GetConnection();
        if (pConnection == NULL)
        {
            return RQ_NOTIFICATION_CONTINUE;
        }
        IHttpConnectionModuleContextContainer *pContexts = pConnection->GetModuleContextContainer();
        m_pWatch = static_cast<CWatch *>(pContexts->GetConnectionModuleContext(g_moduleId));
        if (m_pWatch == NULL)
        {
            m_pWatch = new CWatch();
            pContexts->SetConnectionModuleContext(m_pWatch, g_moduleId);
        }
        CWatch *pWatch = m_pWatch;
        pWatch->Wait(pHttpContext);
        if (!QueueUserWorkItem(BringNews, pWatch, WT_EXECUTELONGFUNCTION))
        {
            pWatch->Forget();
            pWatch->Release();
            return Fail(pProvider, E_OUTOFMEMORY);
        }
        return RQ_NOTIFICATION_PENDING;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *)
    {
        REQUEST_NOTIFICATION_STATUS status = Answer(pHttpContext, pProvider, "news\r\n");
        m_pWatch->Forget();
        return status;
    }

  private:
    static DWORD WINAPI BringNews(LPVOID pParameter)
    {
        CWatch *pWatch = static_cast<CWatch *>(pParameter);
        Sleep(50);
        pWatch->Wake();
        pWatch->Release();
        return 0;
    }

    CWatch *m_pWatch = NULL;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    g_moduleId = pModuleInfo->GetId();
    return CFactory<CPollModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
