// Context reuse: a module object goes back to the pool with the context of the request that it has
// served, if that request's read was pending: only the way through the handler resets it. The next
// request is then answered with the context of one that has ended. Ordinary tests pass: small
// bodies are read inline. Reported by MODULE-USE-AFTER-END.
#include "factory.h"

// Notes who has uploaded how much. Module objects are kept for further requests.
class CAuditModule : public CHttpModule
{
  public:
    CAuditModule() : m_pNext(NULL)
    {
        Reset();
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        if (m_pHttpContext == NULL)
        {
            m_pHttpContext = pHttpContext;
        }
        DWORD cbRead = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                &cbRead, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        REQUEST_NOTIFICATION_STATUS status = Note(pProvider, hr, cbRead);
        Reset();
        return status;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return Note(pProvider, pCompletionInfo->GetCompletionStatus(),
                    pCompletionInfo->GetCompletionBytes());
    }

    // Called by IIS when the request has ended.
    void Dispose();

    CAuditModule *m_pNext;

  private:
    REQUEST_NOTIFICATION_STATUS Note(IHttpEventProvider *pProvider, HRESULT hr, DWORD cbRead)
    {
        if (FAILED(hr) && !IsEndOfBody(hr, cbRead))
        {
            return Fail(pProvider, hr);
        }
        PCSTR pszAgent = m_pHttpContext->GetRequest()->GetHeader("User-Agent");
        char szLine[128];
        sprintf_s(szLine, "upload by %.64s begins\n", pszAgent != NULL ? pszAgent : "nobody");
        OutputDebugStringA(szLine);
        return RQ_NOTIFICATION_CONTINUE;
    }

    void Reset()
    {
        m_pHttpContext = NULL;
        ZeroMemory(m_piece, sizeof(m_piece));
    }

    IHttpContext *m_pHttpContext;
    BYTE m_piece[256];
};

static SRWLOCK g_poolLock = SRWLOCK_INIT;
static CAuditModule *g_pPool = NULL;

void CAuditModule::Dispose()
{
    AcquireSRWLockExclusive(&g_poolLock);
    m_pNext = g_pPool;
    g_pPool = this;
    ReleaseSRWLockExclusive(&g_poolLock);
}

class CPoolFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        AcquireSRWLockExclusive(&g_poolLock);
        CAuditModule *pModule = g_pPool;
        if (pModule != NULL)
        {
            g_pPool = pModule->m_pNext;
        }
        ReleaseSRWLockExclusive(&g_poolLock);
        *ppModule = pModule != NULL ? pModule : new CAuditModule();
        return S_OK;
    }

    void Terminate()
    {
        while (g_pPool != NULL)
        {
            CAuditModule *pModule = g_pPool;
            g_pPool = pModule->m_pNext;
            delete pModule;
        }
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CPoolFactory(), RQ_EXECUTE_REQUEST_HANDLER, 0);
}
