// How large a search will be, from a few random runs before it begins.
#ifndef PENDULUM_SCHED_SEARCH_PROBE_H_
#define PENDULUM_SCHED_SEARCH_PROBE_H_

#include <cstddef>
#include <cstdint>

#include "harness/sched/fixed_array.h"
#include "harness/sched/happens_before.h"
#include "harness/sched/prng.h"
#include "harness/sched/search.h"

namespace pendulum::sched {

struct SearchEstimate {
  uint64_t probes = 0;
  double schedules = 0;  // all of them, within the search's bound
  // Schedules that differ in more than the order of transitions that commute; 0 for a search that
  // tells no such schedules apart.
  double orders = 0;
};

// Each run answers uniformly among the answers within the bound. By Knuth the product of their
// numbers is, on average, the number of schedules. Divided by the number of schedules that come to
// the same (the linear extensions of what happened before what, themselves counted in this way) it
// is the number of orders.
class SearchProbe final : public Strategy, public TouchListener {
 public:
  // Lives in `memory` of BytesNeeded(), zeroed. What it draws follows from `seed`.
  static SearchProbe* Create(const SearchKind& kind, uint64_t seed, void* memory);
  static size_t BytesNeeded();

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

  void OnTouch(ObjectId object, bool writes) override { happens_.Touch(object, writes); }
  bool OnStep(uint8_t candidate, bool is_timer) override;
  void OnEnabled(uint8_t candidate) override { happens_.Enable(candidate); }
  void OnWoken(uint8_t worker) override { happens_.Wake(worker); }
  void OnDisabled(uint8_t, bool) override {}

  // To be called after each run.
  void EndRun();
  SearchEstimate Estimate() const;

 private:
  SearchProbe(const SearchKind& kind, uint64_t seed, MemoryBlock* block);
  double LinearExtensions();
  double SampleExtensions(uint32_t events);

  const SearchKind kind_;
  const uint64_t seed_;
  HappensBefore happens_;
  FixedArray<uint32_t> left_;  // events that have not been placed yet
  Prng prng_;
  uint32_t spent_ = 0;
  double product_ = 1;
  uint64_t probes_ = 0;
  double schedules_ = 0;  // sums
  double orders_ = 0;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_SEARCH_PROBE_H_
