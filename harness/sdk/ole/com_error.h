// _com_error, and what throws it.
#ifndef PENDULUM_SDK_OLE_COM_ERROR_H_
#define PENDULUM_SDK_OLE_COM_ERROR_H_

#include "windows.h"

struct IErrorInfo;

class _com_error {
 public:
  explicit _com_error(HRESULT hr, IErrorInfo* = nullptr, bool = false) : hr_(hr) {}
  _com_error(const _com_error& other) : hr_(other.hr_) {}
  _com_error& operator=(const _com_error& other) {
    hr_ = other.hr_;
    return *this;
  }
  virtual ~_com_error() {}

  HRESULT Error() const { return hr_; }
  WORD WCode() const { return (WORD)(hr_ >= (HRESULT)0x80040200 ? hr_ - (HRESULT)0x80040200 : 0); }
  // "Unknown error 0x80004005": the texts of Windows are not known here. Lives as long as the
  // object.
  const TCHAR* ErrorMessage() const {
    static const char kPrefix[] = "Unknown error 0x";
    int length = 0;
    for (; kPrefix[length] != 0; ++length) message_[length] = (TCHAR)kPrefix[length];
    for (int shift = 28; shift >= 0; shift -= 4) {
      message_[length++] = (TCHAR) "0123456789ABCDEF"[((UINT)hr_ >> shift) & 15];
    }
    message_[length] = 0;
    return message_;
  }
  IErrorInfo* ErrorInfo() const { return nullptr; }

 private:
  HRESULT hr_;
  mutable TCHAR message_[32];
};

[[noreturn]] static inline void _com_raise_error(HRESULT hr, IErrorInfo* = nullptr) {
  throw _com_error(hr);
}
[[noreturn]] static inline void _com_issue_error(HRESULT hr) { throw _com_error(hr); }
[[noreturn]] static inline void _com_issue_errorex(HRESULT hr, IUnknown*, REFIID) {
  throw _com_error(hr);
}

namespace _com_util {
static inline void CheckError(HRESULT hr) {
  if (FAILED(hr)) _com_issue_error(hr);
}
}  // namespace _com_util

#endif  // PENDULUM_SDK_OLE_COM_ERROR_H_
