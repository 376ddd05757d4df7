// The deterministic scheduler: workers (fibers that stand for threads), pending transitions,
// virtual time, and the one place where decisions are asked and recorded.
//
// Everything runs on one operating-system thread. A run is: BeginRun, then Start and Post what is
// to happen, then Run until nothing more can happen, then (more Start and Run, then) EndRun.
#ifndef PENDULUM_SCHED_SCHEDULER_H_
#define PENDULUM_SCHED_SCHEDULER_H_

#include <cassert>
#include <cstddef>
#include <cstdint>

#include "harness/sched/candidate_line.h"
#include "harness/sched/fiber.h"
#include "harness/sched/object_id.h"
#include "harness/sched/strategy.h"
#include "harness/sched/timer_queue.h"

// Point and Choose are inline. Compiled with ThreadSanitizer they would report the scheduler's own
// state as raced for: workers switch without an edge.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#error "Code under ThreadSanitizer must not include the scheduler; put a plain function between."
#endif
#endif

namespace pendulum::sched {

using WorkerId = uint8_t;      // a slot, 0 to kMaxWorkers - 1, used again after its job has ended
using TransitionId = uint8_t;  // a slot, 0 to kMaxTransitions - 1

inline constexpr int kMaxWorkers = 64;
inline constexpr int kMaxTransitions = 64;
inline constexpr WorkerId kNoWorker = 0xFF;
inline constexpr TransitionId kNoTransition = 0xFF;
inline constexpr uint64_t kForever = ~uint64_t{0};
// What IIS gives a thread of its pool. Overflow hits a guard page.
inline constexpr size_t kDefaultStackBytes = 256 * 1024;

// A job runs on a worker and must not throw. A transition's action runs on whichever stack chose it
// and must be short: it may Start, Wake, Post, Cancel, Choose and Stop, but not Block, and Point
// does nothing in it. current() is kNoWorker while it runs.
using Job = void (*)(void* argument);
using Action = void (*)(void* argument, uint32_t value);

// Why a worker waits, for the wait-for graph. `what` is static text ("WaitForSingleObject").
struct WaitReason {
  const char* what = nullptr;
  uint32_t object = 0;         // a number that names the object in findings; 0 for none
  WorkerId owner = kNoWorker;  // who holds the object, where that is known
};

enum class WakeCause : uint8_t {
  kWoken,     // Wake was called
  kTimedOut,  // the deadline passed in virtual time
  kDraining,  // the run is being ended: the caller returns an error at once
};

enum class RunState : uint8_t {
  kQuiet,       // no worker has a job, nothing is pending
  kBlocked,     // workers wait and nothing can wake them
  kOutOfSteps,  // the limit of transitions was reached
  kStopped,     // Stop was called
};

struct Limits {
  uint32_t transitions = 20000;  // scheduling steps in a run
  uint32_t decisions = 16384;    // recorded decisions; further ones are answered 0
};

class Scheduler {
 public:
  // `decision_log` is where decisions are recorded, so that they survive the death of the process
  // when it lies in shared memory; it must outlive the scheduler. `count` is kept up to date after
  // each decision, before what was decided happens.
  struct DecisionLog {
    uint32_t count = 0;
    uint32_t capacity = 0;
    Decision* decisions = nullptr;
  };

  // Throws std::bad_alloc when there is no room for the stacks. Nothing is allocated afterwards.
  explicit Scheduler(DecisionLog* decision_log, size_t stack_bytes = kDefaultStackBytes);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // Forgets the last run: no jobs, no transitions, time 0, no decisions. All workers must be idle
  // (EndRun sees to it). `strategy` is borrowed until EndRun. Allocates nothing.
  void BeginRun(Strategy* strategy, uint64_t run, const Limits& limits);

  // Runs from the driver's stack until nothing is enabled, a limit is met, or Stop was called.
  // May be called several times in a run.
  RunState Run();

  // What becomes of workers that still have a job when a run ends.
  enum class Leftover : uint8_t {
    kDrain,    // their jobs are brought to an end: frames unwind, nothing leaks
    kAbandon,  // they are left where they are: no code of theirs runs any more
  };

  // Ends the run. With kDrain, workers that still have a job are drained, by ascending id (each
  // Block and Point returns at once with kDraining / draining() true, until the job returns; one
  // that makes more than `kDrainCalls` such calls is abandoned and its fiber made anew). A job that
  // was never begun is begun all the same, so that it can free what it owns. Pending transitions
  // are dropped without running their actions. With kAbandon their fibers are made anew instead;
  // that is for callers who put back all memory that those jobs owned. Returns how many workers
  // were abandoned.
  int EndRun(Leftover leftover = Leftover::kDrain);

  // Gives a job to an idle worker and makes it runnable. `name` is static text for traces. Returns
  // kNoWorker when all workers are busy or the run is draining. Makes no happens-before edge for
  // ThreadSanitizer: only Run orders what was before it before the jobs that begin in it, and the
  // jobs that have ended before what comes after it.
  WorkerId Start(const char* name, Job job, void* argument);

  // A scheduling point: the strategy picks among the enabled transitions; with one candidate it
  // returns without a question. Counts a step. From the driver's stack it does nothing. A worker
  // that has come to kMostPointsInARow points at which something else could have happened is passed
  // over once without a question, each time in favour of another candidate: one that spins must not
  // starve what it waits for, whatever the strategy.
  void Point() {
    if (steps_ < step_gate_ && line_.count() == 1) [[likely]] {
      ++steps_;
      return;
    }
    PointSlowly();
  }

  // Whether something else than the current worker could go on: else a point here asks nothing.
  bool has_choice() const { return line_.count() > 1; }

  // Blocks the current worker until Wake, or until virtual time reaches `deadline_ms` (kForever for
  // none). Must be called on a worker.
  WakeCause Block(const WaitReason& reason, uint64_t deadline_ms);

  // Makes a blocked worker runnable. Does nothing when it is not blocked.
  void Wake(WorkerId worker);

  // Adds an enabled transition that, when chosen, is removed and runs `action(argument, value)`.
  // `request` (below kWorkerGoesOn, or kNoRequest) and `operation` key the decision. Returns
  // kNoTransition when all slots are in use.
  TransitionId Post(Action action, void* argument, uint32_t value, uint8_t request,
                    uint16_t operation);
  // The same, but enabled only once no earlier timer is pending; choosing it moves virtual time to
  // `deadline_ms` (never back). Only the earliest timer is a candidate; of two with one deadline,
  // the one that was posted first.
  TransitionId PostTimer(Action action, void* argument, uint32_t value, uint64_t deadline_ms);
  // Takes a transition back. Its slot must be in use.
  void Cancel(TransitionId transition);

  // Asks the strategy. Returns an answer below `answers`; 0 without asking when `answers` is 1, the
  // run is draining, or the limit of decisions is reached.
  uint32_t Choose(Question question, uint32_t answers, uint8_t request, uint16_t operation) {
    assert(answers >= 1 && question != Question::kTransition);
    if (answers == 1 || draining_) return 0;
    return Decide({.question = question,
                   .request = request,
                   .operation = operation,
                   .answers = static_cast<uint16_t>(answers),
                   .candidates = {}});
  }

  // Makes Run return kStopped at the next scheduling point, and at once until the run ends.
  // Callable on a worker.
  void Stop();

  // Makes Run return kOutOfSteps at the next scheduling point. The run can go on with another Run,
  // after GoOnPlainly.
  void Pause();

  // From the next Run on nothing is asked any more: every answer is the plainest, but for a fair
  // turn of all enabled transitions now and then, so that whoever repeats a call until something
  // else has happened doesn't keep it from happening. `transitions` is the new limit of the run.
  // The listener hears no more of it: what follows is no part of a search. Only from the driver's
  // stack.
  void GoOnPlainly(uint32_t transitions);
  // Whether GoOnPlainly was called in this run.
  bool is_plain() const { return plain_; }

  bool draining() const { return draining_; }
  // Virtual milliseconds since the start of the run.
  uint64_t now_ms() const {
    if (touch_listener_ != nullptr) [[unlikely]]
      touch_listener_->OnTouch(kClockObject, false);
    return now_ms_;
  }
  // The worker that runs, kNoWorker on the driver's stack.
  WorkerId current() const { return current_; }
  // A number that is new for each job of a run, from 1: the module's thread id. The last job's when
  // the worker is idle.
  uint32_t thread_number(WorkerId worker) const { return workers_[worker].thread_number; }
  bool IsBlocked(WorkerId worker) const { return (blocked_ >> worker & 1) != 0; }
  bool IsIdle(WorkerId worker) const { return (busy_ >> worker & 1) == 0; }
  // Why `worker` waits. Only while it is blocked.
  const WaitReason& wait_reason(WorkerId worker) const;
  // The name of its job, or of its last one; nullptr before the first.
  const char* name(WorkerId worker) const { return workers_[worker].name; }
  // The highest worker slot used in this run, plus one.
  int workers_used() const;
  // How often a worker that had long gone on was made to let others have their turn, unasked.
  uint32_t passed_over() const { return passed_over_; }
  // The most workers that had a job at the same time in this run; counted while somebody listens.
  int most_workers() const { return most_workers_; }
  uint32_t steps() const { return steps_; }
  // How often another worker, or the same one again after others, was given the processor.
  uint32_t switches() const { return switches_; }
  // Whether `address` lies on a worker's stack; if so, which one's. For buffer checks.
  WorkerId StackOwner(const void* address) const;
  // The lowest address of the live part of a suspended worker's stack (its stack pointer).
  const void* StackPointer(WorkerId worker) const;
  // Orders what went before a platform::ReleaseEdge(object) before what the suspended worker will
  // do: for ThreadSanitizer, when another worker hands it what it waits for.
  void AcquireEdgeFor(WorkerId worker, const void* object);
  // Gives each worker another place in ThreadSanitizer's turn of what it forgets; 0: none.
  void ShiftMemory(uint32_t phase) const { fibers_.ShiftMemory(phase); }
  // Whether `address` lies in a guard page below a stack: a stack overflow. Async-signal-safe.
  bool InGuardPage(const void* address) const;

  // Called at each switch with the workers left and entered (kNoWorker for the driver), for what a
  // module keeps per thread. nullptr for none. A worker that gets a new job goes on without a
  // switch when it was the last to run: thread_number tells jobs apart.
  using SwitchHook = void (*)(void* context, WorkerId from, WorkerId to);
  void SetSwitchHook(SwitchHook hook, void* context);

  // Notes that the present transition (what runs until the next scheduling point) reads `object`
  // or, with `writes`, changes it. Whoever reads or changes what another worker might change says
  // so, else exhaustive search takes transitions for independent that aren't and loses schedules.
  // Costs a compare when nobody listens.
  static void Touch(ObjectId object, bool writes) {
    if (touch_listener_ != nullptr) [[unlikely]]
      touch_listener_->OnTouch(object, writes);
  }
  // Whether somebody hears of touches.
  static bool is_listened_to() { return touch_listener_ != nullptr; }
  // Who hears of touches; nullptr for nobody. Borrowed. Between runs only.
  void SetTouchListener(TouchListener* listener) {
    step_listener_ = listener;
    touch_listener_ = listener != nullptr && listener->HearsTouches() ? listener : nullptr;
  }

  // The scheduler of this process that code without another way to it uses (the Win32 layer).
  // Set by the constructor, cleared by the destructor.
  static Scheduler* Get();

  static constexpr int kDrainCalls = 1000;
  static constexpr uint32_t kMostPointsInARow = 500;

 private:
  static constexpr ObjectId kClockObject = MakeObject(ObjectKind::kScheduler, 0);

  struct Worker {
    Job job = nullptr;
    void* argument = nullptr;
    const char* name = nullptr;
    WaitReason reason;
    uint32_t thread_number = 0;
    int drain_calls = 0;
    WakeCause cause = WakeCause::kWoken;
    bool timed = false;  // of the last Block: whether it has a deadline
  };
  struct Transition {
    Action action;
    void* argument;
    uint32_t value;
  };

  static void RunJobs(void* scheduler, int worker);
  void RunOneJob(WorkerId self);
  void PointSlowly();
  // Lets transitions happen until one is a worker, which is taken out of the line and returned;
  // kNoWorker when the driver is to go on. `first` is 0 if the current worker can go on, else 1.
  // With `passes_over` the first transition is one that is not the current worker all the same.
  WorkerId PickNext(uint32_t first, bool passes_over = false);
  void HappenAt(uint32_t place);
  void SwitchTo(WorkerId from, WorkerId to);
  Fiber* FiberOf(WorkerId worker);
  // With a listener every step goes the slow way, which tells it.
  void OpenStepGate() { step_gate_ = step_listener_ != nullptr ? 0 : step_limit_; }
  void CountDrainCall();
  uint32_t DecideTransition(uint32_t first, bool left);
  uint32_t FairAnswer(uint32_t answers);
  uint32_t Decide(const Ask& ask);
  // Writes the answer down; the key is that of what was chosen.
  uint32_t Decided(Question question, Key key, uint32_t answers, uint32_t answer);
  TransitionId TakeSlot(Action action, void* argument, uint32_t value, Key key);
  void AddTimer(uint64_t deadline_ms, uint8_t candidate);
  void RemoveTimer(uint8_t candidate);
  void ShowEarliestTimer();

  uint32_t steps_ = 0;
  uint32_t switches_ = 0;
  uint32_t step_limit_ = 0;  // where steps_ ends: 0 when the run was stopped or paused
  // Where steps_ must not go: 0 unless a worker runs that a scheduling point may take elsewhere, so
  // that Point has one thing to compare with.
  uint32_t step_gate_ = 0;
  WorkerId current_ = kNoWorker;
  bool draining_ = false;
  bool stopped_ = false;
  bool plain_ = false;  // GoOnPlainly was called
  CandidateLine line_;
  uint64_t busy_ = 0;         // workers with a job
  uint64_t blocked_ = 0;      // of these, the ones in Block
  uint64_t used_ = 0;         // workers that had a job in this run
  uint64_t abandoned_ = 0;    // workers whose fiber has to be made anew
  uint64_t free_slots_ = 0;   // of transitions
  uint64_t timer_slots_ = 0;  // transitions in use that are timers
  uint64_t now_ms_ = 0;
  Strategy* strategy_ = nullptr;
  DecisionLog* log_;
  uint32_t most_decisions_ = 0;
  uint32_t last_thread_number_ = 0;
  uint32_t passed_over_ = 0;      // how often a worker was in this run
  uint32_t points_in_a_row_ = 0;  // of the current worker, with nothing else in between
  int most_workers_ = 0;
  uint32_t plain_decisions_ = 0;
  TouchListener* step_listener_ = nullptr;  // of all but touches
  // Of touches. There is one scheduler in a process, and who touches something should not have to
  // look for it.
  static inline TouchListener* touch_listener_ = nullptr;
  SwitchHook hook_ = nullptr;
  void* hook_context_ = nullptr;
  FiberPool fibers_;
  TimerQueue timers_;
  Key keys_[kCandidateCount];
  Worker workers_[kMaxWorkers];
  Transition transitions_[kMaxTransitions];
  char begin_edge_ = 0;  // addresses for happens-before edges
  char end_edge_ = 0;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_SCHEDULER_H_
