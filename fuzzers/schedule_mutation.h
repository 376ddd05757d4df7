// Inputs of one scenario changed as bytes, for engines: their schedules alone.
#ifndef PENDULUM_FUZZERS_SCHEDULE_MUTATION_H_
#define PENDULUM_FUZZERS_SCHEDULE_MUTATION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/fuzz/input.h"
#include "harness/platform/result.h"

namespace pendulum::fuzzers {

class ScheduleMutation {
 public:
  // The error: the scenario has no encoding.
  static platform::Result<ScheduleMutation> Create(fuzz::Target target,
                                                   const host::Scenario& scenario);

  // The scenario's bytes, with which every changed input begins; an input with the plainest
  // answers.
  std::span<const uint8_t> scenario() const { return scenario_; }

  // As MutateBytes and CrossBytes (input_mutation.h); inputs of another scenario become ones of
  // this.
  size_t Mutate(uint8_t* data, size_t size, size_t most, uint32_t seed);
  size_t Cross(std::span<const uint8_t> one, std::span<const uint8_t> other, uint8_t* out,
               size_t most, uint32_t seed);

 private:
  size_t Put(uint8_t* out, size_t most);

  std::vector<uint8_t> scenario_;
  fuzz::Decoder decoder_;
  fuzz::Input input_;
};

}  // namespace pendulum::fuzzers

#endif  // PENDULUM_FUZZERS_SCHEDULE_MUTATION_H_
