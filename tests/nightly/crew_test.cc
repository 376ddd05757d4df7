#include "harness/nightly/crew.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

namespace pendulum::nightly {
namespace {

CrewJob Shell(const std::string& id, const std::string& script, uint64_t limit_ms) {
  const std::string output = testing::TempDir() + "crew-" + std::to_string(getpid());
  return {id, {{"/bin/sh", "-c", script}, "", output}, limit_ms};
}

CrewOutcome WaitFor(Crew* crew) {
  for (int i = 0; i < 200; ++i) {
    if (auto outcome = crew->Wait(100); outcome.has_value()) return *outcome;
  }
  return {};
}

TEST(Crew, RunsAsManyAsThereArePlaces) {
  Crew crew(2);
  ASSERT_TRUE(crew.Start(Shell("slow", "exec sleep 60", 60000)).ok());
  EXPECT_TRUE(crew.HasRoom());
  ASSERT_TRUE(crew.Start(Shell("quick", "exit 3", 60000)).ok());
  EXPECT_FALSE(crew.HasRoom());
  const CrewOutcome outcome = WaitFor(&crew);
  EXPECT_EQ(outcome.id, "quick");
  EXPECT_EQ(outcome.end.status, 3);
  EXPECT_FALSE(outcome.stopped);
  EXPECT_TRUE(crew.HasRoom());
  crew.Stop();
  EXPECT_EQ(WaitFor(&crew).id, "slow");
  EXPECT_TRUE(crew.IsIdle());
}

TEST(Crew, AsksForTheEndAtTheLimit) {
  Crew crew(1);
  ASSERT_TRUE(crew.Start(Shell("slow", "exec sleep 60", 100)).ok());
  const CrewOutcome outcome = WaitFor(&crew);
  EXPECT_EQ(outcome.id, "slow");
  EXPECT_TRUE(outcome.stopped);
  EXPECT_TRUE(outcome.end.signalled);
  EXPECT_EQ(outcome.end.status, SIGTERM);
  EXPECT_GE(outcome.elapsed_ms, 100u);
  EXPECT_LT(outcome.elapsed_ms, Crew::kGraceMs);
}

TEST(Crew, WaitsNoLongerThanItMay) {
  Crew crew(1);
  EXPECT_FALSE(crew.Wait(10000).has_value()) << "nobody is there to wait for";
  ASSERT_TRUE(crew.Start(Shell("slow", "exec sleep 60", 60000)).ok());
  EXPECT_FALSE(crew.Wait(20).has_value());
}

}  // namespace
}  // namespace pendulum::nightly
