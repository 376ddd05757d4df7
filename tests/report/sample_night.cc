#include "tests/report/sample_night.h"

#include "harness/report/night_of.h"
#include "harness/report/swim_lane.h"
#include "tests/report/sample_report.h"

namespace pendulum::report {

const char* const kHostile =
    "</script><script>window.broken=1</script><img src=x onerror=\"window.broken=1\">'\"&amp;]]>"
    "\x01\x1b[31m\xff ünï/日本\n=2";

namespace {

// The findings of the sample report as a night sees them.
NightFinding Found(size_t index, const std::string& target, LifeCycle life_cycle) {
  NightFinding finding = NightFindingOf(SampleReport("src").findings[index], target);
  finding.life_cycle = life_cycle;
  finding.first_night = 12;
  finding.last_night = 12;
  finding.input = "findings/" + finding.rule + "-" + finding.fingerprint + ".json";
  finding.replay = "pendulum replay " + finding.input;
  return finding;
}

NightFinding LeftPending() {
  NightFinding finding = Found(0, "src/sample_module.cpp", LifeCycle::kNew);
  finding.decisions = {"the first ReadEntityBody of request 0 completes asynchronously",
                       "its completion is delivered before the handler returns"};
  finding.steps[3].is_decision = true;
  return finding;
}

NightFinding Deadlock() {
  NightFinding finding;
  finding.rule = "MODULE-HANG";
  finding.level = "must";
  finding.title = "A module waits for nothing that can never happen";
  finding.message = "two workers wait for each other: worker 0 has lock 1 and waits for lock 2";
  finding.fix = "take the locks in one order everywhere";
  finding.sources = {{"designing-native-code-http-modules.md", "Threads", {}}};
  finding.target = "src/sample_module.cpp";
  finding.location = {"src/cache.cpp", 88, "CCache::Evict(int)"};
  finding.life_cycle = LifeCycle::kRegression;
  finding.first_night = 4;
  finding.last_night = 12;
  finding.count = 61;
  finding.fingerprint = FingerprintOf(finding);
  finding.input = "findings/hang.json";
  finding.replay = "pendulum replay findings/hang.json";
  finding.decisions = {"the thread of request 1 goes on after worker 0 took its first lock"};
  finding.steps = {
      {kClientLane, "client sent 18 bytes (18 in all)", {}, false},
      {0, "OnExecuteRequestHandler", {}, false},
      {0, "takes lock 1", {"src/cache.cpp", 80, "CCache::Evict(int)"}, false},
      {1, "OnExecuteRequestHandler", {}, true},
      {1, "takes lock 2", {"src/cache.cpp", 120, "CCache::Find(int)"}, false},
      {1, "waits for lock 1", {"src/cache.cpp", 121, "CCache::Find(int)"}, false},
      {0, "waits for lock 2", {"src/cache.cpp", 88, "CCache::Evict(int)"}, false},
      {kServerLane, "the run ends: nothing can happen any more", {}, false},
  };
  finding.picture = "client    0    1\n";
  return finding;
}

NightFinding Hostile() {
  NightFinding finding;
  finding.rule = "MODULE-CRASH";
  finding.level = "must";
  finding.title = finding.message = finding.fix = finding.picture = kHostile;
  finding.target = kHostile;
  finding.location = {kHostile, 3, kHostile};
  finding.sources = {{"https://example.org/?a=\"><b>&c", kHostile, {kHostile}}};
  finding.life_cycle = LifeCycle::kConfirmed;
  finding.first_night = 11;
  finding.last_night = 12;
  finding.count = 1;
  finding.operation = finding.timing = kHostile;
  finding.fingerprint = FingerprintOf(finding);
  finding.input = finding.replay = kHostile;
  finding.decisions = {kHostile};
  finding.steps = {{2, kHostile, {kHostile, 1, kHostile}, true}, {3, kHostile, {}, false}};
  return finding;
}

std::vector<NightFinding> Findings() {
  NightFinding known = Found(2, "pipeline", LifeCycle::kKnown);
  known.level = "must";
  known.first_night = 7;
  known.owner = "a.weaver";
  known.expires = "2026-12-31";
  known.reason = "mended in the next release";
  NightFinding warning = Found(2, "src/sample_module.cpp", LifeCycle::kConfirmed);
  warning.first_night = 9;
  NightFinding fixed = Found(1, "read_entity_body", LifeCycle::kFixed);
  fixed.first_night = 3;
  fixed.last_night = 10;
  return {LeftPending(), Deadlock(), Hostile(), warning, known, fixed};
}

std::vector<NightTarget> Targets() {
  return {
      {"read_entity_body", "fuzz target", "", 1200.5, 131072000, 842, 811, 290, 0},
      {"pipeline", "fuzz target", "", 1198, 92000111, 2210, 2207, 611, 3},
      {"src/sample_module.cpp", "module", "", 600, 4100000, 0, 0, 402, 1},
      {"vendor.so", "module", "it has no RegisterModule", 0, 0, 0, 0, 0, 0},
      {kHostile, "module", "", 1, 20, 3, 4, 1, 0},
  };
}

std::vector<NightClause> Clauses() {
  return {
      {"FLUSH-01", "flush", "A flush returns S_OK or a failure", {120000, 31000, 401, 0}},
      {"FLUSH-02", "flush", "A synchronous flush does not go pending", {91000, 0, 0, 0}},
      {"FLUSH-03", "flush", "A flush after the end fails", {0, 0, 0, 0}},
      {"MODULE-CRASH", "module", "A module does not crash", {0, 0, 0, 2}},
      {"MODULE-HANG", "module", "A module waits for nothing that can never happen", {0, 0, 0, 61}},
      {"MODULE-LEFT-PENDING",
       "module",
       "A module returns with nothing outstanding",
       {88000, 9100, 12, 700}},
      {"READ-01", "read", "A read returns S_OK or a failure", {7, 4100000, 52000, 0}},
      {"READ-07", "read", "An asynchronous read reports its byte count", {0, 39000, 0, 0}},
      {"READ-31", "read", kHostile, {1, 1, 1, 1}},
  };
}

std::vector<NightTrend> Trends() {
  std::vector<NightTrend> trends;
  for (uint32_t i = 0; i < 9; ++i) {
    const uint64_t grown = i * i;
    trends.push_back({4 + i, "2026-11-" + std::to_string(15 + i), 180000000 + 5000000 * grown,
                      500 + 10 * grown, 2600 + 6 * grown, i < 6 ? 1u : i - 4u,
                      i % 3 == 1 ? 0u : 1u});
  }
  return trends;
}

}  // namespace

Night SampleNight() {
  Night night;
  night.number = 12;
  night.date = "2026-11-23";
  night.pendulum = "0.1.0";
  night.budget_seconds = 3600;
  night.elapsed_seconds = 3571.25;
  night.resumed = true;
  night.targets = Targets();
  night.findings = Findings();
  night.clauses = Clauses();
  night.canaries = {{"MODULE-HANG", "canaries/hang.cpp", true, 2.5},
                    {"MODULE-LEAK", "canaries/leak.cpp", false, 60}};
  night.trends = Trends();
  night.failures = {"vendor.so did not run: it has no RegisterModule"};
  return night;
}

Night CleanNight() {
  Night night = SampleNight();
  night.resumed = false;
  std::erase_if(night.targets, [](const NightTarget& one) { return !one.failure.empty(); });
  std::erase_if(night.findings, [](const NightFinding& one) { return IsOpen(one); });
  for (NightCanary& canary : night.canaries) canary.found = true;
  night.failures.clear();
  return night;
}

}  // namespace pendulum::report
