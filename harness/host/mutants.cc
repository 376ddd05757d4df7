#include "harness/host/mutants.h"

#include "harness/host/mutant.h"

namespace pendulum::host {
namespace {

constexpr MutantDescription kMutants[] = {
#define PENDULUM_MUTANT(name, breaks, meaning) {#name, Breaks::k##breaks, meaning},
#include "harness/host/mutants.inc"
#undef PENDULUM_MUTANT
};

}  // namespace

MutantName active_mutant = kNoMutant;
uint64_t mutant_visits = 0;

std::span<const MutantDescription> Mutants() { return kMutants; }

void ChooseMutant(int index) {
  active_mutant = static_cast<MutantName>(index + 1);
  mutant_visits = 0;
}

uint64_t MutantVisits() { return mutant_visits; }

}  // namespace pendulum::host
