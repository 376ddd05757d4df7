// Writes with buffering on and far below the limit: the response takes a copy, and the memory may
// be used for something else, or freed, as soon as the call has returned.
#include "factory.h"

class CBufferedWriteModule : public CHttpModule
{
  public:
    REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(_In_ IHttpContext *pHttpContext,
                                                        _In_ IHttpEventProvider *pProvider)
    {
        for (int i = 0; i < 3; i++)
        {
            char *pszLine = new char[s_cbLine];
            FillMemory(pszLine, s_cbLine, (BYTE)('a' + i));
            HTTP_DATA_CHUNK chunk;
            SetChunk(&chunk, pszLine, s_cbLine);
            DWORD cbSent = 0;
            HRESULT hr =
                pHttpContext->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, i < 2, &cbSent);
            FillMemory(pszLine, s_cbLine, '?');
            delete[] pszLine;
            if (FAILED(hr))
            {
                pProvider->SetErrorStatus(hr);
                return RQ_NOTIFICATION_FINISH_REQUEST;
            }
        }
        return RQ_NOTIFICATION_CONTINUE;
    }

  private:
    static const DWORD s_cbLine = 80;
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo *pModuleInfo, IHttpServer *)
{
    return CFactory<CBufferedWriteModule>::Register(pModuleInfo, RQ_EXECUTE_REQUEST_HANDLER);
}
