#include "harness/fuzz/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pendulum::fuzz {
namespace {

TEST(ScriptTest, AUrlSaysWhatIsDone) {
  const auto script = ParseScript("/?w64amr16;f=f");
  ASSERT_TRUE(script.has_value());
  ASSERT_EQ(script->activations.size(), 2u);
  const auto& first = script->activations[0].operations;
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0], (Operation{Step::kWrite, true, true, false, 64}));
  EXPECT_EQ(first[1], (Operation{Step::kRead, false, false, false, 16}));
  EXPECT_EQ(script->activations[1].returns, Return::kFinish);
  EXPECT_EQ(ScriptUrl(*script), "/?w64amr16;f=f");
}

TEST(ScriptTest, WhatIsNoScriptIsNone) {
  for (const char* url : {"/", "/index.html", "/?a", "/?w=", "/?w=x", "/?w;=", "/?wma", "/?w01",
                          "/?w65536", "/?w99999999999999", "/?w?", "x/?w", ""}) {
    EXPECT_FALSE(ParseScript(url).has_value()) << url;
  }
}

TEST(ScriptTest, HasAsManyActivationsAndOperationsAsAreEncoded) {
  std::string url = "/?";
  for (uint32_t i = 1; i < kMostActivations; ++i) url += ';';
  EXPECT_TRUE(ParseScript(url).has_value());
  EXPECT_FALSE(ParseScript(url + ";").has_value());
  const std::string most(kMostOperations, 'w');
  EXPECT_TRUE(ParseScript("/?" + most).has_value());
  EXPECT_FALSE(ParseScript("/?w" + most).has_value());
}

TEST(ScriptTest, EveryStepHasALetter) {
  ASSERT_EQ(kStepLetters.size(), kSteps);
  for (uint32_t i = 0; i < kSteps; ++i) {
    Script script;
    script.activations.resize(1);
    script.activations[0].operations.push_back({static_cast<Step>(i), true, false, true, 7});
    EXPECT_EQ(ParseScript(ScriptUrl(script)), script) << ScriptUrl(script);
  }
}

}  // namespace
}  // namespace pendulum::fuzz
