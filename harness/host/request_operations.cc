// The methods of IHttpRequest that deal with the body, and those that are not simulated.
#include "harness/host/body.h"
#include "harness/host/certificate.h"
#include "harness/host/entry.h"
#include "harness/host/insertion.h"
#include "harness/host/request.h"

namespace pendulum::host {

HRESULT RequestObject::ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync,
                                      DWORD* pcbBytesReceived, BOOL* pfCompletionPending) {
  PENDULUM_ENTER(request_, IHttpRequest_ReadEntityBody, kErrorEnded);
  return host::ReadEntityBody(request_,
                              {.buffer = pvBuffer,
                               .buffer_bytes = cbBuffer,
                               .async = fAsync != FALSE,
                               .count = pcbBytesReceived,
                               .pending = pfCompletionPending},
                              &entry);
}

HRESULT RequestObject::ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync,
                                      PFN_ASYNC_COMPLETION pfnCompletionCallback,
                                      VOID* pvCompletionContext, DWORD* pcbBytesReceived,
                                      BOOL* pfCompletionPending) {
  PENDULUM_ENTER(request_, IHttpRequest3_ReadEntityBody, kErrorEnded);
  return host::ReadEntityBody(request_,
                              {.buffer = pvBuffer,
                               .buffer_bytes = cbBuffer,
                               .async = fAsync != FALSE,
                               .count = pcbBytesReceived,
                               .pending = pfCompletionPending,
                               .with_routine = true,
                               .callback = pfnCompletionCallback,
                               .callback_context = pvCompletionContext},
                              &entry);
}

HRESULT RequestObject::ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync, ULONG ulFlags,
                                      DWORD* pcbBytesReceived, BOOL* pfCompletionPending) {
  PENDULUM_ENTER(request_, IHttpRequest4_ReadEntityBody, kErrorEnded);
  return host::ReadEntityBody(
      request_,
      {.buffer = pvBuffer,
       .buffer_bytes = cbBuffer,
       .async = fAsync != FALSE,
       .fill = (ulFlags & HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER) != 0,
       .count = pcbBytesReceived,
       .pending = pfCompletionPending},
      &entry);
}

HRESULT RequestObject::InsertEntityBody(VOID* pvBuffer, DWORD cbBuffer) {
  PENDULUM_ENTER(request_, IHttpRequest_InsertEntityBody, kErrorEnded);
  if (pvBuffer == nullptr || cbBuffer == 0) return entry.Done(kErrorInvalidParameter);
  InsertBytes(request_, pvBuffer, cbBuffer);
  entry.Done(static_cast<uint32_t>(S_OK), cbBuffer);
  BodyChanged(request_);
  return S_OK;
}

DWORD RequestObject::GetRemainingEntityBytes() {
  PENDULUM_ENTER(request_, IHttpRequest_GetRemainingEntityBytes, 0);
  const uint32_t bytes = RemainingBytes(*request_);
  entry.Done(bytes, bytes);
  return bytes;
}

HRESULT RequestObject::GetClientCertificate(HTTP_SSL_CLIENT_CERT_INFO** ppClientCertInfo,
                                            BOOL* pfClientCertNegotiated) {
  PENDULUM_ENTER(request_, IHttpRequest_GetClientCertificate, kErrorEnded);
  return GetCertificate(request_, ppClientCertInfo, pfClientCertNegotiated, &entry);
}

HRESULT RequestObject::NegotiateClientCertificate(BOOL fAsync, BOOL* pfCompletionPending) {
  PENDULUM_ENTER(request_, IHttpRequest_NegotiateClientCertificate, kErrorEnded);
  return NegotiateCertificate(request_, fAsync != FALSE, pfCompletionPending, &entry);
}

HRESULT RequestObject::GetHeaderChanges(DWORD, DWORD*, PCSTR*, DWORD*, PCSTR**, PCSTR**, DWORD*,
                                        DWORD*, DWORD**) {
  PENDULUM_ENTER(request_, IHttpRequest_GetHeaderChanges, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

HRESULT RequestObject::GetChannelBindingToken(PBYTE* ppToken, DWORD* pTokenSize) {
  PENDULUM_ENTER(request_, IHttpRequest2_GetChannelBindingToken, kErrorEnded);
  if (ppToken != nullptr) *ppToken = nullptr;
  if (pTokenSize != nullptr) *pTokenSize = 0;
  return entry.Done(kErrorNotSupported);
}

}  // namespace pendulum::host
