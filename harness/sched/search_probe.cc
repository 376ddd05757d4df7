#include "harness/sched/search_probe.h"

#include <new>

namespace pendulum::sched {
namespace {

constexpr int kSamples = 16;
// Beyond this many events the sampling would take longer than it is worth.
constexpr uint32_t kMostEvents = 256;

}  // namespace

size_t SearchProbe::BytesNeeded() {
  return sizeof(SearchProbe) + HappensBefore::BytesNeeded() + kMostEvents * sizeof(uint32_t) +
         4 * 16;
}

SearchProbe* SearchProbe::Create(const SearchKind& kind, uint64_t seed, void* memory) {
  MemoryBlock block(memory, BytesNeeded());
  void* self = block.Take<char>(sizeof(SearchProbe));
  return new (self) SearchProbe(kind, seed, &block);
}

SearchProbe::SearchProbe(const SearchKind& kind, uint64_t seed, MemoryBlock* block)
    : kind_(kind), seed_(seed), happens_(block), left_(block, kMostEvents) {}

void SearchProbe::BeginRun(uint64_t run) {
  prng_ = Prng(seed_, run);
  spent_ = 0;
  product_ = 1;
  happens_.Truncate(0);
}

uint32_t SearchProbe::Answer(const Ask& ask) {
  if (ask.question == Question::kCount && !kind_.tries_counts) return 0;
  bool costs = kind_.bound == SearchKind::Bound::kDeviations;
  if (kind_.bound == SearchKind::Bound::kPreemptions) {
    costs = ask.question == Question::kTransition && ask.goes_on && !ask.left;
  }
  if (costs && spent_ == kind_.most) return 0;
  const uint32_t answer = prng_.Below(ask.answers);
  spent_ += costs && answer != 0 ? 1 : 0;
  product_ *= ask.answers;
  return answer;
}

bool SearchProbe::OnStep(uint8_t candidate, bool is_timer) {
  if (happens_.in_event()) happens_.End();
  happens_.Begin(is_timer ? kClock : candidate);
  return true;
}

void SearchProbe::EndRun() {
  if (happens_.in_event()) happens_.End();
  ++probes_;
  schedules_ += product_;
  if (kind_.bound == SearchKind::Bound::kNone) orders_ += product_ / LinearExtensions();
}

// The orders of the run's events that keep what happened before what.
double SearchProbe::LinearExtensions() {
  if (happens_.overflowed() || happens_.size() > kMostEvents) return 1;
  double sum = 0;
  for (int i = 0; i < kSamples; ++i) sum += SampleExtensions(happens_.size());
  return sum / kSamples;
}

// Places the events in a random order that keeps what happened before what.
double SearchProbe::SampleExtensions(uint32_t events) {
  left_.Shrink(0);
  for (uint32_t i = 0; i < events; ++i) left_.Push(i);
  double product = 1;
  while (!left_.empty()) {
    // Those that nothing left comes before: the number of them, and one of them at random.
    uint32_t minimal = 0;
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < left_.size(); ++i) {
      bool first = true;
      for (uint32_t j = 0; j < i && first; ++j) first = !happens_.Before(left_[j], left_[i]);
      if (!first) continue;
      ++minimal;
      if (prng_.Below(minimal) == 0) chosen = i;
    }
    product *= minimal;
    for (uint32_t i = chosen; i + 1 < left_.size(); ++i) left_[i] = left_[i + 1];
    left_.Shrink(left_.size() - 1);
  }
  return product;
}

SearchEstimate SearchProbe::Estimate() const {
  if (probes_ == 0) return {};
  const auto probes = static_cast<double>(probes_);
  return {.probes = probes_, .schedules = schedules_ / probes, .orders = orders_ / probes};
}

}  // namespace pendulum::sched
