// VARIANT: clearing, copying, and changes between texts, integers and booleans.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <string_view>

#include "harness/win32/boundary.h"
#include "harness/win32/format.h"
#include "oleauto.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

// Automation's number of a VARIANT, wide enough for every integer type.
struct Number {
  bool is_valid = false;
  bool is_unsigned = false;
  int64_t value = 0;
};

bool SameWithoutCase(std::wstring_view text, std::wstring_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const wchar_t c = text[i] >= L'A' && text[i] <= L'Z' ? text[i] + 32 : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

Number NumberOfText(const wchar_t* text) {
  if (text == nullptr) return {};
  if (SameWithoutCase(text, L"true")) return {.is_valid = true, .value = -1};
  if (SameWithoutCase(text, L"false")) return {.is_valid = true, .value = 0};
  wchar_t* end = nullptr;
  errno = 0;
  const long long value = std::wcstoll(text, &end, 10);
  return {.is_valid = end != text && *end == L'\0' && errno == 0, .value = value};
}

Number NumberOf(const VARIANT& variant) {
  switch (variant.vt) {
    case VT_EMPTY:
      return {.is_valid = true};
    case VT_BOOL:
    case VT_I2:
      return {.is_valid = true, .value = variant.iVal};
    case VT_I1:
      return {.is_valid = true, .value = variant.cVal};
    case VT_INT:
    case VT_ERROR:
    case VT_I4:
      return {.is_valid = true, .value = variant.lVal};
    case VT_I8:
      return {.is_valid = true, .value = variant.llVal};
    case VT_UI1:
      return {.is_valid = true, .is_unsigned = true, .value = variant.bVal};
    case VT_UI2:
      return {.is_valid = true, .is_unsigned = true, .value = variant.uiVal};
    case VT_UINT:
    case VT_UI4:
      return {.is_valid = true, .is_unsigned = true, .value = variant.ulVal};
    case VT_UI8:
      return {.is_valid = true, .is_unsigned = true, .value = static_cast<int64_t>(variant.ullVal)};
    case VT_R8:
      return {.is_valid = true, .value = static_cast<int64_t>(variant.dblVal)};
    case VT_BSTR:
      return NumberOfText(variant.bstrVal);
    default:
      return {};
  }
}

struct Range {
  int64_t lowest;
  int64_t highest;
};

bool RangeOf(VARTYPE type, Range* range) {
  switch (type) {
    case VT_I1:
      *range = {-128, 127};
      return true;
    case VT_I2:
      *range = {-32768, 32767};
      return true;
    case VT_INT:
    case VT_I4:
      *range = {INT32_MIN, INT32_MAX};
      return true;
    case VT_I8:
      *range = {INT64_MIN, INT64_MAX};
      return true;
    case VT_UI1:
      *range = {0, 0xFF};
      return true;
    case VT_UI2:
      *range = {0, 0xFFFF};
      return true;
    case VT_UINT:
    case VT_UI4:
      *range = {0, 0xFFFFFFFF};
      return true;
    case VT_UI8:
      *range = {0, INT64_MAX};
      return true;
    default:
      return false;
  }
}

BSTR TextOf(const VARIANT& variant) {
  if (variant.vt == VT_BSTR)
    return SysAllocStringLen(variant.bstrVal, SysStringLen(variant.bstrVal));
  if (variant.vt == VT_EMPTY) return SysAllocString(L"");
  if (variant.vt == VT_BOOL) return SysAllocString(variant.boolVal ? L"True" : L"False");
  const Number number = NumberOf(variant);
  if (!number.is_valid) return nullptr;
  wchar_t text[24];
  wsprintfW(text, number.is_unsigned ? L"%I64u" : L"%I64d", static_cast<long long>(number.value));
  return SysAllocString(text);
}

void Clear(VARIANT* variant) {
  if (variant->vt == VT_BSTR) SysFreeString(variant->bstrVal);
  if (variant->vt == VT_UNKNOWN && variant->punkVal != nullptr) variant->punkVal->Release();
  *variant = VARIANT{};
}

// A copy that owns what it has; E_OUTOFMEMORY or DISP_E_BADVARTYPE if that is not possible.
HRESULT CopyOf(const VARIANT& source, VARIANT* copy) {
  *copy = source;
  if (source.vt == VT_BSTR) {
    copy->bstrVal = source.bstrVal == nullptr
                        ? nullptr
                        : SysAllocStringLen(source.bstrVal, SysStringLen(source.bstrVal));
    return copy->bstrVal == nullptr && source.bstrVal != nullptr ? E_OUTOFMEMORY : S_OK;
  }
  if (source.vt == VT_UNKNOWN && source.punkVal != nullptr) source.punkVal->AddRef();
  return (source.vt & VT_ARRAY) != 0 || source.vt == VT_DISPATCH ? DISP_E_BADVARTYPE : S_OK;
}

HRESULT Converted(const VARIANT& source, VARTYPE type, VARIANT* result) {
  *result = VARIANT{};
  if (source.vt == type) return CopyOf(source, result);
  if (type == VT_BSTR) {
    result->bstrVal = TextOf(source);
    result->vt = VT_BSTR;
    return result->bstrVal == nullptr ? DISP_E_TYPEMISMATCH : S_OK;
  }
  const Number number = NumberOf(source);
  if (!number.is_valid) return DISP_E_TYPEMISMATCH;
  result->vt = type;
  if (type == VT_BOOL) {
    result->boolVal = number.value != 0 ? VARIANT_TRUE : VARIANT_FALSE;
    return S_OK;
  }
  if (type == VT_R8) {
    result->dblVal = static_cast<double>(number.value);
    return S_OK;
  }
  Range range{};
  if (!RangeOf(type, &range)) return DISP_E_BADVARTYPE;
  if (number.value < range.lowest || number.value > range.highest) return DISP_E_OVERFLOW;
  result->llVal = number.value;
  return S_OK;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" VOID WINAPI VariantInit(VARIANTARG* variant) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *variant = VARIANT{};
}

extern "C" HRESULT WINAPI VariantClear(VARIANTARG* variant) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  Clear(variant);
  return S_OK;
}

extern "C" HRESULT WINAPI VariantCopy(VARIANTARG* target, const VARIANTARG* source) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  VARIANT copy;
  const HRESULT result = CopyOf(*source, &copy);
  if (FAILED(result)) return result;
  Clear(target);
  *target = copy;
  return S_OK;
}

extern "C" HRESULT WINAPI VariantCopyInd(VARIANT* target, const VARIANTARG* source) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (source->vt == (VT_BYREF | VT_VARIANT)) return VariantCopy(target, source->pvarVal);
  if ((source->vt & VT_BYREF) == 0) return VariantCopy(target, source);
  return DISP_E_BADVARTYPE;
}

extern "C" HRESULT WINAPI VariantChangeType(VARIANTARG* target, const VARIANTARG* source, USHORT,
                                            VARTYPE type) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  VARIANT result;
  const HRESULT outcome = Converted(*source, type, &result);
  if (FAILED(outcome)) return outcome;
  Clear(target);
  *target = result;
  return S_OK;
}
