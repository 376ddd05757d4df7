#include "harness/trace/digest.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pendulum::trace {
namespace {

#if defined(__SSE2__)

constexpr size_t kStepBytes = 16;

__m128i Load(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

// Of so many whole steps. Compilers leave the products at 32 bits, half as many at once.
int32_t SumOfSteps(const uint8_t* bytes, size_t steps, const int16_t* weights) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i one = _mm_set1_epi16(1);
  __m128i sum = zero;
  for (; steps > 0; --steps, bytes += kStepBytes, weights += kStepBytes) {
    const __m128i piece = Load(bytes);
    const __m128i low = _mm_add_epi16(_mm_unpacklo_epi8(piece, zero), one);
    const __m128i high = _mm_add_epi16(_mm_unpackhi_epi8(piece, zero), one);
    sum = _mm_add_epi32(sum, _mm_madd_epi16(low, Load(weights)));
    sum = _mm_add_epi32(sum, _mm_madd_epi16(high, Load(weights + kStepBytes / 2)));
  }
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(1, 0, 3, 2)));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(2, 3, 0, 1)));
  return _mm_cvtsi128_si32(sum);
}

#else

constexpr size_t kStepBytes = 1;

int32_t SumOfSteps(const uint8_t* bytes, size_t steps, const int16_t* weights) {
  int32_t sum = 0;
  for (size_t i = 0; i < steps; ++i) sum += static_cast<int16_t>(bytes[i] + 1) * weights[i];
  return sum;
}

#endif

}  // namespace

uint32_t Digest::SumOf(const uint8_t* bytes, size_t count, uint32_t place) {
  const int16_t* weights = kDigestWeights.data() + place;
  const size_t steps = count / kStepBytes;
  int32_t sum = SumOfSteps(bytes, steps, weights);
  for (size_t i = steps * kStepBytes; i < count; ++i) {
    sum += static_cast<int16_t>(bytes[i] + 1) * weights[i];
  }
  return static_cast<uint32_t>(sum);
}

}  // namespace pendulum::trace
