// The request pipeline: notifications in order, what each returned status does, and how completions
// and IndicateCompletion carry a parked request on.
//
// A request is carried by one worker at a time: the one that delivers its current notification. A
// handler that returns pending lets go of it; whoever resumes that delivery (a completion's status,
// IndicateCompletion) carries it on, also while the handler has not returned yet (D1).
#ifndef PENDULUM_HOST_PIPELINE_H_
#define PENDULUM_HOST_PIPELINE_H_

#include <cstdint>

#include "harness/host/steps.h"
#include "harness/host/world.h"

namespace pendulum::host {

// Starts a request on the current worker: global notification, module objects, first notification.
void BeginRequest(Request* request);

// Calls a handler of a notification that is raised out of order (RQ_SEND_RESPONSE, RQ_READ_ENTITY,
// RQ_MAP_PATH, RQ_CUSTOM_NOTIFICATION) on every module registered for it, nested in the current
// call. Returns FINISH_REQUEST when one of them did.
trace::Status RaiseNested(Request* request, trace::Notification notification,
                          IHttpEventProvider* provider);

// Delivers a completed operation: calls OnAsyncCompletion (or the operation's own callback) on the
// current worker and does what it returns. Frees the operation.
void DeliverCompletion(Operation* operation);

// Carries the request on from delivery `serial` with `status`, on the current worker, as if the
// handler had returned it. Does nothing when that delivery is not the current one any more or has
// been carried on already, or for a pending status.
void Resume(Request* request, uint32_t serial, trace::Status status);

// Whether handlers follow in the request once the current one has returned `status` (a
// REQUEST_NOTIFICATION_STATUS).
bool HandlersFollow(const Request& request, uint32_t status);

// Called by the base class's handlers through PendulumUnexpectedNotification.
void RecordMissingHandler(World* world);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_PIPELINE_H_
