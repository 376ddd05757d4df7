// The second phase: modules with planted faults have to be found, or that nothing was found means
// nothing.
#include <deque>
#include <set>
#include <utility>

#include "harness/nightly/engine.h"
#include "harness/nightly/results.h"

namespace pendulum::nightly {
namespace {

using platform::Status;

constexpr uint64_t kCanaryLimitMs = 120000;

bool Breaks(const SliceResult& result, const std::string& rule) {
  for (const SeenFinding& seen : result.findings) {
    if (seen.finding.rule == rule || seen.finding.rule.starts_with(rule + "/")) return true;
  }
  return false;
}

Work TryCanary(Engine* engine, const Canary& canary) {
  Work work;
  work.subject = canary.rule;
  work.limit_ms = engine->LimitMs(kCanaryLimitMs);
  work.command = [engine, canary](const std::string& folder) {
    return CanaryCommand(engine->options().program, canary, folder);
  };
  work.finish = [engine, canary](const WorkOutcome& outcome) {
    report::NightCanary result;
    result.rule = canary.rule;
    result.module = canary.module.files.front();
    result.seconds = static_cast<double>(outcome.crew.elapsed_ms) / 1000;
    const auto report = ReadSlice(outcome.result, engine->config(), result.module);
    result.found = report.ok() && Breaks(*report, canary.rule);
    auto taken = engine->TakeIn(
        outcome, [&] { engine->database().SaveCanary(engine->night().number, result); });
    if (taken.ok() && !result.found) {
      engine->Say("canary not found: " + canary.rule + " in " + result.module +
                  (report.ok() ? "" : ": " + LastWords(outcome.log)));
    }
    return taken;
  };
  return work;
}

}  // namespace

Status RunCanaries(Engine* engine) {
  std::set<std::pair<std::string, std::string>> done;
  for (const report::NightCanary& canary : engine->database().Canaries(engine->night().number)) {
    if (canary.found) done.insert({canary.rule, canary.module});
  }
  if (auto read = engine->database().TakeError(); !read.ok()) return read;
  std::deque<Canary> waiting;
  for (const Canary& canary : engine->config().canaries) {
    if (!done.contains({canary.rule, canary.module.files.front()})) waiting.push_back(canary);
  }
  return engine->Drive([&]() -> std::optional<Work> {
    if (waiting.empty() || engine->LeftMs() == 0) return std::nullopt;
    const Canary canary = waiting.front();
    waiting.pop_front();
    return TryCanary(engine, canary);
  });
}

}  // namespace pendulum::nightly
