// streamer.cpp with one fault planted.
#include <httpserv.h>
#include <sal.h>
#include <windows.h>

class CStreamerModule : public CHttpModule
{
  public:
    CStreamerModule() : m_dwBlock(0), m_fWritten(FALSE)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        pHttpContext->GetResponse()->DisableBuffering();
        return Continue(pHttpContext, pProvider);
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
        Advance();
        return Continue(pHttpContext, pProvider);
    }

  private:
    static const DWORD s_cBlocks = 4;

    // Starts operations for as long as they complete inline.
    REQUEST_NOTIFICATION_STATUS Continue(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        while (m_dwBlock < s_cBlocks)
        {
            BOOL fPending = FALSE;
            HRESULT hr = m_fWritten ? FlushBlock(pHttpContext->GetResponse(), &fPending)
                                    : WriteBlock(pHttpContext->GetResponse(), &fPending);
            if (FAILED(hr))
            {
                pProvider->SetErrorStatus(hr);
                return RQ_NOTIFICATION_FINISH_REQUEST;
            }
            if (fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
            Advance();
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    HRESULT WriteBlock(IHttpResponse *pHttpResponse, BOOL *pfPending)
    {
        if (m_dwBlock == 0)
        {
            MakeBlock(0);
        }
        ZeroMemory(&m_chunk, sizeof(m_chunk));
        m_chunk.DataChunkType = HttpDataChunkFromMemory;
        m_chunk.FromMemory.pBuffer = m_block;
        m_chunk.FromMemory.BufferLength = sizeof(m_block);
        DWORD cbSent = 0;
        HRESULT hr = pHttpResponse->WriteEntityChunks(&m_chunk, 1, TRUE, TRUE, &cbSent, pfPending);

        // The next block is made while this one is on its way.
        MakeBlock(m_dwBlock + 1);
        return hr;
    }

    void MakeBlock(DWORD dwBlock)
    {
        FillMemory(m_block, sizeof(m_block), (BYTE)('A' + dwBlock));
    }

    HRESULT FlushBlock(IHttpResponse *pHttpResponse, BOOL *pfPending)
    {
        BOOL fMoreData = m_dwBlock + 1 < s_cBlocks;
        DWORD cbSent = 0;
        return pHttpResponse->Flush(TRUE, fMoreData, &cbSent, pfPending);
    }

    // The write or the flush of the present block is done.
    void Advance()
    {
        if (m_fWritten)
        {
            m_dwBlock++;
        }
        m_fWritten = !m_fWritten;
    }

    HTTP_DATA_CHUNK m_chunk;
    BYTE m_block[2048];
    DWORD m_dwBlock;
    BOOL m_fWritten;
};

class CStreamerModuleFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new CStreamerModule();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CStreamerModuleFactory(),
                                                RQ_EXECUTE_REQUEST_HANDLER, 0);
}
