// Lock inversion: at the beginning of a request the statistics are locked within the cache, and
// where it is logged the cache within the statistics. Two requests that do so at the same time wait
// for each other. Ordinary tests pass: they send one request after the other, or the moment is
// missed. Reported by MODULE-HANG, and by MODULE-LOCK-ORDER where the moment was missed.
#include "factory.h"

// What the requests share: which URL was asked for last, and how often something was.
static SRWLOCK g_cacheLock = SRWLOCK_INIT;
static SRWLOCK g_statisticsLock = SRWLOCK_INIT;
static DWORD g_dwLastDigest = 0;
static DWORD g_cHits = 0;
static DWORD g_cRequests = 0;

class CStatisticsModule : public CHttpModule
{
  public:
    CStatisticsModule() : m_dwDigest(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnBeginRequest(_In_ IHttpContext *pHttpContext,
                                               _In_ IHttpEventProvider *)
    {
        Look(pHttpContext->GetRequest()->GetRawHttpRequest());
        return RQ_NOTIFICATION_CONTINUE;
    }

    REQUEST_NOTIFICATION_STATUS OnLogRequest(_In_ IHttpContext *, _In_ IHttpEventProvider *)
    {
        Count();
        return RQ_NOTIFICATION_CONTINUE;
    }

  private:
    void Look(const HTTP_REQUEST *pRaw)
    {
        for (USHORT i = 0; i < pRaw->RawUrlLength; i++)
        {
            m_dwDigest = m_dwDigest * 31 + (BYTE)pRaw->pRawUrl[i];
        }
        AcquireSRWLockExclusive(&g_cacheLock);
        if (g_dwLastDigest == m_dwDigest)
        {
            AcquireSRWLockExclusive(&g_statisticsLock);
            g_cHits++;
            ReleaseSRWLockExclusive(&g_statisticsLock);
        }
        g_dwLastDigest = m_dwDigest;
        ReleaseSRWLockExclusive(&g_cacheLock);
    }

    // Every second request empties the cache.
    void Count()
    {
        AcquireSRWLockExclusive(&g_statisticsLock);
        if (++g_cRequests % 2 == 0)
        {
            AcquireSRWLockExclusive(&g_cacheLock);
            g_dwLastDigest = 0;
            ReleaseSRWLockExclusive(&g_cacheLock);
        }
        ReleaseSRWLockExclusive(&g_statisticsLock);
    }

    DWORD m_dwDigest;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CStatisticsModule>::Register(pModuleInfo, RQ_BEGIN_REQUEST | RQ_LOG_REQUEST);
}
