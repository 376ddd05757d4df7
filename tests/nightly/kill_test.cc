// A night that is killed again and again loses nothing that it has told.
#include <gmock/gmock.h>

#include <csignal>
#include <set>
#include <sstream>

#include "harness/nightly/database.h"
#include "harness/platform/clock.h"
#include "harness/sched/prng.h"
#include "tests/nightly/project.h"

namespace pendulum::nightly {
namespace {

using Killed = Project;

// The fingerprints of findings that the output tells.
std::set<std::string> Told(const std::string& output) {
  std::set<std::string> told;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kBegin = "new finding ";
    // A line that was cut off is not yet told.
    if (line.starts_with(kBegin) && line.size() > kBegin.size() + 17) {
      told.insert(line.substr(kBegin.size(), 16));
    }
  }
  return told;
}

TEST_F(Killed, LosesNoFindingAndGoesOn) {
  Copy("tests/modules/factory.h", "factory.h");
  Copy("tests/modules/faulty_double_post.cpp", "double_post.cpp");
  Copy("examples/echo.cpp", "echo.cpp");
  Compile("double_post.cpp");
  Compile("echo.cpp");
  // How long it takes until something can be found depends on what else the machine does.
  const uint64_t begun_ms = platform::MonotonicMs();
  Compile("double_post.cpp");
  const uint64_t verify_ms = platform::MonotonicMs() - begun_ms;
  Configure(R"("must_find": [], "targets": [
    {"name": "a", "sources": ["double_post.cpp"], "scenarios": ["get"], "sanitizers": ["none"]},
    {"name": "b", "sources": ["double_post.cpp"], "scenarios": ["post-small"],
     "sanitizers": ["none"]},
    {"name": "c", "sources": ["double_post.cpp"], "scenarios": ["two-requests"],
     "sanitizers": ["none"]},
    {"name": "d", "sources": ["echo.cpp"], "scenarios": ["get"], "sanitizers": ["none"]}])");
  constexpr int kKills = 20;
  sched::Prng random(20261123);
  std::set<std::string> told;
  int killed = 0;
  for (int i = 0; i < kKills; ++i) {
    const int moment_ms =
        static_cast<int>(20 + random.Below(static_cast<uint32_t>(2000 + 4 * verify_ms)));
    auto child = platform::Child::Start({Command(), "", folder_ + "/output.txt"});
    ASSERT_TRUE(child.ok());
    platform::Child* children[] = {&child.value()};
    if (platform::Child::WaitAny(children, moment_ms) < 0) ++killed;
    child->Kill();
    child->Reap();
    const std::string output = Read("output.txt");
    told.merge(Told(output));
    if (!std::filesystem::exists(folder_ + "/out/night.sqlite")) continue;
    auto database = Database::Open(folder_ + "/out/night.sqlite");
    ASSERT_TRUE(database.ok()) << database.error().Text();
    for (const std::string& fingerprint : told) {
      EXPECT_TRUE(database->Finding(fingerprint).has_value()) << fingerprint << "\n" << output;
      EXPECT_NE(Read("out/findings/" + fingerprint + ".json"), "") << fingerprint;
    }
  }
  EXPECT_GE(killed, kKills / 2);
  EXPECT_GE(told.size(), 3u) << "there was something to lose";
  auto database = Database::Open(folder_ + "/out/night.sqlite");
  ASSERT_TRUE(database.ok()) << database.error().Text();
  const auto last = database->LastNight();
  ASSERT_TRUE(last.has_value());
  const platform::CommandResult end = Night();
  EXPECT_EQ(end.exit_status, 1) << end.output << end.errors;
  const nlohmann::json night = Results();
  EXPECT_EQ(night["resumed"], last->phase != Phase::kDone);
  std::set<std::string> kept;
  for (const auto& finding : night["findings"]) kept.insert(finding["fingerprint"]);
  EXPECT_THAT(told, testing::IsSubsetOf(kept));
  EXPECT_THAT(night["failures"], testing::IsEmpty()) << night["failures"];
  for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/out")) {
    EXPECT_FALSE(entry.path().filename().string().starts_with("work-")) << entry.path();
  }
}

}  // namespace
}  // namespace pendulum::nightly
