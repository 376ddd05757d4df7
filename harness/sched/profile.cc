#include "harness/sched/profile.h"

#include <algorithm>

#include "harness/sched/draw.h"

namespace pendulum::sched {
namespace {

constexpr uint64_t kPlainestRun = 0;
constexpr uint64_t kTakingTurnsRun = 1;
constexpr uint64_t kSeed = 0x50524F46;

}  // namespace

uint32_t Profile::MeanEvents() const {
  uint32_t sum = 0;
  uint32_t threads = 0;
  for (const uint16_t count : events) {
    sum += count;
    threads += count != 0;
  }
  return threads == 0 ? 1 : (sum + threads - 1) / threads;
}

void ProfileStrategy::BeginRun(uint64_t run) {
  run_ = run;
  prng_ = Prng(kSeed, run);
  agents_.BeginRun();
  steps_ = 0;
  agents_seen_ = 0;
  events_.fill(0);
}

uint32_t ProfileStrategy::Answer(const Ask& ask) {
  if (ask.question == Question::kTransition) return AnswerTransition(ask);
  if (run_ == kPlainestRun) return 0;
  if (run_ == kTakingTurnsRun) return ask.question == Question::kTiming ? 1 : 0;
  return Draw(&prng_, ask);
}

uint32_t ProfileStrategy::AnswerTransition(const Ask& ask) {
  ++steps_;
  uint32_t longest = 0;
  for (uint32_t i = 0; i < ask.answers; ++i) {
    const uint8_t id = ask.candidates[i];
    if (agents_.Meet(id, ask.keys[id])) {
      ++agents_seen_;
      waits_since_[id] = steps_;
    }
    if (waits_since_[id] < waits_since_[ask.candidates[longest]]) longest = i;
  }
  uint32_t answer = prng_.Below(ask.answers);
  if (run_ == kPlainestRun) answer = 0;
  if (run_ == kTakingTurnsRun) answer = longest;
  waits_since_[ask.candidates[answer]] = steps_;
  Count(ask, answer);
  return answer;
}

void ProfileStrategy::Count(const Ask& ask, uint32_t answer) {
  // In a spinning program the plainest run says nothing: it may never come to its end.
  if (run_ != kPlainestRun) profile_.steps = std::max(profile_.steps, steps_);
  profile_.agents = std::max(profile_.agents, agents_seen_);
  const Key key = ask.KeyOf(answer);
  if (key.request < kWorkerGoesOn) {
    profile_.requests = std::max<uint32_t>(profile_.requests, key.request + 1u);
  }
  if (key.request != kWorkerGoesOn || key.operation >= Profile::kThreads) return;
  if (events_[key.operation] < UINT16_MAX) ++events_[key.operation];
  uint16_t& most = profile_.events[key.operation];
  if (run_ != kPlainestRun) most = std::max(most, events_[key.operation]);
}

}  // namespace pendulum::sched
