#include "harness/oracle/outcomes.h"

#include <algorithm>
#include <cstring>

#include "harness/oracle/account.h"

namespace pendulum::oracle {
namespace {

constexpr size_t kCodesOfWord = sizeof(uint64_t) / sizeof(uint16_t);

// Of whole words: as many codes behind the last as a word has may be changed.
uint64_t HashOf(uint16_t* codes, size_t count) {
  std::memset(codes + count, 0, sizeof(uint64_t));
  uint64_t hash = count;
  for (size_t next = 0; next < count; next += kCodesOfWord) {
    uint64_t word;
    std::memcpy(&word, codes + next, sizeof word);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
  }
  return hash ^ hash >> 32;
}

}  // namespace

Outcomes::Outcomes(size_t clauses, size_t readings,
                   const std::vector<std::vector<uint16_t>>& groups)
    : groups_(groups),
      counts_{.coverage = std::vector<uint64_t>(clauses * kTimings, 0),
              .readings = std::vector<uint64_t>(readings, 0),
              .unread = std::vector<uint64_t>(clauses, 0)},
      codes_(2 * kMostCodes),
      kept_(kMostKept),
      times_(kMostKept),
      counted_(kMostKept),
      kept_codes_(kMostKeptCodes),
      places_(kPlaces) {
  static_assert(kMostClauses * kTimings <= kTimingCode);
  static_assert(kReadingCode + kMaxReadings <= kUnreadCode);
  static_assert(kUnreadCode + kMostClauses <= kGroupCode);
  assert(clauses <= kMostClauses);
}

void Outcomes::Add(std::span<const uint16_t> codes, uint64_t times) {
  has_counts_ = true;
  VisitCells(codes, [&](size_t cell) { counts_.coverage[cell] += times; });
  for (const uint16_t code : codes) {
    if (code < kReadingCode || code >= kGroupCode) continue;
    if (code < kUnreadCode) {
      counts_.readings[code - kReadingCode] += times;
      readings_seen_ |= ReadingSet{1} << (code - kReadingCode);
    } else {
      counts_.unread[code - kUnreadCode] += times;
    }
  }
}

Outcomes::Id Outcomes::Count(const uint16_t* end) {
  const std::span<const uint16_t> codes(&codes_[0], static_cast<size_t>(end - &codes_[0]));
  if (!is_whole_ || codes.size() > kLongestKept) {
    Add(codes, 1);
    return kNotKept;
  }
  auto place = static_cast<uint32_t>(HashOf(&codes_[0], codes.size())) % kPlaces;
  for (; places_[place] != 0; place = (place + 1) % kPlaces) {
    const Id id = places_[place];
    const Kept& kept = kept_[id & ~kHasReadings];
    if (kept.count != codes.size()) continue;
    if (std::memcmp(&kept_codes_[kept.begin], codes.data(), codes.size_bytes()) != 0) continue;
    CountAgain(id);
    return id;
  }
  if (kept_count_ == kMostKept || kept_codes_count_ + codes.size() > kMostKeptCodes) {
    Add(codes, 1);
    return kNotKept;
  }
  ReadingSet readings = 0;
  for (const uint16_t code : codes) {
    if (code >= kReadingCode && code < kUnreadCode) {
      readings |= ReadingSet{1} << (code - kReadingCode);
    }
  }
  std::ranges::copy(codes, &kept_codes_[kept_codes_count_]);
  kept_[kept_count_] = {.readings = readings,
                        .begin = kept_codes_count_,
                        .count = static_cast<uint32_t>(codes.size())};
  kept_codes_count_ += static_cast<uint32_t>(codes.size());
  places_[place] = kept_count_++ | (readings != 0 ? kHasReadings : 0);
  CountAgain(places_[place]);
  return places_[place];
}

const Outcomes::Counts& Outcomes::counts() {
  const ReadingSet seen = readings_seen_;
  for (const Id id : counted()) {
    Add(CodesOf(kept_[id]), times_[id]);
    times_[id] = 0;
  }
  counted_count_ = 0;
  readings_seen_ = seen;
  return counts_;
}

void Outcomes::Clear() {
  if (has_counts_) {
    for (auto* counts : {&counts_.coverage, &counts_.readings, &counts_.unread}) {
      std::fill(counts->begin(), counts->end(), 0);
    }
  }
  has_counts_ = false;
  for (const Id id : counted()) times_[id] = 0;
  counted_count_ = 0;
}

}  // namespace pendulum::oracle
