// Leaves the work of a request to a thread of its own, which posts a completion when it is done.
// The handler returns at once, and IIS has its thread back in the meantime.
#include <httpserv.h>
#include <sal.h>
#include <stdio.h>
#include <windows.h>

class CWorkerModule : public CHttpModule
{
  public:
    CWorkerModule() : m_pHttpContext(NULL), m_dwResult(0)
    {
        m_szResult[0] = '\0';
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        // All that the thread reads must be there before it starts.
        m_pHttpContext = pHttpContext;
        HANDLE hThread = CreateThread(NULL, 0, ThreadProc, this, 0, NULL);
        if (hThread == NULL)
        {
            pProvider->SetErrorStatus(HRESULT_FROM_WIN32(GetLastError()));
            return RQ_NOTIFICATION_FINISH_REQUEST;
        }
        CloseHandle(hThread);
        return RQ_NOTIFICATION_PENDING;
    }

    // The completion that the thread has posted.
    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *)
    {
        HRESULT hr = SendResult(pHttpContext->GetResponse());
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

  private:
    static DWORD WINAPI ThreadProc(LPVOID pParameter)
    {
        CWorkerModule *pModule = static_cast<CWorkerModule *>(pParameter);
        pModule->Work();

        // The request may be over, and this module with it, before PostCompletion returns: it is
        // the last thing that this thread does for the request.
        pModule->m_pHttpContext->PostCompletion(0);
        return 0;
    }

    // Stands for a query of a data base: takes its time and gives a number.
    void Work()
    {
        Sleep(20);
        for (DWORD dw = 1; dw <= 100; dw++)
        {
            m_dwResult += dw;
        }
    }

    HRESULT SendResult(IHttpResponse *pHttpResponse)
    {
        int cch = sprintf_s(m_szResult, sizeof(m_szResult), "The result is %u.\r\n", m_dwResult);
        if (cch < 0)
        {
            return E_FAIL;
        }

        HTTP_DATA_CHUNK chunk;
        ZeroMemory(&chunk, sizeof(chunk));
        chunk.DataChunkType = HttpDataChunkFromMemory;
        chunk.FromMemory.pBuffer = m_szResult;
        chunk.FromMemory.BufferLength = (ULONG)cch;

        DWORD cbSent = 0;
        return pHttpResponse->WriteEntityChunks(&chunk, 1, FALSE, FALSE, &cbSent);
    }

    IHttpContext *m_pHttpContext;
    DWORD m_dwResult;
    char m_szResult[64];
};

class CWorkerModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CWorkerModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CWorkerModuleFactory(),
                                                RQ_EXECUTE_REQUEST_HANDLER, 0);
}
