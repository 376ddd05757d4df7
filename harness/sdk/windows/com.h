// IUnknown, and the COM and RPC functions that modules call.
#ifndef PENDULUM_SDK_WINDOWS_COM_H_
#define PENDULUM_SDK_WINDOWS_COM_H_

#include "windows/errors.h"
#include "windows/guid.h"

#define STDMETHODCALLTYPE
#define STDAPICALLTYPE
#define STDMETHODIMP HRESULT STDMETHODCALLTYPE
#define STDMETHODIMP_(type) type STDMETHODCALLTYPE
#define STDMETHOD(method) virtual HRESULT STDMETHODCALLTYPE method
#define STDMETHOD_(type, method) virtual type STDMETHODCALLTYPE method
#define STDAPI extern "C" HRESULT STDAPICALLTYPE
#define STDAPI_(type) extern "C" type STDAPICALLTYPE
#ifndef EXTERN_C
#define EXTERN_C extern "C"
#endif
#ifdef PENDULUM_MODULE_SOURCE
// Words that the harness itself may use.
#define interface struct
#define PURE = 0
#define THIS_
#define THIS VOID
#endif
#define MIDL_INTERFACE(uuid_text) struct __declspec(uuid(uuid_text)) __declspec(novtable)
#define DECLSPEC_UUID(uuid_text) __declspec(uuid(uuid_text))
#define DECLSPEC_NOVTABLE __declspec(novtable)

extern "C++" {
struct __declspec(uuid("00000000-0000-0000-C000-000000000046")) IUnknown {
  virtual HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid, void** ppvObject) = 0;
  virtual ULONG STDMETHODCALLTYPE AddRef() = 0;
  virtual ULONG STDMETHODCALLTYPE Release() = 0;

  template <class Q>
  HRESULT QueryInterface(Q** object) {
    return QueryInterface(__uuidof(Q), (void**)object);
  }
};
}
typedef IUnknown* LPUNKNOWN;

typedef WCHAR OLECHAR;
typedef OLECHAR* LPOLESTR;
typedef const OLECHAR* LPCOLESTR;
typedef unsigned char* RPC_CSTR;
typedef WCHAR* RPC_WSTR;
typedef LONG RPC_STATUS;
#define OLESTR(text) L##text
#define RPC_S_OK 0
#define RPC_S_UUID_LOCAL_ONLY 1824
#define RPC_S_UUID_NO_ADDRESS 1739

#define COINIT_APARTMENTTHREADED 0x2
#define COINIT_MULTITHREADED 0x0
#define COINIT_DISABLE_OLE1DDE 0x4
#define CLSCTX_INPROC_SERVER 0x1
#define CLSCTX_LOCAL_SERVER 0x4
#define CLSCTX_ALL 0x17

extern "C" {
HRESULT WINAPI CoInitialize(LPVOID reserved);
HRESULT WINAPI CoInitializeEx(LPVOID reserved, DWORD flags);
VOID WINAPI CoUninitialize(VOID);
LPVOID WINAPI CoTaskMemAlloc(SIZE_T bytes);
LPVOID WINAPI CoTaskMemRealloc(LPVOID memory, SIZE_T bytes);
VOID WINAPI CoTaskMemFree(LPVOID memory);
HRESULT WINAPI CoCreateGuid(GUID* guid);
int WINAPI StringFromGUID2(REFGUID guid, LPOLESTR buffer, int length);
HRESULT WINAPI StringFromCLSID(REFCLSID class_id, LPOLESTR* text);
HRESULT WINAPI CLSIDFromString(LPCOLESTR text, LPCLSID class_id);
HRESULT WINAPI IIDFromString(LPCOLESTR text, LPIID interface_id);
RPC_STATUS UuidCreate(UUID* uuid);
RPC_STATUS UuidToStringA(const UUID* uuid, RPC_CSTR* text);
RPC_STATUS UuidToStringW(const UUID* uuid, RPC_WSTR* text);
RPC_STATUS UuidFromStringA(RPC_CSTR text, UUID* uuid);
RPC_STATUS UuidFromStringW(RPC_WSTR text, UUID* uuid);
RPC_STATUS RpcStringFreeA(RPC_CSTR* text);
RPC_STATUS RpcStringFreeW(RPC_WSTR* text);
}

#ifdef UNICODE
#define UuidToString UuidToStringW
#define UuidFromString UuidFromStringW
#define RpcStringFree RpcStringFreeW
#else
#define UuidToString UuidToStringA
#define UuidFromString UuidFromStringA
#define RpcStringFree RpcStringFreeA
#endif

#ifdef PENDULUM_MODULE_SOURCE
// A header that brings classes of its own (msxml6.dll) sets this; it answers
// REGDB_E_CLASSNOTREG for classes that it doesn't know.
__attribute__((weak, visibility("hidden")))
HRESULT (*pendulum_class_factory)(REFCLSID, REFIID, LPVOID*) = 0;
extern "C" HRESULT WINAPI PendulumCoCreateInstance(REFCLSID class_id, LPUNKNOWN outer,
                                                   DWORD context, REFIID riid,
                                                   LPVOID* object) __asm__("CoCreateInstance");
static inline HRESULT WINAPI CoCreateInstance(REFCLSID class_id, LPUNKNOWN outer, DWORD context,
                                              REFIID riid, LPVOID* object) {
  HRESULT hr = REGDB_E_CLASSNOTREG;
  if (pendulum_class_factory != 0) hr = pendulum_class_factory(class_id, riid, object);
  if (hr != REGDB_E_CLASSNOTREG) return hr;
  return PendulumCoCreateInstance(class_id, outer, context, riid, object);
}
#else
extern "C" HRESULT WINAPI CoCreateInstance(REFCLSID class_id, LPUNKNOWN outer, DWORD context,
                                           REFIID riid, LPVOID* object);
#endif

#endif  // PENDULUM_SDK_WINDOWS_COM_H_
