// The simulated client: its body arrives piece by piece, it goes away when the scenario says so,
// and what reaches it is kept byte for byte.
#ifndef PENDULUM_HOST_CLIENT_H_
#define PENDULUM_HOST_CLIENT_H_

#include <cstdint>

#include "harness/host/world.h"

namespace pendulum::host {

// Enables what the client can do from now on: send its body, disconnect.
void StartClient(Request* request);
// Takes these transitions back: the request is over for the client.
void StopClient(Request* request);

// From now on clients stay, and send what is left of their bodies: whatever has not ended yet can
// end. On the driver's stack.
void EndFaults(World* world);

// The client goes away, or (`by_module`) its connection is reset. Pending operations fail, and
// connection contexts are notified on a worker of their own.
void Disconnect(Request* request, bool by_module);

// Bytes that reach the client. Headers come first, once.
void Receive(Request* request, const uint8_t* headers, uint32_t header_bytes);
void ReceiveBody(Request* request, const uint8_t* data, uint32_t bytes);
// Records what arrived since the last call; `complete` when the response is over.
void RecordReceived(Request* request, uint32_t body_bytes, bool headers, bool complete);

// The request is over: the next request of the same connection begins, or the connection ends.
void EndOnConnection(Request* request);

// Starts a request's arrival on a worker of its own.
void StartRequest(Request* request);

// Cleans up the contexts of all connections whose requests are over. On a worker.
void EndConnections(World* world);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CLIENT_H_
