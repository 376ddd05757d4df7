// `mutants`: tries every mutant of the host, or those that are named, and says which clause of the
// specification notices each. `./x mutants` builds and runs it.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "harness/host/mutants.h"
#include "tests/mutants/hunt.h"
#include "tests/mutants/probes/probe.h"
#include "tests/mutants/summary.h"

namespace pendulum::mutants {
namespace {

constexpr int kUsage = 2;
constexpr int kNotDone = 3;

struct Arguments {
  std::vector<std::string> names;
  uint64_t runs = 400;
  int jobs = 0;
  bool list = false;
  bool json = false;
  bool clauses = false;
  std::vector<std::string> trace;  // probe, scenario, run
};

// Indexes of the named mutants, of all when none is named. False for a name that is none.
bool Select(const std::vector<std::string>& names, std::vector<int>* selected) {
  const auto mutants = host::Mutants();
  for (size_t i = 0; names.empty() && i < mutants.size(); ++i) {
    selected->push_back(static_cast<int>(i));
  }
  for (const std::string& name : names) {
    size_t i = 0;
    while (i < mutants.size() && name != mutants[i].name) ++i;
    if (i == mutants.size()) {
      std::cerr << "mutants: there is no mutant " << name << " (--list names them)\n";
      return false;
    }
    selected->push_back(static_cast<int>(i));
  }
  return true;
}

// Prints the trace of one run, of the mutant that is named or of the host as it is.
int PrintTrace(const Arguments& arguments, int mutant) {
  const auto probes = Probes();
  const auto scenarios = ScenarioNames();
  uint32_t probe = 0;
  uint32_t scenario = 0;
  while (probe < probes.size() && probes[probe].name != arguments.trace[0]) ++probe;
  while (scenario < scenarios.size() && scenarios[scenario] != arguments.trace[1]) ++scenario;
  if (probe == probes.size() || scenario == scenarios.size()) {
    std::cerr << "mutants: there is no such probe, or no such scenario\n";
    return kUsage;
  }
  host::ChooseMutant(mutant);
  std::cout << TraceOf(oracle::Specification::BuiltIn(), probe, scenario,
                       std::stoull(arguments.trace[2]));
  return 0;
}

int Run(const Arguments& arguments) {
  std::vector<int> selected;
  if (!Select(arguments.names, &selected)) return kUsage;
  if (arguments.list) {
    PrintTable(selected, arguments.json, &std::cout);
    return 0;
  }
  if (!arguments.trace.empty()) {
    return PrintTrace(arguments, arguments.names.empty() ? kNoMutantIndex : selected.front());
  }
  const oracle::Specification& specification = oracle::Specification::BuiltIn();
  const auto processors = static_cast<int>(std::thread::hardware_concurrency());
  HuntOptions options;
  options.plan.runs = arguments.runs;
  options.jobs = arguments.jobs > 0 ? arguments.jobs : std::max(processors, 1);
  Summary summary(specification, arguments.json, &std::cout);

  HuntOptions unmutated = options;
  unmutated.plan.goes_on = unmutated.plan.counts_should = true;
  unmutated.limit_ms *= 10;
  auto status = Hunt(specification, {kNoMutantIndex}, unmutated, [&](const Catch& seen) {
    summary.AddUnmutated(seen);
    for (const uint32_t times : seen.state.broken) {
      options.plan.ignored.push_back(times != 0);
    }
  });
  if (status.ok()) {
    options.plan.goes_on = arguments.clauses;
    status = Hunt(specification, selected, options, [&](const Catch& seen) { summary.Add(seen); });
  }
  if (!status.ok()) {
    std::cerr << "mutants: " << status.error().Text() << "\n";
    return kNotDone;
  }
  summary.Finish(arguments.clauses);
  return summary.clean() ? 0 : 1;
}

}  // namespace
}  // namespace pendulum::mutants

int main(int argc, char** argv) {
  pendulum::mutants::Arguments arguments;
  CLI::App program("Tries mutants of the host: which clause notices each of them?", "mutants");
  program.add_option("NAME", arguments.names, "mutants to try; all of them without any");
  program.add_option("--runs", arguments.runs, "runs of each probe in each scenario")
      ->check(CLI::PositiveNumber);
  program.add_option("--jobs", arguments.jobs, "mutants to try at a time; one a processor if 0")
      ->check(CLI::NonNegativeNumber);
  program.add_flag("--list", arguments.list, "only say which mutants there are");
  program.add_flag("--json", arguments.json, "print JSON");
  program.add_flag("--clauses", arguments.clauses,
                   "do all runs, and name the clauses that no mutant breaks");
  program
      .add_option("--trace", arguments.trace, "only print the trace of one run: PROBE SCENARIO RUN")
      ->expected(3);
  CLI11_PARSE(program, argc, argv);
  return pendulum::mutants::Run(arguments);
}
