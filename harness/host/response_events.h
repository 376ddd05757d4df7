// What the trace says of a response's status line and headers: what the module did to them and what
// the client got.
#ifndef PENDULUM_HOST_RESPONSE_EVENTS_H_
#define PENDULUM_HOST_RESPONSE_EVENTS_H_

#include <cstdint>
#include <string_view>

#include "harness/host/world.h"

namespace pendulum::host {

// SetHeader or DeleteHeader has succeeded. `flags`: trace::HeaderFlag.
void RecordHeaderChanged(const Request* request, std::string_view name, std::string_view value,
                         uint16_t flags);
// GetHeader returns `value`; a data pointer of nullptr means that there is none.
void RecordHeaderAsked(const Request* request, std::string_view name, std::string_view value);
// The status line and the headers, as they stand, reach the client.
void RecordClientHead(const Request* request);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_RESPONSE_EVENTS_H_
