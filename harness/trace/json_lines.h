// Trace files, `pendulum-trace/1`: one JSON object an event, fields by name. What a file may leave
// out, so that people can write one by hand, is said in harness/trace/README.md.
#ifndef PENDULUM_TRACE_JSON_LINES_H_
#define PENDULUM_TRACE_JSON_LINES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"
#include "harness/trace/absence.h"
#include "harness/trace/event.h"

namespace pendulum::trace {

inline constexpr std::string_view kTraceSchema = "pendulum-trace/1";

// A file may be this large; a recorder that has more to say begins another one.
inline constexpr size_t kMaxTraceBytes = size_t{256} << 20;

struct TraceFile {
  std::string note;  // of the first line; what the trace is about
  AbsentMode mode = AbsentMode::kDefault;
  bool lists_events = false;     // the first line says which kinds are recorded
  KindSet recorded = kAllKinds;  // the kinds that are recorded
  std::vector<Event> events;
  std::vector<int> lines;        // the line of the file that each event stands on, from 1
  std::vector<FieldSet> absent;  // what is not known of each event; in kDefault nothing
};

// Reads the text of a trace file. `name` stands in errors, which give line and column. `otherwise`
// is what an absent field stands for where the first line doesn't say.
platform::Result<TraceFile> ReadTrace(std::string_view text, const std::string& name,
                                      AbsentMode otherwise = AbsentMode::kDefault);
platform::Result<TraceFile> LoadTrace(const std::string& path,
                                      AbsentMode otherwise = AbsentMode::kDefault);

// One event as a line of JSON without its line end, with every field but the `absent` ones: what
// the reader would fill in for one that is absent depends on the events before it.
std::string EventJson(const Event& event, FieldSet absent = 0);
// A whole trace file. Reading it gives the same events, and what is absent is so again.
std::string TraceJson(std::span<const Event> events, std::string_view note = "");
std::string TraceJson(const TraceFile& file);

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_JSON_LINES_H_
