// The repaired twin of faulty_cancel_without_waiting.cpp: a cancelled read is over when it
// completes, so the completion alone gives back the buffer and ends the notification.
#include "factory.h"

// Looks at the first bytes of an upload, and gives up on clients that are too slow with them.
class CProbeModule : public CHttpModule
{
  public:
    CProbeModule() : m_pHttpContext(NULL), m_pBuffer(NULL), m_hTimer(NULL)
    {
    }

    ~CProbeModule()
    {
        delete[] m_pBuffer;
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        m_pHttpContext = pHttpContext;
        m_pBuffer = new BYTE[s_cbBuffer];
        if (!CreateTimerQueueTimer(&m_hTimer, NULL, OnTooSlow, this, 100, 0, WT_EXECUTEDEFAULT))
        {
            return Fail(pProvider, E_OUTOFMEMORY);
        }
        DWORD cbRead = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_pBuffer, s_cbBuffer, TRUE,
                                                                &cbRead, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return Finish(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return Finish(pProvider, pCompletionInfo->GetCompletionStatus());
    }

  private:
    static const DWORD s_cbBuffer = 4096;

    static VOID CALLBACK OnTooSlow(PVOID pParameter, BOOLEAN)
    {
        CProbeModule *pModule = static_cast<CProbeModule *>(pParameter);
        // Fails when the read has completed in the meantime.
        pModule->m_pHttpContext->CancelIo();
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        // Waits for the callback if it is running: it uses the request.
        DeleteTimerQueueTimer(NULL, m_hTimer, INVALID_HANDLE_VALUE);
        delete[] m_pBuffer;
        m_pBuffer = NULL;
        if (FAILED(hr) && hr != HRESULT_FROM_WIN32(ERROR_HANDLE_EOF))
        {
            return Fail(pProvider, hr);
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

    IHttpContext *m_pHttpContext;
    BYTE *m_pBuffer;
    HANDLE m_hTimer;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CProbeModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
