// Written from ihttpcontext-indicatecompletion-method.md: sends a text asynchronously and, when
// that is done, tells IIS to go on with the request on the thread that brought the completion.
#include <httpserv.h>
#include <sal.h>
#include <windows.h>

class CIndicateCompletionModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnBeginRequest(_In_ IHttpContext *pHttpContext,
                                               _In_ IHttpEventProvider *pProvider)
    {
        static const char szText[] = "A text that is sent asynchronously.\r\n";

        ZeroMemory(&m_chunk, sizeof(m_chunk));
        m_chunk.DataChunkType = HttpDataChunkFromMemory;
        m_chunk.FromMemory.pBuffer = (PVOID)szText;
        m_chunk.FromMemory.BufferLength = sizeof(szText) - 1;

        DWORD cbSent = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetResponse()->WriteEntityChunks(&m_chunk, 1, TRUE, TRUE,
                                                                    &cbSent, &fPending);
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        return fPending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }

        // The asynchronous operation has completed: the request continues on this thread.
        pHttpContext->IndicateCompletion(RQ_NOTIFICATION_CONTINUE);
        return RQ_NOTIFICATION_CONTINUE;
    }

  private:
    HTTP_DATA_CHUNK m_chunk;
};

class CIndicateCompletionModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CIndicateCompletionModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CIndicateCompletionModuleFactory(),
                                                RQ_BEGIN_REQUEST, 0);
}
