// _com_ptr_t: a counted pointer that throws _com_error.
#ifndef PENDULUM_SDK_OLE_COM_PTR_H_
#define PENDULUM_SDK_OLE_COM_PTR_H_

#include "ole/com_error.h"

template <class Interface, const IID* InterfaceId = nullptr>
class _com_IIID {
 public:
  typedef Interface InterfaceType;
  static const IID& GetIID() { return __uuidof(Interface); }
};

template <class Identity>
class _com_ptr_t {
 public:
  typedef typename Identity::InterfaceType Interface;

  _com_ptr_t() {}
  _com_ptr_t(Interface* pointer) : pointer_(pointer) { AddReference(); }
  _com_ptr_t(Interface* pointer, bool add_reference) : pointer_(pointer) {
    if (add_reference) AddReference();
  }
  _com_ptr_t(const _com_ptr_t& other) : pointer_(other.pointer_) { AddReference(); }
  template <class OtherIdentity>
  _com_ptr_t(const _com_ptr_t<OtherIdentity>& other) {
    if (other.GetInterfacePtr() != nullptr) {
      other.GetInterfacePtr()->QueryInterface(Identity::GetIID(), (void**)&pointer_);
    }
  }
  ~_com_ptr_t() { Clear(); }

  _com_ptr_t& operator=(Interface* pointer) {
    _com_ptr_t copy(pointer);
    Swap(copy);
    return *this;
  }
  _com_ptr_t& operator=(const _com_ptr_t& other) { return *this = other.pointer_; }

  HRESULT CreateInstance(REFCLSID class_id, IUnknown* outer = nullptr, DWORD context = CLSCTX_ALL) {
    Clear();
    return CoCreateInstance(class_id, outer, context, Identity::GetIID(), (void**)&pointer_);
  }

  operator Interface*() const { return pointer_; }
  Interface& operator*() const { return *Checked(); }
  Interface* operator->() const { return Checked(); }
  Interface** operator&() {
    Clear();
    return &pointer_;
  }
  bool operator!() const { return pointer_ == nullptr; }
  Interface* GetInterfacePtr() const { return pointer_; }
  void Attach(Interface* pointer) {
    Clear();
    pointer_ = pointer;
  }
  Interface* Detach() {
    Interface* result = pointer_;
    pointer_ = nullptr;
    return result;
  }
  void Release() {
    if (pointer_ == nullptr) _com_issue_error(E_POINTER);
    Clear();
  }

 private:
  void AddReference() {
    if (pointer_ != nullptr) pointer_->AddRef();
  }
  void Clear() {
    Interface* old = Detach();
    if (old != nullptr) old->Release();
  }
  void Swap(_com_ptr_t& other) {
    Interface* mine = pointer_;
    pointer_ = other.pointer_;
    other.pointer_ = mine;
  }
  Interface* Checked() const {
    if (pointer_ == nullptr) _com_issue_error(E_POINTER);
    return pointer_;
  }

  Interface* pointer_ = nullptr;
};

#define _COM_SMARTPTR_TYPEDEF(Interface, id) typedef _com_ptr_t<_com_IIID<Interface>> Interface##Ptr

#endif  // PENDULUM_SDK_OLE_COM_PTR_H_
