// The lines that a module writes in a run (OutputDebugString, ReportEvent), and those that this
// layer adds when a module calls what is not simulated. They end up in reports.
#ifndef PENDULUM_WIN32_CAPTURE_H_
#define PENDULUM_WIN32_CAPTURE_H_

#include <cstddef>
#include <string_view>

namespace pendulum::win32 {

inline constexpr int kMaxCapturedLines = 256;
inline constexpr size_t kMaxCapturedLineBytes = 240;

// Keeps a line made of these parts, cut off at kMaxCapturedLineBytes; line ends become spaces.
// Lines beyond kMaxCapturedLines are dropped. Allocates nothing.
void CaptureLine(std::string_view first, std::string_view second = {}, std::string_view third = {},
                 std::string_view fourth = {});

// Notes, once a run for each function, that the module called something that this layer declares
// but does not simulate, and sets the last error to ERROR_CALL_NOT_IMPLEMENTED.
void NotSimulated(const char* function);

// Forgets all lines. Part of BeginRun.
void ResetCapture();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_CAPTURE_H_
