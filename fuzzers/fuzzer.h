// What the fuzz targets and the program that replays inputs share.
#ifndef PENDULUM_FUZZERS_FUZZER_H_
#define PENDULUM_FUZZERS_FUZZER_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

// Runs the target over one input, as libFuzzer calls it. Returns 0. What must not be ends the
// process.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace pendulum::fuzzers {

// How many inputs the target's reader has accepted: a target that rejects all tests nothing.
inline uint64_t accepted_inputs = 0;

// Ends the process, which libFuzzer takes for a finding, unless `holds`.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz target: %s\n", what);
  std::abort();
}

}  // namespace pendulum::fuzzers

#endif  // PENDULUM_FUZZERS_FUZZER_H_
