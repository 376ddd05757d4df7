#include "harness/host/world.h"

#include <algorithm>
#include <cassert>

#include "harness/host/context.h"
#include "harness/host/lifetime.h"
#include "harness/host/request.h"
#include "harness/host/response.h"

namespace pendulum::host {
namespace {

// A body that repeats only after a long while, so that misplaced pieces show. Its bytes are made
// once: fuzzers change scenarios with each run.
std::span<const uint8_t> PatternBody(uint32_t bytes) {
  static std::vector<uint8_t> pattern;
  for (auto i = static_cast<uint32_t>(pattern.size()); i < bytes; ++i) {
    pattern.push_back(static_cast<uint8_t>('a' + (i * 7 + i / 251) % 26));
  }
  return std::span(pattern).first(bytes);
}

void SetBody(const RequestDescription& description, std::vector<uint8_t>* body) {
  if (description.framing == BodyFraming::kNone) {
    body->clear();
  } else if (!description.body.empty()) {
    body->assign(description.body.begin(), description.body.end());
  } else {
    const auto pattern = PatternBody(description.body_bytes);
    body->assign(pattern.begin(), pattern.end());
  }
}

bool HaveSameBody(const RequestDescription& one, const RequestDescription& other) {
  return (one.framing == BodyFraming::kNone) == (other.framing == BodyFraming::kNone) &&
         one.body_bytes == other.body_bytes && one.body == other.body;
}

}  // namespace

World::World(sched::Scheduler* the_scheduler, trace::Recorder* the_recorder)
    : scheduler(*the_scheduler), recorder(*the_recorder) {
  for (size_t i = 0; i < requests.size(); ++i) {
    requests[i] = std::make_unique<Request>();
    Request& request = *requests[i];
    request.world = this;
    request.index = static_cast<uint8_t>(i);
    request.context = new ContextObject(&request);
    request.request = new RequestObject(&request);
    request.response_object = new ResponseObject(&request);
  }
  for (size_t i = 0; i < operations.size(); ++i) {
    operations[i].world = this;
    operations[i].slot = static_cast<uint8_t>(i);
  }
}

World::~World() {
  for (auto& request : requests) {
    delete request->context;
    delete request->request;
    delete request->response_object;
  }
}

void World::SetScenario(const Scenario& new_scenario) {
  assert(!new_scenario.requests.empty() && new_scenario.requests.size() <= kMaxRequests);
  const size_t count = new_scenario.requests.size();
  bodies.resize(count);
  body_digests.resize(count);
  for (size_t i = 0; i < count; ++i) {
    const RequestDescription& description = new_scenario.requests[i];
    if (i < scenario.requests.size() && HaveSameBody(scenario.requests[i], description)) continue;
    SetBody(description, &bodies[i]);
    body_digests[i] = trace::Digest();
    body_digests[i].Add(bodies[i]);
  }
  scenario = new_scenario;
  request_count = static_cast<int>(count);
  for (const auto& request : requests) request->request->ForgetDescription();
  info.SetSettings(scenario.host);
  win32::SetConfiguration(scenario.host.configuration.c_str());
}

void World::LeaveStackSlowly(const void* frame) {
  for (Operation& operation : used_operations()) {
    operation.guard.ReleaseBelow(scheduler.current(), frame);
  }
}

void World::Reset() {
  next_operation_ = 0;
  faults_over = false;
  next_context_number = 1;
  body_waiters = 0;
  stack_is_poisoned = false;
  // Those of the last run: the scheduler has not begun the next one yet.
  std::fill_n(inside.begin(), scheduler.workers_used(), Delivery{});
  for (Operation& operation : used_operations()) {
    operation.phase = OperationPhase::kFree;
    operation.guard.Release();
    operation.segments.clear();
  }
  operations_used_ = 0;
  for (LoadedModule& module : modules) {
    module.factory = nullptr;
    module.global = nullptr;
    module.notifications = module.post_notifications = module.global_notifications = 0;
  }
  if (has_global_steps) {
    for (std::vector<uint8_t>& steps : global_steps) steps.clear();
  }
  has_global_steps = false;
  for (int i = 0; i < request_count; ++i) {
    connections[static_cast<size_t>(i)].connected = true;
    connections[static_cast<size_t>(i)].notified = false;
    connections[static_cast<size_t>(i)].last_request = trace::kNone8;
    connections[static_cast<size_t>(i)].contexts.Reset(this, 51 + static_cast<uint32_t>(i));
  }
  info.Reset(this);
  for (int i = 0; i < request_count; ++i) {
    const auto index = static_cast<size_t>(i);
    const RequestDescription& description = scenario.requests[index];
    Request& request = *requests[index];
    request.connection = static_cast<uint8_t>(
        description.on_same_connection && i > 0 ? requests[index - 1]->connection : index);
    ResetRequest(&request, description, bodies[index]);
  }
}

void World::RecordWithCare(trace::EventKind kind, const Request* request, uint8_t module,
                           uint16_t operation, uint32_t a, uint32_t b, uint16_t d) {
  if (scheduler.draining()) return;
  if (scheduler.is_listened_to()) [[unlikely]] {
    const bool only_looks =
        kind == trace::EventKind::kCall && trace::IsPlainGetter(static_cast<trace::Method>(d));
    Touch(request, !only_looks);
  }
  recorder.Append(
      trace::MakeEvent(kind, scheduler.current(), IndexOf(request), module, operation, d, a, b));
  // A run that ends at all should come to its end now.
  if (recorder.buffer().count >= trace::kMaxEvents / 2) [[unlikely]]
    MeetEventLimit();
}

void World::MeetEventLimit() {
  if (recorder.NearlyFull()) {
    scheduler.Stop();
  } else if (!faults_over) {
    scheduler.Pause();
  }
}

Operation* World::FreeSlot() {
  for (Operation& operation : operations) {
    if (operation.phase != OperationPhase::kFree) continue;
    operations_used_ = std::max(operations_used_, size_t{operation.slot} + 1);
    return &operation;
  }
  return nullptr;
}

Operation* World::NewOperation(Request* request, trace::OperationKind kind, uint16_t id) {
  Operation* const slot = FreeSlot();
  if (slot == nullptr) return nullptr;
  Operation& operation = *slot;
  operation.request = request;
  operation.id = id;
  OrderOf(operation).Before();
  operation.kind = kind;
  operation.phase = OperationPhase::kPending;
  operation.cancelled = false;
  operation.fill = operation.null_flag = false;
  operation.transition = sched::kNoTransition;
  operation.buffer = nullptr;
  operation.buffer_filled = false;
  operation.buffer_bytes = operation.segment_bytes = 0;
  operation.segments.clear();
  operation.completion_bytes = 0;
  operation.completion_status = S_OK;
  operation.callback = nullptr;
  operation.routine = nullptr;
  operation.callback_context = nullptr;
  operation.guard.Release();
  operation.guard = Guard{};
  const sched::WorkerId worker = scheduler.current();
  const Delivery& here = inside[worker].serial != 0 ? inside[worker] : request->delivery;
  operation.module = here.module;
  operation.notification = here.notification;
  operation.post = here.post;
  operation.delivery_serial = here.serial;
  return slot;
}

void World::FreeOperation(Operation* operation) {
  assert(operation->phase != OperationPhase::kFree);
  operation->phase = OperationPhase::kFree;
  operation->segments.clear();
}

void World::StartWorker(const char* name, sched::Job job, void* argument, const Request* request) {
  const sched::WorkerId worker = scheduler.Start(name, job, argument);
  if (worker == sched::kNoWorker) {
    scheduler.Stop();
    return;
  }
  win32::boundary.request_of[worker] = request == nullptr ? trace::kNone8 : request->index;
  win32::boundary.module_of[worker] = trace::kNone8;
  inside[worker] = {};
}

uint32_t World::Choose(sched::Question question, uint32_t answers, const Request* request,
                       uint16_t operation) {
  return scheduler.Choose(question, answers,
                          request == nullptr ? sched::kNoRequest : request->index, operation);
}

bool World::Second(Choice choice, const Request* request, uint16_t operation) {
  if (choice != Choice::kEither) return choice == Choice::kSecond;
  return Choose(sched::Question::kSetting, 2, request, operation) == 1;
}

bool World::GoesPending(const Request* request, uint16_t operation) {
  const Choice choice = scenario.host.completion_timing;
  if (choice != Choice::kEither) return choice == Choice::kSecond;
  return Choose(sched::Question::kTiming, 2, request, operation) == 1;
}

bool World::MemoryFault(const Request* request, uint16_t operation) {
  return scenario.host.memory_faults &&
         Choose(sched::Question::kStatus, 2, request, operation) == 1;
}

}  // namespace pendulum::host
