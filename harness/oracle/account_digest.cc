// What of an account decides how further events are judged.
//
// Left out is what only tells which of several ways led there: the events at which operations were
// called, and the numbers of handler calls, which are only compared with those that still run. Of
// operations and deliveries that are over only the slots are in it that clauses with a for_each
// read. What an event fills anew for itself (all of EventSlots but run and registration) is left
// out as well.
#include <algorithm>

#include "harness/oracle/account.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;

// Whoever adds a member adds it here, or sees why it need not be, and puts the new size.
static_assert(sizeof(OperationAccount) == sizeof(Slots_operation) + 40);
static_assert(sizeof(DeliveryAccount) == sizeof(Slots_delivery) + 8);
static_assert(sizeof(HandlerFrame) == sizeof(Slots_handler) + 16);
static_assert(sizeof(RequestAccount) == sizeof(Slots_request) + 488);
static_assert(sizeof(ModuleAccount) == sizeof(Slots_registration) + 56);
static_assert(sizeof(HeaderAccount) == 20 && sizeof(StoredContext) == 16 &&
              sizeof(ContextPlace) == 12);

namespace {

uint64_t Joined(uint64_t high, uint64_t low) { return high << 32 | (low & 0xFFFFFFFF); }

template <class Slots>
void AddSlots(const Slots& slots, const std::vector<uint8_t>& kept, StateDigest* digest) {
  const auto* words = reinterpret_cast<const uint64_t*>(&slots);
  size_t i = 0;
  for (; i + 1 < kept.size(); i += 2) digest->Add(words[kept[i]], words[kept[i + 1]]);
  if (i < kept.size()) digest->Add(words[kept[i]]);
}

void AddHeaders(const RequestAccount& request, StateDigest* digest) {
  digest->Add(static_cast<uint64_t>(request.headers));
  for (int i = 0; i < std::min(request.headers, kMaxHeaders); ++i) {
    const HeaderAccount& header = request.header[i];
    const uint64_t flags = header.set | header.cleared << 1 | header.server_by_id << 2;
    digest->Add(Joined(header.name_digest, header.set_digest));
    digest->Add(Joined(static_cast<uint32_t>(header.set_bytes), flags),
                static_cast<uint64_t>(header.parts));
  }
}

}  // namespace

// Its call has returned, its completion has come and been handled, and the handler that called it
// has returned.
bool Account::IsOver(const OperationAccount& operation) const {
  const Slots_operation& slots = operation.slots;
  return slots.returned && !slots.outstanding &&
         (slots.completions > 0 || !slots.expects_completion) &&
         operation.completions_over == slots.completions && !FrameRuns(operation);
}

bool Account::NamesWhatIsOver(const Event& event) const {
  if (event.operation < operation_count_) {
    const OperationAccount& operation = operations_[event.operation];
    if (operation.slots.known && IsOver(operation)) return true;
  }
  const bool has_serial = event.kind == EventKind::kNotificationReturned ||
                          event.kind == EventKind::kCompletionReturned;
  if (!has_serial || event.request >= request_count_) return false;
  const RequestAccount& request = requests_[event.request];
  if (!request.slots.known) return false;
  const int32_t index = FindDelivery(&request, event.a);
  if (index < 0) return false;
  const Slots_delivery& slots = deliveries_[index].slots;
  return (event.kind == EventKind::kNotificationReturned ? slots.handler_running
                                                         : slots.completions_running) <= 0;
}

// What an event can be of without naming what is over: operations that are not over or in whose
// calls workers are; the deliveries of these and of the handlers that run, those that are open, and
// the last ones of each request.
void Account::FindNeeded() {
  std::fill_n(&operation_needed_[0], operation_count_, false);
  for (uint32_t i = 0; i < delivery_count_; ++i) {
    const Slots_delivery& slots = deliveries_[i].slots;
    delivery_needed_[i] =
        slots.final_statuses == 0 || slots.handler_running > 0 || slots.completions_running > 0;
  }
  for (uint32_t worker = 0; worker < worker_count_; ++worker) {
    for (int32_t i = calls_[worker] - 1; i >= 0; i = operations_[i].outer) {
      if (operation_needed_[i]) break;
      operation_needed_[i] = true;
    }
    for (uint32_t depth = 0; depth < depths_[worker]; ++depth) {
      const int32_t delivery = frames_[worker * kMaxDepth + depth].delivery;
      if (delivery >= 0) delivery_needed_[delivery] = true;
    }
  }
  for (uint32_t i = 0; i < operation_count_; ++i) {
    const OperationAccount& operation = operations_[i];
    if (!operation.slots.known) continue;
    if (!IsOver(operation)) operation_needed_[i] = true;
    if (operation_needed_[i] && operation.delivery >= 0)
      delivery_needed_[operation.delivery] = true;
  }
  for (uint32_t i = 0; i < request_count_; ++i) {
    if (!requests_[i].slots.known) continue;
    for (const int32_t last : {requests_[i].newest_delivery, requests_[i].last_placed_delivery}) {
      if (last >= 0) delivery_needed_[last] = true;
    }
  }
}

// What a for_each says of operations that are over does not depend on their order: their digests
// are added up.
void Account::AddOperations(StateDigest* digest) const {
  StateDigest::Value over;
  for (uint32_t i = 0; i < operation_count_; ++i) {
    const OperationAccount& operation = operations_[i];
    digest->Add(static_cast<uint64_t>(operation.slots.known), operation_needed_[i]);
    if (!operation.slots.known) continue;
    if (!operation_needed_[i]) {
      const StateDigest::Value one = DigestOfOver(operation);
      over.low += one.low;
      over.high += one.high;
      continue;
    }
    const uint64_t depth = FrameRuns(operation) ? operation.frame_depth + 1u : 0;
    const uint64_t flags = operation.late | static_cast<uint64_t>(operation.timing) << 1;
    digest->Add(Joined(static_cast<uint32_t>(operation.delivery), flags << 8 | operation.request),
                Joined(operation.completions_over, depth));
    digest->Add(Joined(static_cast<uint32_t>(operation.outer), operation.execute_flags));
    digest->AddWords(operation.slots);
  }
  digest->Add(over.low, over.high);
}

StateDigest::Value Account::DigestOfOver(const OperationAccount& operation) const {
  StateDigest digest;
  digest.Add(Joined(static_cast<uint32_t>(operation.slots.kind), operation.request),
             static_cast<uint64_t>(operation.timing));
  AddSlots(operation.slots, kept_.operation[operation.slots.kind], &digest);
  if (operation.delivery < 0) return digest.value();
  const bool needed = delivery_needed_[operation.delivery];
  digest.Add(needed, needed ? static_cast<uint64_t>(operation.delivery) : 0);
  if (!needed) AddSlots(deliveries_[operation.delivery].slots, kept_.delivery, &digest);
  return digest.value();
}

void Account::AddDeliveries(StateDigest* digest) const {
  for (uint32_t i = 0; i < delivery_count_; ++i) {
    const DeliveryAccount& delivery = deliveries_[i];
    digest->Add(Joined(static_cast<uint32_t>(delivery.older),
                       uint64_t{delivery_needed_[i]} << 8 | delivery.request),
                static_cast<uint64_t>(delivery.slots.serial));
    if (delivery_needed_[i]) {
      digest->AddWords(delivery.slots);
    } else {
      AddSlots(delivery.slots, kept_.delivery, digest);
    }
  }
}

void Account::AddRequests(StateDigest* digest) const {
  for (uint32_t i = 0; i < request_count_; ++i) {
    const RequestAccount& request = requests_[i];
    digest->Add(static_cast<uint64_t>(request.slots.known), request.any_disabled);
    if (!request.slots.known) continue;
    digest->AddWords(request.slots);
    digest->Add(request.told, request.last_data_modules);
    digest->Add(Joined(static_cast<uint32_t>(request.newest_delivery),
                       static_cast<uint32_t>(request.last_placed_delivery)));
    digest->AddWords(request.created, sizeof request.created / sizeof(uint64_t));
    digest->AddWords(request.disposed, sizeof request.disposed / sizeof(uint64_t));
    AddHeaders(request, digest);
    if (request.any_disabled) digest->AddWords(disabled_[i], std::size(disabled_[i]));
  }
}

// What runs and is called on each worker, and whom calls on it have told.
void Account::AddWorkers(StateDigest* digest) const {
  for (uint32_t worker = 0; worker < worker_count_; ++worker) {
    digest->Add(Joined(static_cast<uint32_t>(calls_[worker]), depths_[worker]));
    uint32_t token = 0;
    for (uint32_t depth = 0; depth <= depths_[worker]; ++depth) {
      const Raised& raised = raised_[worker * (kMaxDepth + 1) + depth];
      const bool holds = raised.run == run_number_ && raised.token == token;
      digest->Add(holds);
      if (holds) digest->AddWords(raised.told, std::size(raised.told));
      if (depth == depths_[worker]) break;
      const HandlerFrame& frame = frames_[worker * kMaxDepth + depth];
      digest->AddWords(frame.slots);
      digest->Add(Joined(static_cast<uint32_t>(frame.delivery), frame.request));
      token = frame.token;
    }
  }
}

void Account::AddModules(StateDigest* digest) const {
  digest->AddWords(event_slots_.registration_);
  digest->Add(registration_module_, places_registered_);
  digest->AddWords(registered_);
  digest->AddWords(global_registered_);
  digest->AddWords(global_told_);
  for (uint32_t i = 0; i < module_count_; ++i) {
    const ModuleAccount& module = modules_[i];
    digest->AddWords(module.slots);
    digest->Add(module.id);
    for (const auto& table : module.priorities) {
      static_assert(sizeof table % sizeof(uint64_t) == 0);
      digest->AddWords(table.data(), sizeof table / sizeof(uint64_t));
    }
  }
  for (uint32_t worker = 0; worker < round_worker_count_; ++worker) {
    const GlobalRounds& rounds = rounds_[worker];
    const bool holds = rounds.run == run_number_;
    digest->Add(holds);
    if (!holds) continue;
    digest->Add(Joined(rounds.status, rounds.handled));
    digest->AddWords(rounds.told, std::size(rounds.told));
  }
  for (uint32_t i = 0; i < place_count_; ++i) {
    digest->Add(Joined(places_[i].place, places_[i].number), places_[i].before);
  }
  for (uint32_t i = 0; i < context_count_; ++i) {
    const StoredContext& context = contexts_[i];
    digest->Add(Joined(context.place, context.known | context.dispensed << 1),
                Joined(context.cleanups, context.notifications));
  }
}

StateDigest::Value Account::Digest() {
  FindNeeded();
  StateDigest digest;
  digest.Add(Joined(operation_count_, delivery_count_), Joined(request_count_, worker_count_));
  digest.Add(Joined(module_count_, place_count_), Joined(context_count_, round_worker_count_));
  digest.AddWords(event_slots_.run_);
  AddOperations(&digest);
  AddDeliveries(&digest);
  AddRequests(&digest);
  AddWorkers(&digest);
  AddModules(&digest);
  locks_.AddTo(&digest);
  return digest.value();
}

}  // namespace pendulum::oracle
