// What engines call of a target that simulates runs.
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "fuzzers/engine_signals.h"
#include "fuzzers/fuzzer.h"
#include "fuzzers/input_mutation.h"
#include "fuzzers/simulated_target.h"

// libFuzzer's own mutation of bytes; there is none where another engine or none is linked.
extern "C" __attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

namespace pendulum::fuzzers {
namespace {

std::unique_ptr<SimulatedTarget> present;
fuzz::Target present_target;

// One in so many mutations is one of bytes.
constexpr uint32_t kBytesRarely = 16;

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

void KeepLastInput() { present->KeepLastInput(); }

int RunTarget(fuzz::Target target, const uint8_t* data, size_t size) {
  if (present == nullptr) {
    char name[] = "target";
    char* arguments[] = {name};
    InitializeTarget(target, 1, arguments);
  }
  // The engine has its handlers by now.
  GuardEngineSignals();
  present->Run({data, size});
  return 0;
}

size_t MutateTarget(uint8_t* data, size_t size, size_t most, unsigned seed) {
  if (present != nullptr && present->schedules() != nullptr)
    return present->schedules()->Mutate(data, size, most, seed);
  if (seed % kBytesRarely != 0 || LLVMFuzzerMutate == nullptr) {
    const size_t put = MutateBytes(present_target, data, size, most, seed);
    if (put != 0) return put;
  }
  size_t changed = size;
  if (LLVMFuzzerMutate != nullptr) changed = LLVMFuzzerMutate(data, size, most);
  // Inputs of other targets are passed over.
  if (changed != 0) data[0] = static_cast<uint8_t>(present_target);
  return changed;
}

size_t CrossTargets(const uint8_t* one, size_t one_size, const uint8_t* other, size_t other_size,
                    uint8_t* out, size_t most, unsigned seed) {
  if (present != nullptr && present->schedules() != nullptr) {
    return present->schedules()->Cross({one, one_size}, {other, other_size}, out, most, seed);
  }
  return CrossBytes(present_target, {one, one_size}, {other, other_size}, out, most, seed);
}

}  // namespace pendulum::fuzzers
