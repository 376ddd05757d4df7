#include "harness/oracle/blame.h"

#include <gtest/gtest.h>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

// A host's must and a module's rule of `level` are broken, one by the handler's entry, the other by
// its return.
std::vector<bool> HostsFaults(const std::string& host_on, const std::string& module_on,
                              const std::string& level) {
  const auto specification =
      LoadSmall({{.on = host_on}, {.on = module_on, .level = level, .subject = "module"}});
  EXPECT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  Feed(Events(R"(
      {"event": "request.began"}
      {"event": "notification.entered"}
      {"event": "notification.returned", "status": "RQ_NOTIFICATION_CONTINUE"}
      {"event": "request.ended"}
      {"event": "run.ended"})"),
       &oracle);
  std::vector<bool> faults;
  for (const Violation& violation : oracle.violations()) {
    faults.push_back(IsHostsFault(*specification, oracle.violations(), violation));
  }
  return faults;
}

using Faults = std::vector<bool>;

TEST(Blame, AHostsRuleBrokenFirstIsItsFault) {
  EXPECT_EQ(HostsFaults("notification.entered", "notification.returned", "must"),
            (Faults{true, false}));
}

TEST(Blame, AHostsRuleBrokenAfterOrWithTheModulesIsNot) {
  EXPECT_EQ(HostsFaults("notification.returned", "notification.entered", "must"),
            (Faults{false, false}));
  EXPECT_EQ(HostsFaults("notification.entered", "notification.entered", "must"),
            (Faults{false, false}));
}

TEST(Blame, WhatAModuleOnlyShouldDoExcusesNothing) {
  EXPECT_EQ(HostsFaults("notification.returned", "notification.entered", "should"),
            (Faults{false, true}));
}

}  // namespace
}  // namespace pendulum::oracle
