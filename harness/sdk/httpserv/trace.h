// Tracing.
#ifndef PENDULUM_SDK_HTTPSERV_TRACE_H_
#define PENDULUM_SDK_HTTPSERV_TRACE_H_

#include "httpserv/base.h"

// Where trace events of a request go. See ihttptracecontext-interface.md.
class __declspec(uuid("9f9098d5-915c-4294-a52e-66532a232bc9")) IHttpTraceContext {
 public:
  virtual HRESULT GetTraceConfiguration(HTTP_TRACE_CONFIGURATION* pHttpTraceConfiguration) = 0;
  virtual HRESULT SetTraceConfiguration(HTTP_MODULE_ID moduleId,
                                        HTTP_TRACE_CONFIGURATION* pHttpTraceConfiguration,
                                        DWORD cHttpTraceConfiguration = 1) = 0;
  virtual HRESULT RaiseTraceEvent(HTTP_TRACE_EVENT* pTraceEvent) = 0;
  virtual LPCGUID GetTraceActivityId() = 0;
  virtual HRESULT QuickTrace(PCWSTR pszData1, PCWSTR pszData2 = NULL, HRESULT hrLastError = S_OK,
                             UCHAR Level = 4) = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_TRACE_H_
