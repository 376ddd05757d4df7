#include "harness/nightly/fingerprint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <set>
#include <string>

#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

FindingIdentity Identity() {
  FindingIdentity identity;
  identity.rule = "MODULE-HANG";
  identity.operation = "ReadEntityBody";
  identity.timing = "inline";
  identity.place = {"src/echo.cpp", 12, "CEcho::Start()"};
  identity.source_line = "lock.Acquire();";
  identity.target = "echo";
  return identity;
}

TEST(Fingerprint, SixteenDigitsThatStayTheSame) {
  EXPECT_EQ(Fingerprint(Identity()), "c0a8359596929f69");
}

TEST(Fingerprint, RuleOperationTimingAndPlaceTellFindingsApart) {
  std::set<std::string> all = {Fingerprint(Identity())};
  const auto differs = [&](auto change) {
    FindingIdentity identity = Identity();
    change(&identity);
    return all.insert(Fingerprint(identity)).second;
  };
  EXPECT_TRUE(differs([](auto* one) { one->rule = "MODULE-HANG/spin"; }));
  EXPECT_TRUE(differs([](auto* one) { one->operation = "Flush"; }));
  EXPECT_TRUE(differs([](auto* one) { one->timing = "after return"; }));
  EXPECT_TRUE(differs([](auto* one) { one->place.file = "src/other.cpp"; }));
  EXPECT_TRUE(differs([](auto* one) { one->place.function = "CEcho::Stop()"; }));
  EXPECT_TRUE(differs([](auto* one) { one->source_line = "lock.Release();"; }));
}

TEST(Fingerprint, SurvivesALineInsertedAboveIt) {
  FindingIdentity identity = Identity();
  ++identity.place.line;
  EXPECT_EQ(Fingerprint(identity), Fingerprint(Identity()));
  identity.source_line.clear();
  FindingIdentity other = identity;
  ++other.place.line;
  EXPECT_NE(Fingerprint(identity), Fingerprint(other)) << "without its text the number counts";
}

TEST(Fingerprint, TheTargetCountsWhereNoPlaceIsKnown) {
  FindingIdentity identity = Identity();
  identity.target = "other";
  EXPECT_EQ(Fingerprint(identity), Fingerprint(Identity()));
  identity.place = {};
  FindingIdentity placeless = Identity();
  placeless.place = {};
  EXPECT_NE(Fingerprint(identity), Fingerprint(placeless));
}

TEST(SourceLine, IsTheTextWithoutItsLayout) {
  const std::string path = testing::TempDir() + "line-" + std::to_string(getpid());
  ASSERT_TRUE(platform::WriteFile(path, "one\n\t  lock  .Acquire( );  \n").ok());
  EXPECT_EQ(SourceLine(path, 2), "lock .Acquire( );");
  EXPECT_EQ(SourceLine(path, 0), "");
  EXPECT_EQ(SourceLine(path, 9), "");
  EXPECT_EQ(SourceLine(path + ".missing", 1), "");
  std::remove(path.c_str());
}

}  // namespace
}  // namespace pendulum::nightly
