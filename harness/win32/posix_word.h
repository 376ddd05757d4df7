// What a lock of the C or C++ library holds of ours, in a part of its struct that the C library
// does not use for it: all zeros, and what another run left, is a free lock.
#ifndef PENDULUM_WIN32_POSIX_WORD_H_
#define PENDULUM_WIN32_POSIX_WORD_H_

#include <cstdint>

namespace pendulum::win32 {

struct LockWord {
  uint16_t owner = 0;   // the thread that holds it alone, or the last one that shares it
  uint16_t count = 0;   // how often it is held, or by how many
  uint16_t number = 0;  // names the lock
  uint16_t run = 0;     // to which all this belongs
};
static_assert(sizeof(LockWord) == 8);

// What stands in the eight bytes at `place`; with a number, if it had none.
LockWord LoadWord(void* place);
void StoreWord(void* place, const LockWord& word);
// A number for what has no room for it (spin locks, futexes, guards): by address, until the run
// ends.
uint32_t NumberOfAddress(const void* address);
// Tells runs apart where a struct of the C library has room for less than a LockWord.
uint16_t RunStamp();

// Makes all words those of another run. Part of BeginRun.
void ResetLockWords();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_POSIX_WORD_H_
