// Written from ihttprequest-readentitybody-method.md: reads a section of 1 KB of the request's body
// asynchronously, and logs how much of it there was.
#include <httpserv.h>
#include <sal.h>
#include <stdio.h>
#include <windows.h>

class CReadEntityBodyModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnBeginRequest(_In_ IHttpContext *pHttpContext,
                                               _In_ IHttpEventProvider *pProvider)
    {
        BYTE buffer[1024];
        DWORD cbReceived = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(buffer, sizeof(buffer), TRUE,
                                                                &cbReceived, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return Finish(pProvider, hr, cbReceived);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return Finish(pProvider, pCompletionInfo->GetCompletionStatus(),
                      pCompletionInfo->GetCompletionBytes());
    }

  private:
    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr, DWORD cbReceived)
    {
        if (hr == ERROR_HANDLE_EOF)
        {
            // There is no data to be read.
            return RQ_NOTIFICATION_CONTINUE;
        }
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        char szText[64];
        sprintf_s(szText, sizeof(szText), "Read %u bytes of the body.\n", cbReceived);
        OutputDebugStringA(szText);
        return RQ_NOTIFICATION_CONTINUE;
    }
};

class CReadEntityBodyModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CReadEntityBodyModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CReadEntityBodyModuleFactory(),
                                                RQ_BEGIN_REQUEST, 0);
}
