#include "tests/mutants/probes/probe.h"

#include "harness/sched/prng.h"

namespace pendulum::mutants {
namespace {

// More than any probe does without a mutant.
constexpr int kMostSteps = 64;

sched::Prng draws;
std::vector<std::unique_ptr<Kept>> kept;

}  // namespace

void BeginProbeRun(uint64_t run) {
  draws = sched::Prng(0x50524F4245, run);
  kept.clear();
}

uint32_t Pick(uint32_t answers) { return draws.Below(answers); }

void Keep(std::unique_ptr<Kept> object) { kept.push_back(std::move(object)); }

REQUEST_NOTIFICATION_STATUS Actor::On(IHttpContext* context, DWORD, bool) { return Go(context); }

REQUEST_NOTIFICATION_STATUS Actor::OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                     IHttpEventProvider*,
                                                     IHttpCompletionInfo* info) {
  return Complete(context, info);
}

REQUEST_NOTIFICATION_STATUS WINAPI Actor::Routine(IHttpContext3* context,
                                                  IHttpCompletionInfo2* info, VOID* module) {
  return static_cast<Actor*>(module)->Complete(context, info);
}

REQUEST_NOTIFICATION_STATUS Actor::Complete(IHttpContext* context, IHttpCompletionInfo* info) {
  const HRESULT status = info->GetCompletionStatus();
  Completed(status, info->GetCompletionBytes());
  return Go(context);
}

REQUEST_NOTIFICATION_STATUS Actor::Go(IHttpContext* context) {
  for (int i = 0; i < kMostSteps; ++i) {
    switch (Next(context)) {
      case Step::kGoOn:
        continue;
      case Step::kPending:
        return RQ_NOTIFICATION_PENDING;
      case Step::kOver:
        return Last();
    }
  }
  return Last();
}

CallForm PickForm() { return {.async = !OneIn(3), .null_flag = OneIn(6), .null_count = OneIn(6)}; }

std::span<const Probe> Probes() {
  static const std::vector<Probe> probes = {
      {"reader", "reads the body in every way", {{"reader", &RegisterReader}}},
      {"writer", "writes and flushes a response in every way", {{"writer", &RegisterWriter}}},
      {"echo", "reads the body and writes it back", {{"echo", &RegisterEcho}}},
      {"poster",
       "posts and indicates completions, from handlers and threads",
       {{"poster", &RegisterPoster}}},
      {"watched poster",
       "the same, and one that is told of all notifications",
       {{"poster", &RegisterPoster}, {"observer", &RegisterObserver}}},
      {"canceller", "cancels what it has started", {{"canceller", &RegisterCanceller}}},
      {"keeper", "stores contexts wherever they can be stored", {{"keeper", &RegisterKeeper}}},
      {"keepers",
       "two of them, and one that is refused",
       {{"keeper", &RegisterKeeper},
        {"other", &RegisterKeeper},
        {"refused", &RegisterRefused},
        {"observer", &RegisterObserver}}},
      {"observers",
       "three modules with priorities for all notifications",
       {{"first", &RegisterObserver}, {"second", &RegisterObserver}, {"third", &RegisterObserver}}},
      {"visited",
       "a reader and a writer, and two that look on inside their calls",
       {{"visitor", &RegisterVisitor},
        {"reader", &RegisterReader},
        {"writer", &RegisterWriter},
        {"late", &RegisterVisitor}}},
      {"responder", "makes the response's status and headers", {{"responder", &RegisterResponder}}},
      {"asker",
       "asks everything, and makes child requests",
       {{"asker", &RegisterAsker}, {"observer", &RegisterObserver}, {"writer", &RegisterWriter}}},
      {"careless", "passes what the documentation forbids", {{"careless", &RegisterCareless}}},
      {"refused",
       "fails to register beside a module that does not",
       {{"refused", &RegisterRefused}, {"writer", &RegisterWriter}}},
  };
  return probes;
}

}  // namespace pendulum::mutants
