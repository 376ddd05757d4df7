// A run as Chrome trace events, the JSON that Perfetto and chrome://tracing open: workers as
// threads, handlers and OnAsyncCompletion as slices, operations as asynchronous slices with an
// arrow from the call to the completion, the client's doings as instants.
#ifndef PENDULUM_REPORT_CHROME_TRACE_H_
#define PENDULUM_REPORT_CHROME_TRACE_H_

#include <span>
#include <string>
#include <string_view>

#include "harness/trace/event.h"

namespace pendulum::report {

// The whole file. `ts` counts events, one a microsecond: a trace has an order and no times. Slices
// that the trace does not end, end with it. `note` names the trace.
std::string ChromeTrace(std::span<const trace::Event> events, std::string_view note);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CHROME_TRACE_H_
