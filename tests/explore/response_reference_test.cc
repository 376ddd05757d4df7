#include "harness/explore/response_reference.h"

#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pendulum::explore {
namespace {

using sched::Decision;
using sched::Question;
using testing::ElementsAre;
using testing::HasSubstr;
using trace::ResponsePart;

std::span<const uint8_t> Bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

constexpr std::string_view kResponse = "HTTP/1.1 200 OK\r\nServer: x\r\nAge: 1\r\n\r\nhello";

ResponseDifference DifferenceOf(std::string_view received) {
  const auto difference = FirstDifference(Bytes(kResponse), Bytes(received));
  EXPECT_TRUE(difference.has_value());
  return difference.value_or(ResponseDifference{});
}

TEST(ResponseReference, FindsThePartThatDiffers) {
  EXPECT_FALSE(FirstDifference(Bytes(kResponse), Bytes(kResponse)).has_value());
  EXPECT_FALSE(FirstDifference({}, {}).has_value());

  const ResponseDifference status =
      DifferenceOf("HTTP/1.1 404 OK\r\nServer: x\r\nAge: 1\r\n\r\nhello");
  EXPECT_EQ(status.part, ResponsePart::kStatusLine);
  EXPECT_EQ(status.offset_bytes, 9U);
  const ResponseDifference headers =
      DifferenceOf("HTTP/1.1 200 OK\r\nServer: x\r\nAge: 2\r\n\r\nhello");
  EXPECT_EQ(headers.part, ResponsePart::kHeaders);
  EXPECT_EQ(headers.offset_bytes, 16U);
  EXPECT_EQ(headers.at_bytes, 33U);
  const ResponseDifference more = DifferenceOf("HTTP/1.1 200 OK\r\nServer: x\r\n\r\nhello");
  EXPECT_EQ(more.part, ResponsePart::kHeaders);
  EXPECT_EQ(more.offset_bytes, 11U);
  const ResponseDifference body =
      DifferenceOf("HTTP/1.1 200 OK\r\nServer: x\r\nAge: 1\r\n\r\nhelpo");
  EXPECT_EQ(body.part, ResponsePart::kBody);
  EXPECT_EQ(body.offset_bytes, 3U);
  const ResponseDifference empty = DifferenceOf(kResponse.substr(0, kResponse.size() - 5));
  EXPECT_EQ(empty.part, ResponsePart::kBody);
  EXPECT_EQ(empty.offset_bytes, 0U);
  EXPECT_EQ(DifferenceOf("").part, ResponsePart::kStatusLine);
  EXPECT_EQ(DifferenceOf(std::string(kResponse) + "!").offset_bytes, 5U);
}

TEST(ResponseReference, ShowsBothAroundTheDifference) {
  const std::string_view received = "HTTP/1.1 200 OK\r\nServer: x\r\nAge: 1\r\n\r\nhel\x01\"";
  const ResponseDifference difference = DifferenceOf(received);
  const Decision plain{Question::kTransition, sched::kNoRequest, sched::kNoOperation, 2, 0};
  const Decision pending{Question::kTiming, 0, 3, 2, 1};
  const auto lines = DescribeResponses(ExcerptAt(Bytes(kResponse), difference),
                                       ExcerptAt(Bytes(received), difference), difference.part,
                                       std::vector{plain, pending, plain});
  EXPECT_THAT(lines,
              ElementsAre("plainest schedule: 43 bytes, body at byte 0: \"hello\" and no more",
                          "this schedule: 43 bytes, body at byte 0: \"hel\\x01\\\"\" and no more",
                          HasSubstr("the only decision that is not the plainest: operation 3")));
}

TEST(ResponseReference, AnExcerptIsShort) {
  const std::string before(100, 'a'), after(100, 'b');
  const std::string response = "HTTP/1.1 200 OK\r\n\r\n" + before + "X" + after;
  const std::string other = "HTTP/1.1 200 OK\r\n\r\n" + before;
  const auto difference = FirstDifference(Bytes(response), Bytes(other));
  ASSERT_TRUE(difference.has_value());
  const ResponseExcerpt excerpt = ExcerptAt(Bytes(response), *difference);
  EXPECT_EQ(excerpt.response_bytes, response.size());
  EXPECT_EQ(excerpt.bytes, ResponseExcerpt::kMostBytes);
  EXPECT_EQ(excerpt.offset_bytes, 80U);
  EXPECT_TRUE(excerpt.cut);
  EXPECT_EQ(ExcerptAt(Bytes(other), *difference).bytes, 20U);
  const std::string start = "HTTP/1.1 200 OK\r\n\r\n";
  const auto at_start = FirstDifference(Bytes(response), Bytes(start));
  ASSERT_TRUE(at_start.has_value());
  EXPECT_THAT(DescribeResponses(ExcerptAt(Bytes(response), *at_start),
                                ExcerptAt(Bytes(start), *at_start), at_start->part, {})[1],
              "this schedule: 19 bytes, which end in the body at byte 0");
}

TEST(ResponseReference, DecisionsOfTimingOrderAndByteCountsMayNotMatter) {
  const uint8_t none = sched::kNoRequest;
  const auto alone = [](const Decision& decision) {
    return DiffersInTimingAlone(std::vector{decision});
  };
  EXPECT_TRUE(DiffersInTimingAlone({}));
  EXPECT_TRUE(alone({Question::kTransition, sched::kWorkerGoesOn, 1, 2, 1}));
  EXPECT_TRUE(alone({Question::kTiming, 0, 0, 2, 1}));
  EXPECT_TRUE(alone({Question::kBytes, 0, 0, 3, 2}));
  EXPECT_TRUE(alone({Question::kSetting, none, sched::kNoOperation, 2, 1}));
  EXPECT_TRUE(alone({Question::kSetting, 0, 0, 2, 0}));
  EXPECT_TRUE(alone({Question::kCount, 0, 0, 4, 3}));
  EXPECT_FALSE(alone({Question::kSetting, 0, 0, 2, 1}));
  EXPECT_FALSE(alone({Question::kStatus, 0, 0, 2, 0}));
}

TEST(ResponseReference, OnlySomeScenariosHaveOneResponse) {
  host::Scenario scenario;
  EXPECT_FALSE(HasOneResponse(scenario));
  scenario.requests.resize(1);
  EXPECT_TRUE(HasOneResponse(scenario));
  scenario.host.memory_faults = true;
  EXPECT_FALSE(HasOneResponse(scenario));
  scenario.host.memory_faults = false;
  scenario.host.network_faults = true;
  EXPECT_FALSE(HasOneResponse(scenario));
  scenario.host.network_faults = false;
  scenario.requests[0].client.disconnect = host::DisconnectWhen::kAfterBody;
  EXPECT_FALSE(HasOneResponse(scenario));
  scenario.requests[0].client.disconnect = host::DisconnectWhen::kNever;
  scenario.requests.resize(2);
  EXPECT_FALSE(HasOneResponse(scenario));
}

}  // namespace
}  // namespace pendulum::explore
