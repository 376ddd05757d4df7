// Gives NULL for the count and the pending flag of asynchronous calls. Then every success is
// followed by a completion, also when the operation finished at once, and only a failure, the end
// of the body among them, comes back inline.
#include "factory.h"

class CNullPointersModule : public CHttpModule
{
  public:
    CNullPointersModule() : m_cbTotal(0), m_fFlushing(FALSE)
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
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        DWORD cbRead = pCompletionInfo->GetCompletionBytes();
        if (m_fFlushing)
        {
            return Finish(pProvider, hr);
        }
        if (IsEndOfBody(hr, cbRead))
        {
            return Flush(pHttpContext, pProvider);
        }
        if (FAILED(hr))
        {
            return Finish(pProvider, hr);
        }
        m_cbTotal += cbRead;
        return Read(pHttpContext, pProvider);
    }

  private:
    REQUEST_NOTIFICATION_STATUS Read(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        HRESULT hr =
            pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE, NULL, NULL);
        if (SUCCEEDED(hr))
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return IsEndOfBody(hr, 0) ? Flush(pHttpContext, pProvider) : Finish(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS Flush(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        m_fFlushing = TRUE;
        HRESULT hr = pHttpContext->GetResponse()->Flush(TRUE, FALSE, NULL, NULL);
        return SUCCEEDED(hr) ? RQ_NOTIFICATION_PENDING : Finish(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    BYTE m_piece[512];
    DWORD m_cbTotal;
    BOOL m_fFlushing;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CNullPointersModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
