// _bstr_t: a string that converts to and from narrow and wide texts. Narrow texts are UTF-8.
#ifndef PENDULUM_SDK_OLE_BSTR_H_
#define PENDULUM_SDK_OLE_BSTR_H_

#include <memory>
#include <string>

#include "ole/com_error.h"

class _bstr_t {
 public:
  _bstr_t() {}
  _bstr_t(const char* text) { AssignNarrow(text); }
  _bstr_t(const wchar_t* text) { AssignWide(text); }
  _bstr_t(BSTR text, bool copy) {
    AssignWide(text);
    if (!copy) SysFreeString(text);
  }
  _bstr_t(const _bstr_t& other) : shared_(other.shared_) {}
  explicit _bstr_t(const std::wstring& text) { AssignWide(text.c_str()); }
  _bstr_t(const VARIANT& variant) {
    if (variant.vt == VT_BSTR) {
      AssignWide(variant.bstrVal);
      return;
    }
    VARIANT text;
    VariantInit(&text);
    _com_util::CheckError(VariantChangeType(&text, &variant, 0, VT_BSTR));
    AssignWide(text.bstrVal);
    VariantClear(&text);
  }

  _bstr_t& operator=(const _bstr_t& other) {
    shared_ = other.shared_;
    return *this;
  }
  _bstr_t& operator=(const char* text) {
    AssignNarrow(text);
    return *this;
  }
  _bstr_t& operator=(const wchar_t* text) {
    AssignWide(text);
    return *this;
  }

  _bstr_t& operator+=(const _bstr_t& other) { return *this = *this + other; }
  _bstr_t operator+(const _bstr_t& other) const { return _bstr_t(Wide() + other.Wide()); }
  _bstr_t operator+(const char* text) const { return *this + _bstr_t(text); }
  _bstr_t operator+(const wchar_t* text) const { return *this + _bstr_t(text); }
  friend _bstr_t operator+(const char* left, const _bstr_t& right) { return _bstr_t(left) + right; }
  friend _bstr_t operator+(const wchar_t* left, const _bstr_t& right) {
    return _bstr_t(left) + right;
  }

  // The pointers live as long as any copy of the string; null for an empty object.
  operator const wchar_t*() const { return shared_ ? shared_->string : nullptr; }
  operator wchar_t*() const { return shared_ ? shared_->string : nullptr; }
  operator const char*() const { return shared_ ? shared_->narrow.c_str() : nullptr; }
  operator char*() const { return shared_ ? const_cast<char*>(shared_->narrow.c_str()) : nullptr; }
  operator std::string() const { return shared_ ? shared_->narrow : std::string(); }
  operator std::wstring() const { return Wide(); }

  bool operator!() const { return length() == 0; }
  bool operator==(const _bstr_t& other) const { return Wide() == other.Wide(); }
  bool operator!=(const _bstr_t& other) const { return Wide() != other.Wide(); }
  bool operator<(const _bstr_t& other) const { return Wide() < other.Wide(); }
  bool operator>(const _bstr_t& other) const { return Wide() > other.Wide(); }
  unsigned int length() const { return shared_ ? SysStringLen(shared_->string) : 0; }

  // The string itself stays the object's.
  BSTR GetBSTR() const { return shared_ ? shared_->string : nullptr; }
  // The caller frees the copy.
  BSTR copy(bool = true) const { return SysAllocString(Wide().c_str()); }
  // The caller frees what is handed out; the object is empty afterwards.
  BSTR Detach() {
    BSTR result = shared_ ? copy() : nullptr;
    shared_.reset();
    return result;
  }
  void Attach(BSTR text) {
    AssignWide(text);
    SysFreeString(text);
  }
  void Assign(BSTR text) { AssignWide(text); }

 private:
  struct Shared {
    explicit Shared(const wchar_t* text) : string(SysAllocString(text)) {
      if (string == nullptr) _com_issue_error(E_OUTOFMEMORY);
      narrow.resize(pendulum_wcstombs(nullptr, text, 0));
      pendulum_wcstombs(&narrow[0], text, narrow.size());
    }
    ~Shared() { SysFreeString(string); }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    BSTR string;
    std::string narrow;
  };

  std::wstring Wide() const { return shared_ ? std::wstring(shared_->string) : std::wstring(); }
  void AssignWide(const wchar_t* text) {
    shared_ = text == nullptr ? nullptr : std::make_shared<Shared>(text);
  }
  void AssignNarrow(const char* text) {
    if (text == nullptr) {
      shared_.reset();
      return;
    }
    std::wstring wide(pendulum_mbstowcs(nullptr, text, 0), L'\0');
    pendulum_mbstowcs(&wide[0], text, wide.size());
    AssignWide(wide.c_str());
  }

  std::shared_ptr<Shared> shared_;
};

#endif  // PENDULUM_SDK_OLE_BSTR_H_
