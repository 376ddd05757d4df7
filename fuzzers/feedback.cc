#include "fuzzers/feedback.h"

#include <algorithm>

// Of external linkage, so that it isn't optimised away where nothing reads it.
extern "C" __attribute__((section("__libfuzzer_extra_counters"), used))
uint8_t pendulum_counters[pendulum::fuzzers::kCounters] = {};

namespace pendulum::fuzzers {
namespace {

constexpr uint64_t kMost = 255;

size_t SwitchCounter(trace::EventKind before, trace::EventKind after) {
  // The kinds are few, and a product with an odd number keeps most pairs apart.
  const auto pair = static_cast<uint32_t>(before) * 41 + static_cast<uint32_t>(after);
  return kCellCounters + pair % kSwitchCounters;
}

}  // namespace

void Feedback::SetBaseline(const oracle::Oracle& oracle) {
  const std::span<const uint64_t> coverage = oracle.coverage();
  baseline_.assign(coverage.size(), 0);
  seen_.assign(coverage.size(), 0);
  for (size_t cell = 0; cell < coverage.size(); ++cell) {
    baseline_[cell] = coverage[cell] != 0;
    if (coverage[cell] != 0) NoteCell(cell);
  }
}

void Feedback::NoteCell(size_t cell) {
  if (seen_[cell] != 0) return;
  constexpr size_t kClasses = oracle::Oracle::kTimingClasses;
  const auto first = seen_.begin() + static_cast<long>(cell - cell % kClasses);
  if (std::all_of(first, first + kClasses, [](uint8_t one) { return one == 0; })) ++clauses_;
  seen_[cell] = 1;
  ++cells_;
}

const std::vector<uint16_t>& Feedback::CountersOf(const oracle::Oracle& oracle, uint32_t outcome) {
  if (outcome >= known_.size()) known_.resize(outcome + 1);
  Known& known = known_[outcome];
  if (known.is_known) return known.counters;
  known.is_known = true;
  for (const uint32_t cell : oracle.CellsOf(outcome)) {
    NoteCell(cell);
    if (baseline_[cell] != 0) continue;
    known.counters.push_back(static_cast<uint16_t>(cell % kCellCounters));
  }
  return known.counters;
}

void Feedback::AddCells(const oracle::Oracle& oracle) {
  if (oracle.ListOutcomes(&outcomes_)) {
    for (const oracle::Oracle::Outcome& outcome : outcomes_) {
      for (const uint16_t place : CountersOf(oracle, outcome.number)) {
        uint8_t& counter = pendulum_counters[place];
        counter = static_cast<uint8_t>(std::min(kMost, counter + outcome.times));
      }
    }
    return;
  }
  const std::span<const uint64_t> coverage = oracle.coverage();
  for (size_t cell = 0; cell < coverage.size(); ++cell) {
    if (coverage[cell] == 0) continue;
    NoteCell(cell);
    if (baseline_[cell] != 0) continue;
    uint8_t& counter = pendulum_counters[cell % kCellCounters];
    counter = static_cast<uint8_t>(std::min(kMost, counter + coverage[cell]));
  }
}

void Feedback::Add(const oracle::Oracle& oracle, const trace::TraceBuffer& trace) {
  pendulum_counters[kCounters - 1] = 1;
  AddCells(oracle);
  for (uint32_t i = 1; i < trace.count; ++i) {
    const trace::Event& before = trace.events[i - 1];
    const trace::Event& after = trace.events[i];
    if (before.worker == after.worker) continue;
    uint8_t& counter = pendulum_counters[SwitchCounter(before.kind, after.kind)];
    if (counter < kMost) ++counter;
  }
}

std::span<uint8_t> Counters() { return pendulum_counters; }

}  // namespace pendulum::fuzzers
