// Windows Sockets 1; all of it is in winsock2.h.
#ifndef PENDULUM_SDK_WINSOCK_H_
#define PENDULUM_SDK_WINSOCK_H_

#include "winsock2.h"

#endif  // PENDULUM_SDK_WINSOCK_H_
