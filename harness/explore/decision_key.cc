#include "harness/explore/decision_key.h"

#include <string_view>

namespace pendulum::explore {
namespace {

// FNV-1a over the values, so that neither padding nor the order of bytes matters.
class Hasher {
 public:
  Hasher& Add(uint64_t value) {
    for (int i = 0; i < 8; ++i) {
      hash_ = (hash_ ^ (value >> (8 * i) & 0xFF)) * 0x100000001B3ull;
    }
    return *this;
  }
  Hasher& Add(const Subject& subject) {
    return Add(static_cast<uint64_t>(subject.kind) | uint64_t{subject.request} << 8 |
               uint64_t{subject.operation_kind} << 16 | uint64_t{subject.ordinal} << 24);
  }
  Hasher& Add(const LastEvent& last) {
    return Add(uint64_t{last.kind} | uint64_t{last.module} << 8 | uint64_t{last.detail} << 16 |
               uint64_t{last.ordinal} << 32)
        .Add(last.subject);
  }
  Hasher& AddText(std::string_view text) {
    for (const char character : text) Add(static_cast<unsigned char>(character));
    return *this;
  }
  uint64_t hash() const { return hash_; }

 private:
  uint64_t hash_ = 0xCBF29CE484222325ull;
};

bool HasNotification(trace::EventKind kind) {
  return kind == trace::EventKind::kNotificationEntered ||
         kind == trace::EventKind::kNotificationReturned ||
         kind == trace::EventKind::kCompletionDelivered ||
         kind == trace::EventKind::kCompletionReturned;
}

bool IsAnchor(trace::EventKind kind) {
  return kind == trace::EventKind::kNotificationEntered ||
         kind == trace::EventKind::kCompletionDelivered ||
         kind == trace::EventKind::kOperationCalled;
}

// What of an event's d tells it from others of its kind, whatever the run.
uint16_t DetailOf(const trace::Event& event) {
  constexpr uint16_t kNotificationAndPost = 0xFF | trace::kPost;
  if (HasNotification(event.kind)) return event.d & kNotificationAndPost;
  switch (event.kind) {
    case trace::EventKind::kCall:
    case trace::EventKind::kWaitBegan:
    case trace::EventKind::kWaitEnded:
    case trace::EventKind::kMemoryAllocated:
      return event.d;
    default:
      return 0;
  }
}

// What the host calls the job of a thread that has not begun: completions alone are many.
uint16_t KindOfJob(const char* name) {
  if (name == nullptr) return 0;
  return static_cast<uint16_t>(Hasher().AddText(name).hash());
}

// Whether a job of this name begins with such an event. The slot may have another job since then.
bool Begins(const trace::Event& event, std::string_view job) {
  if (job == "completion") return event.kind == trace::EventKind::kCompletionDelivered;
  if (job == "request") return event.kind == trace::EventKind::kRequestBegan;
  return event.kind == trace::EventKind::kThreadBegan;
}

}  // namespace

uint64_t HashOf(const DecisionKey& key) {
  return Hasher()
      .Add(static_cast<uint64_t>(key.question))
      .Add(key.subject)
      .Add(key.anchor)
      .Add(key.last)
      .Add(key.ordinal)
      .hash();
}

uint64_t HashOf(const Chosen& chosen) {
  return Hasher().Add(chosen.subject).Add(chosen.ordinal).hash();
}

NamedDecision NameOf(const NotedDecision& noted) {
  return {noted.position, HashOf(noted.key), HashOf(noted.chosen), Words(noted)};
}

void DecisionNamer::BeginRun() {
  events_read_ = 0;
  module_threads_ = 0;
  operations_.clear();
  for (Place& place : places_) place = Place{};
  anchor_counts_.clear();
  question_counts_.clear();
  operation_counts_.clear();
}

Subject DecisionNamer::OperationSubject(uint8_t request, uint16_t operation,
                                        SubjectKind kind) const {
  if (operation >= operations_.size()) return {SubjectKind::kRequest, request};
  Subject subject = operations_[operation];
  subject.kind = kind;
  return subject;
}

// A thread is known by its first event, once it has begun.
Subject DecisionNamer::WorkerSubject(sched::WorkerId worker) const {
  if (worker == sched::kNoWorker) return {};
  const Place& place = places_[worker];
  if (place.thread_number == scheduler_.thread_number(worker)) return place.worker;
  return {SubjectKind::kUnborn, sched::kNoRequest, trace::kNone8,
          KindOfJob(scheduler_.name(worker))};
}

// Notes whose thread begins with this event.
void DecisionNamer::ReadBeginning(const trace::Event& event, Place* place) {
  Subject worker;
  if (event.kind == trace::EventKind::kRequestBegan) {
    worker = {SubjectKind::kThread, event.request};
  } else if (event.kind == trace::EventKind::kCompletionDelivered) {
    worker = OperationSubject(event.request, event.operation, SubjectKind::kDelivery);
  } else {
    worker = {SubjectKind::kModuleThread, sched::kNoRequest, trace::kNone8, module_threads_++};
  }
  *place = Place{};
  place->worker = worker;
}

void DecisionNamer::Read(const trace::Event& event) {
  if (event.kind == trace::EventKind::kOperationCalled) {
    const auto kind = static_cast<uint8_t>(trace::OperationKindOf(event));
    if (event.operation >= operations_.size()) operations_.resize(event.operation + size_t{1});
    uint16_t& count = operation_counts_[{event.request, kind}];
    operations_[event.operation] = {SubjectKind::kOperation, event.request, kind, count++};
  }
  if (event.worker >= sched::kMaxWorkers) return;
  LastEvent last;
  last.kind = static_cast<uint8_t>(event.kind);
  last.module = event.module;
  last.detail = DetailOf(event);
  if (event.operation != trace::kNone16) {
    last.subject = OperationSubject(event.request, event.operation, SubjectKind::kOperation);
  } else if (event.request != trace::kNone8) {
    last.subject = {SubjectKind::kRequest, event.request};
  }
  Place& place = places_[event.worker];
  const bool is_inside = place.in_handler || place.in_completion;
  if (!is_inside && Begins(event, scheduler_.name(event.worker))) {
    ReadBeginning(event, &place);
    place.thread_number = scheduler_.thread_number(event.worker);
  }
  const uint64_t hash = Hasher().Add(last).hash();
  if (IsAnchor(event.kind)) {
    last.ordinal = anchor_counts_[hash]++;
    place.anchor = last;
    place.counts.clear();
  } else {
    last.ordinal = place.counts[hash]++;
  }
  place.last = last;
  if (!HasNotification(event.kind)) return;
  place.notification = last.detail;
  place.in_completion = event.kind == trace::EventKind::kCompletionDelivered;
  place.in_handler = place.in_completion || event.kind == trace::EventKind::kNotificationEntered;
}

void DecisionNamer::ReadEvents() {
  for (; events_read_ < trace_.count; ++events_read_) Read(trace_.events[events_read_]);
}

DecisionKey DecisionNamer::KeyOf(const sched::Ask& ask) {
  ReadEvents();
  DecisionKey key;
  key.question = ask.question;
  const sched::WorkerId current = scheduler_.current();
  if (ask.question == sched::Question::kTransition) {
    key.subject = WorkerSubject(current);
    if (current != sched::kNoWorker) {
      key.anchor = places_[current].anchor;
      key.last = places_[current].last;
    }
  } else if (ask.operation != sched::kNoOperation) {
    key.subject = OperationSubject(ask.request, ask.operation, SubjectKind::kOperation);
  } else if (ask.request != sched::kNoRequest) {
    key.subject = {SubjectKind::kRequest, ask.request};
  } else {
    key.subject = WorkerSubject(current);
  }
  key.ordinal = question_counts_[HashOf(key)]++;
  return key;
}

Subject DecisionNamer::CandidateSubject(const sched::Ask& ask, uint32_t answer) const {
  const uint8_t candidate = ask.candidates[answer];
  if (candidate < sched::kTransitionCandidate) return WorkerSubject(candidate);
  if (candidate >= sched::kTimeoutCandidate) return {};
  const sched::Key key = ask.keys[candidate];
  if (key.operation != sched::kNoOperation) {
    return OperationSubject(key.request, key.operation, SubjectKind::kOperation);
  }
  if (key.request != sched::kNoRequest) return {SubjectKind::kRequest, key.request};
  return {};
}

Chosen DecisionNamer::ChosenBy(const sched::Ask& ask, uint32_t answer) const {
  if (ask.question != sched::Question::kTransition) return {};
  Chosen chosen{CandidateSubject(ask, answer), 0};
  for (uint32_t i = 0; i < answer; ++i) {
    chosen.ordinal += CandidateSubject(ask, i) == chosen.subject;
  }
  return chosen;
}

uint32_t DecisionNamer::AnswerFor(const sched::Ask& ask, uint64_t chosen) const {
  for (uint32_t answer = 0; answer < ask.answers; ++answer) {
    if (HashOf(ChosenBy(ask, answer)) == chosen) return answer;
  }
  return ask.answers;
}

void DecisionNamer::Complete(const sched::Ask& ask, NotedDecision* noted) const {
  const sched::WorkerId current = scheduler_.current();
  if (noted->chosen.subject.kind == SubjectKind::kUnborn) {
    noted->begins_completion = noted->chosen.subject.ordinal == KindOfJob("completion");
  }
  if (current == sched::kNoWorker) return;
  noted->could_go_on = !ask.candidates.empty() && ask.candidates[0] == current;
  noted->in_handler = places_[current].in_handler;
  noted->in_completion = places_[current].in_completion;
  noted->notification = places_[current].notification;
}

}  // namespace pendulum::explore
