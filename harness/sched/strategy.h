// What answers decisions. A strategy is the only source of choice in a run: the scheduler and the
// host ask it typed questions with a finite number of answers and record what it said.
#ifndef PENDULUM_SCHED_STRATEGY_H_
#define PENDULUM_SCHED_STRATEGY_H_

#include <cstdint>
#include <span>

namespace pendulum::sched {

// What is asked. The order is part of the replay file format: append, never reorder.
enum class Question : uint8_t {
  kTransition,  // which of the enabled transitions happens next; 0 stays on this worker
  kTiming,      // does the operation complete inline (0) or asynchronously (1)
  kBytes,       // how many bytes: 0 means all that are possible
  kStatus,      // with which status: 0 means S_OK
  kSetting,     // which of several documented behaviours: 0 means the plainest
  kCount,       // what is left where a call that goes pending has no count to say: 0 is rubbish
};
inline constexpr int kQuestionCount = 6;

inline constexpr uint8_t kNoRequest = 0xFF;
inline constexpr uint16_t kNoOperation = 0xFFFF;
// Stands in place of a request where a worker was chosen; `operation` is then the number of its
// thread. Requests are numbered from 0 to kWorkerGoesOn - 1.
inline constexpr uint8_t kWorkerGoesOn = 0xFE;

// What candidates of a kTransition question are. A candidate is a worker's id, or one of these plus
// the slot of a transition or the id of the worker whose wait times out.
inline constexpr uint8_t kTransitionCandidate = 64;
inline constexpr uint8_t kTimeoutCandidate = 128;
inline constexpr int kCandidateCount = 192;

// What a candidate is about, in terms that hold from run to run.
struct Key {
  uint8_t request = kNoRequest;
  uint16_t operation = kNoOperation;
  friend bool operator==(const Key&, const Key&) = default;
};

// One question. `answers` is at least 2: questions with one answer are never asked.
struct Ask {
  Question question;
  uint8_t request;  // index of the request that it concerns, or kNoRequest (always for kTransition)
  uint16_t
      operation;  // ordinal of the operation in the run, or kNoOperation (always for kTransition)
  uint16_t answers;  // the number of answers, 2 to 65535
  // For kTransition: who the candidates are, in the order of the answers: the worker that asks if
  // it can go on, then the other runnable workers in the order in which they became runnable, then
  // pending transitions oldest first, then the earliest timer. Empty for the other questions.
  std::span<const uint8_t> candidates;
  // For kTransition: the key of each candidate, indexed by its id (not by the answer).
  const Key* keys = nullptr;
  // For kTransition: candidate 0 is the worker that asks, which could go on.
  bool goes_on = false;
  // For kTransition: something else has happened since the worker that asks came to its point, so
  // that its being left was decided by an earlier answer.
  bool left = false;
  // For kTransition: the last candidate is the earliest timer.
  bool timer_last = false;

  // What `answer` would be recorded under. Deciding by it, and not by slots, survives small changes
  // to the module.
  Key KeyOf(uint32_t answer) const {
    return question == Question::kTransition ? keys[candidates[answer]] : Key{request, operation};
  }
};

// One answered question, as recorded. A schedule is a list of these. Of a kTransition decision,
// `request` and `operation` are the key of the candidate that was chosen: a posted transition's, or
// kWorkerGoesOn and a thread number; neither for the earliest timer.
struct Decision {
  Question question;
  uint8_t request;
  uint16_t operation;
  uint16_t answers;
  uint16_t answer;  // 0 is always the plainest one
  friend bool operator==(const Decision&, const Decision&) = default;
};
static_assert(sizeof(Decision) == 8);

struct Profile;

class Strategy {
 public:
  virtual ~Strategy() = default;

  // Whether it draws by what trial runs of the same program have shown (profile.h).
  virtual bool Learns() const { return false; }
  // What they have shown; may be called once, before the first run. What is drawn in a run then
  // follows from this as well.
  virtual void Learn(const Profile&) {}

  // Called once before each run. `run` numbers the runs of one exploration from 0: all that a
  // strategy draws in that run follows from its own parameters and this number, so that any run
  // can be repeated alone.
  virtual void BeginRun(uint64_t run) = 0;

  // Returns the answer, less than `ask.answers`. Called on a worker's stack: may not allocate in
  // the steady state, block, throw, or call the scheduler.
  virtual uint32_t Answer(const Ask& ask) = 0;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_STRATEGY_H_
