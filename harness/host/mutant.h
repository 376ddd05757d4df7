// Deviations of the host, chosen at run time in a test build, that show that the specification can
// fail: `./x mutants` runs probe modules on each and asks which clause of the host notices it.
//
// The product is compiled without them: Mutant is false at compile time, and nothing is left of the
// lines that ask. tests/mutants compiles the host's sources again with PENDULUM_MUTANTS.
#ifndef PENDULUM_HOST_MUTANT_H_
#define PENDULUM_HOST_MUTANT_H_

#include <cstdint>

#include "harness/trace/event.h"

namespace pendulum::host {

enum MutantName : uint16_t {
  kNoMutant,
#define PENDULUM_MUTANT(name, breaks, meaning) k##name,
#include "harness/host/mutants.inc"
#undef PENDULUM_MUTANT
  kMutantEnd,
};

#ifdef PENDULUM_MUTANTS

// The one deviation of this process, and how often a run came past its place in the host's code.
extern MutantName active_mutant;
extern uint64_t mutant_visits;

inline bool Mutant(MutantName name) {
  if (name != active_mutant) return false;
  ++mutant_visits;
  return true;
}

#else

constexpr bool Mutant(MutantName) { return false; }

#endif

// `right`, or `wrong` in the mutant.
template <class Value>
constexpr Value Mutated(MutantName name, Value right, Value wrong) {
  return Mutant(name) ? wrong : right;
}

// The same deviation of several operations is one mutant for each of them.
struct MutantOf {
  MutantName read, write, flush;
  bool operator()(trace::OperationKind kind) const {
    switch (kind) {
      case trace::OperationKind::kReadEntityBody:
        return Mutant(read);
      case trace::OperationKind::kWriteEntityChunks:
        return Mutant(write);
      case trace::OperationKind::kFlush:
        return Mutant(flush);
      default:
        return false;
    }
  }
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_MUTANT_H_
