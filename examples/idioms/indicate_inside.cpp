// Says that its work is done with IndicateCompletion, on the thread that it was called on: inside
// the handler for a request without a body, inside OnAsyncCompletion for one with a body. Both then
// return pending, because the status has been given already, and touch nothing of the request.
#include "factory.h"

class CIndicateModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnPreExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                           _In_ IHttpEventProvider *)
    {
        if (pHttpContext->GetRequest()->GetRemainingEntityBytes() == 0)
        {
            return GoOn(pHttpContext);
        }
        DWORD cbRead = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                &cbRead, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return GoOn(pHttpContext);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *,
                                                  _In_ IHttpCompletionInfo *)
    {
        return GoOn(pHttpContext);
    }

  private:
    REQUEST_NOTIFICATION_STATUS GoOn(IHttpContext *pHttpContext)
    {
        pHttpContext->IndicateCompletion(RQ_NOTIFICATION_CONTINUE);
        return RQ_NOTIFICATION_PENDING;
    }

    BYTE m_piece[256];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CIndicateModule>::Register(pModuleInfo, RQ_PRE_EXECUTE_REQUEST_HANDLER);
}
