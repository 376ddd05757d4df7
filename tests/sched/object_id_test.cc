#include "harness/sched/object_id.h"

#include <utility>
#include <vector>

#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

TEST(ObjectIdTest, KindAndNumberAreApart) {
  const ObjectId object = MakeObject(ObjectKind::kLock, 7);
  EXPECT_EQ(object, uint32_t{static_cast<uint8_t>(ObjectKind::kLock)} << 24 | 7);
  EXPECT_EQ(KindOf(object), ObjectKind::kLock);
  EXPECT_EQ(KindOf(MakeObject(ObjectKind::kMemory, 0xFF000001)), ObjectKind::kMemory);
  EXPECT_EQ(MakeObject(ObjectKind::kMemory, 0xFF000001), MakeObject(ObjectKind::kMemory, 1));
}

class Touches final : public TouchListener {
 public:
  void OnTouch(ObjectId object, bool writes) override { seen.emplace_back(object, writes); }
  bool OnStep(uint8_t, bool) override {
    ++steps;
    return true;
  }
  void OnEnabled(uint8_t) override {}
  void OnWoken(uint8_t) override {}
  void OnDisabled(uint8_t, bool) override {}
  bool HearsTouches() const override { return hears; }
  std::vector<std::pair<ObjectId, bool>> seen;
  int steps = 0;
  bool hears = true;
};

using TouchTest = SchedulerFixture;

TEST_F(TouchTest, GoesToWhoeverListens) {
  const ObjectId object = MakeObject(ObjectKind::kProgram, 3);
  Touches touches;
  const auto run = [&] {
    BeginScripted();
    Start([&] {
      scheduler_.Touch(object, true);
      scheduler_.Touch(object, false);
    });
    scheduler_.Run();
    End();
  };
  run();
  EXPECT_TRUE(touches.seen.empty());
  scheduler_.SetTouchListener(&touches);
  run();
  EXPECT_THAT(touches.seen,
              testing::ElementsAre(std::pair(object, true), std::pair(object, false)));
  scheduler_.SetTouchListener(nullptr);
  run();
  EXPECT_EQ(touches.seen.size(), 2u);
  // One that doesn't want to hear of touches hears of the rest.
  touches.hears = false;
  touches.steps = 0;
  scheduler_.SetTouchListener(&touches);
  run();
  EXPECT_FALSE(Scheduler::is_listened_to());
  EXPECT_EQ(touches.seen.size(), 2u);
  EXPECT_EQ(touches.steps, 1);
  scheduler_.SetTouchListener(nullptr);
}

}  // namespace
}  // namespace pendulum::sched
