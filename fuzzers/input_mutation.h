// Inputs changed in place as bytes, for engines: their structure is kept.
#ifndef PENDULUM_FUZZERS_INPUT_MUTATION_H_
#define PENDULUM_FUZZERS_INPUT_MUTATION_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/fuzz/input.h"

namespace pendulum::fuzzers {

// Changes the input of `size` bytes at `data`, where there is room for `most`; it becomes one of
// `target`. Returns its new size; 0 where it can't be changed so that it fits.
size_t MutateBytes(fuzz::Target target, uint8_t* data, size_t size, size_t most, uint32_t seed);

// Puts an input that has something of both at `out`. Returns its size; 0 where it does not fit.
size_t CrossBytes(fuzz::Target target, std::span<const uint8_t> one, std::span<const uint8_t> other,
                  uint8_t* out, size_t most, uint32_t seed);

}  // namespace pendulum::fuzzers

#endif  // PENDULUM_FUZZERS_INPUT_MUTATION_H_
