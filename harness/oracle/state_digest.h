// A digest of 128 bits of what a run's account holds. Two accounts with the same digest are taken
// to be the same: for two that differ to have the same one is a chance of less than 1 in 10^18.
#ifndef PENDULUM_ORACLE_STATE_DIGEST_H_
#define PENDULUM_ORACLE_STATE_DIGEST_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace pendulum::oracle {

class StateDigest {
 public:
  struct Value {
    uint64_t low = 0;
    uint64_t high = 0;
    bool operator==(const Value&) const = default;
  };

  void Add(uint64_t value) { AddPair(value, 0); }
  void Add(uint64_t one, uint64_t other) { AddPair(one, other); }
  // The slots of an object of the account, or other 64-bit values that lie in a row.
  template <class Words>
  void AddWords(const Words& words) {
    static_assert(std::is_trivially_copyable_v<Words> && alignof(Words) == alignof(uint64_t));
    AddWords(&words, sizeof words / sizeof(uint64_t));
  }
  void AddWords(const void* words, size_t count) {
    const auto* bytes = static_cast<const unsigned char*>(words);
    for (; count >= 2; count -= 2, bytes += 2 * sizeof(uint64_t)) {
      uint64_t pair[2];
      std::memcpy(pair, bytes, sizeof pair);
      AddPair(pair[0], pair[1]);
    }
    if (count == 0) return;
    uint64_t last;
    std::memcpy(&last, bytes, sizeof last);
    AddPair(last, 0);
  }

  Value value() const {
    return {.low = Fold(one_ ^ kOdd[0], other_ ^ kOdd[1]), .high = Fold(other_, one_ ^ kOdd[2])};
  }

 private:
  static constexpr uint64_t kOdd[] = {0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
                                      0xE7037ED1A0B428DB};
  static uint64_t Fold(uint64_t a, uint64_t b) {
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }
  void AddPair(uint64_t a, uint64_t b) {
    one_ = Fold(one_ ^ a, b ^ kOdd[2]);
    other_ += a;
    other_ = (other_ << 23 | other_ >> 41) * kOdd[0] + b;
  }

  uint64_t one_ = kOdd[1];
  uint64_t other_ = kOdd[3];
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_STATE_DIGEST_H_
