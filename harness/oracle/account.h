// What the oracle knows of a run, counted from its events: flat structures of int64_t, one for each
// object of the vocabulary, so that a field of an expression is a slot number.
#ifndef PENDULUM_ORACLE_ACCOUNT_H_
#define PENDULUM_ORACLE_ACCOUNT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "harness/oracle/account_effects.h"
#include "harness/oracle/account_records.h"
#include "harness/oracle/lock_account.h"
#include "harness/oracle/state_digest.h"
#include "harness/oracle/vocabulary.h"
#include "harness/platform/zeroed_array.h"
#include "harness/trace/event.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {

// The account of one run. Everything lies in arrays of fixed size that are allocated once; what a
// run uses is cleared when it is first used.
class Account {
 public:
  static constexpr uint32_t kMaxOperations = 8192;
  static constexpr uint32_t kMaxDeliveries = 8192;
  static constexpr uint32_t kMaxRequests = 64;
  static constexpr uint32_t kMaxDepth = 32;
  static constexpr uint32_t kMaxPlaces = 512;
  static constexpr uint32_t kMaxContexts = 4096;

  Account();

  void BeginRun();
  // Brings the account up to date with the event and points objects() at what it concerns.
  void Apply(const trace::Event& event, uint32_t index);

  // The slots of each object, by Object; for an unknown one, all are zero.
  const int64_t* const* objects() const { return objects_; }
  // The objects that the event itself fills lie together, each at the same place in every account:
  // all but operation, request, delivery and handler, which stand for one of many.
  const void* event_slots() const { return &event_slots_; }
  static size_t EventSlotsOffset(Object object);
  // The operation concerned, or nullptr.
  const OperationAccount* operation() const { return operation_; }
  Timing timing() const { return operation_ == nullptr ? Timing::kNone : operation_->timing; }

  // Which slots of operations and deliveries matter when these are over: what for_each may read.
  struct KeptSlots {
    std::array<std::vector<uint8_t>, trace::kOperationKindCount> operation;  // by kind
    std::vector<uint8_t> delivery;
  };
  void KeepSlots(KeptSlots slots) { kept_ = std::move(slots); }
  // Of all that decides how further events are judged: after the same number of events, accounts
  // with the same digest judge what follows alike, until an event names what is over.
  StateDigest::Value Digest();
  // Whether the event, which is not applied yet, is of an operation or a delivery that is over.
  bool NamesWhatIsOver(const trace::Event& event) const;

  // For for_each: the accounts of the run, by index. PointAt… makes objects() stand for one of them
  // and what belongs to it (PointAtRequest: false for one that has not begun); Restore goes back to
  // what they stood for when Save was called.
  uint32_t operation_count() const { return operation_count_; }
  uint32_t delivery_count() const { return delivery_count_; }
  uint32_t request_count() const { return request_count_; }
  const OperationAccount& operation_at(uint32_t index) const { return operations_[index]; }
  const DeliveryAccount& delivery_at(uint32_t index) const { return deliveries_[index]; }
  void PointAt(const OperationAccount& operation);
  void PointAt(const DeliveryAccount& delivery);
  // The request of one of these; at an event of that request, it is pointed at already.
  void PointAtRequestOf(uint8_t index);
  bool PointAtRequest(uint32_t index) {
    const RequestAccount* request = FindRequest(static_cast<uint8_t>(index));
    if (request != nullptr) Set(Object::request, &request->slots);
    return request != nullptr;
  }
  void Save() {
    saved_ = {.request = objects_[static_cast<int>(Object::request)],
              .operation = objects_[static_cast<int>(Object::operation)],
              .delivery = objects_[static_cast<int>(Object::delivery)],
              .account = operation_};
  }
  void Restore() {
    objects_[static_cast<int>(Object::request)] = saved_.request;
    objects_[static_cast<int>(Object::operation)] = saved_.operation;
    objects_[static_cast<int>(Object::delivery)] = saved_.delivery;
    operation_ = saved_.account;
  }

 private:
  RequestAccount* FindRequest(uint8_t index);
  OperationAccount* FindOperation(uint16_t ordinal);
  DeliveryAccount* DeliveryAt(int32_t index);
  int32_t FindDelivery(const RequestAccount* request, uint32_t serial) const;
  int32_t OpenDelivery(const RequestAccount* request);
  int32_t ThreadsDelivery(const RequestAccount* request);
  HandlerFrame* TopFrame(uint8_t worker);
  HandlerFrame* PushFrame(const trace::Event& event, int32_t delivery);
  HandlerFrame* PopFrame(const trace::Event& event, bool on_completion);
  bool FrameRuns(const OperationAccount& operation) const;
  void NoteWorker(uint8_t worker) { worker_count_ = std::max(worker_count_, worker + 1u); }

  // One for each group of events (account_events.cc). `request` is the one that the event names, or
  // nullptr.
  [[gnu::noinline]] void ApplyRequestBegan(const trace::Event& event);
  [[gnu::noinline]] void ApplyRequestEnded(const trace::Event& event, RequestAccount* request);
  void ApplyNotificationEntered(const trace::Event& event, RequestAccount* request);
  void ApplyNotificationReturned(const trace::Event& event, RequestAccount* request);
  void ApplyOperationCalled(const trace::Event& event, RequestAccount* request);
  void ApplyOperationReturned(const trace::Event& event, RequestAccount* request);
  void ApplyCompletionDelivered(const trace::Event& event, RequestAccount* request);
  void ApplyCompletionReturned(const trace::Event& event, RequestAccount* request);
  void ApplyCall(const trace::Event& event, RequestAccount* request);
  void ApplyEffect(Effect effect, const trace::Event& event, Slots_request* request);
  void ApplyResponseEffect(Effect effect, const trace::Event& event, RequestAccount* request);
  void ApplySendResponseCall(Effect effect, const trace::Event& event, RequestAccount* request);
  void ApplyHeader(const trace::Event& event, RequestAccount* request);
  void ApplyHead(const trace::Event& event, Slots_request* request);
  void NoteSendResponse(const trace::Event& event, RequestAccount* request,
                        DeliveryAccount* delivery);
  void ApplyProviderEffect(Effect effect, const trace::Event& event, RequestAccount* request,
                           const HandlerFrame* frame);
  void ApplyCloned(const trace::Event& event, Slots_request* request);
  void ApplyOther(const trace::Event& event, RequestAccount* request);
  void ApplyMemory(const trace::Event& event, Slots_request* request, OperationAccount* operation);
  bool ApplyModuleEvent(const trace::Event& event, Slots_request* request);
  void ApplyThreads(const trace::Event& event);
  void ApplyLock(const trace::Event& event);
  void EndRun(const trace::Event& event);
  void EndStuckRun();
  void MarkDeliveries(bool lost);
  void NoteThreadsInside(RequestAccount* request);
  void ApplyClient(const trace::Event& event, RequestAccount* request);
  void ApplyBody(const trace::Event& event, RequestAccount* request);
  // account_modules.cc and account_contexts.cc
  void ApplyModule(const trace::Event& event, RequestAccount* request);
  void ApplyRegistration(const trace::Event& event);
  void ApplyGlobal(const trace::Event& event);
  void EndGlobals();
  void EndGlobalRound(GlobalRounds* rounds, int kind);
  void NoteTold(const trace::Event& event, RequestAccount* request);
  void NotePriority(uint64_t told, uint8_t module, int table, int index, bool inverted);
  void NoteRaised(const trace::Event& event, OperationAccount* operation);
  void PassOver(RequestAccount* request, int order);
  uint64_t Expecting(const RequestAccount& request, int order) const;
  uint64_t EndRound(uint8_t worker, trace::Notification kind);
  Raised* RaisedOf(uint8_t worker);
  GlobalRounds* RoundsOf(uint8_t worker);
  ModuleAccount* ModuleOf(uint8_t index);
  void PointAtRegistration(uint8_t module, bool changed = false);
  void PointAtInstance(const RequestAccount* request, uint8_t module);
  ContextPlace* PlaceOf(uint32_t place);
  StoredContext* ContextOf(uint32_t number);
  void ApplyContext(const trace::Event& event, Slots_request* request);
  void ApplyContextStored(const trace::Event& event, Slots_request* request);
  void ApplyQuestion(Effect effect, const trace::Event& event, RequestAccount* request);
  void ApplyServerCall(Effect effect, const trace::Event& event);
  void Disable(const trace::Event& event, RequestAccount* request);
  bool IsDisabled(const RequestAccount* request, uint8_t module, int64_t order) const;
  int64_t LaterHandlers(const RequestAccount& request, bool finishes) const;
  void NoteId(const trace::Event& event);

  void PointAround(const trace::Event& event, const RequestAccount* request);
  void SetPrevious(int32_t index);
  void GiveStatus(RequestAccount* request, DeliveryAccount* delivery, uint32_t status,
                  bool by_handler);
  void NoteSend(RequestAccount* request, OperationAccount* operation,
                const DeliveryAccount* delivery);
  void NoteStart(RequestAccount* request, OperationAccount* operation);
  void NoteExecution(const trace::Event& event, OperationAccount* operation);
  void NoteSuccess(RequestAccount* request, OperationAccount* operation);
  void NoteFailure(RequestAccount* request, const OperationAccount* operation, uint32_t status);
  void NoteRead(RequestAccount* request, const OperationAccount& operation, int64_t bytes,
                uint32_t status);
  void ChangeOutstanding(RequestAccount* request, OperationAccount* operation, int64_t change);
  void CancelOperations(uint8_t request);

  // The parts of Digest (account_digest.cc).
  bool IsOver(const OperationAccount& operation) const;
  void FindNeeded();
  void AddOperations(StateDigest* digest) const;
  StateDigest::Value DigestOfOver(const OperationAccount& operation) const;
  void AddDeliveries(StateDigest* digest) const;
  void AddRequests(StateDigest* digest) const;
  void AddWorkers(StateDigest* digest) const;
  void AddModules(StateDigest* digest) const;

  // Points request, operation, delivery and handler at what the event concerns.
  void Point(const RequestAccount* request, const OperationAccount* operation,
             const DeliveryAccount* delivery, const HandlerFrame* frame);

  template <typename Slots>
  void Set(Object object, const Slots* slots) {
    objects_[static_cast<int>(object)] = reinterpret_cast<const int64_t*>(slots);
  }

  // The objects that the event itself fills, and the run. Those of operation, request, delivery and
  // handler stay zero: they stand for unknown ones.
  struct EventSlots {
#define OBJECT(name, events, meaning) Slots_##name name##_ = {};
#define FIELD(object, name, type, events, meaning)
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
  };
  EventSlots event_slots_;

  const int64_t* objects_[kObjectCount] = {};
  const OperationAccount* operation_ = nullptr;
  // What Save keeps of objects_ and operation_.
  struct Saved {
    const int64_t* request = nullptr;
    const int64_t* operation = nullptr;
    const int64_t* delivery = nullptr;
    const OperationAccount* account = nullptr;
  };
  Saved saved_;

  uint32_t operation_count_ = 0;
  uint32_t delivery_count_ = 0;
  uint32_t request_count_ = 0;
  uint32_t frame_tokens_ = 0;
  uint32_t worker_count_ = 0;  // no worker from here on has a depth or a call in this run
  uint8_t depths_[256] = {};
  int32_t calls_[256] = {};  // the operation whose call each worker is in (innermost) plus 1
  platform::ZeroedArray<OperationAccount> operations_;
  platform::ZeroedArray<DeliveryAccount> deliveries_;
  std::unique_ptr<RequestAccount[]> requests_;
  platform::ZeroedArray<HandlerFrame> frames_;  // kMaxDepth for each worker
  Effect effects_[static_cast<int>(trace::Method::kCount)];

  LockAccount locks_;
  uint32_t run_number_ = 0;  // tells what belongs to this run from what an earlier one left
  uint32_t module_count_ = 0;
  uint32_t round_worker_count_ = 0;              // no worker from here on has rounds in this run
  uint8_t registration_module_ = trace::kNone8;  // whose registration the event's slots hold
  uint32_t place_count_ = 0;
  uint32_t context_count_ = 0;
  // A bit for each module: by place in the pipeline (notifications without one after the others),
  // and by global notification.
  uint64_t registered_[trace::kNotificationCount * 2] = {};
  uint64_t places_registered_ = 0;  // a bit for each place for which one may be registered
  uint64_t global_registered_[trace::kGlobalNotificationCount] = {};
  uint64_t global_told_[trace::kGlobalNotificationCount] = {};
  std::unique_ptr<ModuleAccount[]> modules_;
  std::unique_ptr<uint64_t[][trace::kDeterministicNotificationCount * 2]> disabled_;  // by request
  platform::ZeroedArray<Raised> raised_;    // kMaxDepth + 1 for each worker
  std::unique_ptr<GlobalRounds[]> rounds_;  // by worker
  std::unique_ptr<ContextPlace[]> places_;
  std::unique_ptr<StoredContext[]> contexts_;

  KeptSlots kept_;
  // For Digest: what further events may be of, by index.
  platform::ZeroedArray<bool> operation_needed_;
  platform::ZeroedArray<bool> delivery_needed_;
};

// The functions that nearly every event needs are inline.

inline RequestAccount* Account::FindRequest(uint8_t index) {
  if (index >= request_count_ || !requests_[index].slots.known) return nullptr;
  return &requests_[index];
}

inline DeliveryAccount* Account::DeliveryAt(int32_t index) {
  return index < 0 ? nullptr : &deliveries_[index];
}

inline OperationAccount* Account::FindOperation(uint16_t ordinal) {
  if (ordinal >= operation_count_ || !operations_[ordinal].slots.known) return nullptr;
  return &operations_[ordinal];
}

inline HandlerFrame* Account::TopFrame(uint8_t worker) {
  const uint32_t depth = depths_[worker];
  return depth == 0 ? nullptr : &frames_[worker * kMaxDepth + depth - 1];
}

inline void Account::Point(const RequestAccount* request, const OperationAccount* operation,
                           const DeliveryAccount* delivery, const HandlerFrame* frame) {
  Set(Object::request, request != nullptr ? &request->slots : &event_slots_.request_);
  Set(Object::operation, operation != nullptr ? &operation->slots : &event_slots_.operation_);
  Set(Object::delivery, delivery != nullptr ? &delivery->slots : &event_slots_.delivery_);
  Set(Object::handler, frame != nullptr ? &frame->slots : &event_slots_.handler_);
  operation_ = operation;
}

// Points at what surrounds an event that has no operation: its request, and the handler that runs
// on its worker.
inline void Account::PointAround(const trace::Event& event, const RequestAccount* request) {
  const HandlerFrame* frame = TopFrame(event.worker);
  const bool in_handler = frame != nullptr && frame->request == event.request;
  Point(request, nullptr, DeliveryAt(in_handler ? frame->delivery : -1), frame);
}

inline void Account::PointAtRequestOf(uint8_t index) {
  const RequestAccount* request = FindRequest(index);
  Set(Object::request, request != nullptr ? &request->slots : &event_slots_.request_);
}

inline void Account::PointAt(const OperationAccount& operation) {
  const DeliveryAccount* delivery = DeliveryAt(operation.delivery);
  Set(Object::operation, &operation.slots);
  Set(Object::delivery, delivery != nullptr ? &delivery->slots : &event_slots_.delivery_);
  operation_ = &operation;
}

inline void Account::PointAt(const DeliveryAccount& delivery) {
  Set(Object::delivery, &delivery.slots);
}

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ACCOUNT_H_
