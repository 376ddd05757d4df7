// The request's entity body: ReadEntityBody in all its outcomes.
#ifndef PENDULUM_HOST_BODY_H_
#define PENDULUM_HOST_BODY_H_

#include <cstdint>

#include "harness/host/entry.h"
#include "harness/host/world.h"

namespace pendulum::host {

// One call of ReadEntityBody, of any version of the interface.
struct ReadCall {
  static constexpr trace::OperationKind kind = trace::OperationKind::kReadEntityBody;
  void* buffer = nullptr;
  uint32_t buffer_bytes = 0;
  bool async = false;
  bool fill = false;  // IHttpRequest4: complete only when the buffer is full or the body at its end
  DWORD* count = nullptr;
  BOOL* pending = nullptr;
  bool with_routine = false;  // IHttpRequest3: the form that takes a completion function
  PFN_ASYNC_COMPLETION callback = nullptr;
  void* callback_context = nullptr;
  uint16_t id = trace::kNone16;  // filled in by ReadEntityBody, like the module that calls
  uint8_t module = trace::kNone8;

  uint32_t asked_bytes() const { return buffer_bytes; }
};

// See ihttprequest-readentitybody-method.md. Outcomes that the documentation allows are chosen by
// the strategy: inline or pending, how many bytes, which form the end of the body takes.
HRESULT ReadEntityBody(Request* request, ReadCall read, Entry* entry);

// Bytes left to read: 0 without a body, all ones when the length is not known (D11).
uint32_t RemainingBytes(const Request& request);

// Something arrived or the client has gone: reads that wait may complete now.
void BodyChanged(Request* request);

// Starts the worker that delivers a completed operation; when completions of a request may not
// overlap, once those before it are through.
void StartDelivery(Operation* operation);
// The module has returned from the completion: frees the operation.
void EndDelivery(Operation* operation);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_BODY_H_
