// What an earlier run had left in the account decided two things of a later one: which flags an
// ExecuteRequest was given whose child had not begun yet, and what RegisterModule was given by a
// module with too high a number for the account.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/trace/event.h"
#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

size_t Violations(const std::vector<trace::Event>& events, Oracle* oracle) {
  oracle->BeginRun();
  for (uint32_t i = 0; i < events.size(); ++i) oracle->OnEvent(events[i], i);
  return oracle->violations().size();
}

// A child request is executed before it begins.
std::vector<trace::Event> Executing(bool buffers) {
  std::vector<trace::Event> events = Events(R"({"event": "request.began"}
      {"event": "operation.called", "kind": "ExecuteRequest", "child": 1}
      {"event": "request.began", "request": 1}
      {"event": "operation.returned"}
      {"event": "request.ended", "request": 1})");
  events[2].d |= trace::kChild;
  constexpr uint32_t kBufferResponse = 0x20;
  events[1].b = buffers ? kBufferResponse : 0;
  return events;
}

TEST(LeftFromAnEarlierRun, FlagsOfExecuteRequest) {
  const auto specification = LoadSmall({{.on = "request.ended",
                                         .when = "request.is_child",
                                         .require = "!request.response_for_parent"}});
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  EXPECT_EQ(Violations(Executing(true), &oracle), 1u) << "the flag counts, begun or not";
  EXPECT_EQ(Violations(Executing(false), &oracle), 0u);
}

TEST(LeftFromAnEarlierRun, WhatRegisterModuleWasGiven) {
  const auto specification =
      LoadSmall({{.on = "module.loaded", .require = "module.server_version == 10"}});
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  std::vector<trace::Event> events = Events(R"({"event": "module.loaded", "module": 0})");
  events[0].a = 10;
  EXPECT_EQ(Violations(events, &oracle), 0u);
  events[0].module = 200;
  EXPECT_EQ(Violations(events, &oracle), 0u);
  events[0].a = 9;
  EXPECT_EQ(Violations(events, &oracle), 1u);
}

}  // namespace
}  // namespace pendulum::oracle
