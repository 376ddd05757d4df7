// What a night has come to, from the database.
#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "harness/explore/replay_json.h"
#include "harness/nightly/engine.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using report::LifeCycle;
using report::Night;

constexpr uint32_t kTrendNights = 30;

std::string Family(const std::string& rule) { return rule.substr(0, rule.find('/')); }

// The rules that need a canary: one of each family that modules must keep.
std::set<std::string> RulesToFind(const Config& config,
                                  const oracle::Specification& specification) {
  if (!config.must_find_all) return {config.must_find.begin(), config.must_find.end()};
  std::set<std::string> rules;
  for (const oracle::Clause& clause : specification.clauses()) {
    if (clause.subject == oracle::Subject::kModule && clause.level == oracle::Level::kMust) {
      rules.insert(Family(clause.id));
    }
  }
  return rules;
}

void AddCanaries(Engine* engine, const oracle::Specification& specification, Night* night) {
  std::set<std::string> found, declared;
  const std::vector<report::NightCanary> tried =
      engine->database().Canaries(engine->night().number);
  for (const Canary& canary : engine->config().canaries) {
    report::NightCanary result;
    result.rule = canary.rule;
    result.module = canary.module.files.front();
    for (const report::NightCanary& one : tried) {
      if (one.rule == result.rule && one.module == result.module) result = one;
    }
    declared.insert(canary.rule);
    declared.insert(Family(canary.rule));
    if (result.found) found.insert({canary.rule, Family(canary.rule)});
    if (!result.found) {
      night->failures.push_back("the canary for " + result.rule +
                                " was not found: " + result.module);
    }
    night->canaries.push_back(std::move(result));
  }
  std::stable_sort(night->canaries.begin(), night->canaries.end(),
                   [](const auto& left, const auto& right) { return left.rule < right.rule; });
  for (const std::string& rule : RulesToFind(engine->config(), specification)) {
    if (!declared.contains(rule)) night->failures.push_back("no canary is declared for " + rule);
  }
}

void AddTargets(Engine* engine, Night* night) {
  const std::vector<TargetRow> rows = engine->database().Targets(engine->night().number);
  for (const Target& declared : engine->config().targets) {
    report::NightTarget target;
    target.name = declared.name;
    target.kind = declared.is_fuzz_target ? "fuzz target" : "module";
    for (const TargetRow& row : rows) {
      if (row.name != declared.name) continue;
      target.seconds = static_cast<double>(row.given_ms) / 1000;
      target.executions = row.executions;
      target.corpus_inputs = row.corpus_inputs;
      target.corpus_inputs_before = row.corpus_inputs_before;
      target.restarts = row.restarts;
      target.failure = row.failure;
    }
    // What came of its last slice is no failure where others went well, unless nothing was checked.
    if (target.executions == 0 && target.failure.empty()) {
      target.failure = "the budget ended before its turn";
    }
    target.cells = CountCells(engine->database().Cells(engine->night().number, declared.name));
    if (target.executions > 0 && target.cells > 0) target.failure.clear();
    if (!target.failure.empty()) {
      night->failures.push_back(target.name + " did not run: " + target.failure);
    }
    night->targets.push_back(std::move(target));
  }
}

void AddFindings(Engine* engine, Night* night) {
  for (FindingRow& row : engine->database().Findings()) {
    report::NightFinding& finding = row.finding;
    finding.input = engine->FindingPath(finding.fingerprint);
    if (fs::exists(finding.input)) finding.replay = "pendulum replay " + finding.input;
    if (!row.note.empty()) finding.message += " (at the last replay: " + row.note + ")";
    night->findings.push_back(std::move(finding));
  }
  std::stable_sort(night->findings.begin(), night->findings.end(),
                   [](const report::NightFinding& left, const report::NightFinding& right) {
                     const auto key = [](const report::NightFinding& one) {
                       return std::tie(one.rule, one.target, one.location.file, one.location.line,
                                       one.fingerprint);
                     };
                     const bool left_fixed = left.life_cycle == LifeCycle::kFixed;
                     const bool right_fixed = right.life_cycle == LifeCycle::kFixed;
                     return left_fixed != right_fixed ? right_fixed : key(left) < key(right);
                   });
}

void AddClauses(Engine* engine, const oracle::Specification& specification, Night* night) {
  const auto cells = engine->database().Cells(engine->night().number, "");
  for (const oracle::Clause& clause : specification.clauses()) {
    report::NightClause one;
    one.id = clause.id;
    one.group = clause.group;
    one.title = clause.title;
    if (const auto found = cells.find(clause.id); found != cells.end()) one.reached = found->second;
    night->clauses.push_back(std::move(one));
  }
}

report::NightTrend TrendOf(const Night& night) {
  report::NightTrend trend;
  trend.night = night.number;
  trend.date = night.date;
  for (const report::NightTarget& target : night.targets) {
    trend.executions += target.executions;
    trend.corpus_inputs += target.corpus_inputs;
  }
  for (const report::NightClause& clause : night.clauses) {
    trend.cells += static_cast<uint64_t>(std::count_if(clause.reached.begin(), clause.reached.end(),
                                                       [](uint64_t times) { return times != 0; }));
  }
  for (const report::NightFinding& finding : night.findings) {
    if (finding.life_cycle != LifeCycle::kFixed) ++trend.open_findings;
    if (finding.first_night == night.number) ++trend.new_findings;
  }
  return trend;
}

}  // namespace

platform::Result<Night> MakeNight(Engine* engine, const oracle::Specification& specification) {
  Database& database = engine->database();
  Night night;
  night.number = engine->night().number;
  night.date = engine->night().date;
  night.pendulum = std::string(explore::kPendulumVersion);
  night.budget_seconds = static_cast<double>(engine->night().budget_ms) / 1000;
  night.elapsed_seconds = static_cast<double>(engine->ElapsedMs()) / 1000;
  night.resumed = engine->night().resumed;
  night.failures = database.Failures(night.number);
  AddTargets(engine, &night);
  AddFindings(engine, &night);
  AddClauses(engine, specification, &night);
  AddCanaries(engine, specification, &night);
  auto saved = database.Atomically([&] { database.SaveTrend(TrendOf(night)); });
  if (!saved.ok()) return saved.error();
  night.trends = database.Trends(kTrendNights);
  if (auto read = database.TakeError(); !read.ok()) return read.error();
  return night;
}

}  // namespace pendulum::nightly
