// The repaired twin of faulty_timer_after_end.cpp: deleting the timer waits for a callback that is
// running.
#include "factory.h"

// Writes requests that take long to the debug log, while they still take long.
class CSlowLogModule : public CHttpModule
{
  public:
    CSlowLogModule() : m_hTimer(NULL)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnBeginRequest(_In_ IHttpContext *pHttpContext,
                                               _In_ IHttpEventProvider *)
    {
        if (!CreateTimerQueueTimer(&m_hTimer, NULL, OnSlow, pHttpContext, 100, 0,
                                   WT_EXECUTEDEFAULT))
        {
            m_hTimer = NULL;
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        Sleep(90); // makes the page
        return Answer(pHttpContext, pProvider, "page\r\n");
    }

    REQUEST_NOTIFICATION_STATUS OnEndRequest(_In_ IHttpContext *, _In_ IHttpEventProvider *)
    {
        if (m_hTimer != NULL)
        {
            DeleteTimerQueueTimer(NULL, m_hTimer, INVALID_HANDLE_VALUE);
            m_hTimer = NULL;
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

  private:
    static VOID CALLBACK OnSlow(PVOID pParameter, BOOLEAN)
    {
        IHttpContext *pHttpContext = static_cast<IHttpContext *>(pParameter);
        IHttpRequest *pHttpRequest = pHttpContext->GetRequest();
        PCSTR pszHost = pHttpRequest->GetHeader("Host");
        char szLine[128];
        sprintf_s(szLine, "slow: a %.16s to %.64s\n", pHttpRequest->GetHttpMethod(),
                  pszHost != NULL ? pszHost : "?");
        OutputDebugStringA(szLine);
    }

    HANDLE m_hTimer;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CSlowLogModule>::Register(
        pModuleInfo, RQ_BEGIN_REQUEST | RQ_EXECUTE_REQUEST_HANDLER | RQ_END_REQUEST);
}
