// What one run costs, from RegisterModule to Terminate, with the specification checked: an example
// module, compiled as `pendulum verify` does, on a built-in scenario. The budget is 6 µs for
// post-small.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/simulation.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"
#include "harness/sched/strategy_factory.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {
namespace {

// The memory that a supervisor would share with its child.
struct Buffers {
  std::vector<sched::Decision> decisions = std::vector<sched::Decision>(16384);
  sched::Scheduler::DecisionLog log{0, 16384, decisions.data()};
  std::unique_ptr<trace::TraceBuffer> trace = std::make_unique<trace::TraceBuffer>();
};

void Run(benchmark::State& state, const std::string& example, const std::string& scenario_name,
         const std::string& strategy_name) {
  const std::string folder = std::string(PENDULUM_SOURCE_DIR);
  const auto compiled =
      module::Compile({.sources = {folder + "/examples/" + example},
                       .flags = {},
                       .work_folder = std::string(PENDULUM_BINARY_DIR) + "/bench"});
  if (!compiled.ok()) {
    state.SkipWithError(compiled.error().message.c_str());
    return;
  }
  Buffers buffers;
  auto simulation = Simulation::Create({compiled.value()}, oracle::Specification::BuiltIn(),
                                       256 * 1024, {&buffers.log, buffers.trace.get()});
  auto strategy = sched::MakeStrategy(strategy_name, 1);
  if (!simulation.ok() || !strategy.ok()) {
    state.SkipWithError("no simulation");
    return;
  }
  for (const host::Scenario& scenario : BuiltInScenarios()) {
    if (scenario.name == scenario_name) simulation.value()->SetScenario(scenario);
  }
  uint64_t run = 0;
  uint64_t events = 0;
  for (auto _ : state) {
    simulation.value()->RunOnce(strategy.value().get(), run++);
    events += buffers.trace->count;
  }
  state.counters["events"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kAvgIterations);
  state.counters["runs/s"] =
      benchmark::Counter(static_cast<double>(run), benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(Run, post_hello_default, "hello.cpp", "post-small", "default");
BENCHMARK_CAPTURE(Run, post_hello_random, "hello.cpp", "post-small", "random");
BENCHMARK_CAPTURE(Run, post_echo_default, "echo.cpp", "post-small", "default");
BENCHMARK_CAPTURE(Run, post_echo_random, "echo.cpp", "post-small", "random");
BENCHMARK_CAPTURE(Run, get_streamer_random, "streamer.cpp", "get", "random");
BENCHMARK_CAPTURE(Run, four_requests_worker_random, "worker.cpp", "four-requests", "random");

}  // namespace
}  // namespace pendulum::explore
