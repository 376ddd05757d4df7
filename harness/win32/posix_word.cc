#include "harness/win32/posix_word.h"

#include <cstring>

#include "harness/win32/object.h"

namespace pendulum::win32 {
namespace {

uint16_t run_stamp = 1;

struct NumberedAddress {
  const void* address;
  uint32_t number;
};
constexpr int kMostAddresses = 128;
NumberedAddress addresses[kMostAddresses];
int address_count = 0;

}  // namespace

LockWord LoadWord(void* place) {
  LockWord word;
  std::memcpy(&word, place, sizeof word);
  if (word.run == run_stamp) return word;
  word = {.number = static_cast<uint16_t>(NewObjectNumber()), .run = run_stamp};
  StoreWord(place, word);
  return word;
}

void StoreWord(void* place, const LockWord& word) { std::memcpy(place, &word, sizeof word); }

uint32_t NumberOfAddress(const void* address) {
  for (int i = 0; i < address_count; ++i) {
    if (addresses[i].address == address) return addresses[i].number;
  }
  const uint32_t number = NewObjectNumber();
  if (address_count < kMostAddresses) addresses[address_count++] = {address, number};
  return number;
}

uint16_t RunStamp() { return run_stamp; }

void ResetLockWords() {
  if (++run_stamp == 0) run_stamp = 1;
  address_count = 0;
}

}  // namespace pendulum::win32
