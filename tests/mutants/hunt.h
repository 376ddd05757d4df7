// Tries mutants, each in processes of its own, and says which of them the specification notices.
#ifndef PENDULUM_TESTS_MUTANTS_HUNT_H_
#define PENDULUM_TESTS_MUTANTS_HUNT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/platform/result.h"
#include "tests/mutants/trial.h"

namespace pendulum::mutants {

inline constexpr int kNoMutantIndex = -1;  // the host as it is

// What came of trying one mutant.
struct Catch {
  int mutant = kNoMutantIndex;  // index in host::Mutants()
  uint64_t elapsed_ms = 0;
  uint64_t crashes = 0;  // processes that did not come to their end: no verdict on the mutant
  bool out_of_time = false;
  TrialState state{};

  bool killed() const { return state.first.clause != 0; }
};

struct HuntOptions {
  TrialPlan plan;
  uint64_t limit_ms = 60'000;  // for each mutant
  int jobs = 1;
};

// Tries each of `mutants` (indexes in host::Mutants(), or kNoMutantIndex) and calls `report` as
// each has ended. Errors: no process can be made.
platform::Status Hunt(const oracle::Specification& specification, const std::vector<int>& mutants,
                      const HuntOptions& options, const std::function<void(const Catch&)>& report);

}  // namespace pendulum::mutants

#endif  // PENDULUM_TESTS_MUTANTS_HUNT_H_
