// Interlocked operations: a scheduling point, then a sequentially consistent atomic operation.
#ifndef PENDULUM_SDK_WINDOWS_INTERLOCKED_H_
#define PENDULUM_SDK_WINDOWS_INTERLOCKED_H_

#include "windows/types.h"

// A scheduling point before the operation; the harness defines it.
extern "C" VOID PendulumInterlockedPoint(VOID);

// LONG is int here, so sources that say long need overloads of their own; those work on 64 bits.
#define PENDULUM_INTERLOCKED_FUNCTIONS(type, suffix)                                       \
  static inline type InterlockedIncrement##suffix(type volatile* addend) {                 \
    PendulumInterlockedPoint();                                                            \
    return __atomic_add_fetch(addend, (type)1, __ATOMIC_SEQ_CST);                          \
  }                                                                                        \
  static inline type InterlockedDecrement##suffix(type volatile* addend) {                 \
    PendulumInterlockedPoint();                                                            \
    return __atomic_sub_fetch(addend, (type)1, __ATOMIC_SEQ_CST);                          \
  }                                                                                        \
  static inline type InterlockedExchange##suffix(type volatile* target, type value) {      \
    PendulumInterlockedPoint();                                                            \
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);                           \
  }                                                                                        \
  static inline type InterlockedExchangeAdd##suffix(type volatile* addend, type value) {   \
    PendulumInterlockedPoint();                                                            \
    return __atomic_fetch_add(addend, value, __ATOMIC_SEQ_CST);                            \
  }                                                                                        \
  static inline type InterlockedAdd##suffix(type volatile* addend, type value) {           \
    PendulumInterlockedPoint();                                                            \
    return __atomic_add_fetch(addend, value, __ATOMIC_SEQ_CST);                            \
  }                                                                                        \
  static inline type InterlockedAnd##suffix(type volatile* target, type value) {           \
    PendulumInterlockedPoint();                                                            \
    return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);                            \
  }                                                                                        \
  static inline type InterlockedOr##suffix(type volatile* target, type value) {            \
    PendulumInterlockedPoint();                                                            \
    return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);                             \
  }                                                                                        \
  static inline type InterlockedXor##suffix(type volatile* target, type value) {           \
    PendulumInterlockedPoint();                                                            \
    return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);                            \
  }                                                                                        \
  static inline type InterlockedCompareExchange##suffix(type volatile* target, type value, \
                                                        type comparand) {                  \
    PendulumInterlockedPoint();                                                            \
    __atomic_compare_exchange_n(target, &comparand, value, false, __ATOMIC_SEQ_CST,        \
                                __ATOMIC_SEQ_CST);                                         \
    return comparand;                                                                      \
  }

PENDULUM_INTERLOCKED_FUNCTIONS(int, )
PENDULUM_INTERLOCKED_FUNCTIONS(unsigned int, )
PENDULUM_INTERLOCKED_FUNCTIONS(long, )
PENDULUM_INTERLOCKED_FUNCTIONS(unsigned long, )
PENDULUM_INTERLOCKED_FUNCTIONS(long long, )
PENDULUM_INTERLOCKED_FUNCTIONS(unsigned long long, )
PENDULUM_INTERLOCKED_FUNCTIONS(long, 64)
PENDULUM_INTERLOCKED_FUNCTIONS(long long, 64)
PENDULUM_INTERLOCKED_FUNCTIONS(unsigned long long, 64)
PENDULUM_INTERLOCKED_FUNCTIONS(short, 16)
#undef PENDULUM_INTERLOCKED_FUNCTIONS

static inline PVOID InterlockedExchangePointer(PVOID volatile* target, PVOID value) {
  PendulumInterlockedPoint();
  return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

static inline PVOID InterlockedCompareExchangePointer(PVOID volatile* target, PVOID value,
                                                      PVOID comparand) {
  PendulumInterlockedPoint();
  __atomic_compare_exchange_n(target, &comparand, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return comparand;
}

#define InterlockedIncrementAcquire InterlockedIncrement
#define InterlockedIncrementNoFence InterlockedIncrement
#define InterlockedIncrementRelease InterlockedIncrement
#define InterlockedDecrementAcquire InterlockedDecrement
#define InterlockedDecrementNoFence InterlockedDecrement
#define InterlockedDecrementRelease InterlockedDecrement
#define InterlockedExchangeNoFence InterlockedExchange
#define InterlockedCompareExchangeAcquire InterlockedCompareExchange
#define InterlockedCompareExchangeNoFence InterlockedCompareExchange
#define InterlockedCompareExchangeRelease InterlockedCompareExchange
#define _InterlockedIncrement InterlockedIncrement
#define _InterlockedDecrement InterlockedDecrement
#define _InterlockedExchange InterlockedExchange
#define _InterlockedExchangeAdd InterlockedExchangeAdd
#define _InterlockedCompareExchange InterlockedCompareExchange
#define _InterlockedAnd InterlockedAnd
#define _InterlockedOr InterlockedOr
#define InterlockedExchangeSubtract(addend, value) InterlockedExchangeAdd((addend), -(value))

static inline VOID MemoryBarrier() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

// A spinning worker has to let others run.
static inline VOID YieldProcessor() { PendulumInterlockedPoint(); }

#endif  // PENDULUM_SDK_WINDOWS_INTERLOCKED_H_
