// Sends the body of a request back, piece by piece and asynchronously: a read, a write, a read ...
// Any of them may complete inline or later.
#include <httpserv.h>
#include <sal.h>
#include <windows.h>

class CEchoModule : public CHttpModule
{
  public:
    CEchoModule() : m_step(StepRead), m_cbPiece(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        // Without a body there is nothing to wait for.
        if (pHttpContext->GetRequest()->GetRemainingEntityBytes() == 0)
        {
            m_step = StepFlush;
        }
        return Continue(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr =
            Finish(pCompletionInfo->GetCompletionStatus(), pCompletionInfo->GetCompletionBytes());
        if (FAILED(hr))
        {
            return Fail(pProvider, hr);
        }
        return Continue(pHttpContext, pProvider);
    }

  private:
    enum Step
    {
        StepRead,
        StepWrite,
        StepFlush,
        StepDone
    };

    // Starts operations for as long as they complete inline.
    REQUEST_NOTIFICATION_STATUS Continue(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        while (m_step != StepDone)
        {
            DWORD cbDone = 0;
            BOOL fPending = FALSE;
            HRESULT hr = Start(pHttpContext, &cbDone, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                // OnAsyncCompletion may be running already: nothing of this object may be touched.
                return RQ_NOTIFICATION_PENDING;
            }
            hr = Finish(hr, cbDone);
            if (FAILED(hr))
            {
                return Fail(pProvider, hr);
            }
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    HRESULT Start(IHttpContext *pHttpContext, DWORD *pcbDone, BOOL *pfPending)
    {
        switch (m_step)
        {
        case StepRead:
            return pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                              pcbDone, pfPending);
        case StepWrite:
            ZeroMemory(&m_chunk, sizeof(m_chunk));
            m_chunk.DataChunkType = HttpDataChunkFromMemory;
            m_chunk.FromMemory.pBuffer = m_piece;
            m_chunk.FromMemory.BufferLength = m_cbPiece;
            return pHttpContext->GetResponse()->WriteEntityChunks(&m_chunk, 1, TRUE, TRUE, pcbDone,
                                                                  pfPending);
        default:
            return pHttpContext->GetResponse()->Flush(TRUE, FALSE, pcbDone, pfPending);
        }
    }

    // Takes note of how the operation of the present step has ended, and chooses the next step.
    HRESULT Finish(HRESULT hr, DWORD cbDone)
    {
        switch (m_step)
        {
        case StepRead:
            if (hr == HRESULT_FROM_WIN32(ERROR_HANDLE_EOF) || (SUCCEEDED(hr) && cbDone == 0))
            {
                m_step = StepFlush;
                return S_OK;
            }
            m_cbPiece = cbDone;
            m_step = StepWrite;
            return hr;
        case StepWrite:
            m_step = StepRead;
            return hr;
        default:
            m_step = StepDone;
            return hr;
        }
    }

    // The client has gone, or there is no memory: there is nobody to tell more than the status.
    REQUEST_NOTIFICATION_STATUS Fail(IHttpEventProvider *pProvider, HRESULT hr)
    {
        pProvider->SetErrorStatus(hr);
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    Step m_step;
    DWORD m_cbPiece;
    HTTP_DATA_CHUNK m_chunk;
    BYTE m_piece[1024];
};

class CEchoModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CEchoModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CEchoModuleFactory(),
                                                RQ_EXECUTE_REQUEST_HANDLER, 0);
}
