// The repaired twin of faulty_lost_wakeup.cpp: the answer is looked for and waited for under one
// lock, and the lock is held when it is given.
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
        EnterCriticalSection(&g_lock);
        while (!m_fKnown)
        {
            SleepConditionVariableCS(&g_changed, &g_lock, INFINITE);
        }
        LeaveCriticalSection(&g_lock);
    }

    static DWORD WINAPI Look(LPVOID pParameter)
    {
        CDirectoryModule *pModule = static_cast<CDirectoryModule *>(pParameter);
        EnterCriticalSection(&g_lock);
        pModule->m_fKnown = TRUE;
        WakeAllConditionVariable(&g_changed);
        LeaveCriticalSection(&g_lock);
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
