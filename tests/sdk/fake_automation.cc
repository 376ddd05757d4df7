#include "tests/sdk/fake_automation.h"

#include <windows.h>

#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <string>

namespace pendulum::sdk {

int live_strings = 0;
int created_by_windows = 0;

}  // namespace pendulum::sdk

using pendulum::sdk::created_by_windows;
using pendulum::sdk::live_strings;

extern "C" {

BSTR WINAPI SysAllocStringLen(const OLECHAR* text, UINT length) {
  auto* memory = static_cast<UINT*>(std::calloc(1, 8 + (length + 1) * sizeof(OLECHAR)));
  memory[1] = length;
  auto* string = reinterpret_cast<BSTR>(memory + 2);
  if (text != nullptr) std::memcpy(string, text, length * sizeof(OLECHAR));
  ++live_strings;
  return string;
}

BSTR WINAPI SysAllocString(const OLECHAR* text) {
  return text == nullptr ? nullptr : SysAllocStringLen(text, static_cast<UINT>(std::wcslen(text)));
}

VOID WINAPI SysFreeString(BSTR string) {
  if (string == nullptr) return;
  --live_strings;
  std::free(reinterpret_cast<UINT*>(string) - 2);
}

UINT WINAPI SysStringLen(BSTR string) {
  return string == nullptr ? 0 : reinterpret_cast<UINT*>(string)[-1];
}

VOID WINAPI VariantInit(VARIANTARG* variant) { std::memset(variant, 0, sizeof *variant); }

HRESULT WINAPI VariantClear(VARIANTARG* variant) {
  if (variant->vt == VT_BSTR) SysFreeString(variant->bstrVal);
  VariantInit(variant);
  return S_OK;
}

HRESULT WINAPI VariantCopy(VARIANTARG* target, const VARIANTARG* source) {
  VariantClear(target);
  *target = *source;
  if (source->vt == VT_BSTR) target->bstrVal = SysAllocString(source->bstrVal);
  return S_OK;
}

HRESULT WINAPI VariantChangeType(VARIANTARG* target, const VARIANTARG* source, USHORT,
                                 VARTYPE type) {
  if (source->vt != VT_I4 || type != VT_BSTR) return DISP_E_TYPEMISMATCH;
  std::wstring text = std::to_wstring(source->lVal);
  target->vt = VT_BSTR;
  target->bstrVal = SysAllocString(text.c_str());
  return S_OK;
}

HRESULT WINAPI CoCreateInstance(REFCLSID, LPUNKNOWN, DWORD, REFIID, LPVOID*) {
  ++created_by_windows;
  return REGDB_E_CLASSNOTREG;
}

}  // extern "C"
