// The digest of a stream of body bytes, as body.bytes events give it: a sum of each byte times a
// weight of its position. It does not depend on how the stream is cut into pieces, sees bytes that
// were swapped, lost or changed, and costs a fraction of a nanosecond a byte.
#ifndef PENDULUM_TRACE_DIGEST_H_
#define PENDULUM_TRACE_DIGEST_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace pendulum::trace {

// Weights repeat in each block, whose number is a factor of its sum. They have 16 bits, so that
// every processor multiplies many of them at once.
inline constexpr uint32_t kDigestBlockBytes = 256;
inline constexpr auto kDigestWeights = [] {
  std::array<int16_t, kDigestBlockBytes> weights{};
  for (uint32_t i = 0; i < kDigestBlockBytes; ++i) weights[i] = static_cast<int16_t>(i * 127 + 1);
  return weights;
}();

class Digest {
 public:
  // Adds the next bytes of the stream.
  void Add(std::span<const uint8_t> piece) {
    size_t at = 0;
    while (at < piece.size()) {
      const uint32_t place = bytes_ % kDigestBlockBytes;
      const size_t count = std::min<size_t>(piece.size() - at, kDigestBlockBytes - place);
      value_ +=
          SumOf(piece.data() + at, count, place) * (2 * (bytes_ / kDigestBlockBytes) + 1) * kSpread;
      bytes_ += static_cast<uint32_t>(count);
      at += count;
    }
  }

  // Of all bytes so far; 0 for none.
  uint32_t value() const { return value_; }
  uint32_t bytes() const { return bytes_; }

 private:
  // Odd, so that no information is lost: spreads small sums over all bits.
  static constexpr uint32_t kSpread = 2654435761u;

  // Of bytes of one block, from `place` in it.
  static uint32_t SumOf(const uint8_t* bytes, size_t count, uint32_t place);

  uint32_t value_ = 0;
  uint32_t bytes_ = 0;
};

// Of a header's value, or of its name, which counts in small letters; never 0.
inline uint32_t HeaderDigest(std::string_view text, bool is_name) {
  Digest digest;
  while (!text.empty()) {
    uint8_t piece[64];
    const size_t count = std::min(text.size(), sizeof piece);
    for (size_t i = 0; i < count; ++i) {
      const char c = text[i];
      piece[i] = static_cast<uint8_t>(is_name && c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    digest.Add({piece, count});
    text.remove_prefix(count);
  }
  return digest.value() == 0 ? 1 : digest.value();
}

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_DIGEST_H_
