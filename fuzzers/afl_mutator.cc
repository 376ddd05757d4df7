// What AFL++ loads to change inputs by their structure (AFL_CUSTOM_MUTATOR_LIBRARY).
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzzers/input_mutation.h"
#include "harness/sched/prng.h"

namespace {

struct Mutator {
  pendulum::sched::Prng prng;
  std::vector<uint8_t> bytes;
};

// One in so many inputs has something of two.
constexpr uint32_t kCrossedRarely = 4;

}  // namespace

#define PENDULUM_EXPORTED extern "C" __attribute__((visibility("default"), used))

PENDULUM_EXPORTED void* afl_custom_init(void*, unsigned int seed) {
  return new Mutator{pendulum::sched::Prng(seed), {}};
}

PENDULUM_EXPORTED size_t afl_custom_fuzz(void* raw_mutator, uint8_t* input, size_t input_bytes,
                                         uint8_t** out, uint8_t* other, size_t other_bytes,
                                         size_t most) {
  auto* const mutator = static_cast<Mutator*>(raw_mutator);
  std::vector<uint8_t>& bytes = mutator->bytes;
  const std::span<const uint8_t> given(input, input_bytes);
  bytes.assign(std::max(most, input_bytes), 0);
  const auto target = pendulum::fuzz::TargetOf(given);
  const auto seed = static_cast<uint32_t>(mutator->prng.Next());
  *out = bytes.data();
  if (other != nullptr && seed % kCrossedRarely == 0) {
    const size_t crossed = pendulum::fuzzers::CrossBytes(target, given, {other, other_bytes},
                                                         bytes.data(), most, seed);
    if (crossed != 0) return crossed;
  }
  std::copy(given.begin(), given.end(), bytes.begin());
  const size_t changed =
      pendulum::fuzzers::MutateBytes(target, bytes.data(), input_bytes, most, seed);
  return changed != 0 ? changed : input_bytes;
}

PENDULUM_EXPORTED void afl_custom_deinit(void* mutator) { delete static_cast<Mutator*>(mutator); }
