// Any text as a recorded trace, in both modes of absence: it is refused with an error, or judged by
// the built-in clauses; written and read again it gives the same events.
#include <string>
#include <string_view>
#include <utility>

#include "fuzzers/fuzzer.h"
#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"
#include "harness/trace/json_lines.h"

namespace pendulum::fuzzers {
namespace {

using trace::AbsentMode;
using trace::TraceFile;

void Judge(const TraceFile& file) {
  static oracle::Oracle judge(oracle::Specification::BuiltIn());
  judge.BeginRun();
  uint32_t index = 0;
  for (const trace::Event& event : file.events) judge.OnEvent(event, index++);
  for (const oracle::Violation& violation : judge.violations()) {
    Require(!judge.Message(violation).empty(), "a violation has no message");
  }
}

void RequireSame(const TraceFile& read, const TraceFile& again) {
  Require(read.mode == again.mode, "the mode of absence differs when the trace is read again");
  Require(read.events == again.events, "the events differ when the trace is read again");
  if (read.mode == AbsentMode::kDefault) return;
  Require(read.absent == again.absent, "what is absent differs when the trace is read again");
  Require(read.recorded == again.recorded, "the kinds recorded differ when it is read again");
}

void Try(std::string_view text, AbsentMode otherwise) {
  const auto read = trace::ReadTrace(text, "input.jsonl", otherwise);
  if (!read) return Require(!read.error().message.empty(), "an error has no message");
  ++accepted_inputs;
  Require(read->events.size() == read->lines.size() && read->events.size() == read->absent.size(),
          "events without a line, or without what is absent");
  Judge(*read);
  const std::string written = trace::TraceJson(*read);
  const auto again = trace::ReadTrace(written, "written.jsonl", otherwise);
  if (!again) std::fprintf(stderr, "%s\n", again.error().Text().c_str());
  Require(again.ok(), "what the writer wrote is refused");
  RequireSame(*read, *again);
}

}  // namespace
}  // namespace pendulum::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  pendulum::fuzzers::Try(text, pendulum::trace::AbsentMode::kDefault);
  pendulum::fuzzers::Try(text, pendulum::trace::AbsentMode::kUnknown);
  return 0;
}
