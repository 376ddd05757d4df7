#include "harness/oracle/trace_judge.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <tuple>

#include "harness/oracle/account.h"
#include "harness/oracle/concerned.h"
#include "harness/oracle/gaps.h"
#include "harness/oracle/program.h"
#include "harness/oracle/trace_limits.h"
#include "harness/oracle/truth.h"
#include "harness/platform/number_text.h"
#include "harness/trace/fields.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;
using trace::kNone16;
using trace::kNone8;

constexpr Object kMayBeUnknown[] = {Object::operation, Object::request, Object::delivery,
                                    Object::handler, Object::previous};

// The clause's guard with `known` of each object that it uses, unless the clause asks for that
// (spec/README.md).
Expression GuardOf(const CompiledClause& clause) {
  std::set<Object> used, asked;
  const std::function<void(const Expression&)> visit = [&](const Expression& e) {
    if (e.op == Operator::kField) (e.field->name == "known" ? asked : used).insert(e.field->object);
    for (const Expression& operand : e.operands) visit(operand);
  };
  visit(clause.when);
  visit(clause.require);
  for (const Expression& reading : clause.readings) visit(reading);
  if (clause.for_each == ForEach::kOperation) asked.insert(Object::operation);
  if (clause.for_each == ForEach::kRequest) asked.insert(Object::request);
  if (clause.for_each == ForEach::kDelivery) asked.insert(Object::delivery);
  Expression guard;
  guard.op = Operator::kAnd;
  for (Object object : kMayBeUnknown) {
    if (used.count(object) == 0 || asked.count(object) != 0) continue;
    Expression known;
    known.op = Operator::kField;
    known.field = FindField(object, "known");
    guard.operands.push_back(std::move(known));
  }
  guard.operands.push_back(clause.when);
  return guard;
}

// What is known of a clause so far.
struct Tally {
  ClauseVerdict seen;
  Gap broken;   // why it might be broken, for all that is known
  Gap reached;  // why it might have been reached, though not broken
};

class Judging {
 public:
  // All are borrowed. `guards` are those of the clauses, by index.
  Judging(const Specification& specification, const std::vector<Expression>& guards,
          const trace::TraceFile& trace, Account* account)
      : specification_(specification),
        compiled_(specification.compiled().compiled),
        trace_(trace),
        guards_(guards),
        gaps_(trace),
        account_(*account),
        tallies_(compiled_.size()) {
    account_.BeginRun();
    for (size_t i = 0; i < compiled_.size(); ++i) {
      tallies_[i].seen.readings.resize(compiled_[i].readings.size());
    }
  }

  TraceJudgement Run();

 private:
  void BeginRequest(const Event& event);
  void JudgeEvent(const Event& event);
  void JudgeClause(uint16_t clause, const Event& event);
  void JudgeFor(uint16_t clause, const Event& event);
  void NoteUnseen(uint16_t clause, const Event& event);
  void JudgeWhatIsNotDue();
  void NoteUnrecorded();
  void JudgeAt(uint16_t clause, const Event& event);
  void JudgeReached(uint16_t clause, const Event& event, const FieldReader& read);
  void NoteReadings(const CompiledClause& clause, const FieldReader& read, Tally* tally);
  void Report(uint16_t clause, const Event& event, const FieldReader& read);

  std::optional<int64_t> Read(const FieldInfo& field) const;
  Gaps::Whom WhomOf(const FieldInfo& field) const;
  // What the expression hangs on that is not known.
  Gap WhyUnknown(const Expression& expression, const FieldReader& read) const;

  const Specification& specification_;
  const std::vector<CompiledClause>& compiled_;
  const trace::TraceFile& trace_;
  const std::vector<Expression>& guards_;
  Gaps gaps_;
  Account& account_;
  std::vector<Tally> tallies_;
  TraceJudgement judgement_;
  std::set<std::tuple<uint16_t, uint16_t, uint8_t, uint8_t>> reported_;
  std::set<uint8_t> begun_;

  // Of the clause at hand: the event's index, the request that its fields are of, whether for_each
  // brings the operation, and what is missing in any case, as the trace has ended.
  uint32_t index_ = 0;
  uint8_t request_ = kNone8;
  ForEach brought_ = ForEach::kNone;
  const Gap* not_due_ = nullptr;
};

Gaps::Whom Judging::WhomOf(const FieldInfo& field) const {
  Gaps::Whom whom;
  whom.request = request_;
  if (const OperationAccount* operation = account_.operation()) {
    whom.operation = static_cast<uint16_t>(operation->slots.ordinal);
  }
  const bool brought = (brought_ == ForEach::kOperation && field.object == Object::operation) ||
                       (brought_ != ForEach::kNone && field.object == Object::delivery);
  whom.at_hand = !brought;
  return whom;
}

std::optional<int64_t> Judging::Read(const FieldInfo& field) const {
  if (!gaps_.Missing(field, WhomOf(field)).empty()) return std::nullopt;
  return account_.objects()[static_cast<int>(field.object)][field.slot];
}

Gap Judging::WhyUnknown(const Expression& expression, const FieldReader& read) const {
  Gap gap;
  VisitUnknown(expression, read,
               [&](const FieldInfo& field) { gap.Add(gaps_.Missing(field, WhomOf(field))); });
  return gap;
}

// The judgement of one clause about what the account points at.
void Judging::JudgeAt(uint16_t clause, const Event& event) {
  const FieldReader read = [this](const FieldInfo& field) { return Read(field); };
  Tally& tally = tallies_[clause];
  const std::optional<int64_t> guard = Evaluate(guards_[clause], read);
  if (guard == 0) return;
  if (not_due_ != nullptr) return tally.broken.Add(*not_due_);
  if (guard) return JudgeReached(clause, event, read);
  const Expression& require = compiled_[clause].require;
  const std::optional<int64_t> met = Evaluate(require, read);
  const bool option = specification_.clauses()[clause].level == Level::kMay;
  if (option && met == 0) return;
  const bool harmless = option || (met && *met != 0);
  Gap* gap = harmless ? &tally.reached : &tally.broken;
  gap->Add(WhyUnknown(guards_[clause], read));
  if (!met) gap->Add(WhyUnknown(require, read));
}

void Judging::JudgeReached(uint16_t clause, const Event& event, const FieldReader& read) {
  Tally& tally = tallies_[clause];
  const CompiledClause& compiled = compiled_[clause];
  const std::optional<int64_t> met = Evaluate(compiled.require, read);
  if (specification_.clauses()[clause].level == Level::kMay && met != 1) {
    if (!met) tally.reached.Add(WhyUnknown(compiled.require, read));
    return;
  }
  ++tally.seen.reached[static_cast<size_t>(account_.timing())];
  if (!met) tally.broken.Add(WhyUnknown(compiled.require, read));
  if (met == 0) Report(clause, event, read);
  NoteReadings(compiled, read, &tally);
}

void Judging::NoteReadings(const CompiledClause& clause, const FieldReader& read, Tally* tally) {
  Gap gap;
  bool seen = clause.readings.empty();
  for (size_t i = 0; i < clause.readings.size(); ++i) {
    const std::optional<int64_t> holds = Evaluate(clause.readings[i], read);
    if (!holds) gap.Add(WhyUnknown(clause.readings[i], read));
    if (holds != 1) continue;
    ++tally->seen.readings[i];
    seen = true;
  }
  if (!seen) tally->broken.Add(gap);
}

void Judging::Report(uint16_t clause, const Event& event, const FieldReader& read) {
  TraceFinding finding;
  finding.clause = clause;
  finding.event = index_;
  const Concerned concerned = ConcernedBy(account_, event, index_);
  finding.started_event = concerned.started_event;
  finding.request = concerned.request;
  finding.module = concerned.module;
  finding.operation = concerned.operation;
  const bool by_operation = finding.operation != kNone16;
  const auto key =
      std::make_tuple(clause, finding.operation, by_operation ? kNone8 : finding.request,
                      by_operation ? kNone8 : finding.module);
  if (!reported_.insert(key).second) return;
  ++tallies_[clause].seen.violations;
  bool after_one = false;
  for (const MessagePiece& piece : compiled_[clause].message) {
    finding.message += after_one ? platform::AfterOne(piece.text) : piece.text;
    if (piece.field == nullptr) continue;
    const std::optional<int64_t> value = read(*piece.field);
    after_one = piece.field->type == trace::ValueType::kInteger && value == 1;
    finding.message += value ? trace::ValueText(piece.field->type, *value) : "(not recorded)";
  }
  judgement_.findings.push_back(std::move(finding));
}

void Judging::JudgeFor(uint16_t clause, const Event& event) {
  const bool of_request =
      (Objects()[static_cast<int>(Object::request)].events & Only(event.kind)) != 0;
  const auto judge = [&](uint8_t request) {
    request_ = of_request ? event.request : request;
    if (!of_request) account_.PointAtRequestOf(request);
    JudgeAt(clause, event);
  };
  const auto concerned = [&](uint8_t request) { return !of_request || request == event.request; };
  if (brought_ == ForEach::kOperation) {
    for (uint32_t i = 0; i < account_.operation_count(); ++i) {
      const OperationAccount& operation = account_.operation_at(i);
      if (!operation.slots.known || !concerned(operation.request)) continue;
      account_.PointAt(operation);
      judge(operation.request);
    }
  } else if (brought_ == ForEach::kDelivery) {
    for (uint32_t i = 0; i < account_.delivery_count(); ++i) {
      const DeliveryAccount& delivery = account_.delivery_at(i);
      if (!concerned(delivery.request)) continue;
      account_.PointAt(delivery);
      judge(delivery.request);
    }
  } else {
    for (uint32_t i = 0; i < account_.request_count(); ++i) {
      const auto request = static_cast<uint8_t>(i);
      if (concerned(request) && account_.PointAtRequest(i)) judge(request);
    }
  }
}

// Operations and deliveries that the trace does not show belong to for_each as well.
void Judging::NoteUnseen(uint16_t clause, const Event& event) {
  if (brought_ == ForEach::kRequest) return;
  const EventKind kind = brought_ == ForEach::kOperation ? EventKind::kOperationCalled
                                                         : EventKind::kNotificationEntered;
  Gap& gap = tallies_[clause].broken;
  if (!gaps_.IsRecorded(kind)) gap.sources.set(SourceOf(kind, kHappened));
  for (uint8_t request : begun_) {
    const bool concerned = event.request == kNone8 || event.request == request;
    if (concerned && gaps_.HasBegunBefore(request)) gap.begun_before.insert(request);
  }
}

void Judging::JudgeClause(uint16_t clause, const Event& event) {
  brought_ = compiled_[clause].for_each;
  request_ = event.request;
  if (brought_ == ForEach::kNone) return JudgeAt(clause, event);
  account_.Save();
  JudgeFor(clause, event);
  account_.Restore();
  NoteUnseen(clause, event);
}

void Judging::JudgeEvent(const Event& event) {
  for (size_t i = 0; i < compiled_.size(); ++i) {
    const bool here = (compiled_[i].events & Only(event.kind)) != 0;
    if (here) JudgeClause(static_cast<uint16_t>(i), event);
  }
}

// Obligations whose time has not come: what would be judged if the request, and the run, ended now.
void Judging::JudgeWhatIsNotDue() {
  Gap gap;
  not_due_ = &gap;
  const auto judge = [&](EventKind kind, uint8_t request) {
    const bool recorded = gaps_.IsRecorded(kind);
    if (!recorded) gap.sources.set(SourceOf(kind, kHappened));
    Event event = {kind, kNone8, request, kNone8, kNone16, 0, 0, 0};
    if (kind == EventKind::kRequestEnded && recorded) gap.not_ended.insert(request);
    if (kind == EventKind::kRunEnded && recorded) gap.run_not_ended = true;
    account_.Apply(event, index_);
    gaps_.Note(event, trace::AllFields(kind), 0);
    JudgeEvent(event);
    gap = Gap();
  };
  const auto is_end = [](const Event& event) { return event.kind == EventKind::kRunEnded; };
  if (std::none_of(trace_.events.begin(), trace_.events.end(), is_end)) {
    judge(EventKind::kRunEnded, kNone8);
  }
  for (uint8_t request : begun_) {
    const bool ended =
        std::any_of(trace_.events.begin(), trace_.events.end(), [&](const Event& event) {
          return event.kind == EventKind::kRequestEnded && event.request == request;
        });
    if (!ended) judge(EventKind::kRequestEnded, request);
  }
  not_due_ = nullptr;
}

// What the clauses wait for at kinds of events that are not recorded may have happened.
void Judging::NoteUnrecorded() {
  for (size_t i = 0; i < compiled_.size(); ++i) {
    for (int k = 0; k < trace::kEventKindCount; ++k) {
      const auto kind = static_cast<EventKind>(k);
      const bool later = kind == EventKind::kRunEnded || kind == EventKind::kRequestEnded;
      const bool here = (compiled_[i].events & Only(kind)) != 0;
      if (here && !later && !gaps_.IsRecorded(kind)) {
        tallies_[i].broken.sources.set(SourceOf(kind, kHappened));
      }
    }
  }
}

// In a recorded trace, a request of which something is seen has begun, even if that is not seen.
void Judging::BeginRequest(const Event& event) {
  if (event.request == kNone8 || !begun_.insert(event.request).second) return;
  if (trace_.mode == trace::AbsentMode::kDefault) return;
  if (event.kind == EventKind::kRequestBegan) return;
  const bool at_start = event.kind == EventKind::kModuleCreated ||
                        (event.kind == EventKind::kNotificationEntered && event.d == 0 &&
                         (trace_.absent[index_] & trace::AllFields(event.kind)) == 0);
  const Event began = {EventKind::kRequestBegan, kNone8, event.request, kNone8, kNone16, 0, 0, 0};
  account_.Apply(began, index_);
  if (!at_start || gaps_.IsRecorded(EventKind::kRequestBegan)) {
    gaps_.BeginsBefore(event.request);
  }
}

TraceJudgement Judging::Run() {
  for (size_t i = 0; i < trace_.events.size(); ++i) {
    index_ = static_cast<uint32_t>(i);
    const Event& event = trace_.events[i];
    BeginRequest(event);
    account_.Apply(event, index_);
    gaps_.Note(event, trace_.absent[i], trace_.lines[i]);
    JudgeEvent(event);
  }
  if (trace_.mode == trace::AbsentMode::kUnknown) {
    NoteUnrecorded();
    JudgeWhatIsNotDue();
  }
  for (size_t i = 0; i < tallies_.size(); ++i) {
    ClauseVerdict& seen = tallies_[i].seen;
    seen.missing = gaps_.Words(tallies_[i].broken);
    if (seen.missing.empty() && TimesReached(seen) == 0) {
      seen.missing = gaps_.Words(tallies_[i].reached);
    }
    seen.verdict = Decide(specification_.clauses()[i].level, seen);
    judgement_.clauses.push_back(std::move(seen));
  }
  return std::move(judgement_);
}

}  // namespace

struct TraceJudge::Impl {
  const Specification& specification;
  std::vector<Expression> guards;
  Account account;
};

TraceJudge::TraceJudge(const Specification& specification)
    : impl_(new Impl{.specification = specification, .guards = {}, .account = {}}) {
  for (const CompiledClause& clause : specification.compiled().compiled) {
    impl_->guards.push_back(GuardOf(clause));
  }
}
TraceJudge::~TraceJudge() = default;

platform::Result<TraceJudgement> TraceJudge::Judge(const trace::TraceFile& trace,
                                                   const std::string& name) {
  const platform::Status status = CheckTraceLimits(trace, name);
  if (!status.ok()) return status.error();
  return Judging(impl_->specification, impl_->guards, trace, &impl_->account).Run();
}

}  // namespace pendulum::oracle
