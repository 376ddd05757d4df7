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

TEST_F(SimulatedTargetTest, WithOneScenarioOnlySchedulesAreChanged) {
  fs::create_directories(folder_);
  const std::string path = folder_ + "/one.json";
  const auto written = platform::WriteFile(path, R"({"schema": "pendulum-scenario/1",
      "name": "one", "title": "a body", "host": {"completion_timing": "pending"},
      "requests": [{"method": "POST", "url": "/?r64a;", "framing": "content-length",
                    "body_bytes": 300}]})");
  ASSERT_TRUE(written.ok());
  auto target =
      SimulatedTarget::Create({.target = Target::kReadEntityBody,
                               .modules = {PENDULUM_BINARY_DIR "/fuzzers/scripted_module.so"},
                               .findings = "",
                               .progress = "",
                               .scenario = path});
  ASSERT_TRUE(target.ok()) << target.error().Text();
  ScheduleMutation* const schedules = (*target)->schedules();
  ASSERT_NE(schedules, nullptr);
  Bytes bytes = {'\n'};
  Bytes other = {'\n'};
  size_t different = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Bytes changed = bytes;
    changed.resize(96);
    const size_t size = seed % 5 == 0
                            ? schedules->Cross(bytes, other, changed.data(), changed.size(), seed)
                            : schedules->Mutate(changed.data(), bytes.size(), 96, seed);
    if (seed % 5 == 0 && size == 0) continue;  // half of each, and too long
    ASSERT_NE(size, 0u);
    changed.resize(size);
    different += changed != bytes;
    other = std::exchange(bytes, changed);
    const fuzz::Input input = fuzz::Decode(bytes);
    ASSERT_EQ(input.target, Target::kReadEntityBody);
    ASSERT_EQ(input.scenario.requests.size(), 1u);
    ASSERT_EQ(input.scenario.requests[0].url, "/?r64a;");
    ASSERT_EQ(input.scenario.requests[0].body_bytes, 300u);
    ASSERT_EQ(input.scenario.host.completion_timing, host::Choice::kSecond);
    const auto encoded = fuzz::Encode(input);
    ASSERT_TRUE(encoded.ok());
    ASSERT_EQ(*encoded, bytes) << "it is as short as it can be";
    (*target)->Run(bytes);
  }
  EXPECT_GT(different, 400u);
}

TEST_F(SimulatedTargetTest, BodiesAreThoseOfThePresentScenario) {
  const auto ends_with = [](SimulatedTarget* target) {
    const trace::TraceBuffer& trace = target->simulation().recorder().buffer();
    std::string bytes(reinterpret_cast<const char*>(trace.events),
                      trace.count * sizeof(trace::Event));
    return bytes;
  };
  const auto post = [](uint32_t body_bytes, const std::string& body) {
    fuzz::Input input = fuzz::Decode({});
    input.target = Target::kReadEntityBody;
    host::RequestDescription& request = input.scenario.requests[0];
    request.method = "POST";
    request.url = "/?r64;r64";
    request.framing = host::BodyFraming::kContentLength;
    request.body = body;
    request.body_bytes = body_bytes;
    return *fuzz::Encode(input);
  };
  const std::vector<Bytes> inputs = {post(300, ""),  post(40, ""),
                                     post(3, "abc"), post(3, "abd"),
                                     post(3, ""),    InputOf(Target::kReadEntityBody, "r9"),
                                     post(2000, ""), post(300, "")};
  auto all = Make(Target::kReadEntityBody);
  for (const Bytes& input : inputs) {
    all->Run(input);
    const std::string together = ends_with(all.get());
    all.reset();  // one at a time in a process
    auto alone = Make(Target::kReadEntityBody);
    alone->Run(input);
    EXPECT_EQ(ends_with(alone.get()), together);
    all = std::move(alone);
  }
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
