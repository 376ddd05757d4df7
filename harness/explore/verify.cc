#include "harness/explore/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "harness/explore/collection.h"
#include "harness/explore/exploration.h"
#include "harness/explore/investigation.h"
#include "harness/explore/locations.h"
#include "harness/explore/supervisor.h"
#include "harness/sched/strategy_factory.h"

namespace pendulum::explore {
namespace {

using platform::Error;
using platform::Result;

// Further places of a clause say little that the first ones don't.
constexpr int kMostFindingsOfAClause = 8;

Setup SetupOf(const VerifyOptions& options, const oracle::Specification& specification) {
  Setup setup;
  setup.modules = options.modules;
  setup.specification = &specification;
  setup.strategy = options.strategy;
  setup.seed = options.seed;
  setup.check_determinism = options.check_determinism;
  setup.watchdog_ms = options.watchdog_ms;
  setup.memory_bytes = options.memory_bytes;
  setup.stack_bytes = options.stack_bytes;
  return setup;
}

platform::Status Check(const VerifyOptions& options) {
  if (options.modules.empty()) return Error{"there is no module to verify", "", ""};
  if (options.scenarios.empty()) return Error{"there is no scenario to run", "", ""};
  if (options.runs == 0 && options.time_ms == 0) return Error{"no run was asked for", "", ""};
  const auto strategy = sched::MakeStrategy(options.strategy, options.seed);
  return strategy.ok() ? platform::OkStatus() : platform::Status(strategy.error());
}

// Keeps the first places of each clause and says how many more there are.
std::vector<Discovery> Limit(std::vector<Discovery> discoveries, std::vector<std::string>* notes) {
  std::map<std::string, int> places;
  std::vector<Discovery> kept;
  for (Discovery& discovery : discoveries) {
    if (++places[discovery.clause] <= kMostFindingsOfAClause) kept.push_back(std::move(discovery));
  }
  for (const auto& [clause, count] : places) {
    if (count <= kMostFindingsOfAClause) continue;
    notes->push_back(clause + " was broken at " + std::to_string(count - kMostFindingsOfAClause) +
                     " more places, not listed");
  }
  return kept;
}

// By level, then as they were found.
void Sort(std::vector<Finding>* findings) {
  std::stable_sort(findings->begin(), findings->end(), [](const Finding& a, const Finding& b) {
    return (a.level == "must") > (b.level == "must");
  });
}

std::vector<ClauseCoverage> CoverageOf(const oracle::Specification& specification,
                                       const Collection& collection,
                                       const std::vector<Discovery>& discoveries, bool limited) {
  constexpr size_t kClasses = oracle::Oracle::kTimingClasses;
  std::vector<ClauseCoverage> clauses;
  for (size_t i = 0; i < specification.clauses().size(); ++i) {
    const oracle::Clause& clause = specification.clauses()[i];
    ClauseCoverage coverage;
    coverage.clause = clause.id;
    uint64_t reached = 0;
    for (size_t timing = 0; timing < kClasses; ++timing) {
      const size_t index = i * kClasses + timing;
      if (index < collection.coverage().size()) {
        coverage.reached[timing] = collection.coverage()[index];
      }
      reached += coverage.reached[timing];
    }
    const bool broken =
        std::any_of(discoveries.begin(), discoveries.end(),
                    [&](const Discovery& discovery) { return discovery.clause == clause.id; });
    if (broken) {
      coverage.verdict = clause.level == oracle::Level::kMust ? "violation" : "warning";
    } else if (reached != 0) {
      coverage.verdict = "pass";
    } else {
      coverage.verdict = limited ? "inconclusive" : "not-exercised";
    }
    clauses.push_back(std::move(coverage));
  }
  return clauses;
}

void AddTotals(const VerifyOptions& options, const Collection& collection, Report* report) {
  uint64_t notifications = 0;
  for (size_t i = 0; i < options.scenarios.size(); ++i) {
    const Totals& totals = collection.totals(i);
    report->scenarios.push_back(
        {options.scenarios[i].name, options.scenarios[i].title, totals.runs, totals.limited});
    report->runs += totals.runs;
    report->decisions += totals.decisions;
    report->operations += totals.operations;
    report->completions += totals.completions;
    notifications += totals.notifications;
  }
  report->nothing_checked = collection.empty() && report->operations == 0 && notifications == 0;
}

// Runs that met their limit say nothing about what would have come later.
void AddLimited(const VerifyOptions& options, Report* report) {
  uint64_t limited = 0;
  size_t scenarios = 0;
  for (const ScenarioSummary& one : report->scenarios) {
    limited += one.limited;
    scenarios += one.limited != 0;
  }
  if (limited == 0) return;
  report->notes.push_back(std::to_string(limited) + " runs of " + std::to_string(scenarios) +
                          " scenarios met their limit (" +
                          std::to_string(options.scenarios.front().limits.steps) +
                          " steps) before their requests had ended: what comes later was not seen");
}

// Whether no run came to its end: then nothing that was seen says that the module is right.
bool NoRunEnded(const Report& report) {
  return std::all_of(
      report.scenarios.begin(), report.scenarios.end(),
      [](const ScenarioSummary& one) { return one.runs != 0 && one.limited == one.runs; });
}

// What the module wrote, as far as it is worth reading: first what was written about it (calls that
// are not simulated), then a few of its own lines.
void AddLines(const std::set<std::string>& lines, std::vector<std::string>* notes) {
  constexpr size_t kMostOwn = 3;
  std::vector<std::string> own;
  for (const std::string& line : lines) {
    const bool is_own = line.starts_with("debug output") || line.starts_with("event log");
    if (is_own) {
      own.push_back(line);
    } else {
      notes->push_back(line);
    }
  }
  for (size_t i = 0; i < own.size() && i < kMostOwn; ++i) notes->push_back(own[i]);
  if (own.size() > kMostOwn) {
    notes->push_back(std::to_string(own.size() - kMostOwn) + " more lines that the module wrote");
  }
}

}  // namespace

Result<Report> Verify(const VerifyOptions& options, const oracle::Specification& specification,
                      const Progress& progress) {
  if (auto checked = Check(options); !checked.ok()) return checked.error();
  const Setup setup = SetupOf(options, specification);
  auto supervisor = Supervisor::Create(setup, options.jobs, options.in_process);
  if (!supervisor.ok()) return supervisor.error();
  Collection collection(specification, options.scenarios.size());
  Exploration exploration(options, setup, supervisor->get(), &collection);
  if (auto explored = exploration.Run(progress); !explored.ok()) return explored.error();

  Report report;
  report.modules = options.modules;
  report.strategy = options.strategy;
  report.seed = options.seed;
  report.notes = exploration.notes();
  AddTotals(options, collection, &report);
  AddLimited(options, &report);
  AddLines(collection.lines(), &report.notes);

  Locations locations(options.modules);
  const std::vector<Discovery> all = collection.Discoveries(&locations);
  const bool limited = std::any_of(report.scenarios.begin(), report.scenarios.end(),
                                   [](const ScenarioSummary& one) { return one.limited != 0; });
  report.clauses = CoverageOf(specification, collection, all, limited);
  Setup repeated = setup;
  repeated.check_determinism = false;
  Investigation investigation(repeated, options.scenarios, supervisor->get(), &locations);
  auto findings = investigation.Investigate(Limit(all, &report.notes));
  if (!findings.ok()) return findings.error();
  report.findings = std::move(findings).value();
  Sort(&report.findings);
  const bool broken = !report.findings.empty() && report.findings.front().level == "must";
  if (NoRunEnded(report) && !broken) report.nothing_checked = true;
  report.divergence =
      exploration.divergence().empty() ? investigation.divergence() : exploration.divergence();
  report.diverged = !report.divergence.empty();
  report.elapsed_seconds = static_cast<double>((*supervisor)->elapsed_ms()) / 1000;
  return report;
}

}  // namespace pendulum::explore
