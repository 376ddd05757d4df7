// How the events around the core (client, memory, module, threads, clones) change the account.

#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"
#include "harness/trace/names.h"

namespace pendulum::oracle {
using trace::Event;
using trace::EventKind;

// The delivery that a call from a thread of the module works for: the last one that is not over, or
// the last one. Notifications that are raised inside others end with their handler, so no thread
// works for them while another is open.
int32_t Account::ThreadsDelivery(const RequestAccount* request) {
  if (request == nullptr) return -1;
  const auto is_raised = [](const Slots_delivery& slots) {
    return slots.notification >= trace::kDeterministicNotificationCount;
  };
  int32_t index = request->newest_delivery;
  while (index >= 0 &&
         (deliveries_[index].slots.final_statuses != 0 || is_raised(deliveries_[index].slots))) {
    index = deliveries_[index].older;
  }
  if (index >= 0) return index;
  const int32_t open = OpenDelivery(request);
  return open >= 0 ? open : request->newest_delivery;
}

void Account::ApplyClient(const Event& event, RequestAccount* request) {
  PointAround(event, request);
  Slots_client& client = event_slots_.client_;
  client = {.bytes = event.a, .total_bytes = event.b};
  if (event.kind == EventKind::kClientSent) {
    client.all_sent = event.d & 1;
    if (request == nullptr) return;
    request->slots.client_sent_bytes += event.a;
    if (client.all_sent) request->slots.client_sent_all = 1;
  } else if (event.kind == EventKind::kClientReceived) {
    client.headers = event.d & 1;
    client.complete = event.d >> 1 & 1;
    if (request == nullptr) return;
    request->slots.received_bytes += event.a;
    if (client.headers) request->slots.headers_received = 1;
    if (client.complete) request->slots.response_complete = 1;
  } else {
    client.by_module = event.d & 1;
    if (request == nullptr) return;
    Slots_request& slots = request->slots;
    if (slots.client_connected) slots.received_at_disconnect_bytes = slots.received_bytes;
    slots.client_connected = 0;
    if (client.by_module) slots.reset_by_module = 1;
  }
}

void Account::ApplyBody(const Event& event, RequestAccount* request) {
  PointAround(event, request);
  event_slots_.body_ = {.digest = event.a, .bytes = event.b, .direction = event.d};
  if (request == nullptr) return;
  Slots_request& slots = request->slots;
  const auto note = [&event](int64_t* digest, int64_t* digest_bytes) {
    *digest = event.a;
    *digest_bytes = event.b;
  };
  switch (static_cast<trace::BodyDirection>(event.d)) {
    case trace::BodyDirection::kRead:
      return note(&slots.read_digest, &slots.read_digest_bytes);
    case trace::BodyDirection::kSent:
      return note(&slots.sent_digest, &slots.sent_digest_bytes);
    case trace::BodyDirection::kWritten:
      return note(&slots.written_digest, &slots.written_digest_bytes);
    case trace::BodyDirection::kReceived:
      return note(&slots.received_digest, &slots.received_digest_bytes);
    case trace::BodyDirection::kInserted:
      return note(&slots.inserted_digest, &slots.inserted_digest_bytes);
    case trace::BodyDirection::kPlaced:
      return note(&slots.placed_digest, &slots.placed_digest_bytes);
    default:
      return;
  }
}

void Account::ApplyMemory(const Event& event, Slots_request* request, OperationAccount* operation) {
  Slots_memory& memory = event_slots_.memory_;
  memory = {};
  if (event.kind == EventKind::kMemoryAllocated) {
    memory.bytes = event.a;
    memory.method = event.d;
    memory.given_before = event.b & 1;
    if (request != nullptr) request->allocated_bytes += event.a;
    return;
  }
  memory.offset_bytes = event.a;
  memory.fault = event.b;
  memory.descriptors = event.d & 1;
  memory.inserted = event.d >> 1 & 1;
  if (operation != nullptr) ++operation->slots.memory_violations;
  if (request != nullptr) ++request->memory_violations;
}

void Account::ApplyThreads(const Event& event) {
  Slots_run& run = event_slots_.run_;
  switch (event.kind) {
    case EventKind::kWaitBegan:
      event_slots_.wait_ = {.method = event.d, .object = event.a, .timeout_ms = event.b};
      ++run.workers_waiting;
      locks_.BeginWait(event, static_cast<uint32_t>(event_slots_.event_.index));
      break;
    case EventKind::kWaitEnded:
      event_slots_.wait_ = {.method = event.d, .object = event.b, .result = event.a};
      --run.workers_waiting;
      locks_.EndWait(event);
      break;
    case EventKind::kThreadBegan:
      event_slots_.thread_ = {.number = event.a};
      locks_.BeginThread(event);
      ++run.threads_began;
      ++run.threads_running;
      break;
    case EventKind::kThreadEnded: {
      uint32_t lock = 0;
      const uint32_t held = locks_.EndThread(event.worker, &lock);
      event_slots_.thread_ = {.number = event.a, .locks_held = held, .lock = lock};
      --run.threads_running;
      break;
    }
    case EventKind::kLockTaken:
    case EventKind::kLockReleased:
    case EventKind::kLockFreed:
      ApplyLock(event);
      break;
    default:
      break;
  }
}

void Account::EndRun(const Event& event) {
  Slots_run& run = event_slots_.run_;
  run.end = event.a;
  run.steps = event.b;
  run.endless = event.d & trace::kEndless;
  run.wakeups = locks_.wakeups();
  if (run.end == static_cast<int64_t>(trace::RunEnd::kStuck)) EndStuckRun();
  EndGlobals();
}

// What is stuck for a wake-up that was lost, and no more than that.
void Account::EndStuckRun() {
  const LockAccount::Lost lost = locks_.FindLost(depths_);
  Slots_run& run = event_slots_.run_;
  run.lost_wakeups = lost.wakeups;
  run.lost_object = lost.object;
  run.lost_worker = lost.worker;
  run.lost_workers = lost.workers;
  if (lost.workers == 0) return;
  // A delivery whose other calls are stuck for another reason is not counted among the lost.
  MarkDeliveries(true);
  MarkDeliveries(false);
}

// What the calls of handlers on workers that are lost, or on all others, are for.
void Account::MarkDeliveries(bool lost) {
  for (uint32_t worker = 0; worker < worker_count_; ++worker) {
    if (depths_[worker] == 0 || locks_.IsLost(static_cast<uint8_t>(worker)) != lost) continue;
    for (uint32_t depth = 0; depth < depths_[worker]; ++depth) {
      const HandlerFrame& frame = frames_[worker * kMaxDepth + depth];
      if (frame.delivery >= 0) deliveries_[frame.delivery].slots.wakeup_lost = lost;
    }
  }
}

void Account::ApplyLock(const Event& event) {
  Slots_lock& lock = event_slots_.lock_;
  lock = {.method = event.d,
          .number = event.a,
          .shared = (event.b & trace::kLockShared) != 0,
          .again = (event.b & trace::kLockAgain) != 0,
          .tried = (event.b & trace::kLockTried) != 0};
  if (event.kind == EventKind::kLockTaken) {
    const auto index = static_cast<uint32_t>(event_slots_.event_.index);
    const Inversion inversion = locks_.Take(event, index, depths_[event.worker] > 0);
    lock.inverted = inversion.found;
    lock.under = inversion.held;
    lock.other_worker = inversion.other_worker;
    lock.other_event = inversion.other_event;
    lock.circle = inversion.locks;
    lock.held = locks_.HeldBy(event.worker);
  } else if (event.kind == EventKind::kLockReleased) {
    locks_.Release(event);
    lock.held = locks_.HeldBy(event.worker);
  } else {
    lock.by_thread = locks_.IsThread(event.worker);
    locks_.Forget(event.worker);
  }
}

// Calls that threads of the module are in, when the request ends.
void Account::NoteThreadsInside(RequestAccount* request) {
  request->slots.threads_inside = 0;
  for (uint32_t worker = 0; worker < worker_count_; ++worker) {
    if (calls_[worker] == 0 || depths_[worker] > 0) continue;
    const OperationAccount& operation = operations_[calls_[worker] - 1];
    const bool posts = Is(operation, trace::OperationKind::kPostCompletion) ||
                       Is(operation, trace::OperationKind::kIndicateCompletion);
    if (operation.request == request->slots.index && !posts &&
        locks_.IsThread(static_cast<uint8_t>(worker))) {
      ++request->slots.threads_inside;
    }
  }
}

// The child's own request.began has come before.
void Account::ApplyCloned(const Event& event, Slots_request* request) {
  RequestAccount* child =
      event.a < kMaxRequests ? FindRequest(static_cast<uint8_t>(event.a)) : nullptr;
  event_slots_.clone_ = {
      .child = event.a, .flags = event.b, .is_new = child == nullptr || child->slots.level == 0};
  if (request == nullptr || child == nullptr || event.a == event.request) return;
  child->slots.is_child = 1;
  child->slots.parent = event.request;
  child->slots.level = request->level + 1;
  child->slots.clone_flags = event.b;
  child->slots.cloned_basics = (event.b & kCloneBasics) != 0;
  child->slots.cloned_entity = (event.b & kCloneEntity) != 0;
  child->slots.parent_has_body = request->has_body;
  child->slots.parent_url_digest =
      request->url_seen_digest != 0 ? request->url_seen_digest : request->url_digest;
  child->slots.parent_method_digest =
      request->method_sets > 0 ? request->method_digest : request->method_seen_digest;
}

// False when it is none of modules and their contexts.
bool Account::ApplyModuleEvent(const Event& event, Slots_request* request) {
  switch (event.kind) {
    case EventKind::kModuleLoaded:
    case EventKind::kNotificationsRegistered:
    case EventKind::kPrioritySet:
      ApplyRegistration(event);
      return true;
    case EventKind::kGlobalEntered:
    case EventKind::kGlobalReturned:
      ApplyGlobal(event);
      return true;
    case EventKind::kContextStored:
    case EventKind::kContextCleaned:
    case EventKind::kContextSet:
    case EventKind::kContextGot:
    case EventKind::kContextNotified:
      ApplyContext(event, request);
      return true;
    default:
      return false;
  }
}

void Account::ApplyOther(const Event& event, RequestAccount* request) {
  Slots_request* slots = request == nullptr ? nullptr : &request->slots;
  HandlerFrame* frame = TopFrame(event.worker);
  OperationAccount* operation = nullptr;
  int32_t delivery = frame != nullptr && frame->request == event.request ? frame->delivery : -1;
  switch (event.kind) {
    case EventKind::kRunEnded:
      EndRun(event);
      break;
    case EventKind::kRequestParked:
      event_slots_.parked_ = {.notification = event.d & 0xFF,
                              .post = event.d >> 8 & 1,
                              .blocked = event.a != 0,
                              .blocked_workers = event.b};
      ++event_slots_.run_.requests_parked;
      if (slots != nullptr) slots->blocked_workers = event.b;
      delivery = OpenDelivery(request);
      break;
    case EventKind::kModuleRegistered:
    case EventKind::kFactoryTerminated:
    case EventKind::kModuleCreated:
    case EventKind::kModuleDisposed:
      ApplyModule(event, request);
      break;
    case EventKind::kMemoryViolated:
      operation = FindOperation(event.operation);
      if (operation != nullptr) delivery = operation->delivery;
      ApplyMemory(event, slots, operation);
      break;
    case EventKind::kMemoryAllocated:
      ApplyMemory(event, slots, nullptr);
      break;
    case EventKind::kRequestLength:
      event_slots_.length_ = {
          .before_bytes = event.a, .content_length_bytes = event.b, .at_end = event.d & 1};
      break;
    case EventKind::kUserReleased:
      event_slots_.user_.number = event.a;
      if (slots != nullptr) ++slots->users_released;
      break;
    case EventKind::kRequestCloned:
      ApplyCloned(event, slots);
      break;
    case EventKind::kExceptionCrossed:
      event_slots_.exception_.notification = event.d & 0xFF;
      if (slots != nullptr) ++slots->unseen_changes;
      break;
    case EventKind::kModuleCrashed:
      event_slots_.crash_ = {.signal = event.a, .cause = event.b};
      break;
    case EventKind::kResponseDiffered:
      event_slots_.response_ = {
          .part = event.d, .offset_bytes = event.a, .received_bytes = event.b};
      break;
    case EventKind::kHeaderChanged:
    case EventKind::kHeaderAsked:
    case EventKind::kClientHeader:
      ApplyHeader(event, request);
      break;
    case EventKind::kClientHead:
      ApplyHead(event, slots);
      break;
    default:
      if (!ApplyModuleEvent(event, slots)) ApplyThreads(event);
      break;
  }
  Point(request, operation, DeliveryAt(delivery), frame);
}

}  // namespace pendulum::oracle
