// pendulum trace: looks at recorded traces. Its parts are in trace_<part>.cc; those that only show
// a trace are here.
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/trace_command.h"
#include "harness/report/chrome_trace.h"
#include "harness/report/swim_lane.h"
#include "harness/trace/json_lines.h"

namespace pendulum::cli {
namespace {

struct ShowArguments {
  std::string file;
  OutputOptions output;
};

int Show(const ShowArguments& arguments, const Console& console) {
  const auto trace = trace::LoadTrace(arguments.file, trace::AbsentMode::kUnknown);
  if (!trace.ok()) return Fail(trace.error(), console);
  std::vector<explore::TracedEvent> events;
  for (const trace::Event& event : trace->events) events.push_back({event, {}});
  report::SwimLaneOptions options;
  options.rows = 0;
  const auto lines = report::SwimLane(events, options, StyleOf(arguments.output, console));
  for (const std::string& line : lines) *console.out << line << "\n";
  if (lines.empty()) {
    return Fail({"the trace has nothing to show", arguments.file, "it needs events of requests"},
                console);
  }
  return kClean;
}

struct ExportArguments {
  std::string file;
  std::string out = "-";
};

int Export(const ExportArguments& arguments, const Console& console) {
  const auto trace = trace::LoadTrace(arguments.file, trace::AbsentMode::kUnknown);
  if (!trace.ok()) return Fail(trace.error(), console);
  const auto written =
      WriteOutput(arguments.out, report::ChromeTrace(trace->events, trace->note), console);
  if (!written.ok()) return Fail(written.error(), console);
  return kClean;
}

}  // namespace

void AddTraceShow(CLI::App* trace, Invocation* invocation) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* show = trace->add_subcommand("show", "Draw a trace in columns, one a worker");
  show->add_option("FILE", arguments->file, "A trace file (harness/trace/README.md)")->required();
  show->add_option("--color", arguments->output.color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  show->add_option("--width", arguments->output.width, "Columns to write with");
  show->footer("Example:\n  pendulum trace show recorded.jsonl");
  RunWhenChosen(show, arguments, Show, invocation);
}

void AddTraceExport(CLI::App* trace, Invocation* invocation) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
      trace->add_subcommand("export", "Write a trace as Chrome trace events, for Perfetto");
  command->add_option("FILE", arguments->file, "A trace file (harness/trace/README.md)")
      ->required();
  command->add_option("--out", arguments->out, "The file to write; \"-\" is standard output");
  command->footer(
      "A microsecond stands for an event: a trace has an order, and no times.\n\n"
      "Example:\n  pendulum trace export recorded.jsonl --out recorded.json\n"
      "  (then open recorded.json in https://ui.perfetto.dev)");
  RunWhenChosen(command, arguments, Export, invocation);
}

void AddTraceCommand(CLI::App* app, Invocation* invocation) {
  CLI::App* command = app->add_subcommand("trace", "Look at a recorded trace, and judge it");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  pendulum trace check recorded.jsonl\n  pendulum trace show recorded.jsonl\n"
      "  pendulum trace export recorded.jsonl --out recorded.json");
  AddTraceCheck(command, invocation);
  AddTraceShow(command, invocation);
  AddTraceExport(command, invocation);
}

}  // namespace pendulum::cli
