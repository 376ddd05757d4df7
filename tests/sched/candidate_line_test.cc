#include "harness/sched/candidate_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "harness/sched/prng.h"

namespace pendulum::sched {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

TEST(CandidateLineTest, WorkersStandBeforeTransitionsAndTheTimerLast) {
  CandidateLine line;
  line.SetCurrent(7);
  EXPECT_EQ(line.count(), 1u);
  line.AddPending(70);
  line.SetTimer(150);
  line.AddPending(71);
  line.AddReady(3);
  line.AddReady(1);
  EXPECT_THAT(line.From(0), ElementsAre(7, 3, 1, 70, 71, 150));
  EXPECT_THAT(line.From(1), ElementsAre(3, 1, 70, 71, 150));
  EXPECT_TRUE(line.IsTimer(5));
  EXPECT_FALSE(line.IsTimer(4));
  line.SetTimer(151);
  line.Remove(1);
  line.RemovePending(70);
  EXPECT_THAT(line.From(0), ElementsAre(7, 1, 71, 151));
  line.ClearTimer();
  EXPECT_THAT(line.From(0), ElementsAre(7, 1, 71));
  line.Clear();
  EXPECT_THAT(line.From(1), ElementsAre());
}

// The same line, kept in the obvious way.
struct Model {
  std::vector<uint8_t> ready;
  std::vector<uint8_t> pending;
  int timer = -1;

  std::vector<uint8_t> All() const {
    std::vector<uint8_t> all = ready;
    all.insert(all.end(), pending.begin(), pending.end());
    if (timer >= 0) all.push_back(static_cast<uint8_t>(timer));
    return all;
  }
};

void ChangeBoth(Prng* prng, CandidateLine* line, Model* model) {
  const uint8_t id = static_cast<uint8_t>(prng->Below(64));
  switch (prng->Below(6)) {
    case 0:
    case 1:
      if (std::count(model->ready.begin(), model->ready.end(), id) != 0) return;
      model->ready.push_back(id);
      line->AddReady(id);
      return;
    case 2:
      if (std::count(model->pending.begin(), model->pending.end(), 64 + id) != 0) return;
      model->pending.push_back(64 + id);
      line->AddPending(64 + id);
      return;
    case 3:
      model->timer = prng->Below(2) == 0 ? 128 + id : -1;
      model->timer >= 0 ? line->SetTimer(128 + id) : line->ClearTimer();
      return;
    case 4: {
      const size_t removable = model->ready.size() + model->pending.size();
      if (removable == 0) return;
      const size_t place = prng->Below(static_cast<uint32_t>(removable));
      line->Remove(static_cast<uint32_t>(1 + place));
      if (place < model->ready.size()) {
        model->ready.erase(model->ready.begin() + place);
      } else {
        model->pending.erase(model->pending.begin() + (place - model->ready.size()));
      }
      return;
    }
    case 5: {
      if (model->pending.empty()) return;
      const size_t place = prng->Below(static_cast<uint32_t>(model->pending.size()));
      line->RemovePending(model->pending[place]);
      model->pending.erase(model->pending.begin() + place);
      return;
    }
  }
}

TEST(CandidateLineTest, EqualsTheObviousModel) {
  for (uint64_t run = 0; run < 50; ++run) {
    Prng prng(99, run);
    CandidateLine line;
    Model model;
    for (int change = 0; change < 2000; ++change) {
      ChangeBoth(&prng, &line, &model);
      ASSERT_THAT(line.From(1), ElementsAreArray(model.All())) << "run " << run << " " << change;
    }
  }
}

TEST(CandidateLineTest, HoldsAllThereCanBe) {
  CandidateLine line;
  line.SetTimer(190);
  for (int i = 63; i >= 0; --i) line.AddPending(static_cast<uint8_t>(64 + i));
  for (int i = 0; i < 64; ++i) line.AddReady(static_cast<uint8_t>(i));
  EXPECT_EQ(line.count(), 130u);
  EXPECT_EQ(line.At(1), 0);
  EXPECT_EQ(line.At(64), 63);
  EXPECT_EQ(line.At(65), 127);
  EXPECT_EQ(line.At(128), 64);
  EXPECT_TRUE(line.IsTimer(129));
  while (line.count() > 2) line.Remove(1);
  EXPECT_THAT(line.From(1), ElementsAre(190));
}

}  // namespace
}  // namespace pendulum::sched
