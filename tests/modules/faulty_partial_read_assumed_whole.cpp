// Partial read assumed whole: a read that succeeds is taken to have brought the whole header,
// however few bytes it was. Ordinary tests pass: a body of one packet is always read whole. On a
// slow line requests go to the wrong back end. Reported by MODULE-SCHEDULE-DEPENDENT.
#include "factory.h"

// A proxy that chooses the back end by the first bytes of the body, a header of fixed length.
class CRouterModule : public CHttpModule
{
  public:
    CRouterModule() : m_cbHeader(0)
    {
        ZeroMemory(&m_header, sizeof(m_header));
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        return ReadHeader(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        if (!Complete(hr, pCompletionInfo->GetCompletionBytes()))
        {
            return ReadHeader(pHttpContext, pProvider);
        }
        return Route(pHttpContext, pProvider, hr);
    }

  private:
    struct Header
    {
        BYTE m_kind[4];
        BYTE m_tenant[8];
        BYTE m_shard[4];
    };

    REQUEST_NOTIFICATION_STATUS ReadHeader(IHttpContext *pHttpContext,
                                           IHttpEventProvider *pProvider)
    {
        HRESULT hr;
        DWORD cbRead;
        do
        {
            cbRead = 0;
            BOOL fPending = FALSE;
            hr = pHttpContext->GetRequest()->ReadEntityBody(
                reinterpret_cast<BYTE *>(&m_header) + m_cbHeader,
                (DWORD)sizeof(m_header) - m_cbHeader, TRUE, &cbRead, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
        } while (!Complete(hr, cbRead));
        return Route(pHttpContext, pProvider, hr);
    }

    // Whether nothing is left to read.
    bool Complete(HRESULT hr, DWORD cbRead)
    {
        if (FAILED(hr) || cbRead == 0)
        {
            return true;
        }
        m_cbHeader += cbRead;
        return m_cbHeader > 0;
    }

    REQUEST_NOTIFICATION_STATUS Route(IHttpContext *pHttpContext, IHttpEventProvider *pProvider,
                                      HRESULT hr)
    {
        if (FAILED(hr) && hr != HRESULT_FROM_WIN32(ERROR_HANDLE_EOF))
        {
            return Fail(pProvider, hr);
        }
        DWORD dwShard = 0;
        for (BYTE b : m_header.m_shard)
        {
            dwShard = dwShard * 256 + b;
        }
        char szText[48];
        sprintf_s(szText, "routed to shard %u\r\n", dwShard % 1009);
        return Answer(pHttpContext, pProvider, szText);
    }

    DWORD m_cbHeader;
    Header m_header;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CRouterModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
