// One module for all requests: the factory gives the same object each time, and its Dispose does
// nothing. What the requests share is guarded by a lock of the module's own.
#include "factory.h"

class CSingletonModule : public CHttpModule
{
  public:
    CSingletonModule() : m_cRequests(0), m_cCompletions(0)
    {
        InitializeSRWLock(&m_lock);
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *)
    {
        AcquireSRWLockExclusive(&m_lock);
        m_cRequests++;
        ReleaseSRWLockExclusive(&m_lock);
        HRESULT hr = pHttpContext->PostCompletion(0);
        return SUCCEEDED(hr) ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *, _In_ DWORD, _In_ BOOL,
                                                  _In_ IHttpEventProvider *,
                                                  _In_ IHttpCompletionInfo *)
    {
        AcquireSRWLockExclusive(&m_lock);
        m_cCompletions++;
        ReleaseSRWLockExclusive(&m_lock);
        return RQ_NOTIFICATION_CONTINUE;
    }

    void Dispose()
    {
    }

  private:
    SRWLOCK m_lock;
    DWORD m_cRequests;
    DWORD m_cCompletions;
};

class CSingletonFactory : public IHttpModuleFactory
{
  public:
    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = &m_module;
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }

  private:
    CSingletonModule m_module;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return pModuleInfo->SetRequestNotifications(new CSingletonFactory(), RQ_EXECUTE_REQUEST_HANDLER,
                                                0);
}
