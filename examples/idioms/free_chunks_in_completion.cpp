// Keeps the chunks and the data of an asynchronous write on the heap, and frees both in
// OnAsyncCompletion before that returns: the operation is over when its completion arrives.
#include "factory.h"

class CFreeChunksModule : public CHttpModule
{
  public:
    CFreeChunksModule() : m_pChunks(NULL)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        pHttpContext->GetResponse()->DisableBuffering();
        MakeChunks();
        // The completion may come before the call returns, and sets the member to NULL then.
        HTTP_DATA_CHUNK *pChunks = m_pChunks;
        DWORD cbSent = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetResponse()->WriteEntityChunks(pChunks, s_cChunks, TRUE, FALSE,
                                                                    &cbSent, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return Finish(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return Finish(pProvider, pCompletionInfo->GetCompletionStatus());
    }

  private:
    static const WORD s_cChunks = 3;
    static const DWORD s_cbChunk = 500;

    void MakeChunks()
    {
        m_pChunks = new HTTP_DATA_CHUNK[s_cChunks];
        for (WORD w = 0; w < s_cChunks; w++)
        {
            BYTE *pbData = new BYTE[s_cbChunk];
            FillMemory(pbData, s_cbChunk, (BYTE)('x' + w));
            SetChunk(&m_pChunks[w], pbData, s_cbChunk);
        }
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        for (WORD w = 0; w < s_cChunks; w++)
        {
            delete[] static_cast<BYTE *>(m_pChunks[w].FromMemory.pBuffer);
        }
        delete[] m_pChunks;
        m_pChunks = NULL;
        if (FAILED(hr))
        {
            pProvider->SetErrorStatus(hr);
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    HTTP_DATA_CHUNK *m_pChunks;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CFreeChunksModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
