#include "fuzzers/schedule_mutation.h"

#include <algorithm>
#include <utility>

#include "harness/fuzz/mutate.h"
#include "harness/sched/prng.h"

namespace pendulum::fuzzers {

platform::Result<ScheduleMutation> ScheduleMutation::Create(fuzz::Target target,
                                                            const host::Scenario& scenario) {
  auto bytes = fuzz::EncodeScenario(target, scenario);
  if (!bytes.ok()) return bytes.error();
  ScheduleMutation mutation;
  mutation.scenario_ = std::move(bytes).value();
  return mutation;
}

size_t ScheduleMutation::Put(uint8_t* out, size_t most) {
  const auto bytes = fuzz::EncodeAnswers(scenario_, &input_.answers);
  if (!bytes.ok() || bytes->empty() || bytes->size() > most) return 0;
  std::copy(bytes->begin(), bytes->end(), out);
  return bytes->size();
}

size_t ScheduleMutation::Mutate(uint8_t* data, size_t size, size_t most, uint32_t seed) {
  sched::Prng prng(seed);
  decoder_.Decode({data, size});
  input_.answers.swap(*decoder_.answers());
  fuzz::MutateAnswers(&prng, &input_);
  // Where it has become too long, its end becomes plainer.
  size_t put = Put(data, most);
  while (put == 0 && fuzz::Mutate(fuzz::Mutation::kClearAnswers, &prng, &input_)) {
    put = Put(data, most);
  }
  return put;
}

size_t ScheduleMutation::Cross(std::span<const uint8_t> one, std::span<const uint8_t> other,
                               uint8_t* out, size_t most, uint32_t seed) {
  sched::Prng prng(seed);
  decoder_.Decode(one);
  input_.answers.swap(*decoder_.answers());
  decoder_.Decode(other);
  fuzz::CrossAnswers(*decoder_.answers(), &prng, &input_.answers);
  return Put(out, most);
}

}  // namespace pendulum::fuzzers
