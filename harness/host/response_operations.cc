// The methods of IHttpResponse that start operations, and those that are not simulated.
#include "harness/host/entry.h"
#include "harness/host/response.h"
#include "harness/host/send.h"

namespace pendulum::host {

HRESULT ResponseObject::WriteEntityChunks(HTTP_DATA_CHUNK* pDataChunks, DWORD nChunks, BOOL fAsync,
                                          BOOL fMoreData, DWORD* pcbSent,
                                          BOOL* pfCompletionExpected) {
  PENDULUM_ENTER(request_, IHttpResponse_WriteEntityChunks, kErrorEnded);
  return host::WriteEntityChunks(request_,
                                 {.kind = trace::OperationKind::kWriteEntityChunks,
                                  .chunks = pDataChunks,
                                  .chunk_count = nChunks,
                                  .async = fAsync != FALSE,
                                  .more_data = fMoreData != FALSE,
                                  .count = pcbSent,
                                  .pending = pfCompletionExpected},
                                 &entry);
}

HRESULT ResponseObject::WriteEntityChunks(HTTP_DATA_CHUNK* pDataChunks, DWORD nChunks, BOOL fAsync,
                                          BOOL fMoreData,
                                          PFN_ASYNC_COMPLETION pfnCompletionCallback,
                                          VOID* pvCompletionContext, DWORD* pcbSent,
                                          BOOL* pfCompletionExpected) {
  PENDULUM_ENTER(request_, IHttpResponse2_WriteEntityChunks, kErrorEnded);
  return host::WriteEntityChunks(request_,
                                 {.kind = trace::OperationKind::kWriteEntityChunks,
                                  .chunks = pDataChunks,
                                  .chunk_count = nChunks,
                                  .async = fAsync != FALSE,
                                  .more_data = fMoreData != FALSE,
                                  .count = pcbSent,
                                  .pending = pfCompletionExpected,
                                  .callback = pfnCompletionCallback,
                                  .callback_context = pvCompletionContext,
                                  .with_routine = true},
                                 &entry);
}

HRESULT ResponseObject::Flush(BOOL fAsync, BOOL fMoreData, DWORD* pcbSent,
                              BOOL* pfCompletionExpected) {
  PENDULUM_ENTER(request_, IHttpResponse_Flush, kErrorEnded);
  return FlushResponse(request_,
                       {.async = fAsync != FALSE,
                        .more_data = fMoreData != FALSE,
                        .count = pcbSent,
                        .pending = pfCompletionExpected},
                       &entry);
}

HRESULT ResponseObject::Flush(BOOL fAsync, BOOL fMoreData,
                              PFN_ASYNC_COMPLETION pfnCompletionCallback, VOID* pvCompletionContext,
                              DWORD* pcbSent, BOOL* pfCompletionExpected) {
  PENDULUM_ENTER(request_, IHttpResponse2_Flush, kErrorEnded);
  return FlushResponse(request_,
                       {.async = fAsync != FALSE,
                        .more_data = fMoreData != FALSE,
                        .count = pcbSent,
                        .pending = pfCompletionExpected,
                        .callback = pfnCompletionCallback,
                        .callback_context = pvCompletionContext,
                        .with_routine = true},
                       &entry);
}

HRESULT ResponseObject::WriteEntityChunkByReference(HTTP_DATA_CHUNK* pDataChunk,
                                                    LONG lInsertPosition) {
  PENDULUM_ENTER(request_, IHttpResponse_WriteEntityChunkByReference, kErrorEnded);
  return WriteByReference(request_, pDataChunk, lInsertPosition, &entry);
}

HRESULT ResponseObject::GetHeaderChanges(DWORD, DWORD*, PCSTR*, DWORD*, PCSTR**, PCSTR**, DWORD*,
                                         DWORD*, DWORD**) {
  PENDULUM_ENTER(request_, IHttpResponse_GetHeaderChanges, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

HRESULT ResponseObject::PushPromise(PCSTR, PCWSTR, PCWSTR, DWORD, PCSTR*, PCSTR*) {
  PENDULUM_ENTER(request_, IHttpResponse3_PushPromise, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

HRESULT ResponseObject::DeleteTrailer(PCSTR) {
  PENDULUM_ENTER(request_, IHttpResponse4_DeleteTrailer, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

PCSTR ResponseObject::GetTrailer(PCSTR, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse4_GetTrailer, nullptr);
  if (pcchHeaderValue != nullptr) *pcchHeaderValue = 0;
  entry.Done(0u);
  return nullptr;
}

VOID ResponseObject::ResetStream(ULONG) { ResetConnection(); }

VOID ResponseObject::SetNeedGoAway() { SetNeedDisconnect(); }

HRESULT ResponseObject::SetTrailer(PCSTR, PCSTR, USHORT, BOOL) {
  PENDULUM_ENTER(request_, IHttpResponse4_SetTrailer, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

}  // namespace pendulum::host
