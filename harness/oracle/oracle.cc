#include "harness/oracle/oracle.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/oracle/concerned.h"
#include "harness/oracle/interpreter.h"
#include "harness/oracle/native_code.h"
#include "harness/oracle/program.h"
#include "harness/platform/number_text.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;

struct Oracle::Impl final : ClauseSink {
  Impl(const Specification& specification, Engine engine)
      : compiled(specification.compiled()),
        counts(compiled.clauses.size() * kTimingClasses, 0),
        reading_counts(compiled.readings.size(), 0),
        unread_counts(compiled.clauses.size(), 0) {
    static_assert(kTimings == kTimingClasses);
    coverage = counts.data();
    readings = reading_counts.data();
    unread = unread_counts.data();
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

  [[gnu::always_inline]] void OnEvent(const Event& event, uint32_t index) {
    current = &event;
    current_index = index;
    account.Apply(event, index);
    const uint32_t place = ProgramFor(event);
    if (place == kEmptyProgram) return;
    if (native != nullptr) [[likely]]
      return native->Run(place, event, &frame);
    RunInstructions(&compiled.code[place], event, &account, this);
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
  std::vector<uint64_t> counts;  // by clause and timing
  std::vector<uint64_t> reading_counts;
  std::vector<uint64_t> unread_counts;
  Violation violations[kMaxViolations];
  int count = 0;
  uint32_t dropped = 0;
  const Event* current = nullptr;
  uint32_t current_index = 0;
};

Oracle::Oracle(const Specification& specification, Engine engine)
    : impl_(std::make_unique<Impl>(specification, engine)) {
  BeginRun();
}
Oracle::~Oracle() = default;

void Oracle::BeginRun() {
  impl_->account.BeginRun();
  impl_->count = 0;
  impl_->dropped = 0;
  impl_->readings_seen = 0;
}

void Oracle::OnEvent(const Event& event, uint32_t index) { impl_->OnEvent(event, index); }

std::span<const Violation> Oracle::violations() const {
  return {impl_->violations, static_cast<size_t>(impl_->count)};
}

uint32_t Oracle::violations_dropped() const { return impl_->dropped; }

std::span<const uint64_t> Oracle::coverage() const { return impl_->counts; }

std::span<const uint64_t> Oracle::reading_counts() const { return impl_->reading_counts; }

std::span<const uint64_t> Oracle::unread_counts() const { return impl_->unread_counts; }

ReadingSet Oracle::readings_seen() const { return impl_->readings_seen; }

void Oracle::ClearCoverage() {
  for (auto* counts : {&impl_->counts, &impl_->reading_counts, &impl_->unread_counts}) {
    std::fill(counts->begin(), counts->end(), 0);
  }
}

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
