#include "harness/fuzz/mutate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/explore/json_text.h"
#include "harness/explore/scenario_json.h"

namespace pendulum::fuzz {
namespace {

using sched::Prng;
using sched::Question;
using Bytes = std::vector<uint8_t>;

std::vector<uint16_t>& ListOf(Input* input, Question question) {
  return input->answers[static_cast<size_t>(question)];
}

// Two activations, a body, and answers of each kind.
Input Sample(Target target) {
  Input input = Decode({});
  input.target = target;
  auto& request = input.scenario.requests[0];
  request.method = "POST";
  request.body_bytes = 100;
  request.framing = host::BodyFraming::kContentLength;
  request.client.arrival_bytes = {40};
  const char own = kStepLetters[static_cast<size_t>(
      target == Target::kModule ? Step::kWrite : StepsOf(target)[0])];
  if (target != Target::kModule) request.url = std::string("/?") + own + "64a" + own + "7m;" + own;
  for (auto& list : input.answers) list = {1, 0, 2};
  return input;
}

Bytes BytesOf(const Input& input) {
  auto bytes = Encode(input);
  EXPECT_TRUE(bytes.ok()) << bytes.error().Text();
  return bytes.ok() ? *bytes : Bytes{};
}

// What the mutation makes of the sample, with several seeds.
std::vector<Input> Made(Mutation mutation, Target target = Target::kPipeline) {
  std::vector<Input> made;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    Prng prng(seed);
    Input input = Sample(target);
    if (Mutate(mutation, &prng, &input)) made.push_back(std::move(input));
  }
  EXPECT_FALSE(made.empty());
  return made;
}

size_t Operations(const Input& input) {
  const auto script = ParseScript(input.scenario.requests[0].url);
  size_t count = 0;
  for (const Activation& activation : script->activations) count += activation.operations.size();
  return count;
}

size_t Activations(const Input& input) {
  return ParseScript(input.scenario.requests[0].url)->activations.size();
}

TEST(MutateTest, OperationsAreInsertedDroppedSwappedAndChanged) {
  for (const Input& one : Made(Mutation::kInsertOperation)) EXPECT_EQ(Operations(one), 4u);
  for (const Input& one : Made(Mutation::kDropOperation)) EXPECT_EQ(Operations(one), 2u);
  std::set<std::string> swapped;
  for (const Input& one : Made(Mutation::kSwapOperations)) {
    swapped.insert(one.scenario.requests[0].url);
  }
  EXPECT_THAT(swapped, testing::UnorderedElementsAre("/?w7mw64a;w", "/?w64aw;w7m"));
  for (const Input& one : Made(Mutation::kChangeOperation)) {
    EXPECT_EQ(Operations(one), 3u);
    EXPECT_NE(one.scenario.requests[0].url, Sample(Target::kPipeline).scenario.requests[0].url);
  }
}

TEST(MutateTest, ActivationsAreInsertedDroppedAndReturnOtherwise) {
  for (const Input& one : Made(Mutation::kInsertActivation)) EXPECT_EQ(Activations(one), 3u);
  for (const Input& one : Made(Mutation::kDropActivation)) EXPECT_EQ(Activations(one), 1u);
  for (const Input& one : Made(Mutation::kChangeReturn)) {
    EXPECT_THAT(one.scenario.requests[0].url, testing::HasSubstr("="));
  }
}

TEST(MutateTest, TimingIsFlipped) {
  bool to_inline = false;
  bool to_pending = false;
  for (Input& one : Made(Mutation::kFlipTiming)) {
    const auto& list = ListOf(&one, Question::kTiming);
    to_inline = to_inline || list[0] == 0;
    to_pending = to_pending || list[1] == 1;
  }
  EXPECT_TRUE(to_inline && to_pending);
}

TEST(MutateTest, ACompletionMovesToAnEarlierPoint) {
  bool earlier = false;
  for (Input& one : Made(Mutation::kCompleteEarly)) {
    const auto& list = ListOf(&one, Question::kTransition);
    earlier = earlier || (list[1] == 2 && list[2] == 0);
  }
  EXPECT_TRUE(earlier);
}

TEST(MutateTest, PartialCountsGrowAndShrink) {
  std::set<uint16_t> firsts;
  for (Input& one : Made(Mutation::kGrowBytes)) firsts.insert(ListOf(&one, Question::kBytes)[0]);
  EXPECT_TRUE(firsts.contains(2) && firsts.contains(0));
}

TEST(MutateTest, AnswersChangeInTheirOwnList) {
  const std::pair<Mutation, Question> kinds[] = {{Mutation::kChangeOrder, Question::kTransition},
                                                 {Mutation::kChangeStatus, Question::kStatus},
                                                 {Mutation::kChangeSetting, Question::kSetting}};
  for (const auto& [mutation, question] : kinds) {
    for (Input one : Made(mutation)) {
      Input sample = Sample(Target::kPipeline);
      EXPECT_NE(ListOf(&one, question), ListOf(&sample, question));
      ListOf(&one, question) = ListOf(&sample, question);
      EXPECT_EQ(one.answers, sample.answers);
    }
  }
}

TEST(MutateTest, StretchesOfAnswersAreInsertedDroppedRepeatedAndCleared) {
  const auto total = [](const Input& input) {
    size_t sum = 0;
    for (const auto& list : input.answers) sum += list.size();
    return sum;
  };
  const size_t before = total(Sample(Target::kPipeline));
  for (const Input& one : Made(Mutation::kInsertAnswer)) EXPECT_EQ(total(one), before + 1);
  for (const Input& one : Made(Mutation::kDropAnswer)) EXPECT_EQ(total(one), before - 1);
  for (const Input& one : Made(Mutation::kRepeatAnswers)) EXPECT_GT(total(one), before);
  for (const Input& one : Made(Mutation::kClearAnswers)) EXPECT_LT(total(one), before);
}

TEST(MutateTest, ScenariosChangeAndStayOnesThatAHostCanRun) {
  for (const Mutation mutation :
       {Mutation::kChangeRequest, Mutation::kChangeHost, Mutation::kChangeRequests}) {
    for (const Input& one : Made(mutation)) {
      EXPECT_NE(BytesOf(one), BytesOf(Sample(Target::kPipeline)));
      const auto text = explore::JsonText(explore::ScenarioToJson(one.scenario));
      const auto read = explore::ReadScenario(text, "mutated");
      EXPECT_TRUE(read.ok()) << read.error().Text();
    }
  }
}

TEST(MutateTest, ManyChangesKeepAnInputWhatItsTargetRuns) {
  for (uint32_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    Prng prng(i);
    Input input = Sample(target);
    std::set<Bytes> seen;
    for (int changes = 0; changes < 3000; ++changes) {
      MutateInput(&prng, &input);
      ASSERT_TRUE(IsOfTarget(input)) << TargetName(target);
      const Bytes bytes = BytesOf(input);
      ASSERT_EQ(BytesOf(Decode(bytes)), bytes);
      seen.insert(bytes);
      // As a fuzzer would: from what is short.
      if (bytes.size() > 400) input = Sample(target);
    }
    EXPECT_GT(seen.size(), 2000u) << TargetName(target);
  }
}

TEST(MutateTest, TheSameSeedMakesTheSameChanges) {
  Bytes bytes[2];
  for (Bytes& made : bytes) {
    Prng prng(7, 3);
    Input input = Sample(Target::kPipeline);
    for (int i = 0; i < 100; ++i) MutateInput(&prng, &input);
    made = BytesOf(CrossOver(input, Sample(Target::kPipeline), &prng));
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST(MutateTest, CrossingOverTakesFromBoth) {
  Input one = Sample(Target::kPipeline);
  Input other = Sample(Target::kPipeline);
  for (auto& list : one.answers) list.assign(10, 1);
  for (auto& list : other.answers) list.assign(10, 2);
  other.scenario.requests[0].url = "/?r5;f";
  bool both = false;
  bool spliced = false;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    Prng prng(seed);
    Input crossed = CrossOver(one, other, &prng);
    const auto& list = ListOf(&crossed, Question::kTransition);
    EXPECT_EQ(list.size(), 10u);
    EXPECT_TRUE(std::is_sorted(list.begin(), list.end()));
    both = both || (list.front() == 1 && list.back() == 2);
    spliced = spliced || crossed.scenario.requests[0].url == "/?w64aw7m;f";
  }
  EXPECT_TRUE(both);
  EXPECT_TRUE(spliced);
}

TEST(MutateTest, AnInputWithOtherStepsIsNotOfItsTarget) {
  Input input = Sample(Target::kWrite);
  EXPECT_TRUE(IsOfTarget(input));
  input.scenario.requests[0].url = "/?wf";
  EXPECT_FALSE(IsOfTarget(input));
  input.target = Target::kFlush;
  EXPECT_TRUE(IsOfTarget(input));
  input.scenario.requests.resize(2);
  EXPECT_FALSE(IsOfTarget(input));
  input.target = Target::kPipeline;
  EXPECT_TRUE(IsOfTarget(input));
}

}  // namespace
}  // namespace pendulum::fuzz
