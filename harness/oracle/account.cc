#include "harness/oracle/account.h"

#include <algorithm>
#include <cassert>

#include "harness/oracle/account_effects.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;

Account::Account()
    : operations_(new OperationAccount[kMaxOperations]),
      deliveries_(new DeliveryAccount[kMaxDeliveries]),
      requests_(new RequestAccount[kMaxRequests]),
      frames_(new HandlerFrame[256 * kMaxDepth]) {
#define OBJECT(name, events, meaning) Set(Object::name, &event_slots_.name##_);
#define FIELD(object, name, type, events, meaning)
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
  for (int i = 0; i < static_cast<int>(trace::Method::kCount); ++i) {
    effects_[i] = EffectOf(static_cast<trace::Method>(i));
  }
}

void Account::BeginRun() {
  operation_count_ = delivery_count_ = request_count_ = frame_tokens_ = 0;
  std::fill(std::begin(depths_), std::end(depths_), uint8_t{0});
  event_slots_.run_ = {};
  Point(nullptr, nullptr, nullptr, nullptr);
}

RequestAccount* Account::FindRequest(uint8_t index) {
  if (index >= request_count_ || !requests_[index].slots.known) return nullptr;
  return &requests_[index];
}

DeliveryAccount* Account::DeliveryAt(int32_t index) {
  return index < 0 ? nullptr : &deliveries_[index];
}

OperationAccount* Account::FindOperation(uint16_t ordinal) {
  if (ordinal >= operation_count_ || !operations_[ordinal].slots.known) return nullptr;
  return &operations_[ordinal];
}

int32_t Account::FindDelivery(const RequestAccount* request, uint32_t serial) {
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

HandlerFrame* Account::TopFrame(uint8_t worker) {
  const uint32_t depth = depths_[worker];
  return depth == 0 ? nullptr : &frames_[worker * kMaxDepth + depth - 1];
}

HandlerFrame* Account::PushFrame(const Event& event, int32_t delivery) {
  const uint32_t depth = depths_[event.worker];
  if (depth >= kMaxDepth) return nullptr;
  HandlerFrame* frame = &frames_[event.worker * kMaxDepth + depth];
  *frame = {.slots = {.known = 1},
            .delivery = delivery,
            .token = ++frame_tokens_,
            .request = event.request};
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

void Account::Point(const RequestAccount* request, const OperationAccount* operation,
                    const DeliveryAccount* delivery, const HandlerFrame* frame) {
  Set(Object::request, request != nullptr ? &request->slots : &event_slots_.request_);
  Set(Object::operation, operation != nullptr ? &operation->slots : &event_slots_.operation_);
  Set(Object::delivery, delivery != nullptr ? &delivery->slots : &event_slots_.delivery_);
  Set(Object::handler, frame != nullptr ? &frame->slots : &event_slots_.handler_);
  operation_ = operation;
}

bool Account::PointAtOperation(uint32_t index, uint8_t request) {
  const OperationAccount& operation = operations_[index];
  if (!operation.slots.known || (request != trace::kNone8 && operation.request != request)) {
    return false;
  }
  operation_ = &operation;
  Set(Object::operation, &operation.slots);
  const RequestAccount* of = FindRequest(operation.request);
  Set(Object::request, of != nullptr ? &of->slots : &event_slots_.request_);
  const DeliveryAccount* in = DeliveryAt(operation.delivery);
  Set(Object::delivery, in != nullptr ? &in->slots : &event_slots_.delivery_);
  return true;
}

bool Account::PointAtDelivery(uint32_t index, uint8_t request) {
  const DeliveryAccount& delivery = deliveries_[index];
  if (request != trace::kNone8 && delivery.request != request) return false;
  Set(Object::delivery, &delivery.slots);
  const RequestAccount* of = FindRequest(delivery.request);
  Set(Object::request, of != nullptr ? &of->slots : &event_slots_.request_);
  return true;
}

bool Account::PointAtRequest(uint32_t index, uint8_t request) {
  if (request != trace::kNone8 && index != request) return false;
  const RequestAccount* of = FindRequest(static_cast<uint8_t>(index));
  if (of == nullptr) return false;
  Set(Object::request, &of->slots);
  return true;
}

void Account::Save() {
  std::copy(std::begin(objects_), std::end(objects_), std::begin(saved_objects_));
  saved_operation_ = operation_;
}

void Account::Restore() {
  std::copy(std::begin(saved_objects_), std::end(saved_objects_), std::begin(objects_));
  operation_ = saved_operation_;
}

}  // namespace pendulum::oracle
