// _variant_t: a VARIANT that frees what it holds.
#ifndef PENDULUM_SDK_OLE_VARIANT_CLASS_H_
#define PENDULUM_SDK_OLE_VARIANT_CLASS_H_

#include "ole/bstr.h"

class _variant_t : public VARIANT {
 public:
  _variant_t() { VariantInit(this); }
  _variant_t(const VARIANT& source) {
    VariantInit(this);
    _com_util::CheckError(VariantCopy(this, &source));
  }
  _variant_t(const _variant_t& source) : _variant_t(static_cast<const VARIANT&>(source)) {}
  _variant_t(const wchar_t* text) : _variant_t(_bstr_t(text)) {}
  _variant_t(const char* text) : _variant_t(_bstr_t(text)) {}
  _variant_t(const _bstr_t& text) : _variant_t() {
    bstrVal = text.copy();
    vt = VT_BSTR;
  }
  _variant_t(bool value) : _variant_t() {
    boolVal = value ? VARIANT_TRUE : VARIANT_FALSE;
    vt = VT_BOOL;
  }
  _variant_t(LONG value, VARTYPE type = VT_I4) : _variant_t() {
    lVal = value;
    vt = type;
  }
  _variant_t(ULONG value) : _variant_t() {
    ulVal = value;
    vt = VT_UI4;
  }
  _variant_t(double value) : _variant_t() {
    dblVal = value;
    vt = VT_R8;
  }
  ~_variant_t() { VariantClear(this); }

  _variant_t& operator=(const VARIANT& source) {
    if (&source != this) _com_util::CheckError(VariantCopy(this, &source));
    return *this;
  }
  _variant_t& operator=(const _variant_t& source) {
    return *this = static_cast<const VARIANT&>(source);
  }

  operator _bstr_t() const { return _bstr_t(static_cast<const VARIANT&>(*this)); }
  operator bool() const { return As(VT_BOOL).boolVal != VARIANT_FALSE; }
  operator LONG() const { return As(VT_I4).lVal; }

  void ChangeType(VARTYPE type) { _com_util::CheckError(VariantChangeType(this, this, 0, type)); }
  void Clear() { _com_util::CheckError(VariantClear(this)); }
  VARIANT Detach() {
    VARIANT result = *this;
    VariantInit(this);
    return result;
  }
  VARIANT* GetAddress() {
    Clear();
    return this;
  }

 private:
  VARIANT As(VARTYPE type) const {
    VARIANT result;
    VariantInit(&result);
    _com_util::CheckError(VariantChangeType(&result, this, 0, type));
    return result;
  }
};

static inline bool operator==(const _bstr_t& left, const wchar_t* right) {
  return left == _bstr_t(right);
}

#endif  // PENDULUM_SDK_OLE_VARIANT_CLASS_H_
