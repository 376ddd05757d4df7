// The repaired twin of faulty_recursion_on_inline_completions.cpp: a loop goes on for as long as
// reads complete inline, so that the stack stays as it is.
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
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        if (!Dump(hr, pCompletionInfo->GetCompletionBytes()))
        {
            return Finish(pProvider, hr);
        }
        return Next(pHttpContext, pProvider);
    }

  private:
    static const DWORD s_cbMost = 768;

    REQUEST_NOTIFICATION_STATUS Next(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        for (;;)
        {
            DWORD cbRead = 0;
            BOOL fPending = FALSE;
            HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_record, sizeof(m_record),
                                                                    TRUE, &cbRead, &fPending);
            if (SUCCEEDED(hr) && fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
            if (!Dump(hr, cbRead))
            {
                return Finish(pProvider, hr);
            }
        }
    }

    // Whether there is more to come.
    bool Dump(HRESULT hr, DWORD cbRead)
    {
        if (FAILED(hr) || cbRead == 0)
        {
            return false;
        }
        char szLine[6144];
        size_t cch = 0;
        for (DWORD i = 0; i < cbRead; i++)
        {
            cch += (size_t)sprintf_s(szLine + cch, sizeof(szLine) - cch, "%02x ", m_record[i]);
        }
        OutputDebugStringA(szLine);
        m_cbDumped += cbRead;
        return m_cbDumped < s_cbMost;
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
