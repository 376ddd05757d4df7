#include "fuzzers/input_mutation.h"

#include <algorithm>

#include "harness/fuzz/mutate.h"
#include "harness/sched/prng.h"

namespace pendulum::fuzzers {
namespace {

size_t Put(const fuzz::Input& input, uint8_t* out, size_t most) {
  const auto bytes = fuzz::Encode(input);
  if (!bytes.ok() || bytes->size() > most || most == 0) return 0;
  std::copy(bytes->begin(), bytes->end(), out);
  if (!bytes->empty()) return bytes->size();
  out[0] = static_cast<uint8_t>(input.target);
  return 1;
}

fuzz::Input InputOf(fuzz::Target target, std::span<const uint8_t> bytes) {
  fuzz::Input input = fuzz::Decode(bytes);
  input.target = target;
  return input;
}

}  // namespace

size_t MutateBytes(fuzz::Target target, uint8_t* data, size_t size, size_t most, uint32_t seed) {
  sched::Prng prng(seed);
  fuzz::Input input = InputOf(target, {data, size});
  fuzz::MutateInput(&prng, &input);
  if (const size_t put = Put(input, data, most); put != 0) return put;
  // It has become too long: what is there stays, with plainer answers.
  input = InputOf(target, {data, size});
  fuzz::Mutate(fuzz::Mutation::kClearAnswers, &prng, &input);
  return Put(input, data, most);
}

size_t CrossBytes(fuzz::Target target, std::span<const uint8_t> one, std::span<const uint8_t> other,
                  uint8_t* out, size_t most, uint32_t seed) {
  sched::Prng prng(seed);
  return Put(fuzz::CrossOver(InputOf(target, one), InputOf(target, other), &prng), out, most);
}

}  // namespace pendulum::fuzzers
