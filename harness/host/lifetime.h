// How requests begin and end: reset for a run, module objects made, everything given back.
#ifndef PENDULUM_HOST_LIFETIME_H_
#define PENDULUM_HOST_LIFETIME_H_

#include <cstdint>
#include <vector>

#include "harness/host/world.h"

namespace pendulum::host {

// Makes `request` as it is before it arrives. Keeps memory of earlier runs.
void ResetRequest(Request* request, const RequestDescription& description,
                  const std::vector<uint8_t>& body);

// Records the request's arrival and raises OnGlobalPreBeginRequest.
void AnnounceRequest(Request* request);

// Asks each module's factory for the request's module object. False when one failed: the request
// then ends with status 500.
bool CreateModules(Request* request);

// Memory of the request for a module, recorded as given by `method`. Never nullptr.
void* GiveRequestMemory(Request* request, uint32_t bytes, trace::Method method);

// Ends the request on the current worker: sends what is left of the response, disposes of the
// module objects, cleans up stored contexts. Afterwards its objects are tombstones.
void EndRequest(Request* request);

// Lets go of the user that a module gave to SetUser, if there is one
// (iauthenticationprovider-setuser-method.md).
void ReleaseUser(Request* request);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_LIFETIME_H_
