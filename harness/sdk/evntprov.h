// Event tracing providers.
#ifndef PENDULUM_SDK_EVNTPROV_H_
#define PENDULUM_SDK_EVNTPROV_H_

#include "windows.h"

typedef ULONGLONG REGHANDLE, *PREGHANDLE;

typedef struct _EVENT_DESCRIPTOR {
  USHORT Id;
  UCHAR Version;
  UCHAR Channel;
  UCHAR Level;
  UCHAR Opcode;
  USHORT Task;
  ULONGLONG Keyword;
} EVENT_DESCRIPTOR, *PEVENT_DESCRIPTOR;
typedef const EVENT_DESCRIPTOR* PCEVENT_DESCRIPTOR;

typedef struct _EVENT_DATA_DESCRIPTOR {
  ULONGLONG Ptr;
  ULONG Size;
  ULONG Reserved;
} EVENT_DATA_DESCRIPTOR, *PEVENT_DATA_DESCRIPTOR;

typedef VOID(NTAPI* PENABLECALLBACK)(LPCGUID SourceId, ULONG IsEnabled, UCHAR Level,
                                     ULONGLONG MatchAnyKeyword, ULONGLONG MatchAllKeyword,
                                     PVOID FilterData, PVOID CallbackContext);

extern "C" {
ULONG EventRegister(LPCGUID provider, PENABLECALLBACK callback, PVOID context, PREGHANDLE handle);
ULONG EventUnregister(REGHANDLE handle);
BOOLEAN EventEnabled(REGHANDLE handle, PCEVENT_DESCRIPTOR descriptor);
ULONG EventWrite(REGHANDLE handle, PCEVENT_DESCRIPTOR descriptor, ULONG count,
                 PEVENT_DATA_DESCRIPTOR data);
}

static inline VOID EventDataDescCreate(PEVENT_DATA_DESCRIPTOR descriptor, const VOID* data,
                                       ULONG bytes) {
  descriptor->Ptr = (ULONGLONG)(ULONG_PTR)data;
  descriptor->Size = bytes;
  descriptor->Reserved = 0;
}

#endif  // PENDULUM_SDK_EVNTPROV_H_
