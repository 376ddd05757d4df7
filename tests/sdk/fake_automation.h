// Plain implementations of the automation functions that the SDK's classes call; the real ones are
// the harness's. Allocations are counted.
#ifndef PENDULUM_TESTS_SDK_FAKE_AUTOMATION_H_
#define PENDULUM_TESTS_SDK_FAKE_AUTOMATION_H_

namespace pendulum::sdk {

// Strings allocated and not freed.
extern int live_strings;
// Calls that reached the Windows function CoCreateInstance.
extern int created_by_windows;

}  // namespace pendulum::sdk

#endif  // PENDULUM_TESTS_SDK_FAKE_AUTOMATION_H_
