// AFL++'s side of a target: persistent mode, test cases in shared memory, and the fork server
// started only when the module is loaded. What libFuzzer gets as extra counters stands in AFL++'s
// map, behind the edges of the module.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <span>

#include "fuzzers/feedback.h"
#include "fuzzers/fuzzer.h"
#include "fuzzers/simulated_target.h"

// The names are the library's.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
int LLVMFuzzerInitialize(int* count, char*** arguments);

extern unsigned char* __afl_fuzz_ptr;
extern unsigned int* __afl_fuzz_len;
extern uint8_t* __afl_area_ptr;
void __afl_manual_init();
int __afl_persistent_loop(unsigned int count);
void __sanitizer_cov_trace_pc_guard_init(uint32_t* start, uint32_t* stop);

int __afl_sharedmem_fuzzing = 1;
// By these afl-fuzz knows what a program can do.
__attribute__((used)) extern const char pendulum_persistent[] = "##SIG_AFL_PERSISTENT##";
__attribute__((used)) extern const char pendulum_deferred[] = "##SIG_AFL_DEFER_FORKSRV##";
}

namespace pendulum::fuzzers {
namespace {

// A child is started anew after so many inputs.
constexpr unsigned kInputsOfAChild = 100000;
constexpr size_t kMostBytes = 1 << 20;

uint32_t places[kCounters];  // of the counters, in AFL++'s map
uint8_t given[kMostBytes];   // on standard input, where AFL++ does not run it

std::span<const uint8_t> NextInput() {
  if (__afl_fuzz_ptr != nullptr) return {__afl_fuzz_ptr, *__afl_fuzz_len};
  const ssize_t bytes = read(STDIN_FILENO, given, sizeof given);
  return {given, bytes < 0 ? 0 : static_cast<size_t>(bytes)};
}

void RunInput(std::span<const uint8_t> input) {
  const std::span<uint8_t> counters = Counters();
  std::fill(counters.begin(), counters.end(), uint8_t{0});
  LLVMFuzzerTestOneInput(input.data(), input.size());
  for (size_t i = 0; i < counters.size(); ++i) {
    if (counters[i] != 0) __afl_area_ptr[places[i]] = counters[i];
  }
}

}  // namespace
}  // namespace pendulum::fuzzers

int main(int count, char** arguments) {
  using namespace pendulum::fuzzers;
  LLVMFuzzerInitialize(&count, &arguments);
  __sanitizer_cov_trace_pc_guard_init(places, places + kCounters);
  __afl_manual_init();
  KeepLastInput();
  while (__afl_persistent_loop(kInputsOfAChild) != 0) RunInput(NextInput());
  return 0;
}
// NOLINTEND(bugprone-reserved-identifier)
