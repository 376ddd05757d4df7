// ATL's CComPtr, CComBSTR and CComVariant.
#ifndef PENDULUM_SDK_ATLCOMCLI_H_
#define PENDULUM_SDK_ATLCOMCLI_H_

#include "secure_crt.h"
#include "windows.h"

#ifndef ATLASSERT
#define ATLASSERT(expression) ((void)(expression))
#endif

template <class T>
class CComPtr {
 public:
  CComPtr() : p(nullptr) {}
  CComPtr(T* pointer) : p(pointer) {
    if (p != nullptr) p->AddRef();
  }
  CComPtr(const CComPtr& other) : CComPtr(other.p) {}
  ~CComPtr() { Release(); }

  CComPtr& operator=(T* pointer) {
    if (pointer != nullptr) pointer->AddRef();
    Release();
    p = pointer;
    return *this;
  }
  CComPtr& operator=(const CComPtr& other) { return *this = other.p; }

  operator T*() const { return p; }
  T& operator*() const { return *p; }
  T* operator->() const { return p; }
  // For out parameters: the pointer has to be empty.
  T** operator&() {
    ATLASSERT(p == nullptr);
    return &p;
  }
  bool operator!() const { return p == nullptr; }
  bool operator==(T* other) const { return p == other; }
  void Release() {
    T* old = Detach();
    if (old != nullptr) old->Release();
  }
  void Attach(T* pointer) {
    Release();
    p = pointer;
  }
  T* Detach() {
    T* result = p;
    p = nullptr;
    return result;
  }
  HRESULT CopyTo(T** target) {
    if (target == nullptr) return E_POINTER;
    *target = p;
    if (p != nullptr) p->AddRef();
    return S_OK;
  }
  HRESULT CoCreateInstance(REFCLSID class_id, IUnknown* outer = nullptr,
                           DWORD context = CLSCTX_ALL) {
    return ::CoCreateInstance(class_id, outer, context, __uuidof(T), (void**)&p);
  }
  template <class Q>
  HRESULT QueryInterface(Q** object) const {
    return p->QueryInterface(__uuidof(Q), (void**)object);
  }

  T* p;
};

class CComBSTR {
 public:
  CComBSTR() : m_str(nullptr) {}
  CComBSTR(LPCWSTR text) : m_str(text == nullptr ? nullptr : SysAllocString(text)) {}
  CComBSTR(LPCSTR text) : m_str(nullptr) { Append(text); }
  CComBSTR(int length, LPCWSTR text) : m_str(SysAllocStringLen(text, (UINT)length)) {}
  CComBSTR(const CComBSTR& other) : m_str(other.Copy()) {}
  ~CComBSTR() { SysFreeString(m_str); }

  CComBSTR& operator=(LPCWSTR text) {
    if (text != m_str) {
      BSTR old = m_str;
      m_str = text == nullptr ? nullptr : SysAllocString(text);
      SysFreeString(old);
    }
    return *this;
  }
  CComBSTR& operator=(const CComBSTR& other) { return *this = other.m_str; }

  operator BSTR() const { return m_str; }
  BSTR* operator&() { return &m_str; }
  bool operator!() const { return m_str == nullptr; }
  unsigned int Length() const { return SysStringLen(m_str); }
  BSTR Copy() const { return m_str == nullptr ? nullptr : SysAllocStringLen(m_str, Length()); }
  void Attach(BSTR text) {
    SysFreeString(m_str);
    m_str = text;
  }
  BSTR Detach() {
    BSTR result = m_str;
    m_str = nullptr;
    return result;
  }
  void Empty() { Attach(nullptr); }
  HRESULT Append(LPCWSTR text) {
    UINT old_length = Length();
    BSTR joined = SysAllocStringLen(nullptr, old_length + (UINT)wcslen(text));
    if (joined == nullptr) return E_OUTOFMEMORY;
    if (old_length > 0) memcpy(joined, m_str, old_length * sizeof(WCHAR));
    memcpy(joined + old_length, text, (wcslen(text) + 1) * sizeof(WCHAR));
    Attach(joined);
    return S_OK;
  }
  HRESULT Append(LPCSTR text) {
    if (text == nullptr) return S_OK;
    size_t length = pendulum_mbstowcs(nullptr, text, 0);
    BSTR wide = SysAllocStringLen(nullptr, (UINT)length);
    if (wide == nullptr) return E_OUTOFMEMORY;
    pendulum_mbstowcs(wide, text, length);
    wide[length] = 0;
    HRESULT hr = Append((LPCWSTR)wide);
    SysFreeString(wide);
    return hr;
  }
  CComBSTR& operator+=(LPCWSTR text) {
    Append(text);
    return *this;
  }

  BSTR m_str;
};

class CComVariant : public VARIANT {
 public:
  CComVariant() { VariantInit(this); }
  CComVariant(const VARIANT& source) : CComVariant() { VariantCopy(this, &source); }
  CComVariant(const CComVariant& source) : CComVariant() { VariantCopy(this, &source); }
  CComVariant(LPCWSTR text) : CComVariant() {
    bstrVal = SysAllocString(text);
    vt = VT_BSTR;
  }
  CComVariant(int value) : CComVariant() {
    lVal = value;
    vt = VT_I4;
  }
  CComVariant(unsigned value) : CComVariant() {
    ulVal = value;
    vt = VT_UI4;
  }
  CComVariant(bool value) : CComVariant() {
    boolVal = value ? VARIANT_TRUE : VARIANT_FALSE;
    vt = VT_BOOL;
  }
  ~CComVariant() { VariantClear(this); }

  CComVariant& operator=(const CComVariant& source) {
    if (&source != this) VariantCopy(this, &source);
    return *this;
  }
  HRESULT Clear() { return VariantClear(this); }
  HRESULT ChangeType(VARTYPE type, const VARIANT* source = nullptr) {
    return VariantChangeType(this, source == nullptr ? this : source, 0, type);
  }
};

#endif  // PENDULUM_SDK_ATLCOMCLI_H_
