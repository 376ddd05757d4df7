// The host's fuzz targets with one mutant of the host in them: --mutant=NAME, beside --target=NAME
// and --module=FILE as `pendulum-fuzz` takes them. Without --mutant the host is as it is.
// fuzz_times.py measures how long each takes to be found.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "fuzzers/simulated_target.h"
#include "harness/host/mutants.h"

namespace {

using pendulum::fuzz::Target;

void ChooseMutant(std::string_view name) {
  const auto mutants = pendulum::host::Mutants();
  for (size_t i = 0; i < mutants.size(); ++i) {
    if (name == mutants[i].name) return pendulum::host::ChooseMutant(static_cast<int>(i));
  }
  std::fprintf(stderr, "there is no mutant %.*s\n", static_cast<int>(name.size()), name.data());
  std::exit(3);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view kOption = "--mutant=";
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument.starts_with(kOption)) ChooseMutant(argument.substr(kOption.size()));
  }
  pendulum::fuzzers::InitializeTarget(Target::kModule, *count, *arguments);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return pendulum::fuzzers::RunTarget(Target::kModule, data, size);
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  return pendulum::fuzzers::MutateTarget(data, size, most, seed);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* one, size_t one_size,
                                            const uint8_t* other, size_t other_size, uint8_t* out,
                                            size_t most, unsigned seed) {
  return pendulum::fuzzers::CrossTargets(one, one_size, other, other_size, out, most, seed);
}
