// What the kinds of kernel objects keep in tables of their own, given back when an object closes.
#ifndef PENDULUM_WIN32_OBJECT_PAYLOADS_H_
#define PENDULUM_WIN32_OBJECT_PAYLOADS_H_

#include "harness/win32/object.h"

namespace pendulum::win32 {

// Called when the last reference to an object has gone.
void ClosePayload(Object& object);

// One for each kind that has such a table.
void CloseWaitableTimer(Object& timer);
void ClosePort(Object& port);
void CloseFile(Object& file);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_OBJECT_PAYLOADS_H_
