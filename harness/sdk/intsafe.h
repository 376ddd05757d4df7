// Integer arithmetic that reports overflow.
#ifndef PENDULUM_SDK_INTSAFE_H_
#define PENDULUM_SDK_INTSAFE_H_

#include "windows.h"

#define INTSAFE_E_ARITHMETIC_OVERFLOW ((HRESULT)0x80070216)

namespace pendulum_crt {

// `ok` is false when the operation overflowed: the result is all ones then, as on Windows.
template <class To>
static inline HRESULT Checked(bool ok, To value, To* result) {
  *result = ok ? value : (To)-1;
  return ok ? S_OK : INTSAFE_E_ARITHMETIC_OVERFLOW;
}

template <class To, class From>
static inline HRESULT Narrow(From value, To* result) {
  To narrow = (To)value;
  return Checked((From)narrow == value && (narrow < 0) == (value < 0), narrow, result);
}

}  // namespace pendulum_crt

static inline HRESULT SizeTToDWord(SIZE_T value, DWORD* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT SizeTToULong(SIZE_T value, ULONG* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT SizeTToUInt(SIZE_T value, UINT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT SizeTToUShort(SIZE_T value, USHORT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT SizeTToInt(SIZE_T value, INT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT SizeTToLong(SIZE_T value, LONG* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT ULongLongToULong(ULONGLONG value, ULONG* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT ULongLongToDWord(ULONGLONG value, DWORD* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT LongLongToLong(LONGLONG value, LONG* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT ULongToUShort(ULONG value, USHORT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT DWordToUShort(DWORD value, USHORT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT ULongToInt(ULONG value, INT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT DWordToInt(DWORD value, INT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT IntToUShort(INT value, USHORT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT IntToDWord(INT value, DWORD* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT IntToULong(INT value, ULONG* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT LongToDWord(LONG value, DWORD* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT LongToULong(LONG value, ULONG* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT IntToUInt(INT value, UINT* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT PtrdiffTToDWord(LONG_PTR value, DWORD* result) {
  return pendulum_crt::Narrow(value, result);
}
static inline HRESULT DWordAdd(DWORD left, DWORD right, DWORD* result) {
  DWORD value;
  bool overflow = __builtin_add_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT DWordSub(DWORD left, DWORD right, DWORD* result) {
  DWORD value;
  bool overflow = __builtin_sub_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT DWordMult(DWORD left, DWORD right, DWORD* result) {
  DWORD value;
  bool overflow = __builtin_mul_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT ULongAdd(ULONG left, ULONG right, ULONG* result) {
  ULONG value;
  bool overflow = __builtin_add_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT ULongSub(ULONG left, ULONG right, ULONG* result) {
  ULONG value;
  bool overflow = __builtin_sub_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT ULongMult(ULONG left, ULONG right, ULONG* result) {
  ULONG value;
  bool overflow = __builtin_mul_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT UIntAdd(UINT left, UINT right, UINT* result) {
  UINT value;
  bool overflow = __builtin_add_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT UIntSub(UINT left, UINT right, UINT* result) {
  UINT value;
  bool overflow = __builtin_sub_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT UIntMult(UINT left, UINT right, UINT* result) {
  UINT value;
  bool overflow = __builtin_mul_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT UShortAdd(USHORT left, USHORT right, USHORT* result) {
  USHORT value;
  bool overflow = __builtin_add_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT UShortSub(USHORT left, USHORT right, USHORT* result) {
  USHORT value;
  bool overflow = __builtin_sub_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT UShortMult(USHORT left, USHORT right, USHORT* result) {
  USHORT value;
  bool overflow = __builtin_mul_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT SizeTAdd(SIZE_T left, SIZE_T right, SIZE_T* result) {
  SIZE_T value;
  bool overflow = __builtin_add_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT SizeTSub(SIZE_T left, SIZE_T right, SIZE_T* result) {
  SIZE_T value;
  bool overflow = __builtin_sub_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT SizeTMult(SIZE_T left, SIZE_T right, SIZE_T* result) {
  SIZE_T value;
  bool overflow = __builtin_mul_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT ULongLongAdd(ULONGLONG left, ULONGLONG right, ULONGLONG* result) {
  ULONGLONG value;
  bool overflow = __builtin_add_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT ULongLongSub(ULONGLONG left, ULONGLONG right, ULONGLONG* result) {
  ULONGLONG value;
  bool overflow = __builtin_sub_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}
static inline HRESULT ULongLongMult(ULONGLONG left, ULONGLONG right, ULONGLONG* result) {
  ULONGLONG value;
  bool overflow = __builtin_mul_overflow(left, right, &value);
  return pendulum_crt::Checked(!overflow, value, result);
}

#endif  // PENDULUM_SDK_INTSAFE_H_
