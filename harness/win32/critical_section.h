// Critical sections, as far as condition variables use them.
#ifndef PENDULUM_WIN32_CRITICAL_SECTION_H_
#define PENDULUM_WIN32_CRITICAL_SECTION_H_

#include "harness/win32/boundary.h"
#include "windows.h"

namespace pendulum::win32 {

// False only when the run is draining.
bool EnterSection(CallScope& call, CRITICAL_SECTION* section, trace::Method method,
                  const char* what);
// False when the current thread does not own it; then nothing is changed.
bool LeaveSection(CRITICAL_SECTION* section, trace::Method method);
uint32_t SectionNumber(CRITICAL_SECTION* section);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_CRITICAL_SECTION_H_
