// Socket addresses are in ws2tcpip.h.
#ifndef PENDULUM_SDK_WS2IPDEF_H_
#define PENDULUM_SDK_WS2IPDEF_H_

#include "ws2tcpip.h"

#endif  // PENDULUM_SDK_WS2IPDEF_H_
