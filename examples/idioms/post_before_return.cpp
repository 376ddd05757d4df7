// Posts a completion before the handler that waits for it has returned: OnAsyncCompletion may run
// while the handler is still on its way out, so nothing of this object is touched after the post.
#include "factory.h"

class CPostModule : public CHttpModule
{
  public:
    CPostModule() : m_cSteps(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *)
    {
        return Post(pHttpContext);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        if (pCompletionInfo->GetCompletionBytes() != m_cSteps)
        {
            pProvider->SetErrorStatus(E_UNEXPECTED);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        return m_cSteps < 3 ? Post(pHttpContext) : RQ_NOTIFICATION_CONTINUE;
    }

  private:
    REQUEST_NOTIFICATION_STATUS Post(IHttpContext *pHttpContext)
    {
        m_cSteps++;
        HRESULT hr = pHttpContext->PostCompletion(m_cSteps);
        return SUCCEEDED(hr) ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_FINISH_REQUEST;
    }

    DWORD m_cSteps;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CPostModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
