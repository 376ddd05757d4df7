// Socket controls.
#ifndef PENDULUM_SDK_MSTCPIP_H_
#define PENDULUM_SDK_MSTCPIP_H_

#include "winsock2.h"

#define SIO_KEEPALIVE_VALS 0x98000004u

struct tcp_keepalive {
  ULONG onoff;
  ULONG keepalivetime;
  ULONG keepaliveinterval;
};

#endif  // PENDULUM_SDK_MSTCPIP_H_
