// Targets, a slice of time at once.
#ifndef PENDULUM_NIGHTLY_SLICES_H_
#define PENDULUM_NIGHTLY_SLICES_H_

#include <string>
#include <vector>

#include "harness/nightly/engine.h"
#include "harness/nightly/results.h"
#include "harness/platform/result.h"

namespace pendulum::nightly {

// Takes in what a slice has found: `target` is as it stands after the slice. Returns the
// fingerprints that are new, or again there; their replay files are kept by then.
platform::Result<std::vector<std::string>> TakeInSlice(Engine* engine, const WorkOutcome& outcome,
                                                       const SliceResult& slice,
                                                       const TargetRow& target);

// As many files as there are in the folder of the target's corpus.
uint64_t CountCorpus(const Config& config, const std::string& target);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_SLICES_H_
