// The digest of body bytes in kBodyBytes events. Digests of pieces join into the digest of the
// whole, so that streams cut into different pieces can be compared.
#ifndef PENDULUM_TRACE_DIGEST_H_
#define PENDULUM_TRACE_DIGEST_H_

#include <cstdint>
#include <span>

namespace pendulum::trace {

// A polynomial in the bytes (each plus one) modulo the prime 2^31 - 1. The digest of nothing is 0.
inline constexpr uint64_t kDigestModulus = 0x7FFFFFFF;
inline constexpr uint64_t kDigestBase = 1103515245;

inline uint32_t Digest(std::span<const uint8_t> bytes) {
  uint64_t digest = 0;
  for (uint8_t byte : bytes) digest = (digest * kDigestBase + byte + 1) % kDigestModulus;
  return static_cast<uint32_t>(digest);
}

// The digest of `one` followed by the `other_bytes` bytes that have the digest `other`.
inline uint32_t JoinDigests(uint32_t one, uint32_t other, uint64_t other_bytes) {
  uint64_t power = kDigestBase % kDigestModulus;
  uint64_t digest = one;
  for (; other_bytes != 0; other_bytes >>= 1) {
    if ((other_bytes & 1) != 0) digest = digest * power % kDigestModulus;
    power = power * power % kDigestModulus;
  }
  return static_cast<uint32_t>((digest + other) % kDigestModulus);
}

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_DIGEST_H_
