// What judging costs: the events of the examples' runs, over every built-in scenario, through the
// built-in specification. The bar is 30 ns an event on average for all clauses together.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/simulation.h"
#include "harness/module/module.h"
#include "harness/oracle/oracle.h"
#include "harness/sched/strategy_factory.h"
#include "harness/trace/recorder.h"

namespace pendulum::oracle {
namespace {

constexpr const char* kExamples[] = {"hello.cpp", "echo.cpp", "streamer.cpp", "worker.cpp"};
// Of each example in each scenario; the first is the plainest schedule's.
constexpr uint64_t kRandomRuns = 4;
constexpr double kBarNs = 30;

// The events of some runs, one run after the other.
struct Runs {
  std::vector<trace::Event> events;
  std::vector<size_t> ends;  // of each run, in events
};

// The memory that a supervisor would share with its child.
struct Buffers {
  std::vector<sched::Decision> decisions = std::vector<sched::Decision>(16384);
  sched::Scheduler::DecisionLog log{0, 16384, decisions.data()};
  std::unique_ptr<trace::TraceBuffer> trace = std::make_unique<trace::TraceBuffer>();
};

void Record(explore::Simulation* simulation, const trace::TraceBuffer& trace,
            const std::string& strategy_name, uint64_t count, Runs* runs) {
  auto strategy = sched::MakeStrategy(strategy_name, 1);
  for (uint64_t run = 0; strategy.ok() && run < count; ++run) {
    simulation->RunOnce(strategy.value().get(), run);
    runs->events.insert(runs->events.end(), trace.events, trace.events + trace.count);
    runs->ends.push_back(runs->events.size());
  }
}

// Adds the runs of an example; false when it cannot be compiled or loaded.
bool RecordExample(const std::string& example, Runs* runs) {
  const auto compiled =
      module::Compile({.sources = {std::string(PENDULUM_SOURCE_DIR) + "/examples/" + example},
                       .flags = {},
                       .work_folder = std::string(PENDULUM_BINARY_DIR) + "/bench"});
  if (!compiled.ok()) return false;
  Buffers buffers;
  auto simulation = explore::Simulation::Create({compiled.value()}, Specification::BuiltIn(),
                                                256 * 1024, {&buffers.log, buffers.trace.get()});
  if (!simulation.ok()) return false;
  for (const host::Scenario& scenario : explore::BuiltInScenarios()) {
    simulation.value()->SetScenario(scenario);
    Record(simulation.value().get(), *buffers.trace, "default", 1, runs);
    Record(simulation.value().get(), *buffers.trace, "random", kRandomRuns, runs);
  }
  return true;
}

// Empty when something is missing.
const Runs& RealRuns() {
  static const Runs runs = [] {
    Runs all;
    for (const char* example : kExamples) {
      if (!RecordExample(example, &all)) return Runs();
    }
    return all;
  }();
  return runs;
}

void SetRates(benchmark::State& state, size_t events) {
  state.counters["events"] = static_cast<double>(events);
  state.counters["per_event"] = benchmark::Counter(
      static_cast<double>(events),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void JudgeRuns(const Runs& runs, Oracle* oracle) {
  size_t next = 0;
  for (size_t end : runs.ends) {
    oracle->BeginRun();
    for (uint32_t index = 0; next < end; ++next, ++index) oracle->OnEvent(runs.events[next], index);
    benchmark::DoNotOptimize(oracle->violations().size());
  }
}

void JudgeExamples(benchmark::State& state) {
  const Runs& runs = RealRuns();
  if (runs.events.empty()) state.SkipWithError("the examples could not be run");
  Oracle oracle(Specification::BuiltIn(), Oracle::Engine::kNative, Oracle::Memory::kForgets);
  for (auto _ : state) JudgeRuns(runs, &oracle);
  uint64_t reached = 0;
  for (uint64_t count : oracle.coverage()) reached += count;
  const double judged =
      static_cast<double>(state.iterations()) * static_cast<double>(runs.events.size());
  state.counters["clauses"] = static_cast<double>(Specification::BuiltIn().clauses().size());
  state.counters["reached_per_event"] = static_cast<double>(reached) / judged;
  state.counters["bar_ns"] = kBarNs;
  state.SetLabel("per_event is to stay below bar_ns");
  SetRates(state, runs.events.size());
}
BENCHMARK(JudgeExamples)->Unit(benchmark::kMicrosecond);

// The same when the runs are known, as many of those of a long search are.
void JudgeKnownExamples(benchmark::State& state) {
  const Runs& runs = RealRuns();
  if (runs.events.empty()) state.SkipWithError("the examples could not be run");
  Oracle oracle(Specification::BuiltIn());
  for (auto _ : state) JudgeRuns(runs, &oracle);
  SetRates(state, runs.events.size());
}
BENCHMARK(JudgeKnownExamples)->Unit(benchmark::kMicrosecond);

// Judging by a specification without clauses: what keeping the account costs.
void KeepAccount(benchmark::State& state) {
  const Runs& runs = RealRuns();
  if (runs.events.empty()) state.SkipWithError("the examples could not be run");
  const auto none = Specification::FromTexts({});
  Oracle oracle(*none, Oracle::Engine::kNative, Oracle::Memory::kForgets);
  for (auto _ : state) JudgeRuns(runs, &oracle);
  SetRates(state, runs.events.size());
}
BENCHMARK(KeepAccount)->Unit(benchmark::kMicrosecond);

// Recording alone, without an oracle.
void RecordExamples(benchmark::State& state) {
  const Runs& runs = RealRuns();
  const auto buffer = std::make_unique<trace::TraceBuffer>();
  trace::Recorder recorder(buffer.get(), nullptr);
  for (auto _ : state) {
    size_t next = 0;
    for (size_t end : runs.ends) {
      recorder.Clear();
      while (next < end) recorder.Append(runs.events[next++]);
      benchmark::DoNotOptimize(buffer->events[0]);
      benchmark::ClobberMemory();
    }
  }
  SetRates(state, runs.events.size());
}
BENCHMARK(RecordExamples)->Unit(benchmark::kMicrosecond);

// Naming a run by a hash of its events.
void HashRun(benchmark::State& state) {
  const Runs& runs = RealRuns();
  const auto buffer = std::make_unique<trace::TraceBuffer>();
  trace::Recorder recorder(buffer.get(), nullptr);
  const size_t end = runs.ends.empty() ? 0 : runs.ends[0];
  for (size_t next = 0; next < end; ++next) recorder.Append(runs.events[next]);
  for (auto _ : state) benchmark::DoNotOptimize(recorder.Hash());
  SetRates(state, end);
}
BENCHMARK(HashRun);

}  // namespace
}  // namespace pendulum::oracle
