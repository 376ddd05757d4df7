// A completion may go on with the request before the handler that started its operation has
// returned. The event of that return then had the serial number of the notification that the
// request had come to in the meantime, since it was read from the request.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/simulation.h"
#include "harness/module/module.h"
#include "harness/sched/strategy_factory.h"

namespace pendulum::explore {
namespace {

// How many handlers of the trace returned after another notification of their request had been
// delivered. Each return has to have the serial number of the entry that it belongs to.
int LateReturns(const trace::TraceBuffer& trace) {
  struct Entered {
    uint8_t request;
    uint32_t serial;
  };
  std::map<uint8_t, std::vector<Entered>> workers;
  std::map<uint8_t, uint32_t> newest;  // serial number by request
  int late = 0;
  for (uint32_t i = 0; i < trace.count; ++i) {
    const trace::Event& event = trace.events[i];
    if (event.kind == trace::EventKind::kNotificationEntered) {
      workers[event.worker].push_back({event.request, event.a});
      newest[event.request] = event.a;
    }
    if (event.kind != trace::EventKind::kNotificationReturned) continue;
    std::vector<Entered>& entered = workers[event.worker];
    if (entered.empty()) {
      ADD_FAILURE() << "event " << i << " returns from nothing";
      return late;
    }
    EXPECT_EQ(event.request, entered.back().request) << "event " << i;
    EXPECT_EQ(event.a, entered.back().serial) << "event " << i;
    late += newest[event.request] != event.a ? 1 : 0;
    entered.pop_back();
  }
  return late;
}

TEST(ReturnedSerial, IsThatOfTheEntry) {
  const auto compiled = module::Compile(
      {.sources = {std::string(PENDULUM_SOURCE_DIR) + "/bench/reference_module.cpp"},
       .flags = {},
       .work_folder = std::string(PENDULUM_BINARY_DIR) + "/test_issues"});
  ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
  std::vector<sched::Decision> decisions(16384);
  sched::Scheduler::DecisionLog log{0, 16384, decisions.data()};
  const auto trace = std::make_unique<trace::TraceBuffer>();
  auto simulation = Simulation::Create({compiled.value()}, oracle::Specification::BuiltIn(),
                                       256 * 1024, {.log = &log, .trace = trace.get()});
  ASSERT_TRUE(simulation.ok()) << simulation.error().Text();
  int late = 0;
  for (const host::Scenario& scenario : BuiltInScenarios()) {
    (*simulation)->SetScenario(scenario);
    auto strategy = sched::MakeStrategy("random", 1);
    for (uint64_t run = 0; run < 100; ++run) {
      (*simulation)->RunOnce(strategy->get(), run);
      late += LateReturns(*trace);
      if (testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(late, 0) << "no handler returned late";
}

}  // namespace
}  // namespace pendulum::explore
