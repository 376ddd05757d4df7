// How many runs a CPU-second holds: of the reference request (bench/reference_module.cpp), and of
// the completion storm (bench/storm_module.cpp: 8 requests of 16 operations each). Random
// schedules, in one process, in four phases: with the whole specification checked; the same with an
// oracle that forgets earlier runs (harness/oracle/precedents.h); with a specification without
// clauses, so that only the oracle's account is kept; and with nobody who looks at the events.
// Medians of five interleaved measurements, with their ranges.
//
//     bench_reference                       the table
//     bench_reference WORKLOAD PHASE RUNS   so many runs of one of them and nothing else, for
//     callgrind
//                                           and perf: reference or storm; whole, anew, account or
//                                           host
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/scenario_json.h"
#include "harness/explore/simulation.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"
#include "harness/platform/file.h"
#include "harness/platform/sanitizer.h"
#include "harness/sched/strategy_factory.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {
namespace {

constexpr int kMeasurements = 5;
constexpr double kMeasuredSeconds = 0.5;

struct Workload {
  const char* name;
  const char* module;
  const char* scenario;
};
constexpr Workload kWorkloads[] = {
    {"reference", "/bench/reference_module.cpp", "/bench/reference.json"},
    {"storm", "/bench/storm_module.cpp", "/bench/storm.json"},
};

struct Phase {
  const char* name;
  const char* title;
  bool clauses;
  bool judged;
  bool remembers;
};
constexpr Phase kPhases[] = {
    {"whole", "whole specification", true, true, true},
    {"anew", "each event judged", true, true, false},
    {"account", "the account alone", false, true, false},
    {"host", "host alone", false, false, false},
};

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "bench_reference: %s\n", what.c_str());
  std::exit(3);
}

template <class Value>
Value Take(platform::Result<Value> result) {
  if (!result.ok()) Fail(result.error().Text());
  return std::move(result).value();
}

const oracle::Specification& WithoutClauses() {
  static const oracle::Specification kEmpty = Take(oracle::Specification::FromTexts({}));
  return kEmpty;
}

// Of the module alone: what the program's library can take. The harness is never instrumented.
module::Instrumentation WantedInstrumentation() {
  if (platform::HasThreadSanitizer()) return module::Instrumentation::kThread;
  if (platform::HasAddressSanitizer()) return module::Instrumentation::kAddress;
  return module::Instrumentation::kNone;
}

// A workload in one phase, ready to run. One at a time in a process.
class Ready {
 public:
  Ready(const Workload& workload, const Phase& phase)
      : scenario_(Take(ReadScenario(
            Take(platform::ReadFile(std::string(PENDULUM_SOURCE_DIR) + workload.scenario)),
            workload.scenario))),
        strategy_(Take(sched::MakeStrategy("random", 1))) {
    const std::string module =
        Take(module::Compile({.sources = {std::string(PENDULUM_SOURCE_DIR) + workload.module},
                              .flags = {},
                              .work_folder = std::string(PENDULUM_BINARY_DIR) + "/bench",
                              .instrumentation = WantedInstrumentation()}));
    simulation_ = Take(Simulation::Create(
        {module}, phase.clauses ? oracle::Specification::BuiltIn() : WithoutClauses(), 256 * 1024,
        {.log = &log_,
         .trace = trace_.get(),
         .judged = phase.judged,
         .remembers = phase.remembers}));
    simulation_->SetScenario(scenario_);
  }

  // Another schedule; a run that does not come to its end, or breaks a rule, is no measurement.
  void Run() {
    const host::RunResult result = simulation_->RunOnce(strategy_.get(), run_++);
    if (result.end != trace::RunEnd::kComplete || !simulation_->oracle().violations().empty()) {
      Fail("run " + std::to_string(run_ - 1) + " went wrong");
    }
  }

  uint32_t events() const { return trace_->count; }
  uint32_t completions() const {
    return static_cast<uint32_t>(std::count_if(
        trace_->events, trace_->events + trace_->count,
        [](const auto& event) { return event.kind == trace::EventKind::kCompletionDelivered; }));
  }

 private:
  std::vector<sched::Decision> decisions_ = std::vector<sched::Decision>(16384);
  sched::Scheduler::DecisionLog log_{0, 16384, decisions_.data()};
  std::unique_ptr<trace::TraceBuffer> trace_ = std::make_unique<trace::TraceBuffer>();
  host::Scenario scenario_;
  std::unique_ptr<sched::Strategy> strategy_;
  std::unique_ptr<Simulation> simulation_;
  uint64_t run_ = 0;
};

struct Measurement {
  double runs_per_second = 0;
  double events = 0;       // of a run
  double completions = 0;  // of a run
};

Measurement Measure(const Workload& workload, const Phase& phase) {
  Ready ready(workload, phase);
  constexpr int kBlock = 200;
  // What is allocated once is allocated now; what the trace holds is counted before time runs.
  double events = 0;
  double completions = 0;
  for (int i = 0; i < kBlock; ++i) {
    ready.Run();
    events += ready.events();
    completions += ready.completions();
  }
  uint64_t runs = 0;
  double seconds = 0;
  const double begin = CpuSeconds();
  while (seconds < kMeasuredSeconds) {
    for (int i = 0; i < kBlock; ++i) ready.Run();
    runs += kBlock;
    seconds = CpuSeconds() - begin;
  }
  return {static_cast<double>(runs) / seconds, events / kBlock, completions / kBlock};
}

using Measurements = std::array<double, kMeasurements>;

void PrintRow(const Phase& phase, Measurements rates, const Measurement& one, double host_ns) {
  std::sort(rates.begin(), rates.end());
  const double median = rates[kMeasurements / 2];
  const double ns = 1e9 / median;
  std::printf("  %-20s %9.0f  (%9.0f to %9.0f) %9.0f %9.1f", phase.title, median, rates.front(),
              rates.back(), ns, ns / one.events);
  std::printf(" %11.0f %9.0f", median * one.completions, ns / one.completions);
  if (host_ns > 0) std::printf("   %4.1f %%", 100 * (ns - host_ns) / ns);
  std::printf("\n");
}

void PrintTable(const Workload& workload) {
  std::array<Measurements, std::size(kPhases)> rates{};
  Measurement one;
  for (int i = 0; i < kMeasurements; ++i) {
    for (size_t p = 0; p < std::size(kPhases); ++p) {
      one = Measure(workload, kPhases[p]);
      rates[p][static_cast<size_t>(i)] = one.runs_per_second;
    }
  }
  std::printf("%s: %.1f events and %.1f completions a run\n", workload.name, one.events,
              one.completions);
  std::printf("  %-20s %9s  %24s %9s %9s %11s %9s   %s\n", "", "runs/s", "(range)", "ns/run",
              "ns/event", "compl./s", "ns/compl.", "beyond the host");
  auto host_rates = rates.back();
  std::sort(host_rates.begin(), host_rates.end());
  for (size_t p = 0; p < std::size(kPhases); ++p) {
    PrintRow(kPhases[p], rates[p], one,
             kPhases[p].judged ? 1e9 / host_rates[kMeasurements / 2] : 0);
  }
}

template <class Named, size_t Count>
const Named& Find(const Named (&all)[Count], const std::string& name) {
  for (const Named& one : all) {
    if (name == one.name) return one;
  }
  Fail("there is no " + name);
}

}  // namespace
}  // namespace pendulum::explore

int main(int argc, char** argv) {
  using namespace pendulum::explore;
  if (argc == 4) {
    const bool counts = std::string(argv[2]) == "events";
    Ready ready(Find(kWorkloads, argv[1]), Find(kPhases, counts ? "host" : argv[2]));
    const long runs = std::strtol(argv[3], nullptr, 10);
    if (runs < 1) Fail("the number of runs is 1 or more");
    uint64_t events = 0;
    for (long i = 0; i < runs; ++i) {
      ready.Run();
      events += ready.events();
    }
    if (counts) std::printf("%.2f\n", static_cast<double>(events) / static_cast<double>(runs));
    return 0;
  }
  std::printf(
      "runs in a CPU-second of one core, random schedules, instrumentation: %s (clang %s)\n",
      pendulum::module::InstrumentationName(WantedInstrumentation()), __clang_version__);
  for (const Workload& workload : kWorkloads) PrintTable(workload);
  return 0;
}
