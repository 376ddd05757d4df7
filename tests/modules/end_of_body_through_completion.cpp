// The repaired twin of faulty_end_of_body_through_completion.cpp: the end of the body is no
// failure, whichever way it is told.
#include "factory.h"

// Keeps the first bytes of an upload and tells the client how long it was.
class CArchiveModule : public CHttpModule
{
  public:
    CArchiveModule() : m_cbStored(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        return Continue(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        if (IsEndOfBody(hr, pCompletionInfo->GetCompletionBytes()))
        {
            return Finish(pHttpContext, pProvider);
        }
        if (FAILED(hr))
        {
            // The client has gone before the upload was complete.
            return Fail(pProvider, hr);
        }
        m_cbStored += pCompletionInfo->GetCompletionBytes();
        return Continue(pHttpContext, pProvider);
    }

  private:
    // Reads for as long as reads complete inline.
    REQUEST_NOTIFICATION_STATUS Continue(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        for (;;)
        {
            DWORD cbRead = 0;
            BOOL fPending = FALSE;
            HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                    &cbRead, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
            if (IsEndOfBody(hr, cbRead))
            {
                return Finish(pHttpContext, pProvider);
            }
            if (FAILED(hr))
            {
                return Fail(pProvider, hr);
            }
            m_cbStored += cbRead;
        }
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        char szText[48];
        sprintf_s(szText, "stored %u bytes\r\n", m_cbStored);
        return Answer(pHttpContext, pProvider, szText);
    }

    DWORD m_cbStored;
    BYTE m_piece[1024];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CArchiveModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
