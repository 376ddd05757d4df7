// What the C runtime headers of the SDK leave to the harness.
#include <cerrno>
#include <ctime>

#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"
#include "harness/win32/clock.h"
#include "harness/win32/format.h"
#include "harness/win32/random.h"
#include "harness/win32/thread_state.h"
#include "process.h"
#include "windows.h"

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" int pendulum_vsnprintf(char* buffer, size_t size, const char* format,
                                  va_list arguments) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FormatNarrow(buffer, size, format, arguments);
}

extern "C" int pendulum_vswprintf(wchar_t* buffer, size_t size, const wchar_t* format,
                                  va_list arguments) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FormatWide(buffer, size, format, arguments);
}

extern "C" int wvsprintfA(LPSTR buffer, LPCSTR format, va_list arguments) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FormatNarrow(buffer, 1025, format, arguments);
}

extern "C" int wvsprintfW(LPWSTR buffer, LPCWSTR format, va_list arguments) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FormatWide(buffer, 1025, format, arguments);
}

extern "C" int wsprintfA(LPSTR buffer, LPCSTR format, ...) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  va_list arguments;
  va_start(arguments, format);
  const int length = FormatNarrow(buffer, 1025, format, arguments);
  va_end(arguments);
  return length;
}

extern "C" int wsprintfW(LPWSTR buffer, LPCWSTR format, ...) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  va_list arguments;
  va_start(arguments, format);
  const int length = FormatWide(buffer, 1025, format, arguments);
  va_end(arguments);
  return length;
}

// On Windows the process would end here; the function called goes on to return its error.
extern "C" void PendulumInvalidParameter(const char* function) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  CaptureLine("invalid parameter: ", function);
  if (!call.draining()) call.Record(Method::kWin32_InvalidParameter, EINVAL);
}

extern "C" _invalid_parameter_handler _set_invalid_parameter_handler(
    _invalid_parameter_handler handler) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  // A handler of the module's own is not called: the call is a finding either way.
  static_cast<void>(handler);
  return nullptr;
}

extern "C" errno_t rand_s(unsigned int* value) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (value == nullptr) return EINVAL;
  *value = static_cast<unsigned int>(NextRandom());
  return 0;
}

extern "C" int _getpid() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return static_cast<int>(kProcessId);
}

extern "C" __time64_t _time64(__time64_t* time) {
  CallScope call(__builtin_return_address(0));
  constexpr int64_t kTicksPerSecond = kTicksPerMs * 1000;
  constexpr int64_t kTicksTo1970 = 116444736000000000;
  const auto seconds = (static_cast<int64_t>(NowTicks()) - kTicksTo1970) / kTicksPerSecond;
  if (time != nullptr) *time = seconds;
  return seconds;
}
