// The repaired twin of faulty_double_post.cpp: what was counted under the lock decides, not what
// the counter says later.
#include "factory.h"

static CRITICAL_SECTION g_lock;

// What the work items of one request share. The last one to be done posts the completion, and the
// completion gives the memory back.
struct CJoin
{
    IHttpContext *m_pHttpContext;
    LONG m_cReferences;
    DWORD m_cRunning;
    DWORD m_dwSum;

    void Release()
    {
        if (InterlockedDecrement(&m_cReferences) == 0)
        {
            delete this;
        }
    }
};

// Puts a page together from two parts that are made at the same time.
class CMashupModule : public CHttpModule
{
  public:
    CMashupModule() : m_pJoin(NULL)
    {
    }

    ~CMashupModule()
    {
        if (m_pJoin != NULL)
        {
            m_pJoin->Release();
        }
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *)
    {
        CJoin *pJoin = m_pJoin = new CJoin{pHttpContext, 3, 2, 0};
        for (int i = 0; i < 2; i++)
        {
            if (!QueueUserWorkItem(MakePart, pJoin, WT_EXECUTEDEFAULT))
            {
                MakePart(pJoin);
            }
        }
        return RQ_NOTIFICATION_PENDING;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        char szText[32];
        sprintf_s(szText, "sum %u\r\n", pCompletionInfo->GetCompletionBytes());
        return Answer(pHttpContext, pProvider, szText);
    }

  private:
    static DWORD WINAPI MakePart(LPVOID pParameter)
    {
        CJoin *pJoin = static_cast<CJoin *>(pParameter);
        EnterCriticalSection(&g_lock);
        pJoin->m_dwSum += 21;
        pJoin->m_cRunning--;
        bool fLast = pJoin->m_cRunning == 0;
        LeaveCriticalSection(&g_lock);
        if (fLast)
        {
            pJoin->m_pHttpContext->PostCompletion(pJoin->m_dwSum);
        }
        pJoin->Release();
        return 0;
    }

    CJoin *m_pJoin;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    InitializeCriticalSection(&g_lock);
    return CFactory<CMashupModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
