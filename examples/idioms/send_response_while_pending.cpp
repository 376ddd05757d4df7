// Is told of each sending of the response while its own handler of the same request waits for the
// flush that causes it. The notification may come on another thread, so what both count is counted
// with interlocked operations, and it never waits for anything.
#include "factory.h"

class CSendResponseModule : public CHttpModule
{
  public:
    CSendResponseModule() : m_cSent(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        IHttpResponse *pHttpResponse = pHttpContext->GetResponse();
        SetChunk(&m_chunk, m_szText, sizeof(m_szText) - 1);
        DWORD cbSent = 0;
        HRESULT hr = pHttpResponse->WriteEntityChunks(&m_chunk, 1, FALSE, TRUE, &cbSent);
        BOOL fPending = FALSE;
        if (SUCCEEDED(hr))
        {
            hr = pHttpResponse->Flush(TRUE, FALSE, &cbSent, &fPending);
        }
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return Finish(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS OnSendResponse(_In_ IHttpContext *, _In_ ISendResponseProvider *)
    {
        InterlockedIncrement(&m_cSent);
        return RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return Finish(pProvider, pCompletionInfo->GetCompletionStatus());
    }

  private:
    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

    LONG m_cSent;
    HTTP_DATA_CHUNK m_chunk;
    char m_szText[12] = "on its way\n";
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CSendResponseModule>::Register(pModuleInfo,
                                                   RQ_EXECUTE_REQUEST_HANDLER | RQ_SEND_RESPONSE);
}
