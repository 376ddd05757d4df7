// Completion before return: the module says that it reads only after ReadEntityBody has told it
// that the read is pending. The completion may come before that call has returned; it is then taken
// for somebody else's, and the request waits for ever. Ordinary tests pass: on an idle server the
// thread that called is always back long before the pool thread is in OnAsyncCompletion. Reported
// by MODULE-PENDING-NOTHING.
#include "factory.h"

// Answers an upload with a digest of it.
class CDigestModule : public CHttpModule
{
  public:
    CDigestModule() : m_fReading(FALSE), m_dwDigest(2166136261u)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        return Read(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        if (!m_fReading)
        {
            // Not of a read of ours: goes on waiting for that.
            return RQ_NOTIFICATION_PENDING;
        }
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        DWORD cbRead = pCompletionInfo->GetCompletionBytes();
        m_fReading = FALSE;
        if (IsEndOfBody(hr, cbRead))
        {
            return SendDigest(pHttpContext, pProvider);
        }
        if (FAILED(hr))
        {
            return Fail(pProvider, hr);
        }
        Add(cbRead);
        return Read(pHttpContext, pProvider);
    }

  private:
    // Reads for as long as reads complete inline.
    REQUEST_NOTIFICATION_STATUS Read(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        for (;;)
        {
            DWORD cbRead = 0;
            BOOL fPending = FALSE;
            HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_piece, sizeof(m_piece), TRUE,
                                                                    &cbRead, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                m_fReading = TRUE;
                return RQ_NOTIFICATION_PENDING;
            }
            if (IsEndOfBody(hr, cbRead))
            {
                return SendDigest(pHttpContext, pProvider);
            }
            if (FAILED(hr))
            {
                return Fail(pProvider, hr);
            }
            Add(cbRead);
        }
    }

    void Add(DWORD cbRead)
    {
        for (DWORD i = 0; i < cbRead; i++)
        {
            m_dwDigest = (m_dwDigest ^ m_piece[i]) * 16777619u;
        }
    }

    REQUEST_NOTIFICATION_STATUS SendDigest(IHttpContext *pHttpContext,
                                           IHttpEventProvider *pProvider)
    {
        char szText[32];
        sprintf_s(szText, "digest %08x\r\n", m_dwDigest);
        return Answer(pHttpContext, pProvider, szText);
    }

    BOOL m_fReading;
    DWORD m_dwDigest;
    BYTE m_piece[512];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CDigestModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
