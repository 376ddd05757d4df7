#include <httpserv.h>

class Factory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule**, IModuleAllocator*) { return E_NOTIMPL; }
};

IHttpModuleFactory* Make() { return new Factory; }
