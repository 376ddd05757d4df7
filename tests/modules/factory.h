// What all modules of this folder have in common, on top of what the idioms share.
#ifndef PENDULUM_TESTS_MODULES_FACTORY_H_
#define PENDULUM_TESTS_MODULES_FACTORY_H_

#include "../../examples/idioms/factory.h"

#include <stdio.h>
#include <string.h>

// Puts text into the response. It is buffered, so that the memory may go at once.
inline HRESULT SendText(IHttpContext *pHttpContext, const char *pszText)
{
    HTTP_DATA_CHUNK chunk;
    SetChunk(&chunk, const_cast<char *>(pszText), (DWORD)strlen(pszText));
    DWORD cbSent = 0;
    return pHttpContext->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &cbSent);
}

// There is nobody to tell more than the status: the client has gone, or there is no memory.
inline REQUEST_NOTIFICATION_STATUS Fail(IHttpEventProvider *pProvider, HRESULT hr)
{
    pProvider->SetErrorStatus(hr);
    return RQ_NOTIFICATION_FINISH_REQUEST;
}

// The handler's last step: the text is the whole response.
inline REQUEST_NOTIFICATION_STATUS Answer(IHttpContext *pHttpContext, IHttpEventProvider *pProvider,
                                          const char *pszText)
{
    HRESULT hr = SendText(pHttpContext, pszText);
    return FAILED(hr) ? Fail(pProvider, hr) : RQ_NOTIFICATION_FINISH_REQUEST;
}

#endif // PENDULUM_TESTS_MODULES_FACTORY_H_
