#include "harness/host/certificate.h"

#include "harness/host/body.h"
#include "harness/win32/boundary.h"

namespace pendulum::host {
namespace {

using trace::EventKind;
using trace::OperationKind;

// What GetClientCertificate's value tells of a call, as harness/trace/README.md says.
constexpr uint32_t kGiven = 1;
constexpr uint32_t kNullArgument = 2;

struct NegotiateCall {
  static constexpr OperationKind kind = OperationKind::kNegotiateClientCertificate;
  bool async = false;
  DWORD* count = nullptr;
  BOOL* pending = nullptr;
  static uint32_t asked_bytes() { return 0; }
  uint16_t id = trace::kNone16;
  uint8_t module = trace::kNone8;
};

void CompleteNegotiation(void* argument, uint32_t) {
  auto* operation = static_cast<Operation*>(argument);
  operation->transition = sched::kNoTransition;
  operation->world->Touch(operation->request);
  if (operation->cancelled) {
    operation->completion_status = kErrorAborted;
  } else {
    operation->request->certificate_negotiated = true;
  }
  StartDelivery(operation);
}

}  // namespace

HRESULT NegotiateCertificate(Request* request, bool async, BOOL* pending, Entry* entry) {
  World& world = *request->world;
  NegotiateCall call = {.async = async,
                        .pending = pending,
                        .id = world.NextOperationId(),
                        .module = win32::boundary.module_of[world.scheduler.current()]};
  auto flags = static_cast<uint16_t>(static_cast<uint16_t>(call.kind) | trace::kCountNull);
  if (async) flags |= trace::kAsync;
  if (pending == nullptr) flags |= trace::kPendingFlagNull;
  world.Record(EventKind::kOperationCalled, request, call.module, call.id, 0, 0, flags);
  if (!world.scenario.host.client_certificate) {
    return ReturnFromCall(request, call, {.status = E_FAIL}, entry);
  }
  const bool waits = async && (pending == nullptr || world.GoesPending(request, call.id));
  if (!waits) {
    request->certificate_negotiated = true;
    return ReturnFromCall(request, call, {}, entry);
  }
  Operation* operation = world.NewOperation(request, NegotiateCall::kind, call.id);
  if (operation == nullptr) {
    return ReturnFromCall(request, call, {.status = kErrorNotEnoughMemory}, entry);
  }
  operation->transition =
      world.scheduler.Post(&CompleteNegotiation, operation, 0, request->index, call.id);
  return ReturnFromCall(request, call, {.pending = true}, entry);
}

HRESULT GetCertificate(Request* request, HTTP_SSL_CLIENT_CERT_INFO** certificate, BOOL* negotiated,
                       Entry* entry) {
  const auto done = [entry](HRESULT result, uint32_t value) {
    entry->Done(static_cast<uint32_t>(result), value);
    return result;
  };
  if (certificate == nullptr || negotiated == nullptr) {
    return done(kErrorInvalidParameter, kNullArgument);
  }
  *negotiated = request->certificate_negotiated ? TRUE : FALSE;
  if (request->certificate_negotiated) {
    // Its contents tell nothing: the simulated client proves nothing by it.
    *certificate = static_cast<HTTP_SSL_CLIENT_CERT_INFO*>(
        request->memory.Allocate(sizeof(HTTP_SSL_CLIENT_CERT_INFO)));
    return done(S_OK, kGiven);
  }
  *certificate = nullptr;
  World& world = *request->world;
  const bool succeeds = world.Choose(sched::Question::kStatus, 2, request) == 1;
  return done(succeeds ? S_OK : kErrorNotFound, 0);
}

}  // namespace pendulum::host
