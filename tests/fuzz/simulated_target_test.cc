// The targets of the host, on a host with planted deviations (harness/host/mutants.inc).
#include "fuzzers/simulated_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/explore/scenario_json.h"
#include "harness/fuzz/mutate.h"
#include "harness/host/mutant.h"
#include "harness/platform/file.h"
#include "harness/sched/prng.h"

namespace pendulum::fuzzers {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<uint8_t>;
using fuzz::Target;

class SimulatedTargetTest : public testing::Test {
 protected:
  SimulatedTargetTest()
      : folder_(testing::TempDir() + "simulated-target-" + std::to_string(getpid())) {}
  ~SimulatedTargetTest() override {
    host::active_mutant = host::kNoMutant;
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::unique_ptr<SimulatedTarget> Make(Target target) const {
    auto made =
        SimulatedTarget::Create({.target = target,
                                 .modules = {PENDULUM_BINARY_DIR "/fuzzers/scripted_module.so"},
                                 .findings = folder_,
                                 .progress = ""});
    EXPECT_TRUE(made.ok()) << made.error().Text();
    return made.ok() ? std::move(made).value() : nullptr;
  }

  static Bytes InputOf(Target target, const std::string& script) {
    fuzz::Input input = fuzz::Decode({});
    input.target = target;
    input.scenario.requests[0].url = "/?" + script;
    auto bytes = fuzz::Encode(input);
    EXPECT_TRUE(bytes.ok());
    return bytes.ok() ? *bytes : Bytes{};
  }

  // The clauses that findings name.
  std::vector<std::string> Found() const {
    std::vector<std::string> names;
    if (!fs::exists(folder_)) return names;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  // How many changed inputs it takes to find something, from nothing; -1: more than `most`.
  int Hunt(Target target, int most) const {
    auto hunted = Make(target);
    sched::Prng prng(1);
    fuzz::Input input = fuzz::Decode({});
    input.target = target;
    for (int i = 0; i < most; ++i) {
      fuzz::MutateInput(&prng, &input);
      auto bytes = fuzz::Encode(input);
      if (!bytes.ok() || bytes->size() > 200) {
        input = fuzz::Decode({});
        input.target = target;
        continue;
      }
      hunted->Run(*bytes);
      if (!Found().empty()) return i + 1;
    }
    return -1;
  }

  std::string folder_;
};

size_t CountersThatAreNot0() {
  const auto counters = Counters();
  return counters.size() - static_cast<size_t>(std::count(counters.begin(), counters.end(), 0));
}

TEST_F(SimulatedTargetTest, CountersMoveWithWhatARunReaches) {
  auto target = Make(Target::kWrite);
  std::fill(Counters().begin(), Counters().end(), uint8_t{0});
  target->Run(InputOf(Target::kWrite, ""));
  const size_t plain = CountersThatAreNot0();
  EXPECT_GE(plain, 1u);
  const uint32_t cells = target->feedback().cells();
  target->Run(InputOf(Target::kWrite, "w64a;w7"));
  EXPECT_GT(CountersThatAreNot0(), plain + 10);
  EXPECT_GT(target->feedback().cells(), cells + 10);
  EXPECT_GT(target->feedback().clauses(), 10u);
  EXPECT_LE(Counters().size(), 2048u);
}

TEST_F(SimulatedTargetTest, InputsOfOtherTargetsArePassedOver) {
  auto target = Make(Target::kWrite);
  const uint64_t runs = target->runs();
  target->Run(InputOf(Target::kFlush, "f"));
  target->Run(InputOf(Target::kWrite, "r1"));
  EXPECT_EQ(target->runs(), runs);
  target->Run(InputOf(Target::kWrite, "w1"));
  EXPECT_EQ(target->runs(), runs + 1);
}

TEST_F(SimulatedTargetTest, WhatTheModuleDoesWrongIsNoFinding) {
  auto target = Make(Target::kPostCompletion);
  target->Run(InputOf(Target::kPostCompletion, "p1=c"));
  const auto violations = target->simulation().oracle().violations();
  EXPECT_FALSE(violations.empty());
  EXPECT_TRUE(Found().empty());
}

TEST_F(SimulatedTargetTest, WhatTheHostDoesWrongAfterTheModuleIsCountedAndNoFinding) {
  host::active_mutant = host::kPostBytesTooMany;
  auto target = Make(Target::kPipeline);
  target->Run(InputOf(Target::kPipeline, "bw1w1p65535;"));
  EXPECT_TRUE(Found().empty());
  EXPECT_EQ(target->excused(), 1u);
  target->Run(InputOf(Target::kPipeline, "bw1mp65535;"));
  ASSERT_EQ(Found().size(), 1u);
  EXPECT_THAT(Found()[0], testing::StartsWith("finding-POST-04-"));
  EXPECT_EQ(target->excused(), 1u);
}

TEST_F(SimulatedTargetTest, AHostThatMiscountsIsFoundFromNothingAndToldOnce) {
  host::active_mutant = host::kPostBytesTooMany;
  const int tries = Hunt(Target::kPostCompletion, 20000);
  EXPECT_GT(tries, 0);
  const std::vector<std::string> found = Found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0], testing::StartsWith("finding-"));
  EXPECT_THAT(found[0], testing::Not(testing::HasSubstr("MODULE-")));
  // The same input again, in another process perhaps, finds nothing new.
  const auto content = platform::ReadFile(folder_ + "/" + found[0]);
  ASSERT_TRUE(content.ok());
  auto again = Make(Target::kPostCompletion);
  again->Run(Bytes(content->begin(), content->end()));
  EXPECT_EQ(Found(), found);
}

TEST_F(SimulatedTargetTest, TheSoundHostIsNotFoundSo) {
  EXPECT_EQ(Hunt(Target::kPostCompletion, 3000), -1) << Found()[0];
}

TEST_F(SimulatedTargetTest, TheProgressFileHasTheInputThatRuns) {
  fs::create_directories(folder_);
  const std::string path = folder_ + "/progress";
  auto target =
      SimulatedTarget::Create({.target = Target::kWrite,
                               .modules = {PENDULUM_BINARY_DIR "/fuzzers/scripted_module.so"},
                               .findings = "",
                               .progress = path});
  ASSERT_TRUE(target.ok()) << target.error().Text();
  const Bytes bytes = InputOf(Target::kWrite, "w64a;");
  (*target)->Run(bytes);
  auto memory = platform::SharedMemory::OpenFile(path, sizeof(fuzz::FuzzProgress));
  ASSERT_TRUE(memory.ok());
  const auto& progress = *static_cast<const fuzz::FuzzProgress*>(memory->data());
  EXPECT_EQ(progress.executions, 1u);
  EXPECT_EQ(progress.running, 0u);
  EXPECT_EQ(Bytes(progress.input, progress.input + progress.input_bytes), bytes);
  EXPECT_GT(progress.cells, 0u);
}

}  // namespace
}  // namespace pendulum::fuzzers
