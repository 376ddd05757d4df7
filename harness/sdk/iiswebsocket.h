// The IIS WebSocket module: IWebSocketContext. See iwebsocketcontext-interface.md.
#ifndef PENDULUM_SDK_IISWEBSOCKET_H_
#define PENDULUM_SDK_IISWEBSOCKET_H_

#include "httpserv.h"

#define IIS_WEBSOCKET L"websockets"
#define IIS_WEBSOCKET_SERVER_VARIABLE "IIS_WEBSOCK"

typedef VOID(WINAPI* PFN_WEBSOCKET_COMPLETION)(HRESULT hrError, VOID* pvCompletionContext,
                                               DWORD cbIO, BOOL fUTF8Encoded, BOOL fFinalFragment,
                                               BOOL fClose);

// The WebSocket connection of a request, a stored context named IIS_WEBSOCKET.
class IWebSocketContext : public IHttpStoredContext {
 public:
  virtual HRESULT WriteFragment(VOID* pData, DWORD* pcbSent, BOOL fAsync, BOOL fUTF8Encoded,
                                BOOL fFinalFragment, PFN_WEBSOCKET_COMPLETION pfnCompletion = NULL,
                                VOID* pvCompletionContext = NULL,
                                BOOL* pfCompletionExpected = NULL) = 0;
  virtual HRESULT ReadFragment(VOID* pData, DWORD* pcbData, BOOL fAsync, BOOL* pfUTF8Encoded,
                               BOOL* pfFinalFragment, BOOL* pfConnectionClose,
                               PFN_WEBSOCKET_COMPLETION pfnCompletion = NULL,
                               VOID* pvCompletionContext = NULL,
                               BOOL* pfCompletionExpected = NULL) = 0;
  virtual HRESULT SendConnectionClose(BOOL fAsync, USHORT uStatusCode, LPCWSTR pszReason = NULL,
                                      PFN_WEBSOCKET_COMPLETION pfnCompletion = NULL,
                                      VOID* pvCompletionContext = NULL,
                                      BOOL* pfCompletionExpected = NULL) = 0;
  virtual HRESULT GetCloseStatus(USHORT* pStatusCode, LPCWSTR* ppszReason = NULL,
                                 USHORT* pcchReason = NULL) = 0;
  virtual VOID CloseTcpConnection() = 0;
  virtual VOID CancelOutstandingIO() = 0;
};

#endif  // PENDULUM_SDK_IISWEBSOCKET_H_
