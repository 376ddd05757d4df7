#include "harness/explore/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "harness/explore/collection.h"
#include "harness/explore/exploration.h"
#include "harness/explore/investigation.h"
#include "harness/explore/locations.h"
#include "harness/explore/portfolio.h"
#include "harness/explore/supervisor.h"
#include "harness/platform/number_text.h"
#include "harness/sched/pct_strategy.h"
#include "harness/sched/search.h"
#include "harness/sched/strategy_factory.h"
#include "harness/sched/strategy_spec.h"

namespace pendulum::explore {
namespace {

using platform::Counted;
using platform::Error;
using platform::Result;

// Further places of a clause say little that the first ones don't.
constexpr int kMostFindingsOfAClause = 8;

Setup SetupOf(const VerifyOptions& options, const oracle::Specification& specification) {
  Setup setup;
  setup.modules = options.modules;
  setup.specification = &specification;
  setup.arms = options.arms;
  if (setup.arms.empty() && options.strategy == kPortfolio) {
    setup.arms = PortfolioArms(options.modules);
  }
  if (setup.arms.empty()) setup.arms = {{options.strategy, options.modules.first()}};
  setup.seed = options.seed;
  setup.check_determinism = options.check_determinism;
  setup.watchdog_ms = options.watchdog_ms;
  setup.memory_bytes = options.memory_bytes;
  setup.stack_bytes = options.stack_bytes;
  return setup;
}

platform::Status Check(const VerifyOptions& options, const oracle::Specification& specification) {
  if (options.modules.empty()) return Error{"there is no module to verify", "", ""};
  if (options.scenarios.empty()) return Error{"there is no scenario to run", "", ""};
  if (options.runs == 0 && options.time_ms == 0) return Error{"no run was asked for", "", ""};
  if (specification.clauses().size() > kMostClauses) {
    return Error{"the specification has more than " + std::to_string(kMostClauses) + " clauses", "",
                 "leave out files of clauses of your own"};
  }
  for (const Arm& arm : SetupOf(options, specification).arms) {
    if (sched::IsSearch(arm.strategy)) {
      if (options.arms.size() > 1) {
        return Error{"an exhaustive strategy can't share the runs with others", "", ""};
      }
      const auto kind = sched::ParseSearch(arm.strategy);
      if (!kind.ok()) return kind.error();
      continue;
    }
    const auto strategy = sched::MakeStrategy(arm.strategy, options.seed);
    if (!strategy.ok()) return strategy.error();
  }
  return platform::OkStatus();
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
    notes->push_back(clause + " was broken at " +
                     Counted(static_cast<uint64_t>(count - kMostFindingsOfAClause), "more place") +
                     ", not listed");
  }
  return kept;
}

// By level, then as they were found.
void Sort(std::vector<Finding>* findings) {
  std::stable_sort(findings->begin(), findings->end(), [](const Finding& a, const Finding& b) {
    return (a.level == "must") > (b.level == "must");
  });
}

// The verdict on each clause. What is missing matters to those that were never reached.
std::vector<oracle::ClauseVerdict> JudgeAll(const oracle::Specification& specification,
                                            const Collection& collection,
                                            const std::vector<std::string>& missing) {
  constexpr size_t kClasses = oracle::Oracle::kTimingClasses;
  const std::vector<uint64_t>& coverage = collection.coverage();
  std::vector<std::string> missing_of(specification.clauses().size());
  for (size_t i = 0; i < missing_of.size(); ++i) {
    const auto reached = [&](size_t timing) {
      const size_t index = i * kClasses + timing;
      return index < coverage.size() && coverage[index] != 0;
    };
    bool any = false;
    for (size_t timing = 0; timing < kClasses; ++timing) any = any || reached(timing);
    if (!any) missing_of[i] = JoinMissing(missing);
  }
  return oracle::JudgeClauses(specification, {.coverage = coverage,
                                              .readings = collection.reading_counts(),
                                              .violations = collection.broken_runs(),
                                              .missing = missing_of});
}

// What is met in a way that no reading of its clause describes is a gap in the specification.
void AddUnread(const oracle::Specification& specification, const Collection& collection,
               std::vector<std::string>* notes) {
  for (size_t i = 0; i < collection.unread_counts().size(); ++i) {
    const uint64_t count = collection.unread_counts()[i];
    if (count == 0) continue;
    notes->push_back(specification.clauses()[i].id + " was met " + Counted(count, "time") +
                     " in a way that none of its readings describes");
  }
}

// The readings that the discovery's runs rely on, in words; and with the clauses that have them.
std::vector<RelianceText> TellReliance(const Discovery& discovery, const Collection& collection,
                                       const oracle::Specification& specification,
                                       std::vector<oracle::ClauseVerdict>* clauses) {
  const int broken = specification.Find(discovery.clause);
  const bool is_failure =
      broken < 0 || IsFailure(specification.clauses()[static_cast<size_t>(broken)]);
  if (!is_failure) return {};
  std::vector<RelianceText> texts;
  for (const Reliance& one : RelianceOf(discovery.runs, collection.reading_runs(), specification)) {
    const oracle::Clause& clause = specification.clauses()[one.clause];
    RelianceText text;
    text.clause = clause.id;
    text.passing = ReadingTexts(clause, one.passing_readings);
    text.failing = clause.readings[one.failing_reading].text;
    text.failing_runs = one.failing_runs;
    text.passing_runs = one.passing_runs;
    auto& told = (*clauses)[one.clause].passes_only_if;
    if (std::find(told.begin(), told.end(), text.passing) == told.end()) {
      told.push_back(text.passing);
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

// The sum over all scenarios.
std::vector<ReadingRuns> ReadingRunsOf(const oracle::Specification& specification,
                                       const Collection& collection) {
  std::vector<ReadingRuns> sums(specification.readings().size());
  for (const ReadingTable& table : collection.reading_runs()) {
    for (size_t i = 0; i < sums.size(); ++i) sums[i].Add(table[i]);
  }
  return sums;
}

// The verdict on everything.
oracle::Verdict Overall(const Report& report) {
  const bool broken = std::any_of(report.findings.begin(), report.findings.end(),
                                  [](const Finding& finding) { return finding.level == "must"; });
  if (broken) return oracle::Verdict::kViolation;
  if (report.nothing_checked) return oracle::Verdict::kNotExercised;
  if (report.diverged) return oracle::Verdict::kInconclusive;
  return oracle::OverallVerdict(report.clauses);
}

void AddTotals(const VerifyOptions& options, const Collection& collection, Report* report) {
  uint64_t notifications = 0;
  for (size_t i = 0; i < options.scenarios.size(); ++i) {
    const Totals& totals = collection.totals(i);
    report->scenarios.push_back(
        {options.scenarios[i].name, options.scenarios[i].title, totals.runs, totals.limited, {}});
    report->runs += totals.runs;
    report->decisions += totals.decisions;
    report->operations += totals.operations;
    report->completions += totals.completions;
    notifications += totals.notifications;
  }
  report->nothing_checked = collection.empty() && report->operations == 0 && notifications == 0;
}

Guarantee GuaranteeOf(const Arm& arm, const ArmTotals& totals) {
  const auto spec = sched::ParseStrategySpec(arm.strategy);
  // With a bias it is not the strategy that orders the events.
  if (!spec.ok() || spec->kind != sched::StrategyKind::kPct || spec->bias.any()) return {};
  if (totals.profile_agents == 0) return {};
  return {spec->depth, totals.profile_agents, totals.profile_steps,
          sched::PctBound(totals.profile_agents, totals.profile_steps, spec->depth)};
}

// How the runs were divided, and what came of it.
void AddArms(const Setup& setup, const Collection& collection, const Portfolio& portfolio,
             const std::vector<Discovery>& discoveries, Report* report) {
  for (size_t i = 0; i < setup.arms.size(); ++i) {
    ArmSummary summary;
    summary.arm = setup.arms[i];
    summary.runs = collection.arm_totals(i).runs;
    summary.first_cells = portfolio.first_cells(i);
    summary.guarantee = GuaranteeOf(setup.arms[i], collection.arm_totals(i));
    for (const Discovery& discovery : discoveries) summary.findings += discovery.arm == i;
    report->arms.push_back(std::move(summary));
  }
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
  report->notes.push_back(Counted(limited, "run") + " of " + Counted(scenarios, "scenario") +
                          " met the limit (" +
                          std::to_string(options.scenarios.front().limits.steps) +
                          " steps) before all requests had ended: what comes later was not seen");
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
    notes->push_back(Counted(own.size() - kMostOwn, "more line") + " that the module wrote");
  }
}

// How far the search of each scenario came, and what is proved where nothing was found.
void AddSearches(const VerifyOptions& options, const Exploration& exploration,
                 const Collection& collection, Report* report) {
  if (!exploration.searches().in_use()) return;
  for (size_t i = 0; i < options.scenarios.size(); ++i) {
    report->scenarios[i].search = exploration.searches().Summary(i, collection.HasDiscoveryIn(i),
                                                                 options.scenarios[i].limits.steps);
  }
}

}  // namespace

Result<Report> Verify(const VerifyOptions& options, const oracle::Specification& specification,
                      const Progress& progress) {
  if (auto checked = Check(options, specification); !checked.ok()) return checked.error();
  const Setup setup = SetupOf(options, specification);
  auto supervisor = Supervisor::Create(setup, options.jobs, options.in_process);
  if (!supervisor.ok()) return supervisor.error();
  Collection collection(specification, options.scenarios.size(), setup.arms.size());
  Exploration exploration(options, setup, supervisor->get(), &collection);
  if (auto explored = exploration.Run(progress); !explored.ok()) return explored.error();

  Report report;
  report.modules = options.modules.any();
  report.strategy = options.strategy;
  report.seed = options.seed;
  report.notes = exploration.notes();
  AddTotals(options, collection, &report);
  AddLimited(options, &report);
  AddLines(collection.lines(), &report.notes);

  AddUnread(specification, collection, &report.notes);

  Locations locations(options.modules);
  const std::vector<Discovery> discoveries =
      Limit(collection.Discoveries(&locations), &report.notes);
  AddArms(setup, collection, exploration.portfolio(), discoveries, &report);
  report.specification = &specification;
  report.missing = exploration.Missing();
  report.clauses = JudgeAll(specification, collection, report.missing);
  report.reading_runs = ReadingRunsOf(specification, collection);
  Setup repeated = setup;
  repeated.check_determinism = false;
  Investigation investigation(repeated, options.scenarios, supervisor->get(), &locations,
                              options.minimize_runs);
  auto findings = investigation.Investigate(discoveries);
  if (!findings.ok()) return findings.error();
  report.findings = std::move(findings).value();
  for (size_t i = 0; i < discoveries.size(); ++i) {
    report.findings[i].reliance =
        TellReliance(discoveries[i], collection, specification, &report.clauses);
  }
  Sort(&report.findings);
  AddSearches(options, exploration, collection, &report);
  const bool broken = !report.findings.empty() && report.findings.front().level == "must";
  if (NoRunEnded(report) && !broken) report.nothing_checked = true;
  report.divergence =
      exploration.divergence().empty() ? investigation.divergence() : exploration.divergence();
  report.diverged = !report.divergence.empty();
  report.verdict = Overall(report);
  report.elapsed_seconds = static_cast<double>((*supervisor)->elapsed_ms()) / 1000;
  return report;
}

}  // namespace pendulum::explore
