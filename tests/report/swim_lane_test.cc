#include "harness/report/swim_lane.h"

#include <gmock/gmock.h>

#include "tests/report/sample_report.h"

namespace pendulum::report {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> Draw(const SwimLaneOptions& options, const Style& style = {}) {
  return SwimLane(SampleTrace("a.cpp"), options, style);
}

SwimLaneOptions UpToTheEnd() {
  SwimLaneOptions options;
  options.event = static_cast<uint32_t>(SampleTrace("a.cpp").size() - 1);
  return options;
}

TEST(SwimLane, NamesColumnsByWhatTheyDo) {
  const std::vector<std::string> lines = Draw(UpToTheEnd(), {false, false, 120});
  EXPECT_THAT(lines[0], HasSubstr("client"));
  EXPECT_THAT(lines[0], HasSubstr("handler"));
  EXPECT_THAT(lines[0], HasSubstr("completion"));
}

TEST(SwimLane, TimeRunsDownwardsAndEndsWithTheMarkedEvent) {
  const std::vector<std::string> lines = Draw(UpToTheEnd());
  EXPECT_THAT(lines.back(), HasSubstr("X returned RQ_NOTIFICATION_CONTINUE"));
  EXPECT_THAT(lines.back(), HasSubstr("7  "));
}

TEST(SwimLane, JoinsACallAndItsAnswer) {
  const std::vector<std::string> lines = Draw(UpToTheEnd());
  EXPECT_THAT(lines, Contains(HasSubstr("ReadEntityBody #0 (4,096 bytes) -> pending")));
}

TEST(SwimLane, LeavesOutQuestionsAndOtherRequests) {
  const std::vector<std::string> lines = Draw(UpToTheEnd());
  EXPECT_THAT(lines, Each(Not(HasSubstr("GetRequest"))));
  EXPECT_THAT(lines[0], Not(HasSubstr("handler 2")));
}

TEST(SwimLane, ShowsTheMarkedEventWhateverItIs) {
  SwimLaneOptions options;
  options.event = 5;
  EXPECT_THAT(Draw(options).back(), HasSubstr("X IHttpContext::GetRequest"));
}

TEST(SwimLane, WholeTraceShowsAllRequests) {
  SwimLaneOptions options;
  options.rows = 0;
  EXPECT_THAT(Draw(options, {false, false, 160})[0], HasSubstr("handler 2"));
}

TEST(SwimLane, ShowsTheLastRowsAndSaysHowManyAreMissing) {
  SwimLaneOptions options = UpToTheEnd();
  options.rows = 2;
  const std::vector<std::string> lines = Draw(options);
  ASSERT_EQ(lines.size(), 4u) << testing::PrintToString(lines);
  EXPECT_THAT(lines[1], HasSubstr(": 6 events not shown"));
  EXPECT_THAT(lines[2], HasSubstr("ReadEntityBody #1"));
  EXPECT_THAT(lines[3], HasSubstr("X returned"));
}

TEST(SwimLane, KeepsTheStartOfTheOperationConcerned) {
  std::vector<explore::TracedEvent> trace = SampleTrace("a.cpp");
  trace.back().event.operation = 0;
  SwimLaneOptions options = UpToTheEnd();
  options.rows = 2;
  const std::vector<std::string> lines = SwimLane(trace, options, {});
  ASSERT_EQ(lines.size(), 4u) << testing::PrintToString(lines);
  EXPECT_THAT(lines[1], HasSubstr("ReadEntityBody #0"));
  EXPECT_THAT(lines[2], HasSubstr("6 events not shown"));
  EXPECT_THAT(lines[3], HasSubstr("X returned"));
}

TEST(SwimLane, FitsNarrowTerminals) {
  for (const std::string& line : Draw(UpToTheEnd(), {false, true, 60})) {
    EXPECT_LE(DisplayWidth(line), 60) << line;
  }
}

TEST(SwimLane, EmptyTraceDrawsNothing) { EXPECT_TRUE(SwimLane({}, {}, {}).empty()); }

TEST(SwimLane, TheSameRowsAsData) {
  const std::vector<explore::TracedEvent> trace = SampleTrace("a.cpp");
  const auto event = static_cast<uint32_t>(trace.size() - 1);
  const std::vector<NightStep> steps = SwimLaneSteps(trace, event);
  SwimLaneOptions options = UpToTheEnd();
  options.rows = 0;
  const std::vector<std::string> lines = Draw(options, {false, true, 100});
  ASSERT_EQ(steps.size(), lines.size() - 1);
  for (size_t i = 0; i < steps.size(); ++i) {
    EXPECT_THAT(lines[i + 1], HasSubstr(steps[i].text));
  }
  const auto decisions = std::count_if(steps.begin(), steps.end(),
                                       [](const NightStep& one) { return one.is_decision; });
  EXPECT_GT(decisions, 0);
  EXPECT_LT(decisions, static_cast<ptrdiff_t>(steps.size()));
  EXPECT_EQ(steps.back().location.line, trace.back().location.line);
}

}  // namespace
}  // namespace pendulum::report
