// The WinHTTP client, declared so that modules parse. Nothing of it is simulated.
#ifndef PENDULUM_SDK_WINHTTP_H_
#define PENDULUM_SDK_WINHTTP_H_

#include "windows.h"

typedef LPVOID HINTERNET;
typedef HINTERNET* LPHINTERNET;
typedef WORD INTERNET_PORT;
typedef DWORD_PTR WINHTTP_STATUS_CONTEXT;

#define INTERNET_DEFAULT_PORT 0
#define INTERNET_DEFAULT_HTTP_PORT 80
#define INTERNET_DEFAULT_HTTPS_PORT 443
#define INTERNET_SCHEME_HTTP 1
#define INTERNET_SCHEME_HTTPS 2
#define WINHTTP_FLAG_ASYNC 0x10000000u
#define WINHTTP_FLAG_SECURE 0x00800000u
#define WINHTTP_FLAG_ESCAPE_DISABLE 0x00000040u
#define WINHTTP_FLAG_NULL_CODEPAGE 0x00000008u
#define WINHTTP_ACCESS_TYPE_DEFAULT_PROXY 0
#define WINHTTP_ACCESS_TYPE_NO_PROXY 1
#define WINHTTP_NO_PROXY_NAME NULL
#define WINHTTP_NO_PROXY_BYPASS NULL
#define WINHTTP_NO_REFERER NULL
#define WINHTTP_NO_REQUEST_DATA NULL
#define WINHTTP_NO_ADDITIONAL_HEADERS NULL
#define WINHTTP_NO_HEADER_INDEX NULL
#define WINHTTP_NO_OUTPUT_BUFFER NULL
#define WINHTTP_HEADER_NAME_BY_INDEX NULL
#define WINHTTP_DEFAULT_ACCEPT_TYPES NULL
#define WINHTTP_IGNORE_REQUEST_TOTAL_LENGTH 0
#define WINHTTP_ADDREQ_FLAG_ADD 0x20000000u
#define WINHTTP_ADDREQ_FLAG_REPLACE 0x80000000u
#define WINHTTP_QUERY_STATUS_CODE 19
#define WINHTTP_QUERY_STATUS_TEXT 20
#define WINHTTP_QUERY_RAW_HEADERS 21
#define WINHTTP_QUERY_RAW_HEADERS_CRLF 22
#define WINHTTP_QUERY_FLAG_NUMBER 0x20000000u
#define WINHTTP_OPTION_CONTEXT_VALUE 45
#define WINHTTP_OPTION_DISABLE_FEATURE 63
#define WINHTTP_OPTION_UPGRADE_TO_WEB_SOCKET 114
#define WINHTTP_DISABLE_COOKIES 0x00000001u
#define WINHTTP_DISABLE_REDIRECTS 0x00000002u
#define WINHTTP_CALLBACK_STATUS_HANDLE_CREATED 0x00000400u
#define WINHTTP_CALLBACK_STATUS_HANDLE_CLOSING 0x00000800u
#define WINHTTP_CALLBACK_STATUS_HEADERS_AVAILABLE 0x00020000u
#define WINHTTP_CALLBACK_STATUS_DATA_AVAILABLE 0x00040000u
#define WINHTTP_CALLBACK_STATUS_READ_COMPLETE 0x00080000u
#define WINHTTP_CALLBACK_STATUS_WRITE_COMPLETE 0x00100000u
#define WINHTTP_CALLBACK_STATUS_REQUEST_ERROR 0x00200000u
#define WINHTTP_CALLBACK_STATUS_SENDREQUEST_COMPLETE 0x00400000u
#define WINHTTP_CALLBACK_FLAG_ALL_NOTIFICATIONS 0xFFFFFFFFu
#define ERROR_WINHTTP_TIMEOUT 12002
#define ERROR_WINHTTP_INTERNAL_ERROR 12004
#define ERROR_WINHTTP_NAME_NOT_RESOLVED 12007
#define ERROR_WINHTTP_OPERATION_CANCELLED 12017
#define ERROR_WINHTTP_CANNOT_CONNECT 12029
#define ERROR_WINHTTP_CONNECTION_ERROR 12030
#define ERROR_WINHTTP_INVALID_SERVER_RESPONSE 12152

typedef struct _WINHTTP_ASYNC_RESULT {
  DWORD_PTR dwResult;
  DWORD dwError;
} WINHTTP_ASYNC_RESULT, *LPWINHTTP_ASYNC_RESULT;

typedef VOID(CALLBACK* WINHTTP_STATUS_CALLBACK)(HINTERNET hInternet, DWORD_PTR dwContext,
                                                DWORD dwInternetStatus, LPVOID lpvStatusInformation,
                                                DWORD dwStatusInformationLength);
#define WINHTTP_INVALID_STATUS_CALLBACK ((WINHTTP_STATUS_CALLBACK)(-1L))

extern "C" {
HINTERNET WINAPI WinHttpOpen(LPCWSTR agent, DWORD access_type, LPCWSTR proxy, LPCWSTR bypass,
                             DWORD flags);
HINTERNET WINAPI WinHttpConnect(HINTERNET session, LPCWSTR server, INTERNET_PORT port,
                                DWORD reserved);
HINTERNET WINAPI WinHttpOpenRequest(HINTERNET connection, LPCWSTR verb, LPCWSTR object,
                                    LPCWSTR version, LPCWSTR referrer, LPCWSTR* accept_types,
                                    DWORD flags);
BOOL WINAPI WinHttpAddRequestHeaders(HINTERNET request, LPCWSTR headers, DWORD length,
                                     DWORD modifiers);
BOOL WINAPI WinHttpSendRequest(HINTERNET request, LPCWSTR headers, DWORD headers_length,
                               LPVOID optional, DWORD optional_bytes, DWORD total_bytes,
                               DWORD_PTR context);
BOOL WINAPI WinHttpReceiveResponse(HINTERNET request, LPVOID reserved);
BOOL WINAPI WinHttpQueryHeaders(HINTERNET request, DWORD info_level, LPCWSTR name, LPVOID buffer,
                                LPDWORD buffer_bytes, LPDWORD index);
BOOL WINAPI WinHttpQueryDataAvailable(HINTERNET request, LPDWORD bytes);
BOOL WINAPI WinHttpReadData(HINTERNET request, LPVOID buffer, DWORD bytes_to_read,
                            LPDWORD bytes_read);
BOOL WINAPI WinHttpWriteData(HINTERNET request, LPCVOID buffer, DWORD bytes_to_write,
                             LPDWORD bytes_written);
BOOL WINAPI WinHttpSetOption(HINTERNET handle, DWORD option, LPVOID buffer, DWORD bytes);
BOOL WINAPI WinHttpQueryOption(HINTERNET handle, DWORD option, LPVOID buffer, LPDWORD bytes);
BOOL WINAPI WinHttpSetTimeouts(HINTERNET handle, int resolve_ms, int connect_ms, int send_ms,
                               int receive_ms);
WINHTTP_STATUS_CALLBACK WINAPI WinHttpSetStatusCallback(HINTERNET handle,
                                                        WINHTTP_STATUS_CALLBACK callback,
                                                        DWORD flags, DWORD_PTR reserved);
BOOL WINAPI WinHttpCloseHandle(HINTERNET handle);
}

#endif  // PENDULUM_SDK_WINHTTP_H_
