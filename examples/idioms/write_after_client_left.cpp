// Asks to be told when the client leaves, and goes on writing all the same: a write to a client
// that has gone may succeed or fail, and the notification may come at any time, also when the
// request has ended. What the notification uses belongs to the connection, not to the request.
#include "factory.h"

HTTP_MODULE_ID g_pModuleId = NULL;

class CDisconnectContext : public IHttpConnectionStoredContext
{
  public:
    CDisconnectContext() : m_fGone(FALSE)
    {
    }

    VOID NotifyDisconnect()
    {
        InterlockedExchange(&m_fGone, TRUE);
    }

    VOID CleanupStoredContext()
    {
        delete this;
    }

    BOOL IsGone()
    {
        return InterlockedCompareExchange(&m_fGone, FALSE, FALSE);
    }

  private:
    LONG m_fGone;
};

class CDisconnectModule : public CHttpModule
{
  public:
    CDisconnectModule() : m_cWrites(0), m_cWritesToNobody(0), m_pContext(NULL)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        HRESULT hr = Watch(pHttpContext);
        if (FAILED(hr))
        {
            return Finish(pProvider, hr);
        }
        pHttpContext->GetResponse()->DisableBuffering();
        return Write(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        return FAILED(hr) ? Finish(pProvider, hr) : Write(pHttpContext, pProvider);
    }

  private:
    static const DWORD s_cWrites = 4;

    // The context is shared by all requests of the connection.
    HRESULT Watch(IHttpContext *pHttpContext)
    {
        IHttpConnection *pConnection = pHttpContext->GetConnection();
        if (pConnection == NULL)
        {
            return S_OK;
        }
        IHttpConnectionModuleContextContainer *pContainer =
            static_cast<IHttpConnectionModuleContextContainer *>(
                pConnection->GetModuleContextContainer());
        m_pContext =
            static_cast<CDisconnectContext *>(pContainer->GetConnectionModuleContext(g_pModuleId));
        if (m_pContext != NULL)
        {
            return S_OK;
        }
        CDisconnectContext *pContext = new CDisconnectContext();
        HRESULT hr = pContainer->SetConnectionModuleContext(pContext, g_pModuleId);
        if (FAILED(hr))
        {
            pContext->CleanupStoredContext();
            return hr;
        }
        m_pContext = pContext;
        return S_OK;
    }

    REQUEST_NOTIFICATION_STATUS Write(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        while (m_cWrites < s_cWrites)
        {
            m_cWrites++;
            m_cWritesToNobody += m_pContext != NULL && m_pContext->IsGone();
            SetChunk(&m_chunk, m_szLine, sizeof(m_szLine) - 1);
            DWORD cbSent = 0;
            BOOL fPending = FALSE;
            HRESULT hr = pHttpContext->GetResponse()->WriteEntityChunks(
                &m_chunk, 1, TRUE, m_cWrites < s_cWrites, &cbSent, &fPending);
            if (FAILED(hr))
            {
                return Finish(pProvider, hr);
            }
            if (fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        pProvider->SetErrorStatus(hr);
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    DWORD m_cWrites;
    DWORD m_cWritesToNobody;
    CDisconnectContext *m_pContext;
    HTTP_DATA_CHUNK m_chunk;
    char m_szLine[20] = "another line of it\n";
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    g_pModuleId = pModuleInfo->GetId();
    return CFactory<CDisconnectModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
