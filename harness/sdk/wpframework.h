// The worker process framework. The interfaces are opaque: their tables are not published.
#ifndef PENDULUM_SDK_WPFRAMEWORK_H_
#define PENDULUM_SDK_WPFRAMEWORK_H_

#include "httpserv.h"

#endif  // PENDULUM_SDK_WPFRAMEWORK_H_
