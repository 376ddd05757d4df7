// Strategies that come to an end: what all searches of a scenario's schedules have in common.
#ifndef PENDULUM_SCHED_SEARCH_H_
#define PENDULUM_SCHED_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harness/platform/result.h"
#include "harness/sched/object_id.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// How far a search has come.
struct SearchCounts {
  uint64_t complete_runs = 0;  // runs that were done to their end
  uint64_t cut_runs = 0;       // runs given up on the way, since they led to nothing new
  bool exhausted = false;      // there is nothing left to be done
  bool overflowed = false;     // a run was too long for the search: it can't go on
  bool fixed_counts = false;   // kCount was asked, and only the plainest answer given
  bool diverged = false;       // a run did not repeat what it was to repeat: it can't go on
};

// A strategy that decides by what the runs before came to. After each run, whose number does not
// matter, Advance goes on to the next; the scheduler must tell the search of each step
// (Scheduler::SetTouchListener). All that a search keeps lies in one piece of memory, so that when
// it is shared with a process that dies of a run, another goes on with the next.
class Search : public Strategy, public TouchListener {
 public:
  // To be called after each run. False when that was the last one.
  virtual bool Advance() = 0;
  // The same, when the module did not survive the run: what it would have done is not known.
  virtual bool AdvanceAfterCrash() = 0;
  // Whether the last run, before Advance, was given up since it led to nothing new.
  bool was_cut() const { return was_cut_; }

  const SearchCounts& counts() const { return counts_; }

  // Whether all answers to kCount are tried, and not the plainest alone.
  void set_tries_counts(bool tries) { tries_counts_ = tries; }

 protected:
  // Whether `ask` gets the plainest answer, and that is no place of a path.
  bool IsFixed(const Ask& ask) {
    if (ask.question != Question::kCount || tries_counts_) return false;
    counts_.fixed_counts = true;
    return true;
  }

  SearchCounts counts_;
  bool was_cut_ = false;
  bool tries_counts_ = false;
};

// Which search, as its name says: "exhaustive", "exhaustive:preemptions=N" (schedules in which at
// most N times a worker is left that could have gone on) or "exhaustive:deviations=N" (schedules
// with at most N answers that are not 0). Each may be followed by ",counts": what pending calls
// leave as their counts is then searched too, which multiplies the schedules; else it is the
// plainest.
struct SearchKind {
  enum class Bound : uint8_t { kNone, kPreemptions, kDeviations };
  Bound bound = Bound::kNone;
  uint32_t most = 0;
  bool tries_counts = false;
};

// Whether a strategy's name begins as a search's does.
bool IsSearch(std::string_view name);
// Errors: what follows "exhaustive" makes no sense.
platform::Result<SearchKind> ParseSearch(std::string_view name);

// Makes a search in `memory` of SearchBytes(kind), which is zeroed and begins at a multiple of 16.
Search* CreateSearch(const SearchKind& kind, void* memory);
size_t SearchBytes(const SearchKind& kind);

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_SEARCH_H_
