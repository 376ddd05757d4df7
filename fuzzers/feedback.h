// What the engine is told of a run besides code: which clauses were reached with which timing, and
// which events followed each other on different workers. libFuzzer finds the counters by their
// section, so that new behaviour is kept even where no new edge is met.
#ifndef PENDULUM_FUZZERS_FEEDBACK_H_
#define PENDULUM_FUZZERS_FEEDBACK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/trace/recorder.h"

namespace pendulum::fuzzers {

// libFuzzer looks at each counter after each execution: their number costs.
inline constexpr size_t kCellCounters = 1535;
inline constexpr size_t kSwitchCounters = 512;
// One more for every run: engines give up when an input shows them nothing at all.
inline constexpr size_t kCounters = kCellCounters + kSwitchCounters + 1;
static_assert(kCounters <= 2048);

class Feedback {
 public:
  // What this run reaches every run does, or nearly: it is not told of again, since each counter
  // that is not 0 costs in every execution.
  void SetBaseline(const oracle::Oracle& oracle);
  // Adds one run to the counters. The oracle's coverage is that of this run alone.
  void Add(const oracle::Oracle& oracle, const trace::TraceBuffer& trace);

  // Reached by any run since construction.
  uint32_t cells() const { return cells_; }
  uint32_t clauses() const { return clauses_; }

 private:
  void NoteCell(size_t cell);
  // Notes the cells of an outcome; the counters of those that are not in the baseline.
  const std::vector<uint16_t>& CountersOf(const oracle::Oracle& oracle, uint32_t outcome);
  void AddCells(const oracle::Oracle& oracle);

  std::vector<oracle::Oracle::Outcome> outcomes_;
  struct Known {
    bool is_known = false;
    std::vector<uint16_t> counters;
  };
  std::vector<Known> known_;  // by outcome
  std::vector<uint8_t> baseline_;
  std::vector<uint8_t> seen_;
  uint32_t cells_ = 0;
  uint32_t clauses_ = 0;
};

// The counters, for tests. The engine clears them.
std::span<uint8_t> Counters();

}  // namespace pendulum::fuzzers

#endif  // PENDULUM_FUZZERS_FEEDBACK_H_
