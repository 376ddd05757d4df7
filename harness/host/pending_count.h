// What a call that goes pending leaves as its byte count. No page defines it: the count of a read
// is defined where it completes synchronously (ihttprequest-readentitybody-method.md, Parameters),
// that of a write where fAsync is FALSE (ihttpresponse-writeentitychunks-method.md, Remarks), and a
// flush cannot know it (ihttpresponse-flush-method.md, Parameters).
#ifndef PENDULUM_HOST_PENDING_COUNT_H_
#define PENDULUM_HOST_PENDING_COUNT_H_

#include "harness/host/request_state.h"

namespace pendulum::host {

// Chosen once for a request, at its first call of `kind` that goes pending with somewhere to put a
// count; all later ones leave the same. To be called before the operation can complete.
// `has_count`: the call was given a place for it.
PendingCount ChoosePendingCount(Request* request, trace::OperationKind kind, bool has_count,
                                uint16_t operation);

// What is then written, unless nothing is. `most`: what the operation may move.
uint32_t ValueOf(PendingCount left, uint32_t most);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_PENDING_COUNT_H_
