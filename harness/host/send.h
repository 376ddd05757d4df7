// The response on its way to the client: chunks gathered, buffered, flushed, sent.
#ifndef PENDULUM_HOST_SEND_H_
#define PENDULUM_HOST_SEND_H_

#include <cstdint>

#include "harness/host/entry.h"
#include "harness/host/world.h"

namespace pendulum::host {

// One call of WriteEntityChunks or Flush, of any version of the interface.
struct SendCall {
  trace::OperationKind kind = trace::OperationKind::kFlush;
  const HTTP_DATA_CHUNK* chunks = nullptr;
  uint32_t chunk_count = 0;
  bool async = false;
  bool more_data = false;
  DWORD* count = nullptr;
  BOOL* pending = nullptr;
  PFN_ASYNC_COMPLETION callback = nullptr;
  void* callback_context = nullptr;
  bool with_routine = false;     // of IHttpResponse2
  bool in_front = false;         // by reference: before all other data
  uint16_t id = trace::kNone16;  // filled in, like the rest
  uint8_t module = trace::kNone8;
  uint32_t call_bytes = 0;  // body bytes of the chunks

  uint32_t asked_bytes() const { return call_bytes; }
};

// See ihttpresponse-writeentitychunks-method.md. Data is copied while buffering is on and the
// limit not reached; else the response is flushed as part of the call.
HRESULT WriteEntityChunks(Request* request, SendCall call, Entry* entry);
// See ihttpresponse-writeentitychunkbyreference-method.md: position 0 is in front, -1 at the end.
HRESULT WriteByReference(Request* request, HTTP_DATA_CHUNK* chunk, int32_t position, Entry* entry);
// See ihttpresponse-flush-method.md.
HRESULT FlushResponse(Request* request, SendCall call, Entry* entry);

// Sends what is left and completes the response.
void FinishResponse(Request* request);

// Drops body data that has not been sent.
void ClearBody(Request* request);

// Keeps raw.pEntityChunks and EntityChunkCount true.
void ShowChunks(ResponseState* response);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_SEND_H_
