#include "harness/oracle/account.h"

#include <algorithm>
#include <cassert>

#include "harness/oracle/account_effects.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;

Account::Account()
    : operations_(kMaxOperations),
      deliveries_(kMaxDeliveries),
      requests_(new RequestAccount[kMaxRequests]),
      frames_(256 * kMaxDepth),
      modules_(new ModuleAccount[kMaxModules]),
      disabled_(new uint64_t[kMaxRequests][trace::kDeterministicNotificationCount * 2]),
      raised_(256 * (kMaxDepth + 1)),
      rounds_(new GlobalRounds[256]),
      places_(new ContextPlace[kMaxPlaces]),
      contexts_(new StoredContext[kMaxContexts]),
      operation_needed_(kMaxOperations),
      delivery_needed_(kMaxDeliveries) {
#define OBJECT(name, events, meaning) Set(Object::name, &event_slots_.name##_);
#define FIELD(object, name, type, events, meaning)
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
  for (int i = 0; i < static_cast<int>(trace::Method::kCount); ++i) {
    const auto method = static_cast<trace::Method>(i);
    effects_[i] = IsSynchronization(method) ? Effect::kSynchronize : EffectOf(method);
  }
}

size_t Account::EventSlotsOffset(Object object) {
  switch (object) {
#define OBJECT(name, events, meaning) \
  case Object::name:                  \
    return offsetof(EventSlots, name##_);
#define FIELD(object, name, type, events, meaning)
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
    case Object::kCount:
      break;
  }
  assert(false);
  return 0;
}

void Account::BeginRun() {
  operation_count_ = delivery_count_ = request_count_ = frame_tokens_ = 0;
  std::fill_n(depths_, worker_count_, uint8_t{0});
  std::fill_n(calls_, worker_count_, 0);
  worker_count_ = 0;
  places_registered_ = 0;
  event_slots_.run_ = {};
  locks_.BeginRun();
  ++run_number_;
  module_count_ = place_count_ = context_count_ = round_worker_count_ = 0;
  std::fill(std::begin(registered_), std::end(registered_), uint64_t{0});
  std::fill(std::begin(global_registered_), std::end(global_registered_), uint64_t{0});
  std::fill(std::begin(global_told_), std::end(global_told_), uint64_t{0});
  PointAtRegistration(trace::kNone8, true);
  Point(nullptr, nullptr, nullptr, nullptr);
}

int32_t Account::FindDelivery(const RequestAccount* request, uint32_t serial) const {
  int32_t index = request == nullptr ? -1 : request->newest_delivery;
  while (index >= 0 && deliveries_[index].slots.serial != serial) index = deliveries_[index].older;
  return index;
}

int32_t Account::OpenDelivery(const RequestAccount* request) {
  int32_t index = request == nullptr ? -1 : request->newest_delivery;
  while (index >= 0 && deliveries_[index].slots.final_statuses != 0) {
    index = deliveries_[index].older;
  }
  return index;
}

HandlerFrame* Account::PushFrame(const Event& event, int32_t delivery) {
  const uint32_t depth = depths_[event.worker];
  if (depth >= kMaxDepth) return nullptr;
  HandlerFrame* frame = &frames_[event.worker * kMaxDepth + depth];
  NoteWorker(event.worker);
  frame->slots = {};
  frame->slots.known = 1;
  frame->delivery = delivery;
  frame->token = ++frame_tokens_;
  frame->request = event.request;
  depths_[event.worker] = static_cast<uint8_t>(depth + 1);
  return frame;
}

// The frames above the one that returns were left by an exception or the like.
HandlerFrame* Account::PopFrame(const Event& event, bool on_completion) {
  for (uint32_t depth = depths_[event.worker]; depth-- > 0;) {
    HandlerFrame* frame = &frames_[event.worker * kMaxDepth + depth];
    if (frame->request != event.request || (frame->slots.on_completion != 0) != on_completion) {
      continue;
    }
    depths_[event.worker] = static_cast<uint8_t>(depth);
    return frame;
  }
  return nullptr;
}

bool Account::FrameRuns(const OperationAccount& operation) const {
  if (operation.frame_token == 0) return false;
  const auto worker = static_cast<uint8_t>(operation.slots.worker);
  return depths_[worker] > operation.frame_depth &&
         frames_[worker * kMaxDepth + operation.frame_depth].token == operation.frame_token;
}

}  // namespace pendulum::oracle
