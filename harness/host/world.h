// The server as a whole during a run: its modules, requests, connections and outstanding
// operations, and the few services that all parts of the host use.
#ifndef PENDULUM_HOST_WORLD_H_
#define PENDULUM_HOST_WORLD_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "harness/host/info.h"
#include "harness/host/operation.h"
#include "harness/host/request_state.h"
#include "harness/host/scenario.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/recorder.h"
#include "harness/win32/boundary.h"

namespace pendulum::host {

// The documented failures, as HRESULTs.
inline constexpr HRESULT kErrorInvalidParameter = HRESULT_FROM_WIN32(ERROR_INVALID_PARAMETER);
inline constexpr HRESULT kErrorNotSupported = HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED);
inline constexpr HRESULT kErrorNotEnoughMemory = HRESULT_FROM_WIN32(ERROR_NOT_ENOUGH_MEMORY);
inline constexpr HRESULT kErrorHandleEof = HRESULT_FROM_WIN32(ERROR_HANDLE_EOF);
inline constexpr HRESULT kErrorDisconnected = HRESULT_FROM_WIN32(ERROR_NETNAME_DELETED);
inline constexpr HRESULT kErrorAborted = HRESULT_FROM_WIN32(ERROR_OPERATION_ABORTED);
inline constexpr HRESULT kErrorNotFound = HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
// What a call gets whose request has ended, or that comes while the run is being ended.
inline constexpr HRESULT kErrorEnded = HRESULT_FROM_WIN32(ERROR_INVALID_STATE);

class World {
 public:
  World(sched::Scheduler* scheduler, trace::Recorder* recorder);
  ~World();

  void SetScenario(const Scenario& scenario);
  // Puts everything back to the start of a run. Allocates nothing in the steady state.
  void Reset();

  // Appends an event about `request` (nullptr: none) and `operation` (kNone16: none), of the worker
  // that runs. Pauses the run when the trace is half full, and ends it when it is nearly full.
  [[gnu::always_inline]] void Record(trace::EventKind kind, const Request* request, uint8_t module,
                                     uint16_t operation, uint32_t a = 0, uint32_t b = 0,
                                     uint16_t d = 0) {
    const bool is_plain = !scheduler.draining() && !sched::Scheduler::is_listened_to() &&
                          recorder.buffer().count + 1 < trace::kMaxEvents / 2;
    if (!is_plain) [[unlikely]]
      return RecordWithCare(kind, request, module, operation, a, b, d);
    recorder.AppendWithin(
        trace::MakeEvent(kind, scheduler.current(), IndexOf(request), module, operation, d, a, b));
  }

  // Notes for exhaustive search that this transition uses what belongs to `request` (nullptr: to
  // none), its events included. Record and every call for a request do so; it is for what runs
  // between two scheduling points without either.
  void Touch(const Request* request, bool writes = true) {
    win32::TouchRequest(IndexOf(request), writes);
  }

  // A free operation with its place of birth filled in from the worker that runs; nullptr when too
  // many are outstanding. `id` must come from NextOperationId.
  Operation* NewOperation(Request* request, trace::OperationKind kind, uint16_t id);
  void FreeOperation(Operation* operation);
  // The first free one as it was left; nullptr when there is none. It counts as used from now on.
  Operation* FreeSlot();
  uint16_t NextOperationId() { return next_operation_++; }

  // Starts a job on a worker of its own that acts for `request` (nullptr: none). When all workers
  // are busy the run is stopped: it has met its limit.
  void StartWorker(const char* name, sched::Job job, void* argument, const Request* request);

  // Decisions. Answer 0 is the plainest.
  uint32_t Choose(sched::Question question, uint32_t answers, const Request* request,
                  uint16_t operation = sched::kNoOperation);
  // A documented alternative fixed by a setting, or left to the strategy. True for the second.
  bool Second(Choice choice, const Request* request, uint16_t operation = sched::kNoOperation);
  // Whether an asynchronous operation that could complete at once goes pending: the same for the
  // setting completion_timing.
  bool GoesPending(const Request* request, uint16_t operation);
  // Whether the call fails for want of memory, when the scenario has such faults.
  bool MemoryFault(const Request* request, uint16_t operation = sched::kNoOperation);

  sched::Scheduler& scheduler;
  trace::Recorder& recorder;
  // No client leaves any more: see EndFaults in client.h.
  bool faults_over = false;
  Scenario scenario;
  std::vector<LoadedModule> modules;
  std::vector<Registered> registered;  // what the lists below were made from, by module
  std::vector<Step> steps;             // deterministic notifications, in order
  std::vector<Step> send_steps;        // RQ_SEND_RESPONSE, in order (inverted priorities)
  std::vector<Step> read_steps;        // RQ_READ_ENTITY
  std::vector<Step> map_path_steps;
  std::vector<Step> custom_steps;
  // By global notification: the modules told of it, in order (global.h).
  std::array<std::vector<uint8_t>, trace::kGlobalNotificationCount> global_steps;
  std::vector<std::vector<uint8_t>> bodies;  // by request: what its client sends
  std::vector<trace::Digest> body_digests;   // of them
  std::array<std::unique_ptr<Request>, kMaxRequests> requests;
  int request_count = 0;
  std::array<Connection, kMaxRequests> connections;
  std::array<Operation, kMaxOutstanding> operations;
  // Those of them that this run has used; all others are free.
  std::span<Operation> used_operations() { return {operations.data(), operations_used_}; }
  std::span<const Operation> used_operations() const {
    return {operations.data(), operations_used_};
  }
  ServerInfo info;
  bool has_global_steps = false;
  OrderMark started;  // what was done before the first request
  // By the operation's id: what was done before the call that started it.
  std::array<OrderMark, 1024> operation_orders;
  const OrderMark& OrderOf(const Operation& operation) const {
    return operation_orders[operation.id % operation_orders.size()];
  }
  // The call into a module that each worker is inside (innermost; serial 0: none): where
  // operations started there belong.
  std::array<Delivery, sched::kMaxWorkers> inside;
  uint32_t next_context_number = 1;
  uint64_t body_waiters = 0;       // workers that wait in a synchronous read
  bool stack_is_poisoned = false;  // a read into a worker's stack has gone pending in this run
  std::vector<uint8_t> scratch;    // stands in for memory that is gone
  std::vector<Segment> segments;   // of the send that is being made

  // The module's function at `frame` of the present worker has returned: what lies below is no
  // memory of the module's any more.
  void LeaveStack(const void* frame) {
    if (stack_is_poisoned) [[unlikely]]
      LeaveStackSlowly(frame);
  }

 private:
  static uint8_t IndexOf(const Request* request) {
    return request == nullptr ? trace::kNone8 : request->index;
  }
  // Record, where more is to be done than to append.
  void RecordWithCare(trace::EventKind kind, const Request* request, uint8_t module,
                      uint16_t operation, uint32_t a, uint32_t b, uint16_t d);
  void MeetEventLimit();
  void LeaveStackSlowly(const void* frame);
  uint16_t next_operation_ = 0;
  size_t operations_used_ = 0;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_WORLD_H_
