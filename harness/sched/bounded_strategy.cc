#include "harness/sched/bounded_strategy.h"

#include <cassert>
#include <new>

namespace pendulum::sched {

size_t BoundedStrategy::BytesNeeded() {
  return sizeof(BoundedStrategy) + kMostPlaces * sizeof(Place) + 2 * 16;
}

BoundedStrategy* BoundedStrategy::Create(const SearchKind& kind, void* memory) {
  assert(kind.bound != SearchKind::Bound::kNone);
  MemoryBlock block(memory, BytesNeeded());
  void* self = block.Take<char>(sizeof(BoundedStrategy));
  return new (self) BoundedStrategy(kind, &block);
}

BoundedStrategy::BoundedStrategy(const SearchKind& kind, MemoryBlock* block)
    : kind_(kind), path_(block, kMostPlaces) {}

void BoundedStrategy::BeginRun(uint64_t) { position_ = 0; }

uint32_t BoundedStrategy::Answer(const Ask& ask) {
  if (IsFixed(ask)) return 0;
  if (position_ < path_.size()) {
    const Place& place = path_[position_];
    if (place.question == ask.question && place.answers == ask.answers) {
      ++position_;
      return place.answer;
    }
    counts_.diverged = true;
  }
  if (counts_.diverged || counts_.overflowed) return 0;
  Place place{
      .answers = ask.answers, .answer = 0, .costs = 0, .question = ask.question, .spent = 0};
  if (!path_.empty()) {
    const Place& last = path_.back();
    place.spent = last.spent + (last.answer != 0 ? last.costs : 0u);
  }
  const bool preempts = ask.question == Question::kTransition && ask.goes_on && !ask.left;
  place.costs = kind_.bound == SearchKind::Bound::kDeviations || preempts ? 1 : 0;
  path_.Push(place);
  counts_.overflowed = path_.overflowed();
  ++position_;
  return 0;
}

bool BoundedStrategy::Advance() {
  ++counts_.complete_runs;
  if (position_ < path_.size()) counts_.diverged = true;
  if (counts_.overflowed || counts_.diverged) return false;
  while (!path_.empty()) {
    Place& last = path_.back();
    if (last.answer + 1u < last.answers && last.spent + last.costs <= kind_.most) {
      ++last.answer;
      return true;
    }
    path_.Shrink(path_.size() - 1);
  }
  counts_.exhausted = true;
  return false;
}

}  // namespace pendulum::sched
