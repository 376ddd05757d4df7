// Lost wake-up: the answer is looked for without the lock under which it is waited for, and given
// without it. An answer that comes between the look and the wait wakes nobody, and the request
// waits for ever. Ordinary tests pass: a directory takes longer than that.
// Reported by MODULE-LOST-WAKEUP.
#include "factory.h"

static CRITICAL_SECTION g_lock;
static CONDITION_VARIABLE g_changed;

// Asks a directory who the user is. The directory's library calls back on a thread of its own.
class CDirectoryModule : public CHttpModule
{
  public:
    CDirectoryModule() : m_fKnown(FALSE)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnAuthenticateRequest(_In_ IHttpContext *,
                                                      _In_ IAuthenticationProvider *pProvider)
    {
        if (!QueueUserWorkItem(Look, this, WT_EXECUTEDEFAULT))
        {
            return Fail(pProvider, E_OUTOFMEMORY);
        }
        WaitUntilKnown();
        return RQ_NOTIFICATION_CONTINUE;
    }

  private:
    void WaitUntilKnown()
    {
        while (!m_fKnown)
        {
            EnterCriticalSection(&g_lock);
            SleepConditionVariableCS(&g_changed, &g_lock, INFINITE);
            LeaveCriticalSection(&g_lock);
        }
    }

    static DWORD WINAPI Look(LPVOID pParameter)
    {
        CDirectoryModule *pModule = static_cast<CDirectoryModule *>(pParameter);
        pModule->m_fKnown = TRUE;
        WakeAllConditionVariable(&g_changed);
        return 0;
    }

    volatile BOOL m_fKnown;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    InitializeCriticalSection(&g_lock);
    InitializeConditionVariable(&g_changed);
    return CFactory<CDirectoryModule>::Register(pModuleInfo, RQ_AUTHENTICATE_REQUEST);
}
