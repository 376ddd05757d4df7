// Nights from the outside: what they find, how findings live on, and what makes a night fail.
#include <gmock/gmock.h>

#include <string>

#include "harness/platform/clock.h"
#include "tests/nightly/project.h"

namespace pendulum::nightly {
namespace {

using platform::CommandResult;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Nightly = Project;

constexpr const char* kHello =
    R"("targets": [{"name": "hello", "sources": ["hello.cpp"], "scenarios": ["buffering-off"],
        "sanitizers": ["none"]}])";
constexpr const char* kNoCanaries = R"("must_find": [], )";

TEST_F(Nightly, AFindingLivesOn) {
  Configure(std::string(kNoCanaries) + kHello);
  Copy("examples/faulty_hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 1) << night.errors;
  EXPECT_THAT(night.output, HasSubstr("night 1, "));
  EXPECT_THAT(night.errors, HasSubstr("new finding "));
  ASSERT_EQ(Results()["findings"].size(), 1u);
  const nlohmann::json finding = Results()["findings"][0];
  EXPECT_EQ(finding["life_cycle"], "confirmed");
  EXPECT_EQ(finding["rule"], "MODULE-WRITE-AFTER-LAST");
  EXPECT_EQ(finding["location"]["file"], "hello.cpp");
  EXPECT_THAT(finding["steps"], Not(IsEmpty()));
  EXPECT_THAT(finding["picture"].get<std::string>(), HasSubstr("WriteEntityChunks"));
  EXPECT_NE(Read("out/night.junit.xml"), "");
  EXPECT_NE(Read("out/night.sarif"), "");

  const std::string faulty = Read("hello.cpp");
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  EXPECT_EQ(Night().exit_status, 0);
  EXPECT_EQ(Results()["findings"][0]["life_cycle"], "fixed");

  // It comes back some lines further down, and is the same finding.
  Write("hello.cpp", "// A line.\n\n" + faulty);
  Compile("hello.cpp");
  night = Night();
  EXPECT_EQ(night.exit_status, 1);
  ASSERT_EQ(Results()["findings"].size(), 1u);
  EXPECT_EQ(Results()["findings"][0]["life_cycle"], "regression");
  EXPECT_EQ(Results()["findings"][0]["fingerprint"], finding["fingerprint"]);
  EXPECT_EQ(Results()["findings"][0]["first_night"], 1);

  const std::string day = platform::DateText(platform::UnixSeconds() + 86400);
  Configure(std::string(kNoCanaries) + kHello + R"(, "known": [{"rule": "MODULE-WRITE-AFTER-LAST",
      "target": "hello", "owner": "a.b", "expires": ")" +
            day + R"(", "reason": "in 2.0"}])");
  EXPECT_EQ(Night().exit_status, 0);
  EXPECT_EQ(Results()["findings"][0]["life_cycle"], "known");
  EXPECT_EQ(Results()["findings"][0]["owner"], "a.b");
  EXPECT_EQ(Results()["trends"].size(), 4u);
}

TEST_F(Nightly, ACanaryThatIsNotFoundMakesItFail) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  Copy("examples/faulty_hello.cpp", "canary.cpp");
  Compile("canary.cpp");
  const std::string canary = R"("must_find": ["MODULE-WRITE-AFTER-LAST"], "canaries": [
    {"rule": "MODULE-WRITE-AFTER-LAST", "sources": ["canary.cpp"], "scenarios": ["get"],
     "sanitizer": "none"}], )";
  Configure(canary + kHello);
  CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 0) << night.output << night.errors;
  EXPECT_EQ(Results()["canaries"][0]["found"], true);

  // The planted fault is gone: nothing that was not found means anything.
  Copy("examples/hello.cpp", "canary.cpp");
  Compile("canary.cpp");
  night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(Failures(),
              HasSubstr("the canary for MODULE-WRITE-AFTER-LAST was not found: canary.cpp"));
  EXPECT_EQ(Results()["canaries"][0]["found"], false);

  Configure(R"("must_find": ["MODULE-HANG"], )" + std::string(kHello));
  night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(Failures(), HasSubstr("no canary is declared for MODULE-HANG"));
}

TEST_F(Nightly, ATargetThatDoesNotRunMakesItFail) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  Write("broken.cpp", "this is no C++\n");
  Configure(std::string(kNoCanaries) + R"("targets": [
    {"name": "broken", "sources": ["broken.cpp"], "sanitizers": ["none"]},
    {"name": "missing", "sources": ["missing.cpp"], "sanitizers": ["none"]},
    {"fuzz": "no_such_target"},
    {"name": "hello", "sources": ["hello.cpp"], "scenarios": ["buffering-off"], "sanitizers": ["none"]}])");
  const CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(Failures(), HasSubstr("broken did not run: "));
  EXPECT_THAT(Failures(), HasSubstr("missing did not run: "));
  EXPECT_THAT(Failures(), HasSubstr("no_such_target did not run: "));
  EXPECT_THAT(Failures(), HasSubstr("missing.cpp"));
  EXPECT_THAT(Failures(), Not(HasSubstr("hello did not run")));
}

TEST_F(Nightly, ADatabaseThatIsDamagedIsNamedAndLeftAlone) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  Configure(std::string(kNoCanaries) + kHello);
  std::filesystem::create_directories(folder_ + "/out");
  const std::string rubbish(4096, 'r');
  Write("out/night.sqlite", rubbish);
  const CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(night.errors, HasSubstr(folder_ + "/out/night.sqlite"));
  EXPECT_EQ(Read("out/night.sqlite"), rubbish);
}

TEST_F(Nightly, AFolderThatCannotBeWrittenIsNamed) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  Configure(std::string(kNoCanaries) + kHello, R"("output": "/proc/nightly")");
  CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(night.errors, HasSubstr("/proc/nightly: cannot make the folder"));
  Configure(std::string(kNoCanaries) + kHello, R"("output": "/proc")");
  night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(night.errors, HasSubstr("/proc/night.lock: cannot be written"));
}

TEST_F(Nightly, AnInputThatIsDamagedIsNamedAndLeftAlone) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  std::filesystem::create_directories(folder_ + "/kept");
  Write("kept/damaged.json", "{\"schema\": \"pendulum-rep");
  Configure(std::string(kNoCanaries) + kHello,
            R"("output": "out", "regressions": ["kept", "missing"])");
  const CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(Failures(), HasSubstr(folder_ + "/kept/damaged.json can't be replayed: "));
  EXPECT_THAT(Failures(), HasSubstr(folder_ + "/missing can't be read: "));
  EXPECT_EQ(Read("kept/damaged.json"), "{\"schema\": \"pendulum-rep");
}

TEST_F(Nightly, ARegressionInputThatFailsIsAFinding) {
  Configure(std::string(kNoCanaries) + kHello);
  Copy("examples/faulty_hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  EXPECT_EQ(Night().exit_status, 1);
  const std::string input = Results()["findings"][0]["input"];
  std::filesystem::create_directories(folder_ + "/out/kept");
  std::filesystem::copy_file(input, folder_ + "/out/kept/first.json");
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(folder_ + "/out/night.sqlite" + suffix);
  }
  Configure(std::string(kNoCanaries) + kHello, R"("output": "out", "regressions": ["out/kept"])");
  const CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 1);
  EXPECT_THAT(night.errors, HasSubstr("kept/first.json"));
  EXPECT_EQ(Results()["findings"][0]["life_cycle"], "regression") << night.errors;
}

TEST_F(Nightly, AFullDiskIsToldAndLosesNothing) {
  Configure(std::string(kNoCanaries) + kHello);
  Copy("examples/faulty_hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  EXPECT_EQ(Night().exit_status, 1);
  const nlohmann::json before = Results();
  std::string command;
  for (const std::string& word : Command()) command += " '" + word + "'";
  // Files may not grow beyond 4 KiB, as on a disk that is nearly full.
  const auto full = platform::RunCommand({"sh", "-c", "trap '' XFSZ; ulimit -f 8; exec" + command});
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full->exit_status, 3) << full->output << full->errors;
  EXPECT_THAT(full->errors, HasSubstr(folder_ + "/out/"));
  EXPECT_EQ(Results(), before) << "the last reports are still there";
  EXPECT_EQ(Night().exit_status, 1);
  EXPECT_EQ(Results()["findings"][0]["first_night"], 1);
}

TEST_F(Nightly, OneAtATime) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  Configure(std::string(kNoCanaries) + kHello);
  auto first = platform::Child::Start({Command(), "", folder_ + "/output.txt"});
  ASSERT_TRUE(first.ok());
  for (int i = 0; i < 200 && Read("output.txt").empty(); ++i) usleep(20000);
  const CommandResult second = Night();
  EXPECT_EQ(second.exit_status, 3);
  EXPECT_THAT(second.errors, HasSubstr("night.lock: another process holds it"));
  // Asked to end it does so at once, and says how to go on.
  first->Terminate();
  EXPECT_EQ(first->Reap().status, 3);
  EXPECT_THAT(Read("output.txt"), HasSubstr("the same command goes on with it"));
}

TEST_F(Nightly, WrongCommandLines) {
  Copy("examples/hello.cpp", "hello.cpp");
  Compile("hello.cpp");
  Configure(std::string(kNoCanaries) + kHello);
  EXPECT_EQ(Night("soon").exit_status, 2);
  Configure(R"("must_find": ["MODULE-HANK"], )" + std::string(kHello));
  const CommandResult night = Night();
  EXPECT_EQ(night.exit_status, 3);
  EXPECT_THAT(night.errors, HasSubstr("there is no rule MODULE-HANK (did you mean 'MODULE-HANG'"));
}

}  // namespace
}  // namespace pendulum::nightly
