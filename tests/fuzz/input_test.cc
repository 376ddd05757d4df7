#include "harness/fuzz/input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/json_text.h"
#include "harness/explore/scenario_json.h"
#include "harness/fuzz/script.h"
#include "harness/sched/prng.h"

namespace pendulum::fuzz {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes Encoded(const Input& input) {
  auto bytes = Encode(input);
  EXPECT_TRUE(bytes.ok()) << bytes.error().Text();
  return bytes.ok() ? *bytes : Bytes{0xEE};
}

std::string Text(const host::Scenario& scenario) {
  return explore::JsonText(explore::ScenarioToJson(scenario));
}

// Random bytes of a length and a kind that reaches far: mostly small numbers, or anything.
Bytes RandomBytes(sched::Prng* prng) {
  Bytes bytes(prng->Below(200));
  const uint32_t bound = prng->Below(2) == 0 ? 256 : 1 + prng->Below(40);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(prng->Below(bound));
  return bytes;
}

TEST(InputTest, NoBytesAreTheHappyPath) {
  const Input input = Decode({});
  EXPECT_EQ(input.target, Target::kModule);
  ASSERT_EQ(input.scenario.requests.size(), 1u);
  EXPECT_EQ(input.scenario.requests[0].method, "GET");
  EXPECT_EQ(input.scenario.requests[0].url, "/");
  for (const auto& list : input.answers) EXPECT_TRUE(list.empty());
  host::Scenario plain;
  plain.requests.resize(1);
  plain.name = input.scenario.name;
  plain.title = input.scenario.title;
  EXPECT_EQ(Text(input.scenario), Text(plain));
  EXPECT_TRUE(Encoded(input).empty());
}

TEST(InputTest, AnyBytesAreAnInputThatComesBackFromItsBytesAndFromItsJson) {
  sched::Prng prng(1);
  uint64_t scripts = 0;
  uint64_t answers = 0;
  for (int i = 0; i < 100000; ++i) {
    const Bytes bytes = RandomBytes(&prng);
    const Input input = Decode(bytes);
    const Bytes canonical = Encoded(input);
    const Input again = Decode(canonical);
    ASSERT_EQ(again.target, input.target);
    ASSERT_EQ(again.answers, input.answers);
    ASSERT_EQ(Encoded(again), canonical) << "input " << i;
    ASSERT_LE(input.scenario.requests.size(), size_t{host::kMaxRequests});
    // The text of JSON is slow to make and to read.
    if (i % 20 == 0) {
      const std::string text = Text(input.scenario);
      ASSERT_EQ(Text(again.scenario), text);
      auto read = explore::ReadScenario(text, "input");
      ASSERT_TRUE(read.ok()) << read.error().Text() << "\n" << text;
      ASSERT_EQ(Text(*read), text);
      ASSERT_EQ(Encoded({input.target, *read, input.answers}), canonical) << text;
    }
    scripts += ParseScript(input.scenario.requests[0].url).has_value();
    for (const auto& list : input.answers) answers += list.size();
  }
  // It tests nothing if it never gets so far.
  EXPECT_GT(scripts, 1000u);
  EXPECT_GT(answers, 10000u);
}

TEST(InputTest, ADecoderGivesWhatDecodeGives) {
  sched::Prng prng(2);
  Decoder decoder;
  Bytes bytes;
  int same = 0;
  for (int i = 0; i < 20000; ++i) {
    if (bytes.empty() || prng.Below(3) == 0) {
      bytes = RandomBytes(&prng);
    } else {
      // Mostly the answers, which stand at the end.
      bytes.resize(bytes.size() + prng.Below(20), 3);
      bytes[bytes.size() - 1 - prng.Below(static_cast<uint32_t>(bytes.size() + 3) / 4)] =
          static_cast<uint8_t>(prng.Below(256));
    }
    const Input input = Decode(bytes);
    same += !decoder.Decode(bytes);
    ASSERT_EQ(decoder.input().target, input.target) << i;
    ASSERT_EQ(decoder.input().answers, input.answers) << i;
    ASSERT_EQ(Encoded(decoder.input()), Encoded(input)) << i;
  }
  EXPECT_GT(same, 1000);
}

TEST(InputTest, EveryBuiltInScenarioHasAnEncoding) {
  size_t count = 0;
  for (host::Scenario scenario : explore::BuiltInScenarios()) {
    const Bytes bytes = Encoded({Target::kModule, scenario, {}});
    const Input back = Decode(bytes);
    scenario.name = back.scenario.name;
    scenario.title = back.scenario.title;
    EXPECT_EQ(Text(back.scenario), Text(scenario));
    EXPECT_LT(bytes.size(), 200u) << scenario.name;
    ++count;
  }
  EXPECT_GT(count, 10u);
}

TEST(InputTest, WhatHasNoEncodingIsNamedByItsPlace) {
  Input input = Decode({});
  input.scenario.requests.resize(2);
  input.scenario.requests[1].client.arrival_bytes.assign(kMostPieces + 1, 3);
  input.scenario.requests[1].body_bytes = 1000;
  auto bytes = Encode(input);
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().place, "/requests/1/client/arrival_bytes");
  EXPECT_THAT(bytes.error().message, testing::HasSubstr("65 can't be encoded: 0 to 64 can"));
  EXPECT_FALSE(bytes.error().remedy.empty());

  input = Decode({});
  input.scenario.requests[0].url = "/" + std::string(kMostTextBytes, 'x');
  bytes = Encode(input);
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().place, "/requests/0/url");
}

TEST(InputTest, TargetsHaveNames) {
  for (uint32_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    EXPECT_EQ(FindTarget(TargetName(target)), target);
    EXPECT_EQ(TargetOf(Encoded({target, Decode({}).scenario, {}})), target);
  }
  EXPECT_FALSE(FindTarget("nothing").has_value());
}

}  // namespace
}  // namespace pendulum::fuzz
