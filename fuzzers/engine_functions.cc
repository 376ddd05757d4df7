// What engines call of a target that simulates runs.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "fuzzers/fuzzer.h"
#include "fuzzers/simulated_target.h"
#include "harness/fuzz/mutate.h"
#include "harness/sched/prng.h"

// libFuzzer's own mutation of bytes; there is none where another engine or none is linked.
extern "C" __attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

namespace pendulum::fuzzers {
namespace {

std::unique_ptr<SimulatedTarget> present;
fuzz::Target present_target;

// One in so many mutations is one of bytes.
constexpr uint32_t kBytesRarely = 16;

size_t Put(const fuzz::Input& input, uint8_t* out, size_t most) {
  const auto bytes = fuzz::Encode(input);
  if (!bytes.ok() || bytes->size() > most) return 0;
  std::copy(bytes->begin(), bytes->end(), out);
  if (!bytes->empty()) return bytes->size();
  out[0] = static_cast<uint8_t>(input.target);
  return 1;
}

fuzz::Input InputOf(const uint8_t* data, size_t size) {
  fuzz::Input input = fuzz::Decode({data, size});
  input.target = present_target;
  return input;
}

}  // namespace

void InitializeTarget(fuzz::Target target, int count, char** arguments) {
  auto options = ReadOptions(target, count, arguments);
  if (options.ok()) {
    present_target = options->target;
    auto made = SimulatedTarget::Create(*options);
    if (made.ok()) {
      present = std::move(made).value();
      return;
    }
    options = made.error();
  }
  std::fprintf(stderr, "%s\n", options.error().Text().c_str());
  std::exit(3);
}

int RunTarget(fuzz::Target target, const uint8_t* data, size_t size) {
  if (present == nullptr) {
    char name[] = "target";
    char* arguments[] = {name};
    InitializeTarget(target, 1, arguments);
  }
  present->Run({data, size});
  return 0;
}

size_t MutateTarget(uint8_t* data, size_t size, size_t most, unsigned seed) {
  sched::Prng prng(seed);
  if (prng.Below(kBytesRarely) != 0 || LLVMFuzzerMutate == nullptr) {
    fuzz::Input input = InputOf(data, size);
    fuzz::MutateInput(&prng, &input);
    if (const size_t put = Put(input, data, most); put != 0) return put;
    // It has become too long: what is there stays, with plainer answers.
    input = InputOf(data, size);
    fuzz::Mutate(fuzz::Mutation::kClearAnswers, &prng, &input);
    if (const size_t put = Put(input, data, most); put != 0) return put;
  }
  size_t changed = size;
  if (LLVMFuzzerMutate != nullptr) changed = LLVMFuzzerMutate(data, size, most);
  // Inputs of other targets are passed over.
  if (changed != 0) data[0] = static_cast<uint8_t>(present_target);
  return changed;
}

size_t CrossTargets(const uint8_t* one, size_t one_size, const uint8_t* other, size_t other_size,
                    uint8_t* out, size_t most, unsigned seed) {
  sched::Prng prng(seed);
  const fuzz::Input crossed =
      fuzz::CrossOver(InputOf(one, one_size), InputOf(other, other_size), &prng);
  return Put(crossed, out, most);
}

}  // namespace pendulum::fuzzers
