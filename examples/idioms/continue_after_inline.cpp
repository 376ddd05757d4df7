// Returns CONTINUE when the asynchronous call reports that it is done already: there is nothing to
// wait for then, and no completion will come.
#include "factory.h"

class CContinueModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnBeginRequest(_In_ IHttpContext *pHttpContext,
                                               _In_ IHttpEventProvider *pProvider)
    {
        // Nothing was written yet: this sends the headers.
        DWORD cbSent = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetResponse()->Flush(TRUE, TRUE, &cbSent, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return GoOn(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return GoOn(pProvider, pCompletionInfo->GetCompletionStatus());
    }

  private:
    REQUEST_NOTIFICATION_STATUS GoOn(IHttpEventProvider *pProvider, HRESULT hr)
    {
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        return RQ_NOTIFICATION_CONTINUE;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CContinueModule>::Register(pModuleInfo, RQ_BEGIN_REQUEST);
}
