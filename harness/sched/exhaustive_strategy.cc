#include "harness/sched/exhaustive_strategy.h"

#include <cassert>
#include <new>
#include <span>

namespace pendulum::sched {
namespace {

Process ProcessOf(uint8_t candidate, bool is_timer) { return is_timer ? kClock : candidate; }

}  // namespace

size_t ExhaustiveStrategy::BytesNeeded() {
  return sizeof(ExhaustiveStrategy) + HappensBefore::BytesNeeded() + kMostPlaces * sizeof(Place) +
         kMostPlaces * sizeof(uint32_t) + kMostSleepers * sizeof(Sleeper) +
         kMostFootprints * sizeof(Touched) + kMostDisabled * sizeof(Process) + 8 * 16;
}

ExhaustiveStrategy* ExhaustiveStrategy::Create(void* memory) {
  MemoryBlock block(memory, BytesNeeded());
  // Not Take: it is no plain data, and it never moves.
  void* self = block.Take<char>(sizeof(ExhaustiveStrategy));
  return new (self) ExhaustiveStrategy(&block);
}

ExhaustiveStrategy::ExhaustiveStrategy(MemoryBlock* block)
    : happens_(block),
      path_(block, kMostPlaces),
      step_places_(block, kMostPlaces),
      sleepers_(block, kMostSleepers),
      footprints_(block, kMostFootprints),
      disabled_(block, kMostDisabled) {}

void ExhaustiveStrategy::BeginRun(uint64_t) {
  position_ = 0;
  recording_ = path_.empty();
  cut_ = was_cut_ = false;
}

uint32_t ExhaustiveStrategy::Answer(const Ask& ask) {
  if (cut_ || counts_.overflowed || counts_.diverged || IsFixed(ask)) return 0;
  if (ask.question == Question::kTransition) return AnswerTransition(ask);
  if (position_ == path_.size()) {
    Place place{};
    place.answers = ask.answers;
    path_.Push(place);
    if (path_.overflowed()) counts_.overflowed = true;
    ++position_;
    return 0;
  }
  const Place& place = path_[position_++];
  if (!place.is_step && place.answers == ask.answers) return place.answer;
  counts_.diverged = true;
  return 0;
}

uint32_t ExhaustiveStrategy::AnswerTransition(const Ask& ask) {
  EndEvent();
  Process candidates[kProcessCount];
  const auto count = static_cast<uint32_t>(ask.candidates.size());
  ProcessSet enabled;
  for (uint32_t i = 0; i < count; ++i) {
    candidates[i] = ProcessOf(ask.candidates[i], ask.timer_last && i + 1 == count);
    enabled.Add(candidates[i]);
  }
  if (position_ == path_.size() && !PushStep(enabled, candidates, count)) return 0;
  const Place& step = path_[position_];
  for (uint32_t i = 0; i < count && step.is_step; ++i) {
    if (candidates[i] == step.chosen) return i;
  }
  counts_.diverged = true;
  return 0;
}

bool ExhaustiveStrategy::OnStep(uint8_t candidate, bool is_timer) {
  if (cut_ || counts_.overflowed || counts_.diverged) return false;
  EndEvent();
  const Process process = ProcessOf(candidate, is_timer);
  if (position_ == path_.size()) {
    ProcessSet enabled;
    enabled.Add(process);
    if (!PushStep(enabled, &process, 1)) return false;
  }
  const Place& step = path_[position_];
  if (!step.is_step || step.chosen != process) {
    counts_.diverged = true;
    return false;
  }
  if (position_ >= fresh_) {
    recording_ = true;
    happens_.Begin(process);
    disabled_.Shrink(0);
  }
  ++position_;
  return true;
}

// Adds a step to the path. False when whatever can happen is asleep, or there is no room.
bool ExhaustiveStrategy::PushStep(const ProcessSet& enabled, const Process* in_order,
                                  uint32_t count) {
  Place step{};
  step.is_step = true;
  step.event = happens_.size();
  step.enabled = enabled;
  InheritSleepers(&step);
  step.footprints = step.chosen_footprint = footprints_.size();
  uint32_t first = 0;
  while (first < count && step.asleep.Has(in_order[first])) ++first;
  if (first == count) {
    cut_ = was_cut_ = true;
    sleepers_.Shrink(step.sleepers);
    return false;
  }
  step.chosen = in_order[first];
  step.backtrack.Add(step.chosen);
  step_places_.Shrink(step.event);
  step_places_.Push(path_.size());
  path_.Push(step);
  counts_.overflowed = path_.overflowed() || step_places_.overflowed() || sleepers_.overflowed() ||
                       footprints_.overflowed() || happens_.overflowed();
  return !counts_.overflowed;
}

// Who was asleep at the last step and did not depend on what happened there sleeps on.
void ExhaustiveStrategy::InheritSleepers(Place* step) {
  step->sleepers = sleepers_.size();
  if (step->event == 0) return;
  const Place& last = path_[step_places_[step->event - 1]];
  const std::span<const Touched> happened = happens_.Touches(step->event - 1);
  for (uint32_t i = last.sleepers; i < step->sleepers; ++i) {
    const Sleeper sleeper = sleepers_[i];
    if (Conflict(footprints_.Between(sleeper.begin, sleeper.end), happened)) continue;
    sleepers_.Push(sleeper);
    step->asleep.Add(sleeper.process);
  }
}

void ExhaustiveStrategy::OnEnabled(uint8_t candidate) {
  if (recording_) happens_.Enable(candidate);
}

void ExhaustiveStrategy::OnWoken(uint8_t worker) {
  if (recording_) happens_.Wake(worker);
}

void ExhaustiveStrategy::OnDisabled(uint8_t candidate, bool is_timer) {
  if (!recording_ || !happens_.in_event()) return;
  disabled_.Push(ProcessOf(candidate, is_timer));
  if (disabled_.overflowed()) counts_.overflowed = true;
}

void ExhaustiveStrategy::EndEvent() {
  if (!happens_.in_event()) return;
  const uint32_t event = happens_.size() - 1;
  const std::span<const uint32_t> races = happens_.End();
  for (const uint32_t earlier : races) ReverseRace(earlier, event);
  for (uint32_t i = 0; i < disabled_.size(); ++i) {
    // What the transition itself had made could not have come before it.
    if (!happens_.IsLastOf(event, disabled_[i])) AddBacktrack(event, disabled_[i]);
  }
  if (happens_.overflowed()) counts_.overflowed = true;
}

// The events after `earlier` that don't depend on it, then `later`, could have come before it. For
// that some process that can begin them must be tried at its place.
void ExhaustiveStrategy::ReverseRace(uint32_t earlier, uint32_t later) {
  const Place& place = path_[step_places_[earlier]];
  Process first = kProcessCount;
  for (uint32_t event = earlier + 1; event <= later; ++event) {
    if (event != later && happens_.Before(earlier, event)) continue;
    if (happens_.AnyAfter(earlier, event)) continue;
    const Process process = happens_.ProcessOf(event);
    if (place.backtrack.Has(process) || place.asleep.Has(process)) return;
    // The clock may have had no timer there.
    if (first == kProcessCount && place.enabled.Has(process)) first = process;
  }
  if (first != kProcessCount) AddBacktrack(earlier, first);
}

void ExhaustiveStrategy::AddBacktrack(uint32_t earlier, Process process) {
  Place& place = path_[step_places_[earlier]];
  if (place.enabled.Has(process)) place.backtrack.Add(process);
}

// Adds what the step's transition has touched to what it may touch, with any answers to the
// questions that it asks.
void ExhaustiveStrategy::AccumulateFootprint(Place* step) {
  if (step->event >= happens_.size()) return;
  for (const Touched& touched : happens_.Touches(step->event)) footprints_.Push(touched);
}

// Goes on with what is left to be tried at the last place of the path, a step.
bool ExhaustiveStrategy::TryNextAt(Place* step) {
  AccumulateFootprint(step);
  happens_.Truncate(step->event);
  sleepers_.Push({step->chosen, step->chosen_footprint, footprints_.size()});
  step->tried.Add(step->chosen);
  const ProcessSet left = step->backtrack.Without(step->tried, step->asleep);
  if (left.empty()) {
    sleepers_.Shrink(step->sleepers);
    footprints_.Shrink(step->footprints);
    return false;
  }
  step->chosen = left.First();
  step->chosen_footprint = footprints_.size();
  return true;
}

// Finds the next path. The steps above a place have been forgotten when it is looked at.
bool ExhaustiveStrategy::MoveOn() {
  uint32_t events = happens_.size();
  while (!path_.empty()) {
    Place& last = path_.back();
    if (last.is_step) {
      if (TryNextAt(&last)) {
        fresh_ = path_.size() - 1;
        return true;
      }
      events = last.event;
    } else if (last.answer + 1u < last.answers) {
      ++last.answer;
      if (events == 0) {
        fresh_ = path_.size();
        return true;
      }
      const uint32_t step = step_places_[events - 1];
      AccumulateFootprint(&path_[step]);
      happens_.Truncate(events - 1);
      fresh_ = step;
      return true;
    }
    path_.Shrink(path_.size() - 1);
  }
  return false;
}

bool ExhaustiveStrategy::Advance() {
  EndEvent();
  ++(cut_ ? counts_.cut_runs : counts_.complete_runs);
  // What the run asked less than its path has, it will not ask again.
  if (position_ < path_.size() && !cut_) counts_.diverged = true;
  if (counts_.overflowed || counts_.diverged) return false;
  counts_.exhausted = !MoveOn();
  return !counts_.exhausted;
}

bool ExhaustiveStrategy::AdvanceAfterCrash() {
  // Nothing is known of what would have come later: whatever could have come instead is tried.
  if (position_ > 0 && happens_.in_event()) {
    Place& place = path_[step_places_[happens_.size() - 1]];
    place.backtrack = place.enabled;
  }
  return Advance();
}

}  // namespace pendulum::sched
