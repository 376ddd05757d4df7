// Written from ihttpcompletioninfo-getcompletionbytes-method.md: sends a text asynchronously in one
// notification, flushes it in a later one, and logs what each completion says.
#include <httpserv.h>
#include <sal.h>
#include <stdio.h>
#include <windows.h>

class CCompletionBytesModule : public CHttpModule
{
  public:
    CCompletionBytesModule() : m_hEventLog(RegisterEventSourceW(NULL, L"CompletionBytes"))
    {
    }

    ~CCompletionBytesModule()
    {
        if (m_hEventLog != NULL)
        {
            DeregisterEventSource(m_hEventLog);
        }
    }

    REQUEST_NOTIFICATION_STATUS OnBeginRequest(_In_ IHttpContext *pHttpContext,
                                               _In_ IHttpEventProvider *pProvider)
    {
        static const char szText[] = "A text that is sent asynchronously.\r\n";
        static const char szType[] = "text/plain";

        IHttpResponse *pHttpResponse = pHttpContext->GetResponse();
        pHttpResponse->Clear();
        HRESULT hr = pHttpResponse->SetHeader(HttpHeaderContentType, szType,
                                              (USHORT)(sizeof(szType) - 1), TRUE);
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }

        HTTP_DATA_CHUNK chunk;
        ZeroMemory(&chunk, sizeof(chunk));
        chunk.DataChunkType = HttpDataChunkFromMemory;
        chunk.FromMemory.pBuffer = (PVOID)szText;
        chunk.FromMemory.BufferLength = sizeof(szText) - 1;

        DWORD cbSent = 0;
        BOOL fPending = FALSE;
        hr = pHttpResponse->WriteEntityChunks(&chunk, 1, TRUE, TRUE, &cbSent, &fPending);
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        return fPending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnMapRequestHandler(_In_ IHttpContext *pHttpContext,
                                                    _In_ IMapHandlerProvider *pProvider)
    {
        UNREFERENCED_PARAMETER(pProvider);

        DWORD cbSent = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetResponse()->Flush(TRUE, TRUE, &cbSent, &fPending);
        if (FAILED(hr))
        {
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        return fPending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext,
                                                  _In_ DWORD dwNotification,
                                                  _In_ BOOL fPostNotification,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        UNREFERENCED_PARAMETER(pHttpContext);
        UNREFERENCED_PARAMETER(dwNotification);
        UNREFERENCED_PARAMETER(fPostNotification);
        UNREFERENCED_PARAMETER(pProvider);

        if (pCompletionInfo != NULL)
        {
            DWORD cbDone = pCompletionInfo->GetCompletionBytes();
            HRESULT hr = pCompletionInfo->GetCompletionStatus();
            WriteEvent(cbDone, hr);
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

  private:
    void WriteEvent(DWORD cbDone, HRESULT hr)
    {
        WCHAR szBytes[64];
        WCHAR szStatus[64];
        swprintf_s(szBytes, 64, L"Completion bytes: %u", cbDone);
        swprintf_s(szStatus, 64, L"Completion status: 0x%08x", (DWORD)hr);
        LPCWSTR ppStrings[2] = {szBytes, szStatus};
        if (m_hEventLog != NULL)
        {
            ReportEventW(m_hEventLog, EVENTLOG_INFORMATION_TYPE, 0, 0, NULL, 2, 0, ppStrings, NULL);
        }
    }

    HANDLE m_hEventLog;
};

class CCompletionBytesModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CCompletionBytesModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CCompletionBytesModuleFactory(),
                                                RQ_BEGIN_REQUEST | RQ_MAP_REQUEST_HANDLER, 0);
}
