// Check-then-act on a global: whether there is a free buffer is looked at before the lock is taken,
// so as not to take it in vain. Two requests that see the last buffer both take it, and the second
// one gets NULL. Ordinary tests pass: one request at a time always finds its buffer, or finds none
// and makes one. Reported by MODULE-CRASH.
#include "factory.h"

struct CBuffer
{
    CBuffer *m_pNext;
    BYTE m_bytes[1024];
};

// Buffers that no request uses at present. One is there from the beginning.
static CRITICAL_SECTION g_lock;
static CBuffer *g_pFree = NULL;

// Compresses what a client uploads: runs of the same byte become two bytes.
class CCompressModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        CBuffer *pBuffer = Take();
        DWORD cbRead = 0;
        HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(
            pBuffer->m_bytes, sizeof(pBuffer->m_bytes), FALSE, &cbRead);
        DWORD cbPacked = SUCCEEDED(hr) ? PackedBytes(pBuffer->m_bytes, cbRead) : 0;
        Return(pBuffer);
        if (FAILED(hr) && !IsEndOfBody(hr, cbRead))
        {
            return Fail(pProvider, hr);
        }
        return Answer(pHttpContext, pProvider, cbPacked <= cbRead ? "packed\r\n" : "kept\r\n");
    }

    static void Return(CBuffer *pBuffer)
    {
        EnterCriticalSection(&g_lock);
        pBuffer->m_pNext = g_pFree;
        g_pFree = pBuffer;
        LeaveCriticalSection(&g_lock);
    }

  private:
    static CBuffer *Take()
    {
        if (g_pFree == NULL)
        {
            return new CBuffer();
        }
        EnterCriticalSection(&g_lock);
        CBuffer *pBuffer = g_pFree;
        g_pFree = pBuffer->m_pNext;
        LeaveCriticalSection(&g_lock);
        return pBuffer;
    }

    static DWORD PackedBytes(const BYTE *pbData, DWORD cbData)
    {
        DWORD cbPacked = 0;
        for (DWORD i = 0; i < cbData; i++)
        {
            cbPacked += i == 0 || pbData[i] != pbData[i - 1] ? 2 : 0;
        }
        return cbPacked;
    }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    InitializeCriticalSection(&g_lock);
    CCompressModule::Return(new CBuffer());
    return CFactory<CCompressModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
