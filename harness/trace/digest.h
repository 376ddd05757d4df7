// The digest of a stream of body bytes, as body.bytes events give it: a sum of each byte times a
// weight of its position. It does not depend on how the stream is cut into pieces, sees bytes that
// were swapped, lost or changed, and costs a fraction of a nanosecond a byte.
#ifndef PENDULUM_TRACE_DIGEST_H_
#define PENDULUM_TRACE_DIGEST_H_

#include <cstdint>
#include <span>

namespace pendulum::trace {

class Digest {
 public:
  // Adds the next bytes of the stream.
  void Add(std::span<const uint8_t> piece) {
    uint32_t sum = 0;
    uint32_t weight = 2 * bytes_ + 1;
    for (const uint8_t byte : piece) {
      sum += (byte + 1u) * weight;
      weight += 2;
    }
    value_ += sum * kSpread;
    bytes_ += static_cast<uint32_t>(piece.size());
  }

  // Of all bytes so far; 0 for none.
  uint32_t value() const { return value_; }
  uint32_t bytes() const { return bytes_; }

 private:
  // Odd, so that no information is lost: spreads small sums over all bits.
  static constexpr uint32_t kSpread = 2654435761u;

  uint32_t value_ = 0;
  uint32_t bytes_ = 0;
};

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_DIGEST_H_
