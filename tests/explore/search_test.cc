// Exhaustive verification: that it comes to an end, says what it proved, loses nothing of what the
// host and the modules share, and goes on when the module dies.
#include "harness/sched/search.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/simulation.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

// Posts a completion and waits for it. What it does in the meantime races with it.
constexpr const char* kPosts = R"(
    context->PostCompletion(7);
    context->GetResponse()->SetStatus(201, "Made");
    return RQ_NOTIFICATION_PENDING;)";
// Dies when the completion comes before the handler has returned.
constexpr const char* kDies = R"(
    context->PostCompletion(7);
    mine = 1;
    context->GetResponse()->SetStatus(201, "Made");
    mine = 0;
    return RQ_NOTIFICATION_PENDING;
  }
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider*,
                                                IHttpCompletionInfo*) override {
    if (mine == 1) abort();)";

VerifyOptions Options(const std::string& module, const std::string& strategy, uint64_t runs = 20000,
                      Variant variant = Variant::kNone) {
  VerifyOptions options;
  options.modules = {};
  options.modules.Set(variant, {module});
  options.scenarios = {Get()};
  options.strategy = strategy;
  options.runs = runs;
  return options;
}

TEST(SearchTest, ProvesThatThereIsNoViolation) {
  const std::string module = CompileHandler("search_plain", "");
  const Report report = VerifyOrDie(Options(module, "exhaustive"));
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_TRUE(report.scenarios.at(0).search.has_value());
  const SearchSummary& search = *report.scenarios[0].search;
  EXPECT_TRUE(search.complete) << search.why_open;
  EXPECT_THAT(search.proof,
              StartsWith("no violation in any schedule of this scenario with at most"));
  EXPECT_THAT(search.proof, HasSubstr("partial counts in {1, half, all}"));
  EXPECT_EQ(search.runs, report.runs);
  EXPECT_GE(search.estimated_schedules, 1);
  EXPECT_THAT(report.missing, IsEmpty());
}

TEST(SearchTest, SaysWhenItIsNotComplete) {
  const std::string module = CompileHandler("search_posts", kPosts);
  const Report report = VerifyOrDie(Options(module, "exhaustive", 2));
  const SearchSummary& search = *report.scenarios.at(0).search;
  EXPECT_FALSE(search.complete);
  EXPECT_EQ(search.why_open, "the budget ended first");
  EXPECT_THAT(search.proof, IsEmpty());
  EXPECT_THAT(report.missing, testing::Contains("the search of get is not complete"));
}

TEST(SearchTest, FindsAndRepeatsAndDoesNotDependOnJobs) {
  // Calls the host after the completion may have ended the request.
  const std::string module = CompileHandler("search_posts", kPosts);
  VerifyOptions options = Options(module, "exhaustive:preemptions=2");
  const Report report = VerifyOrDie(options);
  EXPECT_TRUE(report.scenarios.at(0).search->complete) << report.scenarios[0].search->why_open;
  ASSERT_FALSE(report.findings.empty());
  EXPECT_FALSE(report.diverged) << report.divergence;
  for (const Finding& finding : report.findings) {
    EXPECT_THAT(finding.message, testing::Not(HasSubstr("not when it was repeated")));
    EXPECT_FALSE(finding.schedule.empty());
  }
  options.scenarios = {Get(), Post()};
  const Report one = VerifyOrDie(options);
  options.jobs = 2;
  const Report two = VerifyOrDie(options);
  ASSERT_EQ(one.findings.size(), two.findings.size());
  for (size_t i = 0; i < one.findings.size(); ++i) {
    EXPECT_EQ(one.findings[i].trace_hash, two.findings[i].trace_hash);
    EXPECT_EQ(one.findings[i].count, two.findings[i].count);
  }
}

TEST(SearchTest, GoesOnAfterACrash) {
  const std::string module = CompileHandler("search_dies", kDies, "static volatile int mine;");
  const Report report = VerifyOrDie(Options(module, "exhaustive:preemptions=1"));
  ASSERT_FALSE(report.findings.empty());
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(),
                          [](const Finding& one) { return one.clause == "MODULE-CRASH"; }));
  const SearchSummary& search = *report.scenarios.at(0).search;
  EXPECT_FALSE(search.complete);
  EXPECT_EQ(search.why_open, "the module did not survive a run");
  EXPECT_GE(search.runs, 4u);
}

// What matters of the order of a run's events: those of each request, but for what only looks.
std::string OrderOf(const trace::TraceBuffer& trace) {
  std::map<int, std::string> orders;
  for (uint32_t i = 0; i < trace.count; ++i) {
    const trace::Event& event = trace.events[i];
    if (event.kind == trace::EventKind::kMemoryAccessed) continue;
    if (event.kind == trace::EventKind::kRunEnded) continue;
    if (event.kind == trace::EventKind::kCall &&
        trace::IsPlainGetter(static_cast<trace::Method>(event.d))) {
      continue;
    }
    orders[event.request] += std::to_string(static_cast<int>(event.kind)) + "," +
                             std::to_string(event.d) + "," + std::to_string(event.b) + ";";
  }
  std::string text;
  for (const auto& [request, order] : orders) text += std::to_string(request) + ":" + order;
  return text;
}

struct Orders {
  std::map<std::string, int> runs;
  sched::SearchCounts counts;
};

using Modules = std::vector<std::string>;

Orders AllOrders(const Modules& modules, const host::Scenario& scenario,
                 const std::string& strategy) {
  std::vector<sched::Decision> decisions(16384);
  sched::Scheduler::DecisionLog log{0, 16384, decisions.data()};
  const auto trace = std::make_unique<trace::TraceBuffer>();
  auto simulation = Simulation::Create(modules, oracle::Specification::BuiltIn(), 256 * 1024,
                                       {&log, trace.get()});
  EXPECT_TRUE(simulation.ok());
  (*simulation)->SetScenario(scenario);
  (*simulation)->LearnAccesses();
  const sched::SearchKind kind = *sched::ParseSearch(strategy);
  const std::unique_ptr<void, decltype(&std::free)> memory(std::calloc(1, sched::SearchBytes(kind)),
                                                           &std::free);
  sched::Search* search = sched::CreateSearch(kind, memory.get());
  Orders orders;
  constexpr int kMostRuns = 400'000;
  for (int run = 0; run < kMostRuns; ++run) {
    (*simulation)->RunListened(search, search, 0);
    if (!search->was_cut()) ++orders.runs[OrderOf(*trace)];
    if (!search->Advance()) break;
  }
  orders.counts = search->counts();
  return orders;
}

// Returns the numbers of complete runs without and with the reduction.
std::pair<uint64_t, uint64_t> ExpectNothingLost(const Modules& modules,
                                                const host::Scenario& scenario) {
  const Orders all = AllOrders(modules, scenario, "exhaustive:deviations=100000");
  const Orders reduced = AllOrders(modules, scenario, "exhaustive");
  EXPECT_TRUE(all.counts.exhausted) << all.counts.complete_runs;
  EXPECT_TRUE(reduced.counts.exhausted) << reduced.counts.complete_runs;
  EXPECT_FALSE(reduced.counts.diverged);
  EXPECT_LE(reduced.counts.complete_runs, all.counts.complete_runs);
  for (const auto& [order, times] : all.runs) {
    EXPECT_EQ(reduced.runs.count(order), 1u) << "lost " << order;
  }
  EXPECT_EQ(reduced.runs.size(), all.runs.size());
  return {all.counts.complete_runs, reduced.counts.complete_runs};
}

TEST(SearchTest, NoOrderOfEventsIsLost) {
  const std::string posts =
      "\n    context->PostCompletion(7);\n    return RQ_NOTIFICATION_PENDING;";
  for (const Variant variant : {Variant::kNone, Variant::kAccesses}) {
    const bool plain = variant == Variant::kNone;
    ExpectNothingLost(
        {CompileHandler(plain ? "search_small" : "search_small_accesses", posts, "", variant)},
        Get());
  }
}

// Two requests share nothing but the module's memory: known exactly, they commute.
TEST(SearchTest, RequestsCommuteUnlessTheModulesMemorySaysOtherwise) {
  host::Scenario two = Get();
  two.requests.resize(2);
  const std::string apart = CompileHandler("search_apart", "", "", Variant::kAccesses);
  const auto [all, reduced] = ExpectNothingLost({apart}, two);
  EXPECT_LT(reduced * 10, all);
  const std::string shared = CompileHandler("search_shared", "\n    ++counter;",
                                            "static volatile int counter;", Variant::kAccesses);
  EXPECT_GT(ExpectNothingLost({shared}, two).second, reduced);
}

// Of several modules that all tell of their accesses as much is known as of one; where one of them
// tells nothing, it may have touched whatever it can reach.
TEST(SearchTest, ModulesTogetherTellOfTheirMemory) {
  host::Scenario two = Get();
  two.requests.resize(2);
  const std::string first = CompileHandler("search_first", "", "", Variant::kAccesses);
  const std::string second = CompileHandler("search_second", "", "", Variant::kAccesses);
  const std::string silent = CompileHandler("search_silent", "", "", Variant::kNone);
  const auto runs = [&](const Modules& modules) {
    return AllOrders(modules, two, "exhaustive").counts.complete_runs;
  };
  const uint64_t told = runs({first, second});
  EXPECT_EQ(told, runs({first}));
  EXPECT_GT(runs({first, silent}), told);
}

}  // namespace
}  // namespace pendulum::explore
