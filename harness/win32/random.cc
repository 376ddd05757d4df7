#include "harness/win32/random.h"

namespace pendulum::win32 {
namespace {

constexpr uint64_t kSeed = 0x50656E64756C756D;
uint64_t state = kSeed;

}  // namespace

// SplitMix64.
uint64_t NextRandom() {
  uint64_t value = state += 0x9E3779B97F4A7C15;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

void ResetRandom() { state = kSeed; }

}  // namespace pendulum::win32
