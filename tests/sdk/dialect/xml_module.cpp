// The type library import of samples that write XML, and compiler COM support.
#include <windows.h>
#import "msxml6.dll"
#include <sal.h>
#include <httpserv.h>
#include <string>

using namespace std;

class XmlModule : public CGlobalModule {
 public:
  GLOBAL_NOTIFICATION_STATUS OnGlobalCacheCleanup(VOID) {
    try {
      MSXML2::IXMLDOMDocument3Ptr document;
      HRESULT hr = document.CreateInstance(__uuidof(MSXML2::DOMDocument60));
      if (FAILED(hr)) throw _com_error(hr);
      MSXML2::IXMLDOMElementPtr root = document->createElement(L"root");
      MSXML2::IXMLDOMAttributePtr attribute = document->createAttribute("name");
      attribute->text = L"value";
      root->setAttributeNode(attribute);
      root->text = "text";
      document->appendChild(root);
      _bstr_t xml = document->documentElement->xml;
      wstring wide = xml;
      wide += wstring(L"!" + xml + "?");
      OutputDebugStringW(wide.c_str());
      MSXML2::IXMLDOMDocument* raw = NULL;
      hr = CoCreateInstance(__uuidof(MSXML2::DOMDocument60), NULL, CLSCTX_INPROC_SERVER,
                            __uuidof(MSXML2::IXMLDOMDocument), (void**)&raw);
      if (SUCCEEDED(hr)) raw->Release();
    } catch (_com_error& error) {
      OutputDebugString(error.ErrorMessage());
    }
    return GL_NOTIFICATION_CONTINUE;
  }
  VOID Terminate(VOID) { delete this; }
};

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetGlobalNotifications(new XmlModule, GL_CACHE_CLEANUP);
}
