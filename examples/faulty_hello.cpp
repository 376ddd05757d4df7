// hello.cpp with one fault planted.
#include <httpserv.h>
#include <sal.h>
#include <windows.h>

static const char g_szGreeting[] = "Hello from a native module.\r\n";
static const char g_szSignature[] = "-- served by the example\r\n";

class CHelloModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        HRESULT hr = SendGreeting(pHttpContext->GetResponse());
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

  private:
    HRESULT SendGreeting(IHttpResponse *pHttpResponse)
    {
        pHttpResponse->Clear();
        HRESULT hr = pHttpResponse->SetHeader(HttpHeaderContentType, "text/plain",
                                              (USHORT)strlen("text/plain"), TRUE);
        if (FAILED(hr))
        {
            return hr;
        }

        hr = WriteText(pHttpResponse, g_szGreeting);
        if (FAILED(hr))
        {
            return hr;
        }
        return WriteText(pHttpResponse, g_szSignature);
    }

    // Adds text to the body of the response.
    HRESULT WriteText(IHttpResponse *pHttpResponse, const char *pszText)
    {
        HTTP_DATA_CHUNK chunk;
        ZeroMemory(&chunk, sizeof(chunk));
        chunk.DataChunkType = HttpDataChunkFromMemory;
        chunk.FromMemory.pBuffer = (PVOID)pszText;
        chunk.FromMemory.BufferLength = (ULONG)strlen(pszText);

        DWORD cbSent = 0;
        return pHttpResponse->WriteEntityChunks(&chunk, 1, FALSE, FALSE, &cbSent);
    }
};

class CHelloModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CHelloModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CHelloModuleFactory(),
                                                RQ_EXECUTE_REQUEST_HANDLER, 0);
}
