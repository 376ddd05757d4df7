#include "harness/oracle/oracle.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <optional>
#include <set>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/oracle/concerned.h"
#include "harness/oracle/guards.h"
#include "harness/oracle/interpreter.h"
#include "harness/oracle/native_code.h"
#include "harness/oracle/precedents.h"
#include "harness/oracle/program.h"
#include "harness/platform/number_text.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;

namespace {

// Runs that went different ways meet where what a worker did is over; a digest of each state would
// cost more than it saves.
bool EndsACall(EventKind kind) {
  return kind == EventKind::kNotificationReturned || kind == EventKind::kCompletionReturned ||
         kind == EventKind::kClientReceived;
}

// Whether the clause can be reached by an operation of this kind.
bool MayConcern(const CompiledClause& clause, int kind) {
  const FieldInfo* field = FindField(Object::operation, "kind");
  const std::vector<Expression> guard = GuardOf(clause);
  return std::all_of(guard.begin(), guard.end(), [&](const Expression& conjunct) {
    std::set<int64_t> values;
    return !ValuesLeft(conjunct, field, &values) || values.count(kind) != 0;
  });
}

// The fields of operations and deliveries that clauses with a for_each read: also when these are
// long over.
Account::KeptSlots SlotsOfForEach(const std::vector<CompiledClause>& clauses) {
  std::array<std::set<uint8_t>, trace::kOperationKindCount> operation;
  std::set<uint8_t> delivery;
  for (const CompiledClause& clause : clauses) {
    if (clause.for_each == ForEach::kNone) continue;
    const auto visit = [&](const FieldInfo& field) {
      const auto slot = static_cast<uint8_t>(field.slot);
      if (field.object == Object::delivery) delivery.insert(slot);
      if (field.object != Object::operation) return;
      for (int kind = 0; kind < trace::kOperationKindCount; ++kind) {
        if (MayConcern(clause, kind)) operation[static_cast<size_t>(kind)].insert(slot);
      }
    };
    ForEachField(clause.when, visit);
    ForEachField(clause.require, visit);
    for (const Expression& reading : clause.readings) ForEachField(reading, visit);
  }
  Account::KeptSlots kept;
  for (size_t kind = 0; kind < operation.size(); ++kind) {
    kept.operation[kind].assign(operation[kind].begin(), operation[kind].end());
  }
  kept.delivery.assign(delivery.begin(), delivery.end());
  return kept;
}

}  // namespace

struct Oracle::Impl final : ClauseSink {
  Impl(const Specification& specification, Engine engine, Memory memory)
      : ClauseSink(specification.compiled()),
        compiled(specification.compiled()),
        remembers(memory == Memory::kRemembers) {
    static_assert(kTimings == kTimingClasses);
    if (remembers) account.KeepSlots(SlotsOfForEach(compiled.compiled));
    if (engine == Engine::kNative && compiled.native != nullptr) {
      native = compiled.native.get();
      frame = native->MakeFrame(&account, this);
    }
    const auto place = [this](uint32_t start) { return native ? native->PlaceOf(start) : start; };
    for (int i = 0; i < trace::kEventKindCount; ++i) {
      std::transform(std::begin(compiled.starts[i]), std::end(compiled.starts[i]), places[i],
                     place);
    }
    std::transform(std::begin(compiled.call_starts), std::end(compiled.call_starts), call_places,
                   place);
  }

  // Where the program for the event lies.
  uint32_t ProgramFor(const Event& event) const {
    if (event.kind == EventKind::kCall && event.d < kMethodCount) return call_places[event.d];
    const OperationAccount* operation = account.operation();
    const auto key = operation == nullptr ? kOperationKeys - 1 : operation->slots.kind;
    assert(key >= 0 && key < kOperationKeys);
    return places[static_cast<int>(event.kind)][key];
  }

  void BeginRun() {
    outcomes.BeginRun();
    precedents.BeginRun();
    follows = learns = remembers;
    is_begun = !follows;
    if (is_begun) account.BeginRun();
    count = 0;
    dropped = 0;
  }

  [[gnu::always_inline]] void OnEvent(const Event& event, uint32_t index) {
    if (follows) [[likely]] {
      const auto outcome =
          index == precedents.depth() ? precedents.Follow(event) : Outcomes::kNotKept;
      if (outcome != Outcomes::kNotKept) [[likely]]
        return outcomes.CountAgain(outcome);
      Leave();
    }
    Judge(event, index);
  }

  // No run before this one went on like that: the account catches up.
  [[gnu::noinline]] void Leave() {
    follows = false;
    if (!is_begun) account.BeginRun();
    is_begun = true;
    precedents.Recall([this](const Event& event, uint32_t index) { account.Apply(event, index); });
  }

  void Judge(const Event& event, uint32_t index) {
    ++events_judged;
    current = &event;
    current_index = index;
    if (learns) learns = CanLearn(event, index);
    account.Apply(event, index);
    log = outcomes.Begin(static_cast<uint8_t>(account.timing()));
    const uint32_t place = ProgramFor(event);
    if (place != kEmptyProgram) {
      if (native != nullptr) [[likely]] {
        native->Run(place, event, &frame);
      } else {
        RunInstructions(&compiled.code[place], event, &account, this);
      }
    }
    const Outcomes::Id outcome = outcomes.Count(log);
    if (learns) Learn(event, outcome);
  }

  [[gnu::noinline]] bool CanLearn(const Event& event, uint32_t index) const {
    return index == precedents.depth() && precedents.HasPlace() && !account.NamesWhatIsOver(event);
  }

  [[gnu::noinline]] void Learn(const Event& event, Outcomes::Id outcome) {
    learns = count == 0 && outcome != Outcomes::kNotKept;
    if (!learns) return;
    follows = precedents.Add(
        event, outcome, EndsACall(event.kind) ? std::optional(account.Digest()) : std::nullopt);
  }

  void Violate(uint16_t clause) override {
    Violation violation;
    violation.clause = clause;
    violation.event = current_index;
    const Concerned concerned = ConcernedBy(account, *current, current_index);
    violation.started_event = concerned.started_event;
    violation.request = concerned.request;
    violation.module = concerned.module;
    violation.operation = concerned.operation;
    if (IsKnown(violation)) return;
    if (count == kMaxViolations) {
      ++dropped;
      // The clauses of an event are not judged in their order, but those that are kept must be the
      // first by it.
      const Violation& last = violations[count - 1];
      if (last.event != current_index || last.clause <= clause) return;
      --count;
    }
    const std::vector<SlotAddress>& slots = compiled.compiled[clause].message_slots;
    for (size_t i = 0; i < slots.size(); ++i) {
      violation.values[i] = account.objects()[slots[i].object][slots[i].slot];
    }
    Insert(violation);
  }

  // The same clause was broken before by the same operation, or, where none is concerned, by the
  // same module in the same request.
  bool IsKnown(const Violation& violation) const {
    return std::any_of(violations, violations + count, [&](const Violation& other) {
      return other.clause == violation.clause && other.operation == violation.operation &&
             (violation.operation != trace::kNone16 ||
              (other.request == violation.request && other.module == violation.module));
    });
  }

  // Keeps those of one event in the order of their clauses, however the programs are laid out.
  void Insert(const Violation& violation) {
    int place = count++;
    while (place > 0 && violations[place - 1].event == violation.event &&
           violations[place - 1].clause > violation.clause) {
      violations[place] = violations[place - 1];
      --place;
    }
    violations[place] = violation;
  }

  const Specification::Compiled& compiled;
  Account account;
  const NativeCode* native = nullptr;
  NativeCode::Frame frame;
  // Of the programs: in the native code, or else their first instructions.
  uint32_t places[trace::kEventKindCount][kOperationKeys];
  uint32_t call_places[kMethodCount];
  Precedents precedents;
  const bool remembers;
  bool follows = false;   // the run is in a state that is known, and the account is not kept
  bool learns = false;    // what is not known of it is to become so
  bool is_begun = false;  // the account is one of this run, if not of all of its events
  uint64_t events_judged = 0;
  Violation violations[kMaxViolations];
  int count = 0;
  uint32_t dropped = 0;
  const Event* current = nullptr;
  uint32_t current_index = 0;
};

Oracle::Oracle(const Specification& specification, Engine engine, Memory memory)
    : impl_(std::make_unique<Impl>(specification, engine, memory)) {
  BeginRun();
}
Oracle::~Oracle() = default;

void Oracle::BeginRun() { impl_->BeginRun(); }

void Oracle::ForgetRuns() {
  impl_->precedents.Forget();
  impl_->BeginRun();
}

void Oracle::OnEvent(const Event& event, uint32_t index) { impl_->OnEvent(event, index); }

std::span<const Violation> Oracle::violations() const {
  return {impl_->violations, static_cast<size_t>(impl_->count)};
}

uint32_t Oracle::violations_dropped() const { return impl_->dropped; }

std::span<const uint64_t> Oracle::coverage() const { return impl_->outcomes.counts().coverage; }

bool Oracle::ListOutcomes(std::vector<Outcome>* outcomes) const {
  outcomes->clear();
  if (impl_->outcomes.has_more()) return false;
  for (const Outcomes::Id id : impl_->outcomes.counted()) {
    outcomes->push_back({id, impl_->outcomes.times(id)});
  }
  return true;
}

std::vector<uint32_t> Oracle::CellsOf(uint32_t outcome) const {
  std::vector<uint32_t> cells;
  impl_->outcomes.VisitCells(outcome,
                             [&](size_t cell) { cells.push_back(static_cast<uint32_t>(cell)); });
  return cells;
}

std::span<const uint64_t> Oracle::reading_counts() const {
  return impl_->outcomes.counts().readings;
}

std::span<const uint64_t> Oracle::unread_counts() const { return impl_->outcomes.counts().unread; }

ReadingSet Oracle::readings_seen() const { return impl_->outcomes.readings_seen(); }

uint64_t Oracle::events_judged() const { return impl_->events_judged; }

void Oracle::ClearCoverage() { impl_->outcomes.Clear(); }

std::string Oracle::Message(const Violation& violation) const {
  std::string text;
  int next = 0;
  bool after_one = false;
  for (const MessagePiece& piece : impl_->compiled.compiled[violation.clause].message) {
    text += after_one ? platform::AfterOne(piece.text) : piece.text;
    if (piece.field == nullptr) continue;
    const int64_t value = violation.values[next++];
    text += trace::ValueText(piece.field->type, value);
    after_one = piece.field->type == trace::ValueType::kInteger && value == 1;
  }
  return text;
}

}  // namespace pendulum::oracle
