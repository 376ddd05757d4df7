// The table of the mutants, for who chooses one. Only with the mutated host (see mutant.h).
#ifndef PENDULUM_HOST_MUTANTS_H_
#define PENDULUM_HOST_MUTANTS_H_

#include <cstdint>
#include <span>

namespace pendulum::host {

// What a mutant breaks: a rule that the host must keep, one that it should keep, or none.
enum class Breaks : uint8_t { kMust, kShould, kOpen };

struct MutantDescription {
  const char* name;  // "ReadByteChanged"
  Breaks breaks;
  const char* meaning;  // one sentence without a full stop
};

// All of them, in the order of mutants.inc.
std::span<const MutantDescription> Mutants();

// Makes the host of this process the mutant with this index in Mutants(); -1: the host as it is.
void ChooseMutant(int index);
// How often runs have come past the mutant's place since it was chosen.
uint64_t MutantVisits();

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_MUTANTS_H_
