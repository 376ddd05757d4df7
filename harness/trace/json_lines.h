// Trace files, `pendulum-trace/1`: one JSON object an event, fields by name. What a file may leave
// out, so that people can write one by hand, is said in harness/trace/README.md.
#ifndef PENDULUM_TRACE_JSON_LINES_H_
#define PENDULUM_TRACE_JSON_LINES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"
#include "harness/trace/event.h"

namespace pendulum::trace {

inline constexpr std::string_view kTraceSchema = "pendulum-trace/1";

struct TraceFile {
  std::string note;  // of the first line; what the trace is about
  std::vector<Event> events;
  std::vector<int> lines;  // the line of the file that each event stands on, from 1
};

// Reads the text of a trace file. `name` stands in errors, which give line and column.
platform::Result<TraceFile> ReadTrace(std::string_view text, const std::string& name);
platform::Result<TraceFile> LoadTrace(const std::string& path);

// One event as a line of JSON without its line end, with every field: what the reader would fill in
// for one that is absent depends on the events before it.
std::string EventJson(const Event& event);
// A whole trace file.
std::string TraceJson(std::span<const Event> events, std::string_view note = "");

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_JSON_LINES_H_
