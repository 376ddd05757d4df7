// What the oracle's account has no room for.
#ifndef PENDULUM_ORACLE_TRACE_LIMITS_H_
#define PENDULUM_ORACLE_TRACE_LIMITS_H_

#include <string>

#include "harness/platform/result.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {

// An error, with its line, for a trace with more requests, operations, deliveries or nested
// handlers than the oracle keeps account of, and for a recorded trace in which a request begins
// twice: they would be judged wrongly, in silence. `name` is the trace's.
platform::Status CheckTraceLimits(const trace::TraceFile& trace, const std::string& name);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_TRACE_LIMITS_H_
