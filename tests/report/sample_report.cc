#include "tests/report/sample_report.h"

#include "harness/trace/method.h"
#include "tests/report/sample_specification.h"

namespace pendulum::report {
namespace {

using explore::TracedEvent;
using trace::Event;
using trace::EventKind;

constexpr uint8_t kNone = trace::kNone8;
constexpr uint16_t kNoOperation = trace::kNone16;
constexpr uint16_t kExecute = static_cast<uint16_t>(trace::Notification::kExecuteRequestHandler);

TracedEvent At(const std::string& file, int line, const Event& event) {
  TracedEvent traced{event, {}};
  if (line > 0) traced.location = {file, line, "CSampleModule::OnExecuteRequestHandler"};
  return traced;
}

uint16_t Method(trace::Method method) { return static_cast<uint16_t>(method); }

explore::Finding LeftPending(const std::string& file) {
  explore::Finding finding;
  finding.clause = "MODULE-LEFT-PENDING";
  finding.title = "A module returns CONTINUE or FINISH_REQUEST with nothing outstanding";
  finding.level = "must";
  finding.message =
      "OnExecuteRequestHandler returned RQ_NOTIFICATION_CONTINUE while 1 operation (ReadEntityBody "
      "#1, 512 bytes) was outstanding";
  finding.fix = "return RQ_NOTIFICATION_PENDING when the pending flag is TRUE";
  finding.sources = {{"ihttprequest-readentitybody-method.md", "Remarks", {"READ-05"}},
                     {"chttpmodule-onasynccompletion-method.md", "", {}}};
  finding.module = "sample_module.cpp";
  finding.scenario = "post-small";
  finding.strategy = "random";
  finding.seed = 1;
  finding.run = 1041;
  finding.count = 312;
  finding.schedule = {{sched::Question::kTiming, 0, 1, 2, 1}};
  finding.trace_hash = 0x0123456789ABCDEF;
  finding.location = {file, 7, "CSampleModule::OnExecuteRequestHandler"};
  finding.started_location = {file, 4, "CSampleModule::OnExecuteRequestHandler"};
  finding.trace = SampleTrace(file);
  finding.event = static_cast<uint32_t>(finding.trace.size() - 1);
  finding.replay = "pendulum-findings/sample_module-MODULE-LEFT-PENDING.json";
  return finding;
}

explore::Finding Crash() {
  explore::Finding finding;
  finding.clause = "MODULE-CRASH";
  finding.title = "A module does not crash";
  finding.level = "must";
  finding.message = "the module was stopped by signal 11\x1b[31m";
  finding.module = "sample_module.cpp";
  finding.scenario = "get";
  finding.strategy = "random";
  finding.seed = 1;
  finding.count = 1;
  finding.stack = {"CSampleModule::OnAsyncCompletion (sample_module.cpp:14)", "memcpy"};
  return finding;
}

explore::Finding Warning() {
  explore::Finding finding;
  finding.clause = "MODULE-ERROR-IGNORED";
  finding.title = "A module takes notice of errors";
  finding.level = "should";
  finding.message = "SetHeader failed with E_OUTOFMEMORY and the module went on";
  finding.module = "sample_module.cpp";
  finding.scenario = "memory-faults";
  finding.strategy = "random";
  finding.seed = 1;
  finding.run = 7;
  finding.count = 2;
  return finding;
}

}  // namespace

std::vector<TracedEvent> SampleTrace(const std::string& file) {
  return {
      At(file, 0, {EventKind::kRunBegan, kNone, kNone, kNone, kNoOperation, 0, 0, 0}),
      At(file, 0, {EventKind::kRequestBegan, 0, 0, kNone, kNoOperation, trace::kHasBody, 768, 0}),
      At(file, 0, {EventKind::kModuleCreated, 0, 0, 0, kNoOperation, 0, 0, 1}),
      At(file, 0, {EventKind::kClientSent, kNone, 0, kNone, kNoOperation, 0, 512, 512}),
      At(file, 0, {EventKind::kNotificationEntered, 0, 0, 0, kNoOperation, kExecute, 1, 0}),
      At(file, 4,
         {EventKind::kCall, 0, 0, 0, kNoOperation, Method(trace::Method::kIHttpContext_GetRequest),
          1, 0}),
      At(file, 4, {EventKind::kOperationCalled, 0, 0, 0, 0, 256 | 3, 4096, 0}),
      At(file, 5,
         {EventKind::kOperationReturned, 0, 0, 0, 0, trace::kPendingTrue | trace::kPendingWritten,
          0, 0}),
      At(file, 0, {EventKind::kCompletionDelivered, 1, 0, 0, 0, kExecute, 512, 0}),
      At(file, 0, {EventKind::kClientSent, kNone, 0, kNone, kNoOperation, 1, 256, 768}),
      At(file, 4, {EventKind::kOperationCalled, 1, 0, 0, 1, 256 | 3, 512, 0}),
      At(file, 0, {EventKind::kNotificationEntered, 2, 1, 0, kNoOperation, kExecute, 1, 0}),
      At(file, 6,
         {EventKind::kOperationReturned, 1, 0, 0, 1, trace::kPendingTrue | trace::kPendingWritten,
          0, 0}),
      At(file, 7, {EventKind::kNotificationReturned, 0, 0, 0, 1, kExecute, 1, 0}),
  };
}

explore::Report CleanReport() {
  explore::Report report;
  report.modules = {"folder/sample_module.cpp"};
  report.strategy = "random";
  report.seed = 1;
  report.scenarios = {{"post-small", "a POST of 768 bytes in one piece", 10000, 0, {}},
                      {"get", "a GET", 10000, 2, {}}};
  report.runs = 20000;
  report.arms = {{{.strategy = "random"}, 20000, 0, 30, {}}};
  report.decisions = 1234567;
  report.operations = 80000;
  report.completions = 1;
  report.specification = &SampleSpecification();
  report.clauses = CleanVerdicts();
  report.verdict = oracle::OverallVerdict(report.clauses);
  report.elapsed_seconds = 4.06;
  return report;
}

explore::Report SampleReport(const std::string& folder) {
  explore::Report report = CleanReport();
  report.findings = {LeftPending(folder + "/sample_module.cpp"), Crash(), Warning()};
  report.findings[0].reliance = {{"READ-31", "the end of the body arrives inline",
                                  "the end of the body arrives by completion", 312, 7654}};
  report.strategy = "portfolio";
  report.arms = {{{.strategy = "random"}, 15000, 2, 30, {}},
                 {{.strategy = "pct:depth=2"}, 5000, 1, 4, {2, 9, 40, 1.0 / 360}},
                 {{"random", explore::Variant::kAccesses}, 700, 0, 0, {}}};
  report.clauses = MixedVerdicts();
  report.verdict = oracle::OverallVerdict(report.clauses);
  report.missing = {"no run of scenario get took place"};
  report.reading_runs = {{{9000, 0}, {60, 40}}, {{2346, 312}, {7654, 0}}};
  report.notes = {"RegisterClassEx is not simulated; it would be reported when called"};
  return report;
}

}  // namespace pendulum::report
