// The harness's own pseudo-random numbers: the same on every machine and with every library.
#ifndef PENDULUM_SCHED_PRNG_H_
#define PENDULUM_SCHED_PRNG_H_

#include <bit>
#include <cassert>
#include <cstdint>

namespace pendulum::sched {

// A bijection of 64-bit numbers in which each bit of the input changes about half of the output
// (the finalizer of SplitMix64).
constexpr uint64_t MixBits(uint64_t bits) {
  bits ^= bits >> 30;
  bits *= 0xBF58476D1CE4E5B9;
  bits ^= bits >> 27;
  bits *= 0x94D049BB133111EB;
  bits ^= bits >> 31;
  return bits;
}

// PCG32 (XSH RR 64/32). Cheap to seed, since a run may draw only a dozen numbers.
class Prng {
 public:
  // Numbers that follow from `seed` and `run` alone; neighbouring runs have nothing in common.
  constexpr explicit Prng(uint64_t seed = 0, uint64_t run = 0) {
    state_ = MixBits(MixBits(seed + kGolden) + run * kGolden);
    increment_ = MixBits(state_ + kGolden) | 1;
  }

  // Uniform over all 32-bit numbers.
  constexpr uint32_t Next() {
    const uint64_t state = state_;
    state_ = state * 6364136223846793005u + increment_;
    const uint32_t shifted = static_cast<uint32_t>(((state >> 18) ^ state) >> 27);
    return std::rotr(shifted, static_cast<int>(state >> 59));
  }

  // Numbers of their own, which follow from what comes next here, without taking it.
  constexpr Prng Aside() const { return Prng(state_, increment_); }

  // Uniform over 0 to `bound` - 1, to within `bound` / 2^32. `bound` is at least 1.
  constexpr uint32_t Below(uint32_t bound) {
    assert(bound >= 1);
    return static_cast<uint32_t>((uint64_t{Next()} * bound) >> 32);
  }

 private:
  static constexpr uint64_t kGolden = 0x9E3779B97F4A7C15;

  uint64_t state_;
  uint64_t increment_;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_PRNG_H_
