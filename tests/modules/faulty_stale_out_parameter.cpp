// Stale out-parameter: the number of bytes of a pending read is taken from the variable that was
// given to ReadEntityBody, where only a read that completes inline leaves one. Ordinary tests pass:
// small bodies are read inline. Under load clients are charged for what they have not sent, or not
// at all. Reported by MODULE-SCHEDULE-DEPENDENT.
#include "factory.h"

// Charges uploads to an account: adds up what a client sends.
class CQuotaModule : public CHttpModule
{
  public:
    CQuotaModule() : m_cbRead(0), m_cbUsed(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        return ReadAll(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        if (!Charge(hr))
        {
            return Finish(pHttpContext, pProvider, hr);
        }
        return ReadAll(pHttpContext, pProvider);
    }

  private:
    // Reads for as long as reads complete inline.
    REQUEST_NOTIFICATION_STATUS ReadAll(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        for (;;)
        {
            BOOL fPending = FALSE;
            HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                    &m_cbRead, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
            if (!Charge(hr))
            {
                return Finish(pHttpContext, pProvider, hr);
            }
        }
    }

    // Whether there is more to come.
    bool Charge(HRESULT hr)
    {
        if (FAILED(hr) || m_cbRead == 0)
        {
            return false;
        }
        m_cbUsed += m_cbRead;
        return true;
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpContext *pHttpContext, IHttpEventProvider *pProvider,
                                       HRESULT hr)
    {
        if (FAILED(hr) && hr != HRESULT_FROM_WIN32(ERROR_HANDLE_EOF))
        {
            return Fail(pProvider, hr);
        }
        char szText[48];
        sprintf_s(szText, "%u bytes charged\r\n", m_cbUsed);
        return Answer(pHttpContext, pProvider, szText);
    }

    DWORD m_cbRead;
    DWORD m_cbUsed;
    BYTE m_piece[1024];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CQuotaModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
