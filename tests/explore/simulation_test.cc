#include "harness/explore/simulation.h"

#include <memory>

#include "gtest/gtest.h"
#include "harness/module/heap.h"
#include "harness/sched/random_strategy.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

class SimulationTest : public testing::Test {
 protected:
  void Load(const std::string& module) {
    log_.capacity = sched::kLongestSchedule;
    log_.decisions = decisions_.get();
    auto simulation =
        Simulation::Create({module}, oracle::Specification::BuiltIn(), sched::kDefaultStackBytes,
                           {.log = &log_, .trace = trace_.get()});
    ASSERT_TRUE(simulation.ok()) << simulation.error().Text();
    simulation_ = std::move(simulation).value();
    simulation_->SetScenario(Post());
  }

  sched::Scheduler::DecisionLog log_;
  std::unique_ptr<sched::Decision[]> decisions_ =
      std::make_unique<sched::Decision[]>(sched::kLongestSchedule);
  std::unique_ptr<trace::TraceBuffer> trace_ = std::make_unique<trace::TraceBuffer>();
  std::unique_ptr<Simulation> simulation_;
};

// Reads the body and writes it back, one buffer at a time.
constexpr const char* kEcho = R"(
    char buffer[300];
    DWORD bytes = 0, sent = 0;
    BOOL pending = FALSE;
    std::string kept;
    while (SUCCEEDED(context->GetRequest()->ReadEntityBody(buffer, 300, FALSE, &bytes, &pending)) &&
           bytes != 0) {
      kept.append(buffer, bytes);
      HTTP_DATA_CHUNK chunk = {};
      chunk.DataChunkType = HttpDataChunkFromMemory;
      chunk.FromMemory.pBuffer = buffer;
      chunk.FromMemory.BufferLength = bytes;
      context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent, &pending);
      bytes = 0;
    })";

TEST_F(SimulationTest, AllocatesNothingInTheSteadyState) {
  Load(CompileHandler("synchronous_echo", kEcho));
  EXPECT_TRUE(simulation_->TakeReference());
  sched::RandomStrategy strategy(7);
  for (uint64_t run = 0; run < 1000; ++run) simulation_->RunOnce(&strategy, run);
  const uint64_t before = module::HarnessAllocationCount();
  for (uint64_t run = 0; run < 1000; ++run) simulation_->RunOnce(&strategy, run);
  EXPECT_EQ(module::HarnessAllocationCount(), before);
  EXPECT_GT(trace_->count, 20U);
}

TEST_F(SimulationTest, TheSameRunIsTheSame) {
  Load(CompileHandler("synchronous_echo", kEcho));
  sched::RandomStrategy strategy(7);
  std::vector<uint64_t> hashes;
  for (uint64_t run = 0; run < 50; ++run) {
    simulation_->RunOnce(&strategy, run);
    hashes.push_back(simulation_->recorder().Hash());
  }
  for (uint64_t run = 50; run > 0; --run) {
    simulation_->RunOnce(&strategy, run - 1);
    EXPECT_EQ(simulation_->recorder().Hash(), hashes[run - 1]) << "run " << run - 1;
  }
}

TEST_F(SimulationTest, ThreadsOfTheModuleHaveTheirOwnData) {
  Load(CompileHandler("thread_data", R"(
    if (mine != 5) abort();
    mine = 6;
    HANDLE thread = CreateThread(nullptr, 0, Check, nullptr, 0, nullptr);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    if (mine != 6) abort();)",
                      "thread_local int mine = 5; "
                      "DWORD WINAPI Check(void*) { if (mine != 5) abort(); mine = 9; return 0; }"));
  sched::RandomStrategy strategy(3);
  for (uint64_t run = 0; run < 100; ++run) {
    EXPECT_EQ(simulation_->RunOnce(&strategy, run).end, trace::RunEnd::kComplete);
  }
}

}  // namespace
}  // namespace pendulum::explore
