// A file that sends its completions to a port.
#ifndef PENDULUM_WIN32_FILE_ASSOCIATION_H_
#define PENDULUM_WIN32_FILE_ASSOCIATION_H_

#include "harness/win32/object.h"

namespace pendulum::win32 {

// Makes overlapped operations on `file` send packets with `key` to `port`. False when the file is
// not overlapped or has a port already.
bool AssociateFile(Object& file, Object& port, ULONG_PTR key);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_FILE_ASSOCIATION_H_
