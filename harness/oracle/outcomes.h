// What judging an event comes to besides violations: which guards were reached, which readings
// held, and which clauses none of their readings explains. Programs write it down as a list of
// codes; equal lists are kept once, so that an event that comes to the same again costs one
// addition.
#ifndef PENDULUM_ORACLE_OUTCOMES_H_
#define PENDULUM_ORACLE_OUTCOMES_H_

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/oracle/account_records.h"
#include "harness/oracle/specification.h"
#include "harness/platform/zeroed_array.h"

namespace pendulum::oracle {

class Outcomes {
 public:
  // A code says: the guard of the clause whose counters begin here was reached (below kTimingCode);
  // the codes that follow concern an operation of this timing; this reading held; none of those of
  // this clause did; the guards of this group of clauses were reached.
  static constexpr uint16_t kTimingCode = 0x4000;
  static constexpr uint16_t kReadingCode = 0x5000;
  static constexpr uint16_t kUnreadCode = 0x8000;
  static constexpr uint16_t kGroupCode = 0x9000;
  static constexpr size_t kMostClauses = 4096;
  static constexpr size_t kMostGroups = 0x10000 - kGroupCode;

  // What an instruction can append at most before the next Continue.
  static constexpr size_t kMostCodes = 16 * 1024;
  // A list that is kept: its number, and whether there are readings in it.
  using Id = uint32_t;
  static constexpr Id kNotKept = 0;

  // `groups` is borrowed: the clauses of each.
  Outcomes(size_t clauses, size_t readings, const std::vector<std::vector<uint16_t>>& groups);

  // Where the program for an event of this timing writes; it gives back where it ended.
  uint16_t* Begin(uint8_t timing) {
    codes_[0] = kTimingCode | timing;
    timing_ = timing;
    is_whole_ = true;
    return &codes_[1];
  }
  // The same in the middle of a program that goes round several accounts.
  uint16_t* Continue(uint16_t* next, uint8_t timing) {
    if (timing == timing_ && next < &codes_[kMostCodes]) [[likely]]
      return next;
    timing_ = timing;
    if (next >= &codes_[kMostCodes]) [[unlikely]] {
      Add({&codes_[0], static_cast<size_t>(next - &codes_[0])}, 1);
      next = &codes_[0];
      is_whole_ = false;
    }
    *next = kTimingCode | timing;
    return next + 1;
  }

  // Counts what the program wrote, and keeps it; kNotKept when it is too long or too many are kept.
  Id Count(const uint16_t* end);
  // Counts what was kept once more.
  void CountAgain(Id id) {
    if (times_[id & ~kHasReadings]++ == 0) counted_[counted_count_++] = id & ~kHasReadings;
    if ((id & kHasReadings) != 0) readings_seen_ |= kept_[id & ~kHasReadings].readings;
  }

  void BeginRun() { readings_seen_ = 0; }
  ReadingSet readings_seen() const { return readings_seen_; }

  // All counts since the last Clear.
  struct Counts {
    std::vector<uint64_t> coverage;  // by clause and timing
    std::vector<uint64_t> readings;
    std::vector<uint64_t> unread;  // by clause
  };
  const Counts& counts();
  void Clear();

  // What was kept and is counted since the last counts() or Clear, and how often; everything,
  // unless has_more().
  std::span<const Id> counted() const { return {&counted_[0], counted_count_}; }
  uint64_t times(Id counted) const { return times_[counted]; }
  // Whether there is something in counts() besides.
  bool has_more() const { return has_counts_; }
  // Calls `visit(cell)` for each cell of Counts::coverage that this list adds one to.
  template <class Visit>
  void VisitCells(Id counted, const Visit& visit) const {
    VisitCells(CodesOf(kept_[counted]), visit);
  }

 private:
  static constexpr uint32_t kMostKept = 8192;
  static constexpr uint32_t kMostKeptCodes = 512 * 1024;
  static constexpr size_t kLongestKept = 512;  // codes of a list
  static constexpr uint32_t kPlaces = 4 * kMostKept;
  static constexpr Id kHasReadings = Id{1} << 31;
  struct Kept {
    ReadingSet readings = 0;
    uint32_t begin = 0;  // in kept_codes_
    uint32_t count = 0;
  };
  void Add(std::span<const uint16_t> codes, uint64_t times);
  template <class Visit>
  void VisitCells(std::span<const uint16_t> codes, const Visit& visit) const {
    size_t timing = 0;
    for (const uint16_t code : codes) {
      if (code < kTimingCode) {
        visit(code + timing);
      } else if (code < kReadingCode) {
        timing = code - kTimingCode;
      } else if (code >= kGroupCode) {
        for (const uint16_t clause : groups_[code - kGroupCode]) visit(clause * kTimings + timing);
      }
    }
  }
  std::span<const uint16_t> CodesOf(const Kept& kept) const {
    return {&kept_codes_[kept.begin], kept.count};
  }

  const std::vector<std::vector<uint16_t>>& groups_;
  Counts counts_;
  ReadingSet readings_seen_ = 0;
  uint8_t timing_ = 0;
  bool is_whole_ = true;
  bool has_counts_ = false;  // counts_ are not all 0
  uint32_t counted_count_ = 0;
  uint32_t kept_count_ = 1;  // the first stands for none
  uint32_t kept_codes_count_ = 0;
  platform::ZeroedArray<uint16_t> codes_;  // twice kMostCodes
  platform::ZeroedArray<Kept> kept_;
  platform::ZeroedArray<uint64_t> times_;  // by what is kept: how often it is yet to be counted
  platform::ZeroedArray<Id> counted_;      // those whose times are not 0
  platform::ZeroedArray<uint16_t> kept_codes_;
  platform::ZeroedArray<Id> places_;  // a hash table of what is kept
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_OUTCOMES_H_
