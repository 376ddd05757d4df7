// The environment block of the simulated worker process.
#ifndef PENDULUM_WIN32_ENVIRONMENT_H_
#define PENDULUM_WIN32_ENVIRONMENT_H_

namespace pendulum::win32 {

// The value of a variable, nullptr if there is none. Names are compared without case. Valid until
// the variable changes.
const char* EnvironmentValue(const char* name);
// Sets a variable, or removes it when `value` is nullptr. False with the last error set.
bool SetEnvironmentValue(const char* name, const char* value);

// The block as it is at the start of a worker process. Part of BeginRun.
void ResetEnvironment();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_ENVIRONMENT_H_
