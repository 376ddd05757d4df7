// Is ready for the completion before it makes the call: the completion may arrive before the call
// that started the operation has returned. Whatever the call brings back goes to local variables.
#include "factory.h"

class CStateBeforeCallModule : public CHttpModule
{
  public:
    CStateBeforeCallModule() : m_cReads(0), m_cbTotal(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        return Read(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        REQUEST_NOTIFICATION_STATUS status;
        if (Ended(pCompletionInfo->GetCompletionStatus(), pCompletionInfo->GetCompletionBytes(),
                  pProvider, &status))
        {
            return status;
        }
        return Read(pHttpContext, pProvider);
    }

  private:
    REQUEST_NOTIFICATION_STATUS Read(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        REQUEST_NOTIFICATION_STATUS status;
        DWORD cbRead;
        do
        {
            m_cReads++;
            cbRead = 0;
            BOOL fPending = FALSE;
            HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                    &cbRead, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
            if (Ended(hr, cbRead, pProvider, &status))
            {
                return status;
            }
        } while (cbRead != 0);
        return RQ_NOTIFICATION_CONTINUE;
    }

    BOOL Ended(HRESULT hr, DWORD cbRead, IHttpEventProvider *pProvider,
               REQUEST_NOTIFICATION_STATUS *pStatus)
    {
        m_cbTotal += SUCCEEDED(hr) ? cbRead : 0;
        *pStatus = RQ_NOTIFICATION_CONTINUE;
        if (IsEndOfBody(hr, cbRead))
        {
            return TRUE;
        }
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            *pStatus = RQ_NOTIFICATION_FINISH_REQUEST;
            return TRUE;
        }
        return FALSE;
    }

    DWORD m_cReads;
    DWORD m_cbTotal;
    BYTE m_piece[300];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CStateBeforeCallModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
