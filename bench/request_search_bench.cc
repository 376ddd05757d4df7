// All schedules of the reference request (reference_module.cpp) with at most so many preemptions,
// every operation pending and every read full, with the whole specification checked. The budget is
// 0.2 s for three preemptions.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/simulation.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"
#include "harness/sched/search.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {
namespace {

constexpr uint32_t kDecisions = 16384;

host::Scenario ReferenceRequest() {
  host::Scenario scenario;
  scenario.name = "reference-request";
  scenario.host.completion_timing = host::Choice::kSecond;
  scenario.host.end_of_body = host::Choice::kFirst;
  scenario.host.write_after_disconnect = host::Choice::kFirst;
  scenario.host.post_routine = host::Choice::kFirst;
  scenario.host.partial_reads = false;
  scenario.requests.resize(1);
  scenario.requests[0].method = "POST";
  scenario.requests[0].framing = host::BodyFraming::kContentLength;
  scenario.requests[0].body_bytes = 768;
  return scenario;
}

void BM_PreemptionsOfTheReferenceRequest(benchmark::State& state) {
  const auto compiled = module::Compile(
      {.sources = {std::string(PENDULUM_SOURCE_DIR) + "/bench/reference_module.cpp"},
       .flags = {},
       .work_folder = std::string(PENDULUM_BINARY_DIR) + "/bench"});
  if (!compiled.ok()) return state.SkipWithError(compiled.error().message.c_str());
  std::vector<sched::Decision> decisions(kDecisions);
  sched::Scheduler::DecisionLog log{0, kDecisions, decisions.data()};
  const auto trace = std::make_unique<trace::TraceBuffer>();
  auto simulation = Simulation::Create({compiled.value()}, oracle::Specification::BuiltIn(),
                                       256 * 1024, {&log, trace.get()});
  if (!simulation.ok()) return state.SkipWithError(simulation.error().message.c_str());
  simulation.value()->SetScenario(ReferenceRequest());
  const auto kind =
      sched::ParseSearch("exhaustive:preemptions=" + std::to_string(state.range(0))).value();
  uint64_t schedules = 0;
  uint64_t events = 0;
  uint64_t violations = 0;
  for (auto _ : state) {
    const std::unique_ptr<void, decltype(&std::free)> memory(
        std::calloc(1, sched::SearchBytes(kind)), &std::free);
    sched::Search* search = sched::CreateSearch(kind, memory.get());
    schedules = events = violations = 0;
    do {
      simulation.value()->RunOnce(search, schedules++);
      events += trace->count;
      violations += simulation.value()->oracle().violations().size();
    } while (search->Advance());
    if (!search->counts().exhausted)
      return state.SkipWithError("the search did not come to its end");
  }
  state.counters["schedules"] = static_cast<double>(schedules);
  state.counters["events"] = static_cast<double>(events) / static_cast<double>(schedules);
  state.counters["violations"] = static_cast<double>(violations);
}
BENCHMARK(BM_PreemptionsOfTheReferenceRequest)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pendulum::explore
