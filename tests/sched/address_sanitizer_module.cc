#include "tests/sched/address_sanitizer_module.h"

namespace pendulum::sched {
namespace {

void Throw(int depth) {
  volatile char local[50];
  for (volatile char& byte : local) byte = 1;
  if (depth == 0) throw depth;
  Throw(depth - 1);
  local[0] = 2;
}

}  // namespace

int UseLocalArray(int index, void (*then)()) {
  volatile char local[kLocalBytes];
  for (volatile char& byte : local) byte = 7;
  then();
  return local[index];
}

void ThrowPastLocals(int depth) {
  try {
    Throw(depth);
  } catch (int) {
  }
}

void WriteByte(char* byte) { *byte = 5; }

}  // namespace pendulum::sched
