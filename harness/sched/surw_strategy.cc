#include "harness/sched/surw_strategy.h"

#include <algorithm>

#include "harness/sched/draw.h"

namespace pendulum::sched {

void SurwStrategy::Learn(const Profile& profile) {
  profile_ = profile;
  mean_events_ = profile.MeanEvents();
}

void SurwStrategy::BeginRun(uint64_t run) {
  prng_ = Prng(seed_, run);
  agents_.BeginRun();
  selects_ = profile_.requests > 1;
  if (selects_) selected_ = static_cast<uint8_t>(prng_.Below(profile_.requests));
  last_request_ = kNoRequest;
  has_intended_ = false;
}

void SurwStrategy::Meet(uint8_t id, Key key) {
  if (!agents_.Meet(id, key)) return;
  has_intended_ = false;
  if (key.request == kWorkerGoesOn) {
    // Started by what happened last, so it is there for the same request.
    requests_[id] = last_request_;
    const uint32_t known =
        key.operation < Profile::kThreads ? profile_.events[key.operation] : uint32_t{0};
    left_[id] = known == 0 ? mean_events_ : known;
  } else {
    requests_[id] = key.request;
    // Its own and those of the worker that it starts.
    left_[id] = 1 + mean_events_;
  }
}

uint32_t SurwStrategy::DrawSelected(const Ask& ask) {
  uint32_t sum = 0;
  for (const uint8_t id : ask.candidates) sum += IsSelected(id) ? left_[id] : 0;
  if (sum == 0) return kNobody;
  uint32_t drawn = prng_.Below(sum);
  for (uint32_t i = 0;; ++i) {
    const uint8_t id = ask.candidates[i];
    if (!IsSelected(id)) continue;
    if (drawn < left_[id]) return i;
    drawn -= left_[id];
  }
}

uint32_t SurwStrategy::Answer(const Ask& ask) {
  if (ask.question != Question::kTransition) return Draw(&prng_, ask);
  uint32_t others = 0;
  uint32_t answer = kNobody;
  for (uint32_t i = 0; i < ask.answers; ++i) {
    const uint8_t id = ask.candidates[i];
    Meet(id, ask.keys[id]);
    others += !IsSelected(id);
    if (has_intended_ && id == intended_) answer = i;
  }
  if (answer == kNobody || !has_intended_) answer = DrawSelected(ask);
  has_intended_ = answer != kNobody;
  if (has_intended_) intended_ = ask.candidates[answer];
  const uint32_t going = others + (has_intended_ ? 1 : 0);
  uint32_t drawn = others == 0 ? others : prng_.Below(going);
  if (drawn < others) {
    for (answer = 0; IsSelected(ask.candidates[answer]) || drawn-- > 0; ++answer) {
    }
  } else {
    has_intended_ = false;
  }
  const uint8_t chosen = ask.candidates[answer];
  left_[chosen] = std::max(left_[chosen], 2u) - 1;
  last_request_ = requests_[chosen];
  return answer;
}

}  // namespace pendulum::sched
