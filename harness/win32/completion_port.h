// I/O completion ports: queues of packets, with overlapped files that send packets to them.
#ifndef PENDULUM_WIN32_COMPLETION_PORT_H_
#define PENDULUM_WIN32_COMPLETION_PORT_H_

#include <cstdint>

#include "harness/win32/object.h"
#include "windows.h"

namespace pendulum::win32 {

struct Packet {
  ULONG_PTR key = 0;
  OVERLAPPED* overlapped = nullptr;
  DWORD bytes = 0;
  DWORD error = 0;  // a Win32 error: what GetQueuedCompletionStatus fails with
};

// Appends a packet to a port's queue, and wakes who waits for it. False when the queue is full.
bool PostPacket(Object& port, const Packet& packet);

// Forgets all queues. Part of BeginRun.
void ResetPorts();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_COMPLETION_PORT_H_
