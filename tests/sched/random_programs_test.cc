// Exhaustive search against all schedules of some hundred small programs made at random: reads,
// writes, locks, waits with and without a deadline, signals, choices, workers and transitions that
// are started, posted and taken back.
#include "harness/sched/prng.h"
#include "tests/sched/search_fixture.h"

namespace pendulum::sched {
namespace {

enum class Act : uint8_t {
  kRead,
  kWrite,
  kLock,
  kWait,
  kWaitWithDeadline,
  kSignal,
  kStart,
  kPost,
  kCancel,
  kTimer,
  kChoose,
};
constexpr uint32_t kActs = 11;

struct Instruction {
  Act act;
  uint32_t object;
};
using Code = std::vector<Instruction>;

constexpr const char* kNames[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

class RandomProgramsTest : public SearchFixture {
 public:
  static std::vector<Code> Make(uint64_t seed) {
    Prng prng(seed);
    std::vector<Code> program(2 + prng.Below(2));
    for (Code& code : program) {
      const uint32_t length = 1 + prng.Below(program.size() == 2 ? 3 : 2);
      for (uint32_t i = 0; i < length; ++i) {
        code.push_back({static_cast<Act>(prng.Below(kActs)), prng.Below(2)});
      }
    }
    return program;
  }

  void StartProgram(const std::vector<Code>& program) {
    for (uint32_t i = 0; i < 2; ++i) {
      locks_[i] = {10 + i, false, {}};
      waiting_[i].clear();
      posted_[i] = kNoTransition;
    }
    next_name_ = program.size();
    for (size_t i = 0; i < program.size(); ++i) {
      Start(
          [this, &program, i] {
            for (const Instruction& instruction : program[i]) Do(instruction, i);
          },
          kNames[i]);
    }
  }

 private:
  void Mark(uint32_t number, bool writes) {
    scheduler_.Touch(MakeObject(ObjectKind::kProgram, number), writes);
  }
  void Do(const Instruction& instruction, size_t self) {
    const uint32_t object = instruction.object;
    switch (instruction.act) {
      case Act::kRead:
        return Read(object);
      case Act::kWrite:
        return Write(object);
      case Act::kLock:
        Acquire(&locks_[object]);
        Mark(object, true);
        return Release(&locks_[object]);
      case Act::kWait:
      case Act::kWaitWithDeadline: {
        Write(20 + object);
        waiting_[object].push_back(scheduler_.current());
        const bool timed = instruction.act == Act::kWaitWithDeadline;
        const auto cause = scheduler_.Block({.what = "wait"}, timed ? 10 : kForever);
        if (cause == WakeCause::kDraining) return;
        Mark(20 + object, true);
        std::erase(waiting_[object], scheduler_.current());
        return;
      }
      case Act::kSignal:
        Write(20 + object);
        for (const WorkerId worker : waiting_[object]) scheduler_.Wake(worker);
        return;
      case Act::kStart:
        scheduler_.Point();
        Start([this, object] { Mark(object, true); }, kNames[4 + self]);
        return;
      case Act::kPost:
        Write(30 + object);
        if (posted_[object] != kNoTransition) return;
        posted_[object] = Post([this, object] {
          Mark(30 + object, true);
          posted_[object] = kNoTransition;
        });
        return;
      case Act::kCancel:
        Write(30 + object);
        if (posted_[object] == kNoTransition) return;
        scheduler_.Cancel(posted_[object]);
        posted_[object] = kNoTransition;
        return;
      case Act::kTimer:
        scheduler_.Point();
        PostTimer(5 + object, [this, object] { Mark(object, true); });
        return;
      case Act::kChoose:
        scheduler_.Point();
        Mark(scheduler_.Choose(Question::kSetting, 2, 0, 0), true);
        return;
    }
  }

  Lock locks_[2];
  std::vector<WorkerId> waiting_[2];
  TransitionId posted_[2];
  size_t next_name_ = 0;
};

TEST_F(RandomProgramsTest, NoOrderIsLost) {
  constexpr uint64_t kPrograms = 400;
  constexpr uint64_t kMostRuns = 20'000;
  uint64_t compared = 0;
  uint64_t all_runs = 0;
  uint64_t reduced_runs = 0;
  for (uint64_t seed = 0; seed < kPrograms; ++seed) {
    const std::vector<Code> program = Make(seed);
    const auto start = [&] { StartProgram(program); };
    const Outcome all = Search("exhaustive:deviations=1000000", start, kMostRuns);
    if (!all.counts.exhausted) continue;
    const Outcome reduced = Search("exhaustive", start, kMostRuns);
    ASSERT_TRUE(reduced.counts.exhausted) << "program " << seed;
    for (const auto& [text, count] : all.runs) {
      ASSERT_EQ(reduced.runs.count(text), 1u) << "program " << seed << " lost " << text;
    }
    ASSERT_EQ(reduced.runs.size(), all.runs.size()) << "program " << seed;
    ++compared;
    all_runs += all.counts.complete_runs;
    reduced_runs += reduced.counts.complete_runs + reduced.counts.cut_runs;
  }
  EXPECT_GE(compared, kPrograms * 8 / 10);
  EXPECT_LE(reduced_runs, all_runs / 4);
}

}  // namespace
}  // namespace pendulum::sched
