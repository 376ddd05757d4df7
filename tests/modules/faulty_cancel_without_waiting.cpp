// Cancel without waiting: the callback cancels the read and at once gives back its buffer and ends
// the notification. But a cancelled read is outstanding until it completes, and writes to the
// buffer till then. Ordinary tests pass: the first bytes come with the headers, so that the timer
// never fires. Reported by MODULE-LEFT-PENDING, and by MODULE-BUFFER-LIFETIME.
#include "factory.h"

// Looks at the first bytes of an upload, and gives up on clients that are too slow with them.
class CProbeModule : public CHttpModule
{
  public:
    CProbeModule() : m_pHttpContext(NULL), m_pBuffer(NULL), m_hTimer(NULL), m_fOver(FALSE)
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
        IHttpContext *pHttpContext = pModule->m_pHttpContext;
        if (FAILED(pHttpContext->CancelIo()) || InterlockedExchange(&pModule->m_fOver, TRUE))
        {
            // The read has completed in the meantime.
            return;
        }
        delete[] pModule->m_pBuffer;
        pModule->m_pBuffer = NULL;
        pHttpContext->IndicateCompletion(RQ_NOTIFICATION_FINISH_REQUEST);
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        if (InterlockedExchange(&m_fOver, TRUE))
        {
            // The callback has ended the notification.
            return RQ_NOTIFICATION_PENDING;
        }
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
    LONG m_fOver;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CProbeModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
