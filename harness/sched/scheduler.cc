#include "harness/sched/scheduler.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "harness/platform/sanitizer.h"

namespace pendulum::sched {
namespace {

Scheduler* the_scheduler = nullptr;

constexpr uint64_t Bit(uint8_t index) { return uint64_t{1} << index; }

}  // namespace

static_assert(kMaxWorkers == kTransitionCandidate);
static_assert(kTransitionCandidate + kMaxTransitions == kTimeoutCandidate);
static_assert(kTimeoutCandidate + kMaxWorkers == kCandidateCount);
static_assert(kMaxWorkers == CandidateLine::kMostReady);
static_assert(kMaxTransitions == CandidateLine::kMostPending);
static_assert(kMaxWorkers + kMaxTransitions == TimerQueue::kMostTimers);

Scheduler::Scheduler(DecisionLog* decision_log, size_t stack_bytes)
    : log_(decision_log), fibers_(kMaxWorkers, stack_bytes, &Scheduler::RunJobs, this) {
  assert(decision_log != nullptr);
  assert(the_scheduler == nullptr);
  the_scheduler = this;
}

Scheduler::~Scheduler() {
  assert(current_ == kNoWorker);
  the_scheduler = nullptr;
  SetTouchListener(nullptr);
}

Scheduler* Scheduler::Get() { return the_scheduler; }

void Scheduler::BeginRun(Strategy* strategy, uint64_t run, const Limits& limits) {
  assert(current_ == kNoWorker && busy_ == 0 && strategy != nullptr);
  strategy_ = strategy;
  step_limit_ = limits.transitions;
  most_decisions_ = std::min(limits.decisions, log_->capacity);
  log_->count = 0;
  line_.Clear();
  timers_.Clear();
  used_ = 0;
  free_slots_ = ~uint64_t{0};
  timer_slots_ = 0;
  now_ms_ = 0;
  steps_ = 0;
  last_thread_number_ = 0;
  passed_over_ = 0;
  points_in_a_row_ = 0;
  most_workers_ = 0;
  stopped_ = plain_ = false;
  plain_decisions_ = 0;
  strategy->BeginRun(run);
}

RunState Scheduler::Run() {
  assert(current_ == kNoWorker && strategy_ != nullptr && !draining_);
  fibers_.EnterDriver();
  platform::ReleaseEdge(&begin_edge_);
  OpenStepGate();
  const WorkerId first = PickNext(1);
  if (first != kNoWorker) SwitchTo(kNoWorker, first);
  step_gate_ = 0;
  platform::AcquireEdge(&end_edge_);
  if (stopped_) return RunState::kStopped;
  if (line_.count() > 1) return RunState::kOutOfSteps;
  return busy_ == 0 ? RunState::kQuiet : RunState::kBlocked;
}

int Scheduler::EndRun(Leftover leftover) {
  assert(current_ == kNoWorker && strategy_ != nullptr);
  fibers_.EnterDriver();
  platform::ReleaseEdge(&begin_edge_);
  draining_ = true;
  // What happens from here on is no transition.
  TouchListener* const listener = step_listener_;
  SetTouchListener(nullptr);
  int abandoned = 0;
  while (busy_ != 0) {
    const WorkerId worker = static_cast<WorkerId>(std::countr_zero(busy_));
    blocked_ &= ~Bit(worker);
    if (leftover == Leftover::kAbandon) {
      busy_ &= ~Bit(worker);
      abandoned_ |= Bit(worker);
      // What it did comes before the next run, though it never comes to its end.
      platform::ReleaseEdgeOf(fibers_.fiber(worker)->thread_identity, &end_edge_);
    } else {
      workers_[worker].drain_calls = 0;
      SwitchTo(kNoWorker, worker);
    }
    if ((abandoned_ & Bit(worker)) != 0) {
      fibers_.Remake(worker);
      ++abandoned;
    }
  }
  platform::AcquireEdge(&end_edge_);
  abandoned_ = 0;
  draining_ = false;
  SetTouchListener(listener);
  strategy_ = nullptr;
  return abandoned;
}

WorkerId Scheduler::Start(const char* name, Job job, void* argument) {
  assert(job != nullptr && strategy_ != nullptr);
  if (~busy_ == 0 || draining_) return kNoWorker;
  const WorkerId worker = static_cast<WorkerId>(std::countr_one(busy_));
  busy_ |= Bit(worker);
  used_ |= Bit(worker);
  Worker& state = workers_[worker];
  state.job = job;
  state.argument = argument;
  state.name = name;
  state.thread_number = ++last_thread_number_;
  keys_[worker] = {kWorkerGoesOn, static_cast<uint16_t>(last_thread_number_)};
  line_.AddReady(worker);
  if (step_listener_ != nullptr) {
    most_workers_ = std::max(most_workers_, std::popcount(busy_));
    step_listener_->OnEnabled(worker);
  }
  return worker;
}

void Scheduler::RunJobs(void* scheduler, int worker) {
  for (;;) static_cast<Scheduler*>(scheduler)->RunOneJob(static_cast<WorkerId>(worker));
}

// Returns when the worker has been given another job and was chosen to go on with it.
void Scheduler::RunOneJob(WorkerId self) {
  assert(current_ == self && !IsIdle(self) && !IsBlocked(self));
  const Worker& state = workers_[self];
  if (fibers_.thread_sanitizer()) platform::AcquireEdge(&begin_edge_);
  state.job(state.argument);
  if (fibers_.thread_sanitizer()) platform::ReleaseEdge(&end_edge_);
  assert(current_ == self && !IsBlocked(self));
  busy_ &= ~Bit(self);
  const WorkerId next = draining_ ? kNoWorker : PickNext(1);
  if (next != self) SwitchTo(self, next);
}

void Scheduler::PointSlowly() {
  const WorkerId self = current_;
  if (self == kNoWorker) return;
  if (draining_) {
    CountDrainCall();
    return;
  }
  const bool passes_over = line_.count() > 1 && ++points_in_a_row_ > kMostPointsInARow;
  const WorkerId next = PickNext(0, passes_over);
  if (next == self) return;
  line_.AddReady(self);
  SwitchTo(self, next);
}

WakeCause Scheduler::Block(const WaitReason& reason, uint64_t deadline_ms) {
  const WorkerId self = current_;
  assert(self != kNoWorker);
  if (draining_) {
    CountDrainCall();
    return WakeCause::kDraining;
  }
  Worker& state = workers_[self];
  state.reason = reason;
  state.cause = WakeCause::kWoken;
  state.timed = deadline_ms != kForever;
  if (state.timed) AddTimer(deadline_ms, kTimeoutCandidate + self);
  blocked_ |= Bit(self);
  const WorkerId next = PickNext(1);
  if (next != self) SwitchTo(self, next);
  return draining_ ? WakeCause::kDraining : state.cause;
}

void Scheduler::Wake(WorkerId worker) {
  assert(worker < kMaxWorkers);
  // Also when it is too late: whether the wait has ended already is what was read.
  Touch(MakeObject(ObjectKind::kTransition, worker), true);
  if (!IsBlocked(worker)) return;
  if (step_listener_ != nullptr) step_listener_->OnWoken(worker);
  blocked_ &= ~Bit(worker);
  if (workers_[worker].timed) RemoveTimer(kTimeoutCandidate + worker);
  line_.AddReady(worker);
}

// A module that goes on calling for ever is left where it is; its stack is not unwound.
void Scheduler::CountDrainCall() {
  const WorkerId self = current_;
  if (++workers_[self].drain_calls <= kDrainCalls) return;
  if (fibers_.thread_sanitizer()) platform::ReleaseEdge(&end_edge_);
  busy_ &= ~Bit(self);
  abandoned_ |= Bit(self);
  SwitchTo(self, kNoWorker);
  std::abort();
}

[[gnu::always_inline]] inline WorkerId Scheduler::PickNext(uint32_t first, bool passes_over) {
  for (bool left = false; steps_ < step_limit_; left = true) {
    const uint32_t answers = line_.count() - first;
    if (answers == 0) return kNoWorker;
    ++steps_;
    uint32_t place = first;
    if (passes_over) {
      place = 1 + passed_over_++ % (line_.count() - 1);
      passes_over = false;
    } else if (answers > 1) {
      place += DecideTransition(first, left);
    }
    const uint8_t candidate = line_.At(place);
    if (step_listener_ != nullptr && !step_listener_->OnStep(candidate, line_.IsTimer(place))) {
      Stop();
      return kNoWorker;
    }
    if (candidate >= kMaxWorkers) {
      HappenAt(place);
      continue;
    }
    if (place > 0) line_.Remove(place);
    return candidate;
  }
  return kNoWorker;
}

void Scheduler::HappenAt(uint32_t place) {
  points_in_a_row_ = 0;
  const uint8_t candidate = line_.At(place);
  if (line_.IsTimer(place)) {
    Touch(kClockObject, true);
    now_ms_ = std::max(now_ms_, timers_.Earliest().deadline_ms);
    timers_.RemoveEarliest();
    ShowEarliestTimer();
  } else {
    line_.Remove(place);
  }
  if (candidate >= kTimeoutCandidate) {
    const WorkerId worker = candidate - kTimeoutCandidate;
    assert(IsBlocked(worker) && workers_[worker].timed);
    workers_[worker].cause = WakeCause::kTimedOut;
    Touch(MakeObject(ObjectKind::kTransition, worker), true);
    if (step_listener_ != nullptr) step_listener_->OnWoken(worker);
    blocked_ &= ~Bit(worker);
    line_.AddReady(worker);
    return;
  }
  const TransitionId slot = candidate - kTransitionCandidate;
  const Transition transition = transitions_[slot];
  Touch(MakeObject(ObjectKind::kTransition, candidate), true);
  free_slots_ |= Bit(slot);
  timer_slots_ &= ~Bit(slot);
  const WorkerId self = current_;
  current_ = kNoWorker;
  step_gate_ = 0;
  transition.action(transition.argument, transition.value);
  current_ = self;
  OpenStepGate();
}

Fiber* Scheduler::FiberOf(WorkerId worker) {
  return worker == kNoWorker ? fibers_.driver() : fibers_.fiber(worker);
}

void Scheduler::SwitchTo(WorkerId from, WorkerId to) {
  ++switches_;
  assert(from != to);
  if (hook_ != nullptr) hook_(hook_context_, from, to);
  current_ = to;
  points_in_a_row_ = 0;
  line_.SetCurrent(to);
  fibers_.Switch(FiberOf(from), FiberOf(to));
}

TransitionId Scheduler::TakeSlot(Action action, void* argument, uint32_t value, Key key) {
  assert(action != nullptr && strategy_ != nullptr);
  if (free_slots_ == 0) return kNoTransition;
  const TransitionId slot = static_cast<TransitionId>(std::countr_zero(free_slots_));
  free_slots_ &= ~Bit(slot);
  transitions_[slot] = {action, argument, value};
  keys_[kTransitionCandidate + slot] = key;
  return slot;
}

TransitionId Scheduler::Post(Action action, void* argument, uint32_t value, uint8_t request,
                             uint16_t operation) {
  assert(request != kWorkerGoesOn);
  const TransitionId slot = TakeSlot(action, argument, value, {request, operation});
  if (slot == kNoTransition) return slot;
  line_.AddPending(kTransitionCandidate + slot);
  if (step_listener_ != nullptr) step_listener_->OnEnabled(kTransitionCandidate + slot);
  return slot;
}

TransitionId Scheduler::PostTimer(Action action, void* argument, uint32_t value,
                                  uint64_t deadline_ms) {
  const TransitionId slot = TakeSlot(action, argument, value, Key());
  if (slot == kNoTransition) return slot;
  timer_slots_ |= Bit(slot);
  AddTimer(deadline_ms, kTransitionCandidate + slot);
  return slot;
}

void Scheduler::Cancel(TransitionId transition) {
  assert(transition < kMaxTransitions && (free_slots_ & Bit(transition)) == 0);
  if ((timer_slots_ & Bit(transition)) != 0) {
    RemoveTimer(kTransitionCandidate + transition);
  } else {
    const uint8_t candidate = kTransitionCandidate + transition;
    line_.RemovePending(candidate);
    Touch(MakeObject(ObjectKind::kTransition, candidate), true);
    if (step_listener_ != nullptr) step_listener_->OnDisabled(candidate, false);
  }
  free_slots_ |= Bit(transition);
  timer_slots_ &= ~Bit(transition);
}

void Scheduler::AddTimer(uint64_t deadline_ms, uint8_t candidate) {
  Touch(kClockObject, true);
  timers_.Add(deadline_ms, candidate);
  ShowEarliestTimer();
}

void Scheduler::RemoveTimer(uint8_t candidate) {
  Touch(kClockObject, true);
  if (step_listener_ != nullptr) step_listener_->OnDisabled(candidate, true);
  timers_.Remove(candidate);
  ShowEarliestTimer();
}

void Scheduler::ShowEarliestTimer() {
  if (timers_.empty()) {
    line_.ClearTimer();
  } else {
    line_.SetTimer(timers_.Earliest().id);
  }
}

[[gnu::always_inline]] inline uint32_t Scheduler::DecideTransition(uint32_t first, bool left) {
  const std::span<const uint8_t> candidates = line_.From(first);
  const auto answers = static_cast<uint32_t>(candidates.size());
  if (plain_) return FairAnswer(answers);
  if (log_->count >= most_decisions_) return 0;
  const uint32_t answer = strategy_->Answer({.question = Question::kTransition,
                                             .request = kNoRequest,
                                             .operation = kNoOperation,
                                             .answers = static_cast<uint16_t>(answers),
                                             .candidates = candidates,
                                             .keys = keys_,
                                             .goes_on = first == 0,
                                             .left = left,
                                             .timer_last = line_.has_timer()});
  return Decided(Question::kTransition, keys_[line_.At(first + answer)], answers, answer);
}

uint32_t Scheduler::Decide(const Ask& ask) {
  assert(strategy_ != nullptr);
  if (log_->count >= most_decisions_) return 0;
  return Decided(ask.question, {ask.request, ask.operation}, ask.answers, strategy_->Answer(ask));
}

uint32_t Scheduler::Decided(Question question, Key key, uint32_t answers, uint32_t answer) {
  assert(answer < answers);
  log_->decisions[log_->count] = {question, key.request, key.operation,
                                  static_cast<uint16_t>(answers), static_cast<uint16_t>(answer)};
  ++log_->count;
  return answer;
}

const WaitReason& Scheduler::wait_reason(WorkerId worker) const {
  assert(IsBlocked(worker));
  return workers_[worker].reason;
}

int Scheduler::workers_used() const { return 64 - std::countl_zero(used_); }

WorkerId Scheduler::StackOwner(const void* address) const {
  const int fiber = fibers_.StackOwner(address, current_ == kNoWorker ? -1 : current_);
  return fiber < 0 ? kNoWorker : static_cast<WorkerId>(fiber);
}

const void* Scheduler::StackPointer(WorkerId worker) const {
  assert(worker != current_);
  return fibers_.fiber(worker)->context;
}

void Scheduler::AcquireEdgeFor(WorkerId worker, const void* object) {
  assert(worker != current_);
  platform::AcquireEdgeOf(fibers_.fiber(worker)->thread_identity, object);
}

bool Scheduler::InGuardPage(const void* address) const { return fibers_.stacks().InGuard(address); }

void Scheduler::SetSwitchHook(SwitchHook hook, void* context) {
  hook_ = hook;
  hook_context_ = context;
}

}  // namespace pendulum::sched
