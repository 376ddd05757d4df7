// More-data false too early: rows that were sent inline and rows that went pending are counted in
// two places, and one more of the latter is counted where the next row is sent. So a row before the
// last says that it is the last. Ordinary tests pass: to a client that reads fast every row is sent
// inline. Reported by MODULE-WRITE-AFTER-LAST.
#include "factory.h"

// Exports a table: a row at a time, each sent when it is there.
class CExportModule : public CHttpModule
{
  public:
    CExportModule() : m_dwRow(0), m_cSent(0)
    {
    }

    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        pHttpContext->GetResponse()->DisableBuffering();
        return SendRows(pHttpContext, pProvider);
    }

    REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(_In_ IHttpContext *pHttpContext, _In_ DWORD,
                                                  _In_ BOOL, _In_ IHttpEventProvider *pProvider,
                                                  _In_ IHttpCompletionInfo *pCompletionInfo)
    {
        HRESULT hr = pCompletionInfo->GetCompletionStatus();
        if (FAILED(hr))
        {
            return Fail(pProvider, hr);
        }
        m_dwRow++;
        m_cSent++;
        return SendRows(pHttpContext, pProvider);
    }

  private:
    static const DWORD s_cRows = 5;

    // Sends rows for as long as they are sent inline.
    REQUEST_NOTIFICATION_STATUS SendRows(IHttpContext *pHttpContext, IHttpEventProvider *pProvider)
    {
        while (m_dwRow < s_cRows)
        {
            BOOL fPending = FALSE;
            HRESULT hr = SendRow(pHttpContext->GetResponse(), m_cSent + 1 < s_cRows, &fPending);
            if (FAILED(hr))
            {
                return Fail(pProvider, hr);
            }
            m_cSent++;
            if (fPending)
            {
                return RQ_NOTIFICATION_PENDING;
            }
            m_dwRow++;
        }
        return RQ_NOTIFICATION_FINISH_REQUEST;
    }

    HRESULT SendRow(IHttpResponse *pHttpResponse, BOOL fMoreData, BOOL *pfPending)
    {
        int cch = sprintf_s(m_szRow, "%u;row %u\r\n", m_dwRow, m_dwRow);
        SetChunk(&m_chunk, m_szRow, (DWORD)cch);
        DWORD cbSent = 0;
        return pHttpResponse->WriteEntityChunks(&m_chunk, 1, TRUE, fMoreData, &cbSent, pfPending);
    }

    DWORD m_dwRow;
    DWORD m_cSent;
    HTTP_DATA_CHUNK m_chunk;
    char m_szRow[32];
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CExportModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
