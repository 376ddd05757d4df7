// Counts who still works for the request: the handler holds one share, the posted completion the
// other. Whoever gives up the last one gives the final status, so it may come from either.
#include "factory.h"

class CCountedOwnersModule : public CHttpModule
{
  public:
    CCountedOwnersModule() : m_cOwners(1)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *)
    {
        InterlockedIncrement(&m_cOwners);
        HRESULT hr = pHttpContext->PostCompletion(0);
        if (FAILED(hr))
        {
            InterlockedDecrement(&m_cOwners);
        }
        return Release();
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *,
                                                  _In_ IHttpCompletionInfo *)
    {
        return Release();
    }

  private:
    REQUEST_NOTIFICATION_STATUS Release()
    {
        return InterlockedDecrement(&m_cOwners) == 0 ? RQ_NOTIFICATION_CONTINUE
                                                     : RQ_NOTIFICATION_PENDING;
    }

    LONG m_cOwners;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CCountedOwnersModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
