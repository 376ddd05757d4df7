// What transitions touch, for the question whether two of them commute.
#ifndef PENDULUM_SCHED_OBJECT_ID_H_
#define PENDULUM_SCHED_OBJECT_ID_H_

#include <cstdint>

namespace pendulum::sched {

// What kind of thing an object is. Two transitions depend on each other when both touch one object
// and one of the two writes it; so what may be changed apart is better named apart. Append only:
// the numbers stand in tests.
enum class ObjectKind : uint8_t {
  kScheduler,        // what the scheduler itself keeps: the clock and its timers
  kTransition,       // a pending transition, by its slot: it happens, or it is taken back
  kRequestBody,      // what of a request's entity has arrived and been read, by request
  kRequestHeaders,   // request line, headers and server variables, by request
  kResponse,         // status and buffered body, by request
  kResponseHeaders,  // by request
  kPipeline,         // where a request stands and what it waits for, by request
  kCompletionQueue,  // operations outstanding and completions waiting, by request
  kConnection,       // what the client sent, took and did, by connection
  kHostMemory,       // what requests and connections allocate, by request
  kGlobalHost,       // what all requests share in the host
  kOracle,           // what the specification remembers, by request or its last number for all
  kLock,             // critical sections, reader/writer locks, mutexes, condition variables
  kHandle,           // events, semaphores, threads, timers, ports: what has a handle
  kThread,           // a thread's end, its exit code and its local slots
  kWorldOutside,     // files, environment, event log: what a module does to its surroundings
  kModule,           // all of one module's memory where it isn't known more exactly
  kMemory,           // a granule of the module's memory
  kProgram,          // for tests and benchmarks
};

// The kind in the upper 8 bits, a number below.
using ObjectId = uint32_t;

inline constexpr uint32_t kObjectNumberBits = 24;
inline constexpr uint32_t kMostObjectNumber = (uint32_t{1} << kObjectNumberBits) - 1;

// Numbers are cut to 24 bits: two objects that then share an id are taken for one, which costs
// schedules but loses none.
constexpr ObjectId MakeObject(ObjectKind kind, uint32_t number) {
  return uint32_t{static_cast<uint8_t>(kind)} << kObjectNumberBits | (number & kMostObjectNumber);
}
constexpr ObjectKind KindOf(ObjectId object) {
  return static_cast<ObjectKind>(object >> kObjectNumberBits);
}

// Who wants to know what transitions touch and in which order they happen. A candidate is as in
// strategy.h. Called on workers' stacks and, before and between calls of Run, on the driver's; may
// not allocate in the steady state, block, throw, or call the scheduler.
class TouchListener {
 public:
  virtual ~TouchListener() = default;

  // Whether it wants OnTouch at all, which costs each run much: one that wants the steps alone
  // isn't told. Always the same answer.
  virtual bool HearsTouches() const { return true; }

  // The present transition reads or, with `writes`, changes `object`.
  virtual void OnTouch(ObjectId object, bool writes) = 0;
  // A transition begins, after Strategy::Answer when there was a choice: `candidate` goes on or
  // happens, or falls due as the earliest timer. With false the run is stopped before it.
  virtual bool OnStep(uint8_t candidate, bool is_timer) = 0;
  // The present transition has made `candidate`: a worker with a new job, or a posted transition.
  virtual void OnEnabled(uint8_t candidate) = 0;
  // The present transition has ended the wait of `worker`.
  virtual void OnWoken(uint8_t worker) = 0;
  // The present transition has taken back a posted transition, or with `is_timer` a timer, which
  // could have happened instead.
  virtual void OnDisabled(uint8_t candidate, bool is_timer) = 0;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_OBJECT_ID_H_
