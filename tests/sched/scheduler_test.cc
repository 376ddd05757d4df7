#include "harness/sched/scheduler.h"

#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

using testing::ElementsAre;

using SchedulerTest = SchedulerFixture;

TEST_F(SchedulerTest, NothingToDoIsQuiet) {
  BeginScripted();
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(scheduler_.steps(), 0u);
  EXPECT_EQ(scheduler_.workers_used(), 0);
  EXPECT_EQ(End(), 0);
}

TEST_F(SchedulerTest, IsTheOneOfItsProcess) {
  EXPECT_EQ(Scheduler::Get(), &scheduler_);
  EXPECT_EQ(scheduler_.current(), kNoWorker);
}

TEST_F(SchedulerTest, APointWithOneCandidateIsNotAQuestionButAStep) {
  BeginScripted();
  Start(Steps("a", 3));
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "aaa");
  EXPECT_EQ(scheduler_.steps(), 3u);
  EXPECT_EQ(log_.count, 0u);
}

TEST_F(SchedulerTest, PointOutsideOfWorkersDoesNothing) {
  BeginScripted();
  Start(Steps("a", 1));
  Start(Steps("b", 1));
  Post([this] {
    scheduler_.Point();
    EXPECT_EQ(scheduler_.current(), kNoWorker);
  });
  scheduler_.Point();
  EXPECT_EQ(scheduler_.steps(), 0u);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(scheduler_.steps(), 3u);
}

TEST_F(SchedulerTest, AnswerZeroStaysOnTheWorkerAndThenTakesTheOldest) {
  BeginScripted();
  for (const char* letter : {"a", "b", "c"}) Start(Steps(letter, 2));
  Post([this] { Log("!"); });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "aabbcc!");
}

TEST_F(SchedulerTest, CandidatesStandInTheDocumentedOrder) {
  BeginScripted({0, 2, 0});
  const WorkerId a = Start(Steps("a", 3));
  const WorkerId b = Start(Steps("b", 1));
  const WorkerId c = Start(Steps("c", 2));
  const TransitionId timer = PostTimer(50, [] {});
  PostTimer(60, [] {});
  const TransitionId first = Post([] {});
  const TransitionId second = Post([] {});
  const uint8_t t = kTransitionCandidate;
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  // From the driver, then in a, which goes to the end of the line when c is chosen.
  EXPECT_THAT(CandidatesAsked(0), ElementsAre(a, b, c, t + first, t + second, t + timer));
  EXPECT_THAT(CandidatesAsked(1), ElementsAre(a, b, c, t + first, t + second, t + timer));
  EXPECT_THAT(CandidatesAsked(2), ElementsAre(c, b, a, t + first, t + second, t + timer));
  EXPECT_EQ(events_, "accbaa");
}

TEST_F(SchedulerTest, AWokenWorkerStandsAtTheEndOfTheRunnableOnes) {
  BeginScripted();
  const WorkerId waiter = Start([this] { scheduler_.Block({.what = "test"}, kForever); });
  const WorkerId waker = Start([this, waiter] {
    scheduler_.Wake(waiter);
    scheduler_.Point();
  });
  const WorkerId other = Start([] {});
  scheduler_.Run();
  EXPECT_THAT(CandidatesAsked(2), ElementsAre(waker, other, waiter));
}

TEST_F(SchedulerTest, AChosenTransitionIsRemovedAndTheChoiceIsMadeAgain) {
  BeginScripted({2, 1, 0});
  Start(Steps("a", 2));
  Post([this] { Log("x"); }, 4, 11);
  Post([this] { Log("y"); }, 5, 12);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "yxaa");
  EXPECT_EQ(scheduler_.steps(), 4u);
  // With worker a alone there is no third question.
  EXPECT_THAT(Decisions(), ElementsAre(Decision{Question::kTransition, 5, 12, 3, 2},
                                       Decision{Question::kTransition, 4, 11, 2, 1}));
}

TEST_F(SchedulerTest, ActionsGetTheirValueAndMayStartPostAndChoose) {
  struct Seen {
    Scheduler* scheduler;
    uint32_t value = 0;
    uint32_t chosen = 0;
    bool started = false;
  } seen{&scheduler_};
  BeginScripted({3});
  const Action action = [](void* argument, uint32_t value) {
    Seen* seen = static_cast<Seen*>(argument);
    seen->value = value;
    seen->chosen = seen->scheduler->Choose(Question::kBytes, 5, 1, 2);
    seen->scheduler->Start(
        "started", [](void* inner) { static_cast<Seen*>(inner)->started = true; }, seen);
  };
  EXPECT_NE(scheduler_.Post(action, &seen, 77, 1, 2), kNoTransition);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(seen.value, 77u);
  EXPECT_EQ(seen.chosen, 3u);
  EXPECT_TRUE(seen.started);
  EXPECT_THAT(Decisions(), ElementsAre(Decision{Question::kBytes, 1, 2, 5, 3}));
}

TEST_F(SchedulerTest, CancelledTransitionsNeverHappen) {
  BeginScripted();
  const TransitionId first = Post([this] { Log("1"); });
  const TransitionId second = Post([this] { Log("2"); });
  Post([this] { Log("3"); });
  const TransitionId timer = PostTimer(5, [this] { Log("t"); });
  PostTimer(9, [this] { Log("u"); });
  scheduler_.Cancel(second);
  scheduler_.Cancel(timer);
  scheduler_.Cancel(first);
  EXPECT_EQ(Post([this] { Log("4"); }), first) << "the lowest free slot is used again";
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "34u");
  EXPECT_EQ(scheduler_.now_ms(), 9u);
}

TEST_F(SchedulerTest, ASlotForgetsThatItWasATimer) {
  BeginScripted();
  PostTimer(5, [this] {
    const TransitionId after_firing = Post([this] { Log("a"); });
    EXPECT_EQ(after_firing, 0);
    scheduler_.Cancel(after_firing);
    scheduler_.Cancel(PostTimer(6, [this] { Log("b"); }));
    const TransitionId after_cancelling = Post([this] { Log("c"); });
    EXPECT_EQ(after_cancelling, 0);
    scheduler_.Cancel(after_cancelling);
    Log("!");
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "!");
}

TEST_F(SchedulerTest, AnswersOneIsNotAsked) {
  BeginScripted({1});
  EXPECT_EQ(scheduler_.Choose(Question::kTiming, 1, 0, 0), 0u);
  EXPECT_EQ(scheduler_.Choose(Question::kTiming, 2, 0, 0), 1u);
  EXPECT_EQ(log_.count, 1u);
}

TEST_F(SchedulerTest, ThreadNumbersAreNewForEachJobAndSlotsAreUsedAgain) {
  BeginScripted();
  WorkerId again = kNoWorker;
  const WorkerId first = Start([] {}, "first");
  const WorkerId second = Start([&] { again = Start([] {}, "again"); }, "second");
  EXPECT_EQ(scheduler_.thread_number(first), 1u);
  EXPECT_EQ(scheduler_.thread_number(second), 2u);
  EXPECT_STREQ(scheduler_.name(first), "first");
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(again, first);
  EXPECT_EQ(scheduler_.thread_number(first), 3u);
  EXPECT_STREQ(scheduler_.name(first), "again");
  EXPECT_EQ(scheduler_.workers_used(), 2);
  End();
  BeginScripted();
  EXPECT_EQ(scheduler_.workers_used(), 0);
  EXPECT_EQ(scheduler_.thread_number(Start([] {})), 1u);
}

TEST_F(SchedulerTest, DecisionsNameTheThreadThatGoesOn) {
  BeginScripted({1});
  Start(Steps("a", 1));
  Start(Steps("b", 1));
  scheduler_.Run();
  EXPECT_THAT(Decisions(), ElementsAre(Decision{Question::kTransition, kWorkerGoesOn, 2, 2, 1}));
}

TEST_F(SchedulerTest, AllWorkersCanBeBusyAndAllSlotsInUse) {
  BeginScripted();
  for (int i = 0; i < kMaxWorkers; ++i) EXPECT_EQ(Start(Steps("w", 2)), i);
  EXPECT_EQ(Start(Steps("w", 2)), kNoWorker);
  for (int i = 0; i < kMaxTransitions; ++i) EXPECT_EQ(Post([this] { Log("t"); }), i);
  EXPECT_EQ(Post([] {}), kNoTransition);
  EXPECT_EQ(PostTimer(1, [] {}), kNoTransition);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, std::string(2 * kMaxWorkers, 'w') + std::string(kMaxTransitions, 't'));
  EXPECT_EQ(scheduler_.workers_used(), kMaxWorkers);
}

TEST_F(SchedulerTest, RunGoesOnWithWhatTheDriverAdds) {
  BeginScripted();
  const WorkerId waiter = Start([this] {
    scheduler_.Block({.what = "test"}, kForever);
    Log("woken");
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
  EXPECT_EQ(events_, "");
  scheduler_.Wake(waiter);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "woken");
}

// Jobs that start jobs, wait, post and choose; everything they do depends on the decisions.
class Mixture {
 public:
  explicit Mixture(Scheduler* scheduler) : scheduler_(scheduler) {}

  uint64_t Run(Strategy* strategy, uint64_t run) {
    hash_ = 0;
    jobs_ = 0;
    waiter_ = kNoWorker;
    scheduler_->BeginRun(strategy, run, Limits());
    for (int i = 0; i < 3; ++i) StartOne();
    scheduler_->Run();
    Add(scheduler_->now_ms());
    Add(scheduler_->steps());
    scheduler_->EndRun();
    return hash_;
  }

 private:
  void Add(uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001B3; }
  void StartOne() {
    ++jobs_;
    scheduler_->Start(
        "job", [](void* self) { static_cast<Mixture*>(self)->Job(); }, this);
  }
  void Job() {
    Add(scheduler_->thread_number(scheduler_->current()));
    if (jobs_ < 8 && scheduler_->Choose(Question::kTiming, 2, 0, 1) == 1) StartOne();
    scheduler_->Point();
    Add(scheduler_->Choose(Question::kBytes, 7, 0, 2));
    scheduler_->Post([](void* self, uint32_t value) { static_cast<Mixture*>(self)->Happen(value); },
                     this, scheduler_->current(), 0, 3);
    waiter_ = scheduler_->current();
    Add(static_cast<uint64_t>(
        scheduler_->Block({.what = "test"}, scheduler_->now_ms() + 5 * jobs_)));
    scheduler_->Point();
  }
  void Happen(uint32_t worker) {
    Add(worker);
    scheduler_->Wake(waiter_);
  }

  Scheduler* scheduler_;
  uint64_t hash_ = 0;
  uint64_t jobs_ = 0;
  WorkerId waiter_ = kNoWorker;
};

TEST_F(SchedulerTest, ARunAloneEqualsTheSameRunInASequence) {
  constexpr uint64_t kRuns = 300;
  RandomStrategy random(42);
  Mixture mixture(&scheduler_);
  std::vector<uint64_t> hashes;
  std::vector<Schedule> schedules;
  for (uint64_t run = 0; run < kRuns; ++run) {
    hashes.push_back(mixture.Run(&random, run));
    schedules.push_back(Decisions());
  }
  int different = 0;
  for (uint64_t run = kRuns; run-- > 0;) {
    RandomStrategy fresh(42);
    EXPECT_EQ(mixture.Run(&fresh, run), hashes[run]) << "run " << run;
    EXPECT_EQ(Decisions(), schedules[run]) << "run " << run;
    different += run > 0 && hashes[run] != hashes[run - 1];
  }
  EXPECT_GT(different, static_cast<int>(kRuns) * 9 / 10);
}

}  // namespace
}  // namespace pendulum::sched
