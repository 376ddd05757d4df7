// Reads its configuration, with ATL's and its own means.
#include <atlbase.h>
#include <comdef.h>
#include <httpserv.h>
#include <intsafe.h>
#include <Oleauto.h>


static HRESULT ReadFlag(IHttpServer* server, PCWSTR path, BOOL* flag) {
  IAppHostAdminManager* manager = server->GetAdminManager();
  CComPtr<IAppHostElement> section;
  CComPtr<IAppHostProperty> property;
  CComBSTR name(L"system.webServer/sample");
  HRESULT hr = manager->GetAdminSection(name, CComBSTR(path), &section);
  if (FAILED(hr)) return hr;
  BSTR attribute = SysAllocString(L"enabled");
  if (attribute == NULL) return E_OUTOFMEMORY;
  hr = section->GetPropertyByName(attribute, &property);
  SysFreeString(attribute);
  VARIANT value;
  VariantInit(&value);
  if (SUCCEEDED(hr)) hr = property->get_Value(&value);
  if (SUCCEEDED(hr) && V_VT(&value) == VT_BOOL) *flag = V_BOOL(&value) == VARIANT_TRUE;
  VariantClear(&value);
  CComPtr<IAppHostElementCollection> collection;
  DWORD count = 0;
  if (SUCCEEDED(section->get_Collection(&collection)) && collection != NULL) {
    collection->get_Count(&count);
    _variant_t index((LONG)0);
    CComPtr<IAppHostElement> item;
    hr = collection->get_Item(index, &item);
  }
  USHORT small_count = 0;
  return FAILED(hr) ? hr : DWordToUShort(count, &small_count);
}

HRESULT WINAPI RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer* server) {
  BOOL enabled = FALSE;
  HRESULT hr = ReadFlag(server, L"MACHINE/WEBROOT/APPHOST", &enabled);
  return enabled && SUCCEEDED(hr) && info != NULL ? hr : E_FAIL;
}
