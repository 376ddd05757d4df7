// Decisions named by what they are about, not by their position: these names hold when other
// decisions are left out, and mostly when the module is changed.
#ifndef PENDULUM_EXPLORE_DECISION_KEY_H_
#define PENDULUM_EXPLORE_DECISION_KEY_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "harness/sched/scheduler.h"
#include "harness/sched/strategy.h"
#include "harness/trace/event.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

enum class SubjectKind : uint8_t {
  kNothing,    // the server at large; of candidates: the earliest timer, or the end of a transfer
  kRequest,    // of candidates: the request's client
  kOperation,  // the n-th of its kind in its request
  kDelivery,   // the thread that delivers that operation's completion
  kThread,     // the request's own thread; without a request the server's
  kModuleThread,  // the n-th thread of the module to begin
  kUnborn,        // a thread that has not begun yet: `ordinal` says of which kind
};

// Whom a decision concerns. Ordinals are from 0.
struct Subject {
  SubjectKind kind = SubjectKind::kNothing;
  uint8_t request = sched::kNoRequest;
  uint8_t operation_kind = trace::kNone8;
  uint16_t ordinal = 0;
  friend bool operator==(const Subject&, const Subject&) = default;
};

// What a worker did: the n-th event like this one, as the member that has it says.
struct LastEvent {
  uint8_t kind = trace::kNone8;  // trace::EventKind; kNone8: nothing yet
  uint8_t module = trace::kNone8;
  uint16_t detail = 0;  // the method, or the notification with trace::kPost
  uint16_t ordinal = 0;
  Subject subject;  // the event's operation or request
  friend bool operator==(const LastEvent&, const LastEvent&) = default;
};

// One question: the n-th of its kind about this subject, or, for transitions, the n-th that came
// up when the thread `subject` had done `last` after `anchor`.
struct DecisionKey {
  sched::Question question = sched::Question::kTransition;
  Subject subject;
  // Transitions only. The handler that the thread entered or the operation that it called last,
  // counted in the run; and its last event, counted from there, so that what a changed module does
  // before that doesn't matter.
  LastEvent anchor;
  LastEvent last;
  uint16_t ordinal = 0;
  friend bool operator==(const DecisionKey&, const DecisionKey&) = default;
};

// Which candidate was chosen: the n-th of those with this subject. Transitions only.
struct Chosen {
  Subject subject;
  uint16_t ordinal = 0;
  friend bool operator==(const Chosen&, const Chosen&) = default;
};

// A decision that is not the plainest, with its name.
struct NotedDecision {
  uint32_t position = 0;  // in the run's schedule
  sched::Decision decision = {};
  DecisionKey key;
  Chosen chosen;
  // For words: the handler that the asking worker is in, if any, and whether it could have gone on.
  bool in_handler = false;
  bool in_completion = false;
  bool could_go_on = false;
  bool begins_completion = false;  // the chosen thread has not begun, and is to deliver one
  uint16_t notification = 0;       // with trace::kPost
};

// The same as it stands in replay files.
struct NamedDecision {
  uint32_t position = 0;  // of the decision in the schedule
  uint64_t key = 0;       // HashOf its DecisionKey
  uint64_t chosen = 0;    // HashOf its Chosen
  std::string words;      // for people
};
NamedDecision NameOf(const NotedDecision& noted);

// The same for the same name on any machine, and from version to version.
uint64_t HashOf(const DecisionKey& key);
uint64_t HashOf(const Chosen& chosen);

// The decision in words, without a full stop: "the first ReadEntityBody of request 0 completes
// asynchronously".
std::string Words(const NotedDecision& noted);

// Names the questions of a run as they come, from its events so far.
class DecisionNamer {
 public:
  // Both are borrowed.
  DecisionNamer(const sched::Scheduler* scheduler, const trace::TraceBuffer* trace)
      : scheduler_(*scheduler), trace_(*trace) {}

  void BeginRun();

  // The name of the question that is being asked. To be called once for each question.
  DecisionKey KeyOf(const sched::Ask& ask);
  // The name of the candidate behind an answer to a question about transitions.
  Chosen ChosenBy(const sched::Ask& ask, uint32_t answer) const;
  // The answer that chooses this candidate; ask.answers when it is not among the candidates.
  uint32_t AnswerFor(const sched::Ask& ask, uint64_t chosen) const;
  // Adds what Words needs of the question that was asked last.
  void Complete(const sched::Ask& ask, NotedDecision* noted) const;

 private:
  struct Place {
    uint32_t thread_number = 0;  // whose it is
    Subject worker;
    LastEvent anchor;
    LastEvent last;
    std::map<uint64_t, uint16_t> counts;  // of events since the anchor, by hash
    bool in_handler = false;
    bool in_completion = false;
    uint16_t notification = 0;
  };

  void ReadEvents();
  void Read(const trace::Event& event);
  void ReadBeginning(const trace::Event& event, Place* place);
  Subject OperationSubject(uint8_t request, uint16_t operation, SubjectKind kind) const;
  Subject WorkerSubject(sched::WorkerId worker) const;
  Subject CandidateSubject(const sched::Ask& ask, uint32_t answer) const;

  const sched::Scheduler& scheduler_;
  const trace::TraceBuffer& trace_;
  uint32_t events_read_ = 0;
  uint16_t module_threads_ = 0;
  std::vector<Subject> operations_;  // by number
  Place places_[sched::kMaxWorkers];
  // How often there was each: by hash, for look-ups alone.
  std::map<uint64_t, uint16_t> anchor_counts_;
  std::map<uint64_t, uint16_t> question_counts_;
  std::map<std::tuple<uint8_t, uint8_t>, uint16_t> operation_counts_;  // by request and kind
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_DECISION_KEY_H_
