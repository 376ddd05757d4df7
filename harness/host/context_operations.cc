// The methods of IHttpContext that resume, cancel or redirect the request's way, and those that are
// not simulated.
#include "harness/host/body.h"
#include "harness/host/context.h"
#include "harness/host/deviation.h"
#include "harness/host/entry.h"
#include "harness/host/pipeline.h"

namespace pendulum::host {
namespace {

uint8_t CallingModule(const Request& request) {
  return win32::boundary.module_of[request.world->scheduler.current()];
}

void DeliverPost(void* argument, uint32_t) {
  auto* operation = static_cast<Operation*>(argument);
  operation->world->Touch(operation->request);
  operation->transition = sched::kNoTransition;
  StartDelivery(operation);
}

HRESULT Post(Request* request, DWORD bytes, LPOVERLAPPED_COMPLETION_ROUTINE routine, void* context,
             Entry* entry) {
  World& world = *request->world;
  const uint16_t id = world.NextOperationId();
  const uint8_t module = CallingModule(*request);
  const auto kind = trace::OperationKind::kPostCompletion;
  const uint16_t given =
      routine != nullptr ? uint16_t{trace::kWithRoutine | trace::kRoutineGiven} : uint16_t{0};
  world.Record(trace::EventKind::kOperationCalled, request, module, id, bytes, 0,
               static_cast<uint16_t>(static_cast<uint16_t>(kind) | trace::kAsync | given |
                                     trace::kPendingFlagNull | trace::kCountNull));
  Operation* operation = world.NewOperation(request, kind, id);
  HRESULT result = operation == nullptr ? kErrorNotEnoughMemory : S_OK;
  if (Mutant(kPostOddSuccess)) result = S_FALSE;
  if (Mutant(kPostFails)) result = E_FAIL;
  if (Mutant(kPostFailsWhenParked) && request->delivery.parked) result = E_FAIL;
  if (Mutant(kPostFailureCompletes)) result = E_FAIL;
  const bool completes = SUCCEEDED(result) || Mutant(kPostFailureCompletes);
  if (operation != nullptr && !completes) world.FreeOperation(operation);
  if (operation != nullptr && completes) {
    operation->completion_bytes = bytes;
    operation->routine = routine;
    operation->callback_context = operation->given_context = context;
    // The thread that posts may be none that IIS called: the completion belongs to the notification
    // that the request is in.
    if (CompletesWithinCall(kind)) {
      StartDelivery(operation);
    } else {
      operation->transition = world.scheduler.Post(&DeliverPost, operation, 0, request->index, id);
    }
  }
  entry->EnterSite();
  world.Record(trace::EventKind::kOperationReturned, request, module, id,
               static_cast<uint32_t>(result), 0, 0);
  return result;
}

// Cancels what waits for the client. The cancel may lose against the operation's end.
bool Cancel(Operation* operation) {
  World& world = *operation->world;
  if (world.Choose(sched::Question::kStatus, 2, operation->request, operation->id) == 1) {
    return false;
  }
  operation->cancelled = !Mutant(kCancelWithoutEffect);
  return true;
}

}  // namespace

HRESULT ContextObject::PostCompletion(DWORD cbBytes) {
  PENDULUM_ENTER(request_, IHttpContext_PostCompletion, kErrorEnded);
  return Post(request_, cbBytes, nullptr, nullptr, &entry);
}

HRESULT ContextObject::PostCompletion(DWORD cbBytes,
                                      LPOVERLAPPED_COMPLETION_ROUTINE pfnCompletionRoutine,
                                      VOID* pvCompletionContext) {
  PENDULUM_ENTER(request_, IHttpContext3_PostCompletion, kErrorEnded);
  return Post(request_, cbBytes, pfnCompletionRoutine, pvCompletionContext, &entry);
}

VOID ContextObject::IndicateCompletion(REQUEST_NOTIFICATION_STATUS notificationStatus) {
  PENDULUM_ENTER(request_, IHttpContext_IndicateCompletion, );
  World& world = *request_->world;
  const uint16_t id = world.NextOperationId();
  const uint8_t module = CallingModule(*request_);
  const auto status = static_cast<uint32_t>(notificationStatus);
  world.Record(trace::EventKind::kOperationCalled, request_, module, id, status, 0,
               static_cast<uint16_t>(trace::OperationKind::kIndicateCompletion));
  const Delivery& here = world.inside[world.scheduler.current()];
  const uint32_t serial = here.serial != 0 ? here.serial : request_->delivery.serial;
  if (Mutant(kIndicateCompletes)) DeliverUnasked(request_, id);
  if (status <= 2 && !Mutant(kIndicateIgnored)) {
    Resume(request_, serial,
           Mutant(kIndicateStatusIgnored) ? trace::Status::kContinue
                                          : static_cast<trace::Status>(status));
  }
  entry.EnterSite();
  world.Record(trace::EventKind::kOperationReturned, request_, module, id);
}

HRESULT ContextObject::CancelIo() {
  PENDULUM_ENTER(request_, IHttpContext_CancelIo, kErrorEnded);
  World& world = *request_->world;
  bool any = false;
  for (Operation& operation : world.used_operations()) {
    if (operation.phase != OperationPhase::kPending || operation.request != request_ ||
        operation.kind == trace::OperationKind::kPostCompletion) {
      continue;
    }
    any = true;
    Cancel(&operation);
  }
  if (!any) return entry.Done(Mutated<HRESULT>(kCancelNothingSucceeds, kErrorNotFound, S_OK));
  if (Mutant(kCancelOddSuccess)) return entry.Done(S_FALSE);
  entry.Done(static_cast<uint32_t>(S_OK));
  BodyChanged(request_);
  return S_OK;
}

VOID ContextObject::EnableFullDuplex() {
  PENDULUM_ENTER(request_, IHttpContext3_EnableFullDuplex, );
  request_->full_duplex = true;
  entry.Done(0u);
}

VOID ContextObject::DisableNotifications(DWORD dwNotifications, DWORD dwPostNotifications) {
  PENDULUM_ENTER(request_, IHttpContext_DisableNotifications, );
  const uint8_t module = CallingModule(*request_);
  if (module < kMaxModules) {
    request_->disabled[module] |= dwNotifications;
    request_->disabled_post[module] |= dwPostNotifications;
  }
  entry.Done(dwNotifications, dwPostNotifications);
}

BOOL ContextObject::GetNextNotification(REQUEST_NOTIFICATION_STATUS status, DWORD* pdwNotification,
                                        BOOL* pfIsPostNotification, CHttpModule** ppModuleInfo,
                                        IHttpEventProvider** ppRequestOutput) {
  PENDULUM_ENTER(request_, IHttpContext_GetNextNotification, FALSE);
  // Notifications are never merged: the pipeline delivers each of them itself.
  if (pdwNotification != nullptr) *pdwNotification = 0;
  if (pfIsPostNotification != nullptr) *pfIsPostNotification = FALSE;
  if (ppModuleInfo != nullptr) *ppModuleInfo = nullptr;
  if (ppRequestOutput != nullptr) *ppRequestOutput = nullptr;
  entry.Done(0u, static_cast<uint32_t>(status) & 0xFF);
  return FALSE;
}

BOOL ContextObject::GetIsLastNotification(REQUEST_NOTIFICATION_STATUS status) {
  PENDULUM_ENTER(request_, IHttpContext_GetIsLastNotification, FALSE);
  // TRUE when others follow, as the page says; the method's name says the opposite.
  bool follow = HandlersFollow(*request_, static_cast<uint32_t>(status));
  if (Mutant(kIsLastChangesMeaning) && request_->delivery.serial % 2 == 0) follow = !follow;
  const BOOL more = follow ? TRUE : FALSE;
  entry.Done(static_cast<uint32_t>(more), static_cast<uint32_t>(status));
  return more;
}

HRESULT ContextObject::NotifyCustomNotification(ICustomNotificationProvider* pCustomOutput,
                                                BOOL* pfCompletionExpected) {
  PENDULUM_ENTER(request_, IHttpContext_NotifyCustomNotification, kErrorEnded);
  World& world = *request_->world;
  const uint16_t id = world.NextOperationId();
  const uint8_t module = CallingModule(*request_);
  uint16_t flags = static_cast<uint16_t>(trace::OperationKind::kNotifyCustomNotification) |
                   uint16_t{trace::kAsync} | uint16_t{trace::kCountNull};
  if (pCustomOutput == nullptr) flags |= trace::kBufferNull;
  if (pfCompletionExpected == nullptr) flags |= trace::kPendingFlagNull;
  world.Record(trace::EventKind::kOperationCalled, request_, module, id, 0, 0, flags);
  HRESULT result = Mutated<HRESULT>(kCustomOddSuccess, S_OK, S_FALSE);
  if (pCustomOutput == nullptr || pfCompletionExpected == nullptr) {
    result = kErrorInvalidParameter;
  } else if (world.MemoryFault(request_, id)) {
    result = kErrorNotEnoughMemory;
  } else {
    // No page says what the raising module has to do for a receiver that returns pending.
    *pfCompletionExpected = FALSE;
    if (!Mutant(kCustomMissed)) {
      RaiseNested(request_, trace::Notification::kCustomNotification, pCustomOutput);
    }
    if (world.scheduler.draining() || request_->ended) return kErrorEnded;
  }
  entry.EnterSite();
  world.Record(trace::EventKind::kOperationReturned, request_, module, id,
               static_cast<uint32_t>(result), 0, SUCCEEDED(result) ? trace::kPendingWritten : 0);
  return result;
}

HRESULT ContextObject::ExecuteRequest(BOOL, IHttpContext*, DWORD, IHttpUser*,
                                      BOOL* pfCompletionExpected) {
  PENDULUM_ENTER(request_, IHttpContext_ExecuteRequest, kErrorEnded);
  if (pfCompletionExpected != nullptr) *pfCompletionExpected = FALSE;
  return entry.Done(kErrorNotSupported);
}

HRESULT ContextObject::CloneContext(DWORD, IHttpContext** ppHttpContext) {
  PENDULUM_ENTER(request_, IHttpContext_CloneContext, kErrorEnded);
  if (ppHttpContext != nullptr) *ppHttpContext = nullptr;
  return entry.Done(kErrorNotSupported);
}

HRESULT ContextObject::ReleaseClonedContext() {
  PENDULUM_ENTER(request_, IHttpContext_ReleaseClonedContext, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

HRESULT ContextObject::GetServerVarChanges(DWORD, DWORD*, DWORD*, PCSTR**, PCWSTR**, DWORD*,
                                           DWORD**) {
  PENDULUM_ENTER(request_, IHttpContext_GetServerVarChanges, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

HRESULT ContextObject::MapHandler(DWORD, PCWSTR, PCWSTR, PCSTR, IScriptMapInfo** ppScriptMap,
                                  BOOL) {
  PENDULUM_ENTER(request_, IHttpContext_MapHandler, kErrorEnded);
  if (ppScriptMap == nullptr) return entry.Done(kErrorInvalidParameter);
  *ppScriptMap = &request_->world->info.script_map;
  return entry.Done(S_OK);
}

}  // namespace pendulum::host
