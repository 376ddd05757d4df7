// Recursion on inline completions: a read that completes inline is dealt with like a completion,
// which starts the next read. Each one needs stack, and IIS gives a thread 256 KiB of it. Ordinary
// tests pass: most reads bring a whole record, or go pending, and then the next one starts at the
// bottom of another stack. Reported by MODULE-CRASH.
#include "factory.h"

// Writes the beginning of every upload to the debug log, a line for each record.
class CDumpModule : public CHttpModule
{
  public:
    CDumpModule() : m_cbDumped(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        return Next(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        return OnRead(pHttpContext, pProvider, pCompletionInfo->GetCompletionStatus(),
                      pCompletionInfo->GetCompletionBytes());
    }

  private:
    static const DWORD s_cbMost = 768;

    REQUEST_NOTIFICATION_STATUS Next(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        DWORD cbRead = 0;
        BOOL fPending = FALSE;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_record, sizeof(m_record), TRUE,
                                                                &cbRead, &fPending);
        if (SUCCEEDED(hr) && fPending)
        {
            return RQ_NOTIFICATION_PENDING;
        }
        return OnRead(pHttpContext, pProvider, hr, cbRead);
    }

    REQUEST_NOTIFICATION_STATUS OnRead(IHttpContext *pHttpContext, IHttpEventProvider *pProvider,
                                       HRESULT hr, DWORD cbRead)
    {
        if (FAILED(hr) || cbRead == 0)
        {
            return Finish(pProvider, hr);
        }
        char szLine[6144];
        size_t cch = 0;
        for (DWORD i = 0; i < cbRead; i++)
        {
            cch += (size_t)sprintf_s(szLine + cch, sizeof(szLine) - cch, "%02x ", m_record[i]);
        }
        OutputDebugStringA(szLine);
        m_cbDumped += cbRead;
        return m_cbDumped < s_cbMost ? Next(pHttpContext, pProvider) : Finish(pProvider, hr);
    }

    REQUEST_NOTIFICATION_STATUS Finish(IHttpEventProvider *pProvider, HRESULT hr)
    {
        if (FAILED(hr) && hr != HRESULT_FROM_WIN32(ERROR_HANDLE_EOF))
        {
            return Fail(pProvider, hr);
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

    DWORD m_cbDumped;
    BYTE m_record[32];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CDumpModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
