// Cancels a read from another thread. The cancellation may come too late, and then CancelIo fails
// because there is nothing to cancel; or it may lose, and the read completes with data. All of it
// is as it should be: whatever the completion says, there is exactly one.
#include "factory.h"

class CCancelModule : public CHttpModule
{
  public:
    CCancelModule() : m_pHttpContext(NULL), m_hThread(NULL)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        if (pHttpContext->GetRequest()->GetRemainingEntityBytes() == 0)
        {
            return RQ_NOTIFICATION_CONTINUE;
        }
        m_pHttpContext = pHttpContext;
        m_hThread = CreateThread(NULL, 0, Cancel, this, CREATE_SUSPENDED, NULL);
        if (m_hThread == NULL)
        {
            pProvider->SetErrorStatus(HRESULT_FROM_WIN32(GetLastError()));
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        // The thread uses the context only while the request waits for its own end (see below).
        HANDLE hThread = m_hThread;
        DWORD cbRead = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                &cbRead, &fPending);
        ResumeThread(hThread);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return Finish();
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *,
                                                  _In_ IHttpCompletionInfo *)
    {
        return Finish();
    }

  private:
    static DWORD WINAPI Cancel(LPVOID pParameter)
    {
        // Fails when nothing is outstanding (any more).
        static_cast<CCancelModule *>(pParameter)->m_pHttpContext->CancelIo();
        return 0;
    }

    // The request must not go on while the thread may still use it.
    REQUEST_NOTIFICATION_STATUS Finish()
    {
        WaitForSingleObject(m_hThread, INFINITE);
        CloseHandle(m_hThread);
        return RQ_NOTIFICATION_CONTINUE;
    }

    IHttpContext *m_pHttpContext;
    HANDLE m_hThread;
    BYTE m_piece[256];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CCancelModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
