// An event in a short line of text, for `pendulum trace show` and for messages of the tests.
#ifndef PENDULUM_TRACE_DESCRIBE_H_
#define PENDULUM_TRACE_DESCRIBE_H_

#include <string>

#include "harness/trace/event.h"

namespace pendulum::trace {

// What happened, without who did it: "ReadEntityBody(4096 bytes, async)", "-> S_OK, pending",
// "OnAsyncCompletion(768 bytes, S_OK) in RQ_EXECUTE_REQUEST_HANDLER".
std::string Describe(const Event& event);

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_DESCRIBE_H_
