#include "harness/host/pipeline.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "harness/host/body.h"
#include "harness/host/call_module.h"
#include "harness/host/context.h"
#include "harness/host/deviation.h"
#include "harness/host/lifetime.h"
#include "harness/host/providers.h"
#include "harness/host/response.h"
#include "harness/platform/sanitizer.h"

namespace pendulum::host {
namespace {

using trace::Notification;
using trace::Status;

using Handler = REQUEST_NOTIFICATION_STATUS (CHttpModule::*)(IHttpContext*, IHttpEventProvider*);

struct Handlers {
  Handler on;
  Handler post;
};

// By notification; nullptr where the provider has a type of its own (see CallHandler).
constexpr Handlers kHandlers[trace::kDeterministicNotificationCount] = {
    {&CHttpModule::OnBeginRequest, &CHttpModule::OnPostBeginRequest},
    {nullptr, &CHttpModule::OnPostAuthenticateRequest},
    {&CHttpModule::OnAuthorizeRequest, &CHttpModule::OnPostAuthorizeRequest},
    {&CHttpModule::OnResolveRequestCache, &CHttpModule::OnPostResolveRequestCache},
    {nullptr, &CHttpModule::OnPostMapRequestHandler},
    {&CHttpModule::OnAcquireRequestState, &CHttpModule::OnPostAcquireRequestState},
    {&CHttpModule::OnPreExecuteRequestHandler, &CHttpModule::OnPostPreExecuteRequestHandler},
    {&CHttpModule::OnExecuteRequestHandler, &CHttpModule::OnPostExecuteRequestHandler},
    {&CHttpModule::OnReleaseRequestState, &CHttpModule::OnPostReleaseRequestState},
    {&CHttpModule::OnUpdateRequestCache, &CHttpModule::OnPostUpdateRequestCache},
    {&CHttpModule::OnLogRequest, &CHttpModule::OnPostLogRequest},
    {&CHttpModule::OnEndRequest, &CHttpModule::OnPostEndRequest},
};

uint16_t NotificationWord(Notification notification, bool post) {
  return static_cast<uint16_t>(static_cast<uint16_t>(notification) |
                               (post ? uint16_t{trace::kPost} : uint16_t{0}));
}

REQUEST_NOTIFICATION_STATUS CallHandler(CHttpModule* module, Request* request,
                                        const Delivery& delivery, IHttpEventProvider* provider) {
  IHttpContext* context = AsContext(request);
  const auto index = static_cast<size_t>(delivery.notification);
  if (delivery.post) return (module->*kHandlers[index].post)(context, provider);
  switch (delivery.notification) {
    case Notification::kAuthenticateRequest:
      return module->OnAuthenticateRequest(context,
                                           static_cast<IAuthenticationProvider*>(provider));
    case Notification::kMapRequestHandler:
      return module->OnMapRequestHandler(context, static_cast<IMapHandlerProvider*>(provider));
    case Notification::kSendResponse:
      return module->OnSendResponse(context, static_cast<ISendResponseProvider*>(provider));
    case Notification::kReadEntity:
      return module->OnReadEntity(context, static_cast<IReadEntityProvider*>(provider));
    case Notification::kMapPath:
      return module->OnMapPath(context, static_cast<IMapPathProvider*>(provider));
    case Notification::kCustomNotification:
      return module->OnCustomRequestNotification(
          context, static_cast<ICustomNotificationProvider*>(provider));
    default:
      return (module->*kHandlers[index].on)(context, provider);
  }
}

// What a handler returned; values that don't exist count as continue.
Status ToStatus(REQUEST_NOTIFICATION_STATUS status) {
  return static_cast<uint32_t>(status) <= 2 ? static_cast<Status>(status) : Status::kContinue;
}

// The code that a virtual call will reach, so that findings about what it returned name it. The
// Itanium C++ ABI keeps a virtual function's place in the table in the member pointer.
template <class Member>
const void* VirtualAddress(CHttpModule* module, Member member) {
  uintptr_t offset_plus_one = 0;
  std::memcpy(&offset_plus_one, &member, sizeof(offset_plus_one));
  const char* const table = *reinterpret_cast<const char* const*>(module);
  const void* address = nullptr;
  std::memcpy(&address, table + offset_plus_one - 1, sizeof(address));
  return address;
}

const void* HandlerAddress(CHttpModule* module, const Delivery& delivery) {
  const auto index = static_cast<size_t>(delivery.notification);
  if (index >= std::size(kHandlers)) return nullptr;
  const Handler handler = delivery.post ? kHandlers[index].post : kHandlers[index].on;
  return handler == nullptr ? nullptr : VirtualAddress(module, handler);
}

// One call into a handler on the current worker, with what belongs around it.
class HandlerCall {
 public:
  HandlerCall(Request* request, const Delivery& delivery)
      : request_(request), worker_(request->world->scheduler.current()) {
    World& world = *request->world;
    std::memcpy(outer_, &world.inside[worker_], sizeof outer_);
    outer_request_ = win32::boundary.request_of[worker_];
    outer_module_ = win32::boundary.module_of[worker_];
    world.inside[worker_] = delivery;
    win32::boundary.request_of[worker_] = request->index;
    win32::boundary.module_of[worker_] = delivery.module;
  }
  ~HandlerCall() {
    std::memcpy(static_cast<void*>(&request_->world->inside[worker_]), outer_, sizeof outer_);
    win32::boundary.request_of[worker_] = outer_request_;
    win32::boundary.module_of[worker_] = outer_module_;
  }
  HandlerCall(const HandlerCall&) = delete;
  HandlerCall& operator=(const HandlerCall&) = delete;

 private:
  Request* request_;
  sched::WorkerId worker_;
  // A Delivery in one piece: kept as one, each of its fields would be copied by itself.
  alignas(Delivery) unsigned char outer_[sizeof(Delivery)];
  uint8_t outer_request_;
  uint8_t outer_module_;
};

// Calls one handler and records it. The result is what it returned; FINISH_REQUEST if it threw.
Status Deliver(Request* request, const Delivery& delivery, IHttpEventProvider* provider) {
  World& world = *request->world;
  // When the handler returns, the request's delivery may be another: a completion has gone on.
  const auto [serial, index] = std::pair(delivery.serial, delivery.module);
  CHttpModule* module = request->modules[index];
  const bool nested = delivery.notification > Notification::kEndRequest;
  const uint16_t word =
      NotificationWord(delivery.notification, delivery.post || (nested && Mutant(kNestedPost)));
  world.scheduler.Point();
  world.Touch(request);
  if (world.scheduler.draining() || request->ended) return Status::kPending;
  HandlerCall call(request, delivery);
  request->order.handled.After();
  const trace::Site site = win32::SiteOfFunction(HandlerAddress(module, delivery));
  world.recorder.set_site(site);
  world.Record(trace::EventKind::kNotificationEntered, request, index, trace::kNone16, serial, 0,
               provider == nullptr ? static_cast<uint16_t>(word | trace::kProviderMissing) : word);
  auto status = RQ_NOTIFICATION_FINISH_REQUEST;
  if (!CallModule(&world, request,
                  [&] { status = CallHandler(module, request, delivery, provider); })) {
    FailRequest(request);
  }
  request->order.handled.Before();
  world.recorder.set_site(site);
  world.Record(trace::EventKind::kNotificationReturned, request, index, trace::kNone16, serial,
               static_cast<uint32_t>(status), word);
  world.scheduler.Point();
  world.Touch(request);
  return ToStatus(status);
}

// What a completion is called with, besides the notification.
uint16_t CompletionWord(const Operation& done) {
  uint16_t word = NotificationWord(done.notification, done.post);
  if (done.kind == trace::OperationKind::kReadEntityBody) word |= trace::kCompletedRead;
  if (done.kind == trace::OperationKind::kWriteEntityChunks ||
      done.kind == trace::OperationKind::kFlush) {
    word |= trace::kCompletedWrite;
  }
  if (MutantOf{kReadSaysWrite, kWriteSaysRead, kFlushSaysRead}(done.kind)) {
    word ^= trace::kCompletedRead | trace::kCompletedWrite;
  }
  return word;
}

// Tells the module of a completed operation, through a function of the operation's own or through
// OnAsyncCompletion, and records it. The result is what that returned, or FINISH_REQUEST after an
// exception, as a failed request.
REQUEST_NOTIFICATION_STATUS CallCompletion(Operation* operation, CHttpModule* module,
                                           bool own_function) {
  World& world = *operation->world;
  Request* request = operation->request;
  const Operation& done = *operation;
  BasicProviders providers(request);
  uint16_t word = CompletionWord(done);
  CompletionInfo completion(done.completion_bytes, done.completion_status, word);
  IHttpContext4* const context = AsContext(request);
  IHttpEventProvider* const provider = providers.For(done.notification, done.post);
  IHttpCompletionInfo2* const info = &completion;
  void* const callback_context = done.callback_context;
  const void* const function =
      !own_function             ? VirtualAddress(module, &CHttpModule::OnAsyncCompletion)
      : done.routine != nullptr ? reinterpret_cast<const void*>(done.routine)
                                : reinterpret_cast<const void*>(done.callback);
  if (own_function) word |= trace::kByRoutine;
  if (own_function && callback_context == done.given_context) word |= trace::kContextPassed;
  if (provider == nullptr) word |= trace::kProviderMissing;
  if (info == nullptr) word |= trace::kInfoNull;
  if (context != AsContext(request)) word |= trace::kOtherRequest;
  const trace::Site site = win32::SiteOfFunction(function);
  world.recorder.set_site(site);
  const uint16_t id = Mutated<uint16_t>(kCompletionOfNothing, done.id, done.id + 1000);
  const uint8_t receiver = Mutated<uint8_t>(kCompletionOtherModule, done.module, done.module + 1);
  world.Record(trace::EventKind::kCompletionDelivered, request, receiver, id, done.completion_bytes,
               static_cast<uint32_t>(done.completion_status), word);
  auto status = RQ_NOTIFICATION_FINISH_REQUEST;
  const bool returned = CallModule(&world, request, [&] {
    if (!own_function) {
      status = module->OnAsyncCompletion(context, NotificationBit(done.notification), done.post,
                                         provider, info);
    } else if (done.routine != nullptr) {
      done.routine(static_cast<DWORD>(done.completion_status), done.completion_bytes,
                   static_cast<LPOVERLAPPED>(callback_context));
      status = RQ_NOTIFICATION_PENDING;
    } else {
      status = done.callback(context, info, callback_context);
    }
  });
  if (!returned) FailRequest(request);
  world.recorder.set_site(site);
  world.Record(trace::EventKind::kCompletionReturned, request, done.module, done.id,
               done.delivery_serial, static_cast<uint32_t>(status), word);
  return status;
}

// The module has disabled the notification, or the request's handler has run: SetRequestHandled.
bool Disabled(const Request& request, const Step& step) {
  if (Mutant(kDisabledIgnored)) return false;
  if (Mutant(kNotificationSkipped) && step.notification == Notification::kMapRequestHandler) {
    return true;
  }
  const bool no_module = request.modules[step.module] == nullptr;
  if (Mutant(kFactoryFailureIgnored) && no_module) return true;
  if (Mutant(kPostNotificationSkipped) && step.post) return true;
  const uint32_t bit = NotificationBit(step.notification);
  const bool executes = step.notification == Notification::kExecuteRequestHandler && !step.post;
  if (executes && request.handled && !Mutant(kHandledIgnored)) return true;
  return ((step.post ? request.disabled_post : request.disabled)[step.module] & bit) != 0;
}

// Moves past the current step: to the next one, or after FINISH_REQUEST to the log and end events,
// which come for finished requests too.
void Leave(Request* request, Status status) {
  const World& world = *request->world;
  if (Mutant(kNotificationTwice) && request->step % 2 == request->next_serial % 2) return;
  ++request->step;
  if (status != Status::kFinishRequest || Mutant(kFinishIgnored)) return;
  if (Mutant(kFinishSkipsLog)) request->step = world.steps.size();
  if (Mutant(kFinishSkipsEnd)) ++request->step;
  while (request->step < world.steps.size() &&
         world.steps[request->step].notification < Notification::kLogRequest) {
    ++request->step;
  }
}

// Delivers notifications until one parks the request, another worker carries it on, or it is over.
void Carry(Request* request) {
  World& world = *request->world;
  BasicProviders providers(request);
  for (;;) {
    if (world.scheduler.draining() || request->ended) return;
    while (request->step < world.steps.size() && Disabled(*request, world.steps[request->step])) {
      ++request->step;
    }
    if (request->step >= world.steps.size()) {
      EndRequest(request);
      return;
    }
    if (Mutant(kRequestContextsEarly) && request->step == 2) request->contexts.slots.Cleanup();
    const Step& step = world.steps[request->step];
    Delivery& delivery = request->delivery;
    delivery = {.serial = request->next_serial++,
                .notification = step.notification,
                .post = step.post,
                .module = step.module};
    const uint32_t serial = delivery.serial;
    const Status status = Deliver(request, delivery, providers.For(step.notification, step.post));
    if (world.scheduler.draining() || request->ended) return;
    if (request->delivery.serial != serial || request->delivery.taken) return;
    if (status == Status::kPending && Mutant(kPendingEndsRequest)) return EndRequest(request);
    if (status == Status::kPending && !Mutant(kPendingIgnored)) {
      request->delivery.parked = true;
      return;
    }
    request->delivery.taken = true;
    Leave(request, status);
  }
}

}  // namespace

void BeginRequest(Request* request) {
  if (!CreateModules(request)) {
    EndRequest(request);
    return;
  }
  Carry(request);
}

Status RaiseNested(Request* request, Notification notification, IHttpEventProvider* provider) {
  World& world = *request->world;
  const std::vector<Step>& steps = notification == Notification::kSendResponse ? world.send_steps
                                   : notification == Notification::kReadEntity ? world.read_steps
                                   : notification == Notification::kMapPath ? world.map_path_steps
                                                                            : world.custom_steps;
  Status result = Status::kContinue;
  for (const Step& step : steps) {
    if (request->modules[step.module] == nullptr) continue;
    const Delivery delivery = {.serial = request->next_serial++,
                               .notification = notification,
                               .post = false,
                               .module = step.module};
    const Status status = Deliver(request, delivery, provider);
    if (world.scheduler.draining() || request->ended) return Status::kFinishRequest;
    if (status == Status::kFinishRequest) result = status;
    if (Mutant(kNestedFirstOnly)) break;
  }
  return result;
}

void Resume(Request* request, uint32_t serial, Status status) {
  if (request->ended || request->world->scheduler.draining()) return;
  if (status == Status::kPending && !Mutant(kCompletionPendingIgnored)) return;
  if (Mutant(kCompletionFinishIgnored)) status = Status::kContinue;
  if (Mutant(kResumeLost)) return;
  Delivery& delivery = request->delivery;
  if (delivery.serial != serial || delivery.taken) return;
  delivery.taken = true;
  Leave(request, status);
  Carry(request);
}

void DeliverCompletion(Operation* operation) {
  World& world = *operation->world;
  Request* request = operation->request;
  world.Touch(request);
  const Operation& done = *operation;
  CHttpModule* module = done.module == trace::kNone8 ? nullptr : request->modules[done.module];
  const bool ended = request->ended && !Mutant(kCompletionAfterEnd);
  if (ended || world.scheduler.draining() || module == nullptr) {
    EndDelivery(operation);
    return;
  }
  const Delivery delivery = {.serial = done.delivery_serial,
                             .notification = done.notification,
                             .post = done.post,
                             .module = done.module,
                             .completing = true};
  HandlerCall call(request, delivery);
  world.OrderOf(done).After();
  request->order.completions.After();
  if (done.kind == trace::OperationKind::kReadEntityBody && done.buffer_filled) {
    platform::NoteWrite(done.buffer, done.completion_bytes);
  }
  auto status = RQ_NOTIFICATION_PENDING;
  if (done.routine == nullptr) {
    status = CallCompletion(operation, module, done.callback != nullptr);
  } else {
    // The routine is of type VOID: only OnAsyncCompletion can give the notification a status.
    CallCompletion(operation, module, true);
    const bool both = !request->ended && !world.scheduler.draining() &&
                      world.Second(world.scenario.host.post_routine, request, done.id);
    if (both) status = CallCompletion(operation, module, false);
  }
  request->order.completions.Before();
  request->order.handled.Before();
  const uint32_t serial = done.delivery_serial;
  EndDelivery(operation);
  world.scheduler.Point();
  world.Touch(request);
  Resume(request, serial, ToStatus(status));
}

bool HandlersFollow(const Request& request, uint32_t status) {
  const std::vector<Step>& steps = request.world->steps;
  const bool finishes = status == static_cast<uint32_t>(Status::kFinishRequest);
  for (size_t i = request.step + 1; i < steps.size(); ++i) {
    if (finishes && steps[i].notification < Notification::kLogRequest) continue;
    if (!Disabled(request, steps[i])) return true;
  }
  return false;
}

void RecordMissingHandler(World* world) {
  const sched::WorkerId worker = world->scheduler.current();
  if (worker == sched::kNoWorker) return;
  const uint8_t index = win32::boundary.request_of[worker];
  const Request* request = index == trace::kNone8 ? nullptr : world->requests[index].get();
  const Delivery& inside = world->inside[worker];
  world->Record(trace::EventKind::kHandlerMissing, request, win32::boundary.module_of[worker],
                trace::kNone16, 0, 0, NotificationWord(inside.notification, inside.post));
}

}  // namespace pendulum::host
