// What all modules of this folder have in common: a factory that makes one module for each request,
// and registers for the given notifications.
#pragma once

#include <httpserv.h>
#include <sal.h>
#include <windows.h>

template <class Module> class CFactory : public IHttpModuleFactory
{
  public:
    static HRESULT Register(IHttpModuleRegistrationInfo *pModuleInfo, DWORD dwNotifications)
    {
        return pModuleInfo->SetRequestNotifications(new CFactory(), dwNotifications, 0);
    }

    HRESULT GetHttpModule(_Out_ CHttpModule **ppModule, _In_ IModuleAllocator *)
    {
        *ppModule = new Module();
        return S_OK;
    }

    void Terminate()
    {
        delete this;
    }
};

// Makes *pChunk stand for memory.
inline void SetChunk(HTTP_DATA_CHUNK *pChunk, void *pvData, DWORD cbData)
{
    ZeroMemory(pChunk, sizeof(*pChunk));
    pChunk->DataChunkType = HttpDataChunkFromMemory;
    pChunk->FromMemory.pBuffer = pvData;
    pChunk->FromMemory.BufferLength = cbData;
}

inline bool IsEndOfBody(HRESULT hr, DWORD cbRead)
{
    return hr == HRESULT_FROM_WIN32(ERROR_HANDLE_EOF) || (SUCCEEDED(hr) && cbRead == 0);
}
