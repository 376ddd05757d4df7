// Modules and helpers for the tests of what is left of a failing run.
#ifndef PENDULUM_TESTS_EXPLORE_MINIMIZE_MODULES_H_
#define PENDULUM_TESTS_EXPLORE_MINIMIZE_MODULES_H_

#include <string>

#include "gtest/gtest.h"
#include "harness/explore/minimize_replay.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {

// Reads in the handler; `when_early` runs in OnAsyncCompletion when the completion comes before the
// handler has returned, `late` otherwise. `first` comes before the read.
inline std::string ReadAndReturn(const std::string& when_early, const std::string& first = "",
                                 const std::string& late = "") {
  return first + R"(
    DWORD bytes = 0;
    BOOL pending = FALSE;
    HRESULT result =
        context->GetRequest()->ReadEntityBody(buffer_, sizeof buffer_, TRUE, &bytes, &pending);
    if (SUCCEEDED(result) && pending) {
      returned_ = true;
      return RQ_NOTIFICATION_PENDING;
    }
    return RQ_NOTIFICATION_CONTINUE;
  }
  char buffer_[1024];
  bool returned_ = false;
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
      IHttpEventProvider*, IHttpCompletionInfo*) override {
    if (!returned_) {)" +
         when_early + "\n    }\n    " + late;
}

inline ReplayRequest RequestOf(const Finding& finding, const host::Scenario& scenario) {
  ReplayRequest request;
  request.modules = {finding.module};
  request.scenario = scenario;
  request.schedule = finding.schedule;
  for (const NotedDecision& noted : finding.notes) request.decisions.push_back(NameOf(noted));
  request.expected_clause = finding.clause;
  request.expected_trace_hash = finding.trace_hash;
  request.watchdog_ms = 300;
  return request;
}

inline ReplayOutcome ReplayedByName(ReplayRequest request) {
  request.changed = true;
  request.expected_trace_hash = 0;
  auto outcome = Replay(request, oracle::Specification::BuiltIn());
  EXPECT_TRUE(outcome.ok()) << outcome.error().Text();
  return outcome.ok() ? std::move(outcome).value() : ReplayOutcome{};
}

// The request without decision `index` of those that are not the plainest.
inline ReplayRequest WithoutDecision(ReplayRequest request, size_t index) {
  request.schedule[request.decisions[index].position].answer = 0;
  request.decisions.erase(request.decisions.begin() + static_cast<ptrdiff_t>(index));
  return request;
}

// Expects that the run fails, and that it does not without any single one of its decisions.
inline void ExpectLocalMinimum(const ReplayRequest& request) {
  using Verdict = ReplayOutcome::Verdict;
  EXPECT_EQ(ReplayedByName(request).verdict, Verdict::kSameFinding);
  for (size_t i = 0; i < request.decisions.size(); ++i) {
    EXPECT_NE(ReplayedByName(WithoutDecision(request, i)).verdict, Verdict::kSameFinding)
        << "without " << request.decisions[i].words;
  }
}

}  // namespace pendulum::explore

#endif  // PENDULUM_TESTS_EXPLORE_MINIMIZE_MODULES_H_
