// GUID, IID, CLSID, and what compares them. __uuidof needs the global struct _GUID.
#ifndef PENDULUM_SDK_WINDOWS_GUID_H_
#define PENDULUM_SDK_WINDOWS_GUID_H_

#include "windows/types.h"

typedef struct _GUID {
  unsigned int Data1;
  unsigned short Data2;
  unsigned short Data3;
  unsigned char Data4[8];
} GUID;

typedef GUID* LPGUID;
typedef const GUID* LPCGUID;
typedef GUID UUID;
typedef GUID IID;
typedef IID* LPIID;
typedef GUID CLSID;
typedef CLSID* LPCLSID;
#define REFGUID const GUID&
#define REFIID const IID&
#define REFCLSID const IID&

extern "C++" {
inline bool operator==(const GUID& left, const GUID& right) {
  return __builtin_memcmp(&left, &right, sizeof(GUID)) == 0;
}
inline bool operator!=(const GUID& left, const GUID& right) { return !(left == right); }
inline int IsEqualGUID(const GUID& left, const GUID& right) { return left == right; }
}
#define IsEqualIID(left, right) IsEqualGUID(left, right)
#define IsEqualCLSID(left, right) IsEqualGUID(left, right)

#endif  // PENDULUM_SDK_WINDOWS_GUID_H_

// initguid.h turns DEFINE_GUID from a declaration into a definition for what is included after it,
// so this part stands outside the guard.
#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
  extern "C" const GUID __attribute__((weak, visibility("hidden")))  \
  name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
  extern "C" const GUID __attribute__((visibility("hidden"))) name
#endif
