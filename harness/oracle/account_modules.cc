// What modules register for and whether they are told: registrations, priorities, who was passed
// over; the objects of modules; global notifications; stored contexts.
#include <algorithm>
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
constexpr int kExecuteOrder = static_cast<int>(Notification::kExecuteRequestHandler) * 2;
constexpr int kPlaces = trace::kDeterministicNotificationCount * 2;
static_assert(kPlaces < 64);
constexpr uint32_t kPostMask = (uint32_t{1} << trace::kDeterministicNotificationCount) - 1;

uint64_t ModuleBit(uint8_t module) { return uint64_t{1} << (module & 63); }
int64_t Count(uint64_t modules) { return std::popcount(modules); }

// Registrations for these must come in a run that started and stopped a server.
constexpr GlobalNotification kOfEveryServer[] = {
    GlobalNotification::kStopListening, GlobalNotification::kCacheCleanup,
    GlobalNotification::kApplicationStart, GlobalNotification::kApplicationResolveModules,
    GlobalNotification::kApplicationStop};
constexpr GlobalNotification kOfEveryRequest[] = {GlobalNotification::kPreBeginRequest,
                                                  GlobalNotification::kThreadCleanup};

}  // namespace

ModuleAccount* Account::ModuleOf(uint8_t index) {
  if (index >= kMaxModules) return nullptr;
  while (module_count_ <= index) modules_[module_count_++] = {};
  return &modules_[index];
}

// The event's slots hold a copy: it is renewed when the module is another one or has changed.
void Account::PointAtRegistration(uint8_t module, bool changed) {
  if (module == registration_module_ && !changed) return;
  registration_module_ = module;
  const bool known = module < module_count_;
  event_slots_.registration_ = known ? modules_[module].slots : Slots_registration();
}

void Account::PointAtInstance(const RequestAccount* request, uint8_t module) {
  event_slots_.instance_ = {};
  if (request == nullptr || module >= kMaxModules) return;
  event_slots_.instance_ = {.created = request->created[module],
                            .disposed = request->disposed[module]};
}

void Account::ApplyRegistration(const Event& event) {
  ModuleAccount* module = ModuleOf(event.module);
  Slots_run& run = event_slots_.run_;
  const bool loaded = event.kind == EventKind::kModuleLoaded;
  if (loaded) {
    event_slots_.module_ = {.server_version = event.a,
                            .info_given = Bit(event, trace::kInfoGiven),
                            .server_given = Bit(event, trace::kServerGiven)};
  }
  if (module == nullptr) return PointAtRegistration(event.module, true);
  Slots_registration& slots = module->slots;
  const bool global = (event.d & trace::kForGlobal) != 0;
  if (loaded) {
    slots.known = slots.running = 1;
  } else if (event.kind == EventKind::kPrioritySet) {
    const bool post = (event.d & trace::kForPost) != 0;
    for (int i = 0; i < trace::kNotificationCount; ++i) {
      const uint32_t bit = global ? trace::BitOf(static_cast<GlobalNotification>(i))
                                  : trace::BitOf(static_cast<Notification>(i));
      if ((event.a & bit) == 0) continue;
      module->priorities[global ? 2 : post ? 1 : 0][i] = static_cast<int8_t>(event.b & 7);
    }
    const int8_t sends = module->priorities[0][static_cast<int>(Notification::kSendResponse)];
    slots.reads_log_data = sends == 0 || sends == 1;
  } else if (global) {
    ++slots.globals;
    ++run.globals;
    for (int i = 0; i < trace::kGlobalNotificationCount; ++i) {
      if ((event.a & trace::BitOf(static_cast<GlobalNotification>(i))) == 0) continue;
      global_registered_[i] |= ModuleBit(event.module);
    }
  } else {
    ++slots.requests;
    ++run.registrations;
    ++run.factories;
    slots.post_without_event = (event.b & ~kPostMask) != 0;
    for (int i = 0; i < trace::kNotificationCount; ++i) {
      const uint32_t bit = trace::BitOf(static_cast<Notification>(i));
      if ((event.a & bit) != 0) registered_[i * 2] |= ModuleBit(event.module);
      if ((event.b & bit) != 0) registered_[i * 2 + 1] |= ModuleBit(event.module);
    }
    for (int place = 0; place < kPlaces; ++place) {
      places_registered_ |= uint64_t{registered_[place] != 0} << place;
    }
    const auto receivers = [this](Notification kind) {
      return Count(registered_[static_cast<int>(kind) * 2]);
    };
    run.custom_receivers = receivers(Notification::kCustomNotification);
    run.read_entity_receivers = receivers(Notification::kReadEntity);
    run.map_path_receivers = receivers(Notification::kMapPath);
    run.send_response_receivers = receivers(Notification::kSendResponse);
  }
  PointAtRegistration(event.module, true);
}

void Account::ApplyModule(const Event& event, RequestAccount* request) {
  Slots_run& run = event_slots_.run_;
  Slots_module& slots = event_slots_.module_;
  ModuleAccount* module = ModuleOf(event.module);
  slots = {};
  switch (event.kind) {
    case EventKind::kModuleRegistered:
      slots.result = event.a;
      run.modules_registered += Succeeded(event.a);
      if (module == nullptr) break;
      module->slots.running = 0;
      if (Succeeded(event.a)) break;
      // The server does not use the module.
      run.factories -= module->slots.requests;
      run.globals -= module->slots.globals;
      for (uint64_t& modules : registered_) modules &= ~ModuleBit(event.module);
      for (uint64_t& modules : global_registered_) modules &= ~ModuleBit(event.module);
      break;
    case EventKind::kFactoryTerminated:
      slots.is_global = event.d & 1;
      ++(slots.is_global ? run.globals_terminated : run.factories_terminated);
      if (module == nullptr) break;
      ++(slots.is_global ? module->slots.global_terminations : module->slots.terminations);
      break;
    case EventKind::kModuleCreated:
      slots.result = event.a;
      slots.object_given = event.b & 1;
      slots.allocator_given = event.b >> 1 & 1;
      run.modules_created += slots.object_given;
      if (request == nullptr) break;
      request->slots.modules_created += slots.object_given;
      request->slots.unseen_changes += !slots.object_given;
      request->slots.modules_failed += !slots.object_given || !Succeeded(event.a);
      if (slots.object_given && module != nullptr) ++request->created[event.module];
      break;
    default:
      ++run.modules_disposed;
      if (request == nullptr) break;
      ++request->slots.modules_disposed;
      if (module != nullptr) ++request->disposed[event.module];
      break;
  }
  PointAtRegistration(event.module, true);
  PointAtInstance(request, event.module);
}

// Modules registered for the place `order` of the pipeline that have not disabled it.
uint64_t Account::Expecting(const RequestAccount& request, int order) const {
  uint64_t modules = registered_[order];
  if (request.any_disabled) modules &= ~disabled_[request.slots.index][order];
  return modules;
}

// The request leaves the places from its last one to the one before `order`: counts whom it has not
// told there.
void Account::PassOver(RequestAccount* request, int order) {
  Slots_request& slots = request->slots;
  if (event_slots_.run_.registrations == 0) return;
  const int first = slots.last_order < 0 ? 0 : static_cast<int>(slots.last_order);
  uint64_t left = places_registered_ >> first << first;
  for (left &= (uint64_t{1} << order) - 1; left != 0; left &= left - 1) {
    const int place = std::countr_zero(left);
    uint64_t missed = Expecting(*request, place);
    if (place == slots.last_order) missed &= ~request->told;
    if (missed == 0) continue;
    if (place == kExecuteOrder && slots.request_handled) {
      slots.handlers_skipped += Count(missed);
      continue;
    }
    slots.notifications_missed += Count(missed);
    if (place >= kLogOrder) slots.last_notifications_missed += Count(missed);
  }
}

// Compares the module with those that were told before it.
void Account::NotePriority(uint64_t told, uint8_t module, int table, int index, bool inverted) {
  Slots_notification& slots = event_slots_.notification_;
  if (module >= module_count_) return;
  const int own = modules_[module].priorities[table][index];
  while (told != 0) {
    const int other_module = std::countr_zero(told);
    told &= told - 1;
    if (other_module >= static_cast<int>(module_count_)) continue;
    const int other = modules_[other_module].priorities[table][index];
    if (other == own) {
      slots.after_later += other_module > module;
    } else if (other >= 0 && own >= 0) {
      slots.after_lower += inverted ? other < own : other > own;
    }
  }
}

void Account::NoteTold(const Event& event, RequestAccount* request) {
  const int kind = event.d & 0xFF;
  if (kind >= trace::kNotificationCount) return;
  const bool post = (event.d & trace::kPost) != 0;
  const int order = kind * 2 + (post ? 1 : 0);
  const bool placed = kind < trace::kDeterministicNotificationCount;
  if (request != nullptr && kind == static_cast<int>(Notification::kSendResponse)) {
    request->slots.send_responses_before_headers += !request->slots.headers_received;
  }
  if (request != nullptr && placed) {
    request->slots.last_notifications += order >= kLogOrder;
    request->slots.executed_after_handled +=
        order == kExecuteOrder && request->slots.request_handled;
  }
  if (event_slots_.run_.registrations == 0 || event.module >= kMaxModules) return;
  const uint64_t bit = ModuleBit(event.module);
  event_slots_.notification_.registered = (registered_[order] & bit) != 0;
  if (!placed) {
    uint64_t& told = RaisedOf(event.worker)->told[kind - trace::kDeterministicNotificationCount];
    if ((told & bit) != 0) told = 0;
    const bool sends = kind == static_cast<int>(Notification::kSendResponse);
    NotePriority(told, event.module, 0, kind, sends);
    told |= bit;
    return;
  }
  if (request == nullptr) return;
  if (order != request->slots.last_order) {
    PassOver(request, order);
    request->told = 0;
  }
  NotePriority(request->told, event.module, post ? 1 : 0, kind, false);
  request->told |= bit;
}

Raised* Account::RaisedOf(uint8_t worker) {
  const uint32_t depth = depths_[worker];
  Raised* raised = &raised_[worker * (kMaxDepth + 1) + depth];
  const HandlerFrame* frame = TopFrame(worker);
  const uint32_t token = frame == nullptr ? 0 : frame->token;
  if (raised->run != run_number_ || raised->token != token) {
    *raised = {.run = run_number_, .token = token};
  }
  return raised;
}

// Ends the round of a notification raised by the call that this worker returns from: whom it told.
uint64_t Account::EndRound(uint8_t worker, Notification kind) {
  uint64_t& told =
      RaisedOf(worker)->told[static_cast<int>(kind) - trace::kDeterministicNotificationCount];
  const uint64_t modules = told;
  told = 0;
  return modules;
}

void Account::NoteRaised(const Event& event, OperationAccount* operation) {
  Slots_operation& slots = operation->slots;
  if (event_slots_.run_.registrations == 0) return;
  if (Is(*operation, trace::OperationKind::kReadEntityBody)) {
    const int order = static_cast<int>(Notification::kReadEntity) * 2;
    slots.read_entity_missed =
        Count(registered_[order] & ~EndRound(event.worker, Notification::kReadEntity));
  } else if (Is(*operation, trace::OperationKind::kNotifyCustomNotification)) {
    const int order = static_cast<int>(Notification::kCustomNotification) * 2;
    const uint64_t missed =
        registered_[order] & ~EndRound(event.worker, Notification::kCustomNotification);
    slots.missed = Count(missed);
    slots.missed_itself = event.module < kMaxModules && (missed & ModuleBit(event.module)) != 0;
  }
}

GlobalRounds* Account::RoundsOf(uint8_t worker) {
  GlobalRounds* rounds = &rounds_[worker];
  round_worker_count_ = std::max(round_worker_count_, worker + 1u);
  if (rounds->run != run_number_) *rounds = {.run = run_number_};
  return rounds;
}

void Account::EndGlobalRound(GlobalRounds* rounds, int kind) {
  const bool handled = (rounds->handled >> kind & 1) != 0;
  if (rounds->told[kind] != 0 && !handled) {
    event_slots_.run_.globals_skipped += Count(global_registered_[kind] & ~rounds->told[kind]);
  }
  rounds->told[kind] = 0;
  rounds->handled &= static_cast<uint16_t>(~(1u << kind));
}

void Account::ApplyGlobal(const Event& event) {
  const int kind = event.d & 0xFF;
  Slots_global& slots = event_slots_.global_;
  slots = {.notification = kind};
  PointAtRegistration(event.module);
  if (kind >= trace::kGlobalNotificationCount || event.module >= kMaxModules) return;
  GlobalRounds* rounds = RoundsOf(event.worker);
  if (event.kind == EventKind::kGlobalReturned) {
    slots.status_number = event.a;
    rounds->status = event.a;
    if (event.a == 1) rounds->handled |= static_cast<uint16_t>(1u << kind);
    return;
  }
  const uint64_t bit = ModuleBit(event.module);
  if ((rounds->told[kind] & bit) != 0) EndGlobalRound(rounds, kind);
  ModuleAccount* module = ModuleOf(event.module);
  PointAtRegistration(event.module);
  slots.registered = (global_registered_[kind] & bit) != 0;
  slots.after_handled = rounds->handled >> kind & 1;
  slots.after_termination = module->slots.global_terminations > 0;
  for (uint64_t told = rounds->told[kind]; told != 0; told &= told - 1) {
    const int other = modules_[std::countr_zero(told)].priorities[2][kind];
    const int own = module->priorities[2][kind];
    slots.after_lower += other >= 0 && own >= 0 && other > own;
  }
  rounds->told[kind] |= bit;
  global_told_[kind] |= bit;
  ++event_slots_.run_.globals_entered;
}

void Account::EndGlobals() {
  Slots_run& run = event_slots_.run_;
  for (uint32_t worker = 0; worker < round_worker_count_; ++worker) {
    if (rounds_[worker].run != run_number_) continue;
    for (int kind = 0; kind < trace::kGlobalNotificationCount; ++kind) {
      EndGlobalRound(&rounds_[worker], kind);
    }
  }
  const auto missed = [&](GlobalNotification kind) {
    const auto index = static_cast<int>(kind);
    return global_told_[index] != 0 ? 0 : Count(global_registered_[index]);
  };
  for (GlobalNotification kind : kOfEveryServer) run.globals_missed += missed(kind);
  if (run.requests == 0) return;
  for (GlobalNotification kind : kOfEveryRequest) run.globals_missed += missed(kind);
}

}  // namespace pendulum::oracle
