#include "harness/trace/digest.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace pendulum::trace {
namespace {

// Of the weights before each place: every byte counts as one more than it is, so that zeros count.
constexpr auto kWeightsBefore = [] {
  std::array<int32_t, kDigestBlockBytes + 1> sums{};
  for (uint32_t i = 0; i < kDigestBlockBytes; ++i) sums[i + 1] = sums[i] + kDigestWeights[i];
  return sums;
}();

#if defined(__SSE2__)

constexpr size_t kStepBytes = 16;

__m128i Load(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

int32_t Total(__m128i sum) {
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(1, 0, 3, 2)));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(2, 3, 0, 1)));
  return _mm_cvtsi128_si32(sum);
}

__attribute__((target("avx2"))) int32_t SumOfWideSteps(const uint8_t* bytes, size_t steps,
                                                       const int16_t* weights) {
  __m256i sum = _mm256_setzero_si256();
  for (; steps > 0; --steps, bytes += kStepBytes, weights += kStepBytes) {
    const __m256i piece = _mm256_cvtepu8_epi16(Load(bytes));
    const __m256i factors = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights));
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(piece, factors));
  }
  return Total(_mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1)));
}

// Of so many whole steps. Compilers leave the products at 32 bits, half as many at once.
int32_t SumOfSteps(const uint8_t* bytes, size_t steps, const int16_t* weights) {
  if (__builtin_cpu_supports("avx2")) return SumOfWideSteps(bytes, steps, weights);
  const __m128i zero = _mm_setzero_si128();
  __m128i sum = zero;
  for (; steps > 0; --steps, bytes += kStepBytes, weights += kStepBytes) {
    const __m128i piece = Load(bytes);
    sum = _mm_add_epi32(sum, _mm_madd_epi16(_mm_unpacklo_epi8(piece, zero), Load(weights)));
    sum = _mm_add_epi32(
        sum, _mm_madd_epi16(_mm_unpackhi_epi8(piece, zero), Load(weights + kStepBytes / 2)));
  }
  return Total(sum);
}

#else

constexpr size_t kStepBytes = 1;

int32_t SumOfSteps(const uint8_t* bytes, size_t steps, const int16_t* weights) {
  int32_t sum = 0;
  for (size_t i = 0; i < steps; ++i) sum += static_cast<int16_t>(bytes[i]) * weights[i];
  return sum;
}

#endif

}  // namespace

uint32_t Digest::SumOf(const uint8_t* bytes, size_t count, uint32_t place) {
  const int16_t* weights = kDigestWeights.data() + place;
  const size_t steps = count / kStepBytes;
  int32_t sum = kWeightsBefore[place + count] - kWeightsBefore[place];
  if (steps > 0) sum += SumOfSteps(bytes, steps, weights);
  for (size_t i = steps * kStepBytes; i < count; ++i) {
    sum += static_cast<int16_t>(bytes[i]) * weights[i];
  }
  return static_cast<uint32_t>(sum);
}

}  // namespace pendulum::trace
