// What the configuration's objects have in common: reference counts that are checked. An object
// that was released for the last time stays until the run is over, so that a later call is noted
// instead of crashing.
#ifndef PENDULUM_WIN32_APP_HOST_OBJECT_H_
#define PENDULUM_WIN32_APP_HOST_OBJECT_H_

#include <memory>
#include <string_view>
#include <utility>

#include "ahadmin.h"
#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"
#include "windows.h"

namespace pendulum::win32 {

class AppHostObject {
 public:
  virtual ~AppHostObject() = default;
  bool is_alive() const { return references_ > 0; }

 protected:
  // False (and noted) when the object has been released already.
  bool Check(const char* name) const {
    if (is_alive()) return true;
    CaptureLine("configuration: ", name, " was used after its last Release");
    return false;
  }

  int references_ = 1;
};

// Keeps an object until the run is over.
void KeepAppHostObject(std::unique_ptr<AppHostObject> object);

// IUnknown for an object that implements `Interface`.
template <typename Interface>
class Counted : public Interface, public AppHostObject {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid, void** object) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (object == nullptr) return E_POINTER;
    *object = nullptr;
    if (riid != __uuidof(Interface) && riid != __uuidof(IUnknown)) return E_NOINTERFACE;
    ++references_;
    *object = static_cast<Interface*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("an object") ? static_cast<ULONG>(++references_) : 0;
  }
  ULONG STDMETHODCALLTYPE Release() override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("an object") ? static_cast<ULONG>(--references_) : 0;
  }
};

// Gives a new object to the module, with one reference. E_POINTER without a place for it.
template <typename Object, typename Interface, typename... Parameters>
HRESULT GiveNew(Interface** place, Parameters&&... parameters) {
  if (place == nullptr) return E_POINTER;
  auto object = std::make_unique<Object>(std::forward<Parameters>(parameters)...);
  *place = object.get();
  KeepAppHostObject(std::move(object));
  return S_OK;
}

// Gives a text as a BSTR that the module owns.
inline HRESULT GiveText(std::wstring_view text, BSTR* place) {
  if (place == nullptr) return E_POINTER;
  *place = SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
  return *place == nullptr ? E_OUTOFMEMORY : S_OK;
}

// What a method that this layer does not have answers.
template <typename... Places>
HRESULT NoSuchMethod(const char* name, Places**... places) {
  ((places != nullptr ? static_cast<void>(*places = nullptr) : static_cast<void>(0)), ...);
  NotSimulated(name);
  return E_NOTIMPL;
}

// The place that a VARIANT names, an integer below `count`; -1 if it names none.
int IndexOf(const VARIANT& index, size_t count);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_APP_HOST_OBJECT_H_
