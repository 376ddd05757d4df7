// Stored contexts, and what calls about the pipeline and the server's objects change.
#include <bit>

#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;
using trace::GlobalNotification;
using trace::Notification;

constexpr int kLogOrder = static_cast<int>(Notification::kLogRequest) * 2;
constexpr int kOrders = trace::kDeterministicNotificationCount * 2;

}  // namespace

ContextPlace* Account::PlaceOf(uint32_t place) {
  for (uint32_t i = 0; i < place_count_; ++i) {
    if (places_[i].place == place) return &places_[i];
  }
  if (place_count_ == kMaxPlaces) return nullptr;
  places_[place_count_] = {.place = place};
  return &places_[place_count_++];
}

StoredContext* Account::ContextOf(uint32_t number) {
  if (number == 0 || number >= kMaxContexts) return nullptr;
  while (context_count_ <= number) contexts_[context_count_++] = {};
  return &contexts_[number];
}

void Account::ApplyContextStored(const Event& event, Slots_request* request) {
  Slots_run& run = event_slots_.run_;
  ++run.contexts_stored;
  if (request != nullptr) ++request->contexts_stored;
  const bool dispensed = (event.d & trace::kDispensedContext) != 0;
  const bool listens = (event.d & trace::kConnectionContext) != 0;
  run.contexts_owed += !dispensed;
  run.listeners += listens;
  if (StoredContext* context = ContextOf(event.a)) {
    *context = {.place = event.b, .known = true, .dispensed = dispensed};
  }
  if (ContextPlace* place = PlaceOf(event.b)) {
    event_slots_.context_.held = place->number;
    place->before = place->number;
    place->number = event.a;
  }
  event_slots_.context_.place = event.b;
}

void Account::ApplyContext(const Event& event, Slots_request* request) {
  Slots_context& slots = event_slots_.context_;
  StoredContext* context = event.kind == EventKind::kContextSet ? nullptr : ContextOf(event.a);
  slots = {};
  if (event.kind != EventKind::kContextSet) slots.number = event.a;
  switch (event.kind) {
    case EventKind::kContextStored:
      return ApplyContextStored(event, request);
    case EventKind::kContextCleaned:
      ++event_slots_.run_.contexts_cleaned;
      if (request != nullptr) ++request->contexts_cleaned;
      slots.freed = Bit(event, trace::kFreedContext);
      if (context == nullptr) return;
      slots.known = context->known;
      slots.cleanups = ++context->cleanups;
      if (!context->known || slots.cleanups > 1) return;
      event_slots_.run_.contexts_owed -= !context->dispensed;
      if (ContextPlace* place = PlaceOf(context->place)) {
        if (place->number == event.a) place->number = 0;
      }
      return;
    case EventKind::kContextNotified:
      ++event_slots_.run_.listeners_notified;
      if (context == nullptr) return;
      slots.known = context->known;
      slots.notifications = ++context->notifications;
      return;
    default:
      break;
  }
  slots.place = event.b;
  const ContextPlace* place = PlaceOf(event.b);
  if (event.kind == EventKind::kContextSet) {
    slots.result = event.a;
    slots.is_null = Bit(event, trace::kNullContext);
    if (place != nullptr) slots.held = Succeeded(event.a) ? place->before : place->number;
  } else if (place != nullptr) {
    slots.held = place->number;
  }
}

void Account::Disable(const Event& event, RequestAccount* request) {
  if (event.module >= kMaxModules) return;
  uint64_t* disabled = disabled_[request->slots.index];
  if (!request->any_disabled) {
    request->any_disabled = true;
    for (int order = 0; order < kOrders; ++order) disabled[order] = 0;
  }
  for (int order = 0; order < kOrders; ++order) {
    const uint32_t mask = (order & 1) != 0 ? event.b : event.a;
    const uint32_t bit = trace::BitOf(static_cast<Notification>(order / 2));
    if ((mask & bit) != 0) disabled[order] |= uint64_t{1} << event.module;
  }
}

bool Account::IsDisabled(const RequestAccount* request, uint8_t module, int64_t order) const {
  if (request == nullptr || !request->any_disabled || module >= kMaxModules) return false;
  return (disabled_[request->slots.index][order] >> module & 1) != 0;
}

// Handlers that follow in the request.
int64_t Account::LaterHandlers(const RequestAccount& request, bool finishes) const {
  int64_t count = 0;
  const int last = static_cast<int>(request.slots.last_order);
  for (int order = last < 0 ? 0 : last; order < kOrders; ++order) {
    if (finishes && order < kLogOrder) continue;
    uint64_t modules = Expecting(request, order);
    if (order == last) modules &= ~request.told;
    count += std::popcount(modules);
  }
  return count;
}

void Account::ApplyQuestion(Effect effect, const Event& event, RequestAccount* request) {
  Slots_call& call = event_slots_.call_;
  Slots_run& run = event_slots_.run_;
  Slots_request& slots = request->slots;
  switch (effect) {
    case Effect::kDisableNotifications:
      return Disable(event, request);
    case Effect::kGetContainer:
      if (slots.container == 0) slots.container = event.a;
      return;
    case Effect::kGetNamedContainer:
      if (slots.named_container == 0) slots.named_container = event.a;
      return;
    case Effect::kGetStartTime:
      if (slots.start_time_ms < 0) slots.start_time_ms = event.a;
      return;
    case Effect::kGetExecutionStats:
      call.notification = event.b & 0xFF;
      call.async_notification = event.b >> 8 & 0xFF;
      call.asynchronous = call.async_notification != 0xFF;
      return;
    case Effect::kMapPath: {
      const uint64_t told = EndRound(event.worker, Notification::kMapPath);
      call.raised = std::popcount(told);
      call.missed =
          std::popcount(registered_[static_cast<int>(Notification::kMapPath) * 2] & ~told);
      return;
    }
    case Effect::kGetNextNotification:
    case Effect::kGetIsLastNotification: {
      const bool finishes =
          (event.b & 0xFF) == static_cast<uint32_t>(trace::Status::kFinishRequest);
      call.later_handlers = LaterHandlers(*request, finishes);
      if (effect == Effect::kGetNextNotification) {
        slots.merged += event.a != 0;
        call.outputs_given = event.b >> 8 & 1;
      } else if (run.registrations > 0) {
        ++((event.a != 0) == (call.later_handlers > 0) ? run.more_means_true : run.none_means_true);
      }
      return;
    }
    default:
      return;
  }
}

void Account::ApplyServerCall(Effect effect, const Event& event) {
  Slots_call& call = event_slots_.call_;
  Slots_run& run = event_slots_.run_;
  switch (effect) {
    case Effect::kReportUnhealthy:
    case Effect::kNotifyGlobal: {
      const auto kind = static_cast<int>(effect == Effect::kReportUnhealthy
                                             ? GlobalNotification::kHealthCheck
                                             : GlobalNotification::kCustomNotification);
      GlobalRounds* rounds = RoundsOf(event.worker);
      const uint64_t told = rounds->told[kind];
      const bool handled = (rounds->handled >> kind & 1) != 0;
      call.raised = std::popcount(told);
      call.raised_status = told != 0 ? rounds->status : 0;
      call.missed = handled ? 0 : std::popcount(global_registered_[kind] & ~told);
      rounds->told[kind] = 0;
      rounds->handled &= static_cast<uint16_t>(~(1u << kind));
      return;
    }
    case Effect::kDispenseContainer:
      run.containers_dispensed += event.a != 0;
      return;
    case Effect::kReleaseContainer:
      ++run.containers_released;
      for (uint32_t i = 0; i < place_count_; ++i) {
        call.contexts_left += places_[i].place >> 8 == event.b && places_[i].number != 0;
      }
      return;
    case Effect::kIncrementThreadCount:
      ++run.thread_count_raised;
      return;
    case Effect::kDecrementThreadCount:
      ++run.thread_count_lowered;
      return;
    case Effect::kDrain:
      run.drains += event.a != 0;
      return;
    case Effect::kGetId:
      return NoteId(event);
    default:
      return;
  }
}

void Account::NoteId(const Event& event) {
  ModuleAccount* module = ModuleOf(event.module);
  if (module == nullptr) return;
  if (module->slots.ids == 0 || module->id != event.a) ++module->slots.ids;
  module->id = event.a;
  for (uint32_t i = 0; i < module_count_; ++i) {
    const bool same = i != event.module && modules_[i].slots.ids > 0 && modules_[i].id == event.a;
    if (same) module->slots.id_shared = 1;
  }
  PointAtRegistration(event.module, true);
}

}  // namespace pendulum::oracle
