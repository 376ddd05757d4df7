#include "harness/explore/verify.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>
#include <system_error>

#include "harness/cli/command.h"
#include "harness/cli/duration.h"
#include "harness/cli/modules.h"
#include "harness/cli/progress.h"
#include "harness/cli/replay_files.h"
#include "harness/cli/scenarios.h"
#include "harness/cli/sibling.h"
#include "harness/cli/specification.h"
#include "harness/explore/portfolio.h"
#include "harness/platform/process.h"
#include "harness/report/conformance.h"
#include "harness/report/reporter.h"
#include "harness/sched/search.h"
#include "harness/sched/strategy_spec.h"

namespace pendulum::cli {
namespace {

// Together the scenarios run at least so many schedules when the user does not say how many.
constexpr uint64_t kDefaultSchedules = 20000;
constexpr uint64_t kFewestRuns = 1000;

constexpr const char* kFooter =
    R"(MODULE is a C++ source file (several together are one module), or a shared object.
What stands after -- goes to the compiler.

Examples:
  pendulum verify my_module.cpp
  pendulum verify src/a.cpp src/b.cpp -- -Isrc -DVERSION=2
  pendulum verify my_module.so --scenario post-small --runs 100000
  pendulum verify my_module.cpp --scenario my_scenarios/ --time 30s
  pendulum verify my_module.cpp --json - --quiet
  pendulum verify vendor.so --conformance --quiet

Exit status: 0 no must was broken, 1 a finding, 2 a wrong command line,
3 nothing was checked or not all that was asked for, 4 a run did not repeat itself)";

struct VerifyArguments {
  std::vector<std::string> modules;
  std::vector<std::string> scenarios;
  std::string strategy{explore::kPortfolio};
  uint64_t runs = 0;  // 0: not given
  std::string time;
  uint64_t seed = 1;
  int jobs = platform::ProcessorCount();
  bool check_determinism = false;
  uint64_t minimize_runs = explore::VerifyOptions().minimize_runs;
  bool in_process = false;
  std::string folder = "pendulum-findings";
  SpecificationOptions specification;
  bool conformance = false;
  std::string sanitize;  // empty: not given
  bool races = false;
  std::string sarif;  // a file, "-" for standard output, empty for none
  std::string junit;
  OutputOptions output;
};

uint64_t RunsOf(const VerifyArguments& arguments, size_t scenarios) {
  if (arguments.runs > 0) return arguments.runs;
  // Every run of this strategy is the same.
  if (arguments.strategy == "default") return 1;
  return std::max(kFewestRuns, (kDefaultSchedules + scenarios - 1) / scenarios);
}

// What sources are compiled with. Where no other program can be asked, without a sanitizer unless
// this one has it.
module::Instrumentation InstrumentationOf(const VerifyArguments& arguments,
                                          const Invocation& invocation) {
  if (arguments.races) return module::Instrumentation::kThread;
  if (!arguments.sanitize.empty()) return *module::FindInstrumentation(arguments.sanitize);
  // Exhaustive search has to know what of its memory a module touches.
  if (sched::IsSearch(arguments.strategy)) return module::Instrumentation::kAccesses;
  const bool address = invocation.may_hand_over || CanLoad(module::Instrumentation::kAddress);
  return address ? module::Instrumentation::kAddress : module::Instrumentation::kNone;
}

// The same modules as they are built for the runs.
struct Build {
  module::Instrumentation instrumentation;
  std::vector<PreparedModule> modules;
};

// The portfolio looks between the loads and stores of sources as well.
bool WantsAccesses(const VerifyArguments& arguments, const Build& build) {
  const auto has_sources = [](const PreparedModule& module) { return !module.sources.empty(); };
  return arguments.strategy == explore::kPortfolio && CanLoad(module::Instrumentation::kAccesses) &&
         std::any_of(build.modules.begin(), build.modules.end(), has_sources);
}

// All builds that the runs need; the first is the one that most of them take.
platform::Result<std::vector<Build>> PrepareBuilds(const VerifyArguments& arguments,
                                                   const Invocation& invocation) {
  std::vector<Build> builds;
  std::vector<module::Instrumentation> wanted = {InstrumentationOf(arguments, invocation)};
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (auto here = NeedProgramFor(wanted[i], invocation); !here.ok()) return here.error();
    auto modules = PrepareModules(arguments.modules, invocation.passed_on, wanted[i]);
    if (!modules.ok()) return modules.error();
    builds.push_back({wanted[i], std::move(modules).value()});
    if (i == 0 && WantsAccesses(arguments, builds[0])) {
      wanted.push_back(module::Instrumentation::kAccesses);
    }
  }
  return builds;
}

explore::VerifyOptions OptionsOf(const VerifyArguments& arguments, const std::vector<Build>& builds,
                                 std::vector<host::Scenario> scenarios) {
  explore::VerifyOptions options;
  for (const Build& build : builds) {
    explore::ModuleBuilds::Paths paths;
    for (const PreparedModule& module : build.modules) paths.push_back(module.path);
    options.modules.Set(build.instrumentation, std::move(paths));
  }
  options.runs = RunsOf(arguments, scenarios.size());
  options.scenarios = std::move(scenarios);
  options.strategy = arguments.strategy;
  options.seed = arguments.seed;
  options.time_ms = ParseDuration(arguments.time).value_or(0);
  options.jobs = arguments.jobs;
  options.in_process = arguments.in_process;
  options.check_determinism = arguments.check_determinism;
  options.minimize_runs = arguments.minimize_runs;
  return options;
}

// A source's path as seen from the present folder, if it lies below it.
void Shorten(const std::string& folder, module::Location* place) {
  if (place->file.starts_with(folder)) place->file.erase(0, folder.size());
}

// Reports speak of what the user named, not of what was made from it.
void NameModules(const std::vector<Build>& builds, explore::Report* report) {
  std::error_code failed;
  const std::string folder = std::filesystem::current_path(failed).string() + "/";
  report->modules.clear();
  for (const PreparedModule& module : builds[0].modules) report->modules.push_back(module.name);
  for (explore::Finding& finding : report->findings) {
    for (const Build& build : builds) {
      for (const PreparedModule& module : build.modules) {
        if (finding.module == module.path) finding.module = module.name;
      }
    }
    Shorten(folder, &finding.location);
    Shorten(folder, &finding.started_location);
    for (explore::TracedEvent& traced : finding.trace) Shorten(folder, &traced.location);
  }
}

// What is wrong with the text of a strategy; empty: nothing.
std::string CheckStrategy(const std::string& text) {
  if (text == explore::kPortfolio) return "";
  if (sched::IsSearch(text)) {
    const auto search = sched::ParseSearch(text);
    return search.ok() ? "" : search.error().Text();
  }
  const auto spec = sched::ParseStrategySpec(text);
  return spec.ok() ? "" : spec.error().Text();
}

std::string StrategyHelp() {
  constexpr int kWidth = 17;
  const auto line = [](std::string_view name, std::string_view does) {
    std::string text = "  " + std::string(name);
    text.resize(std::max<size_t>(text.size() + 1, kWidth), ' ');
    return text + std::string(does) + "\n";
  };
  std::string help = "Strategies:\n";
  help +=
      line(explore::kPortfolio, "several of the others, more of those that reach something new");
  for (const sched::StrategyWords& one : sched::StrategyNames()) help += line(one.name, one.does);
  help += line("exhaustive",
               "every schedule; those that differ only in the order of what commutes once");
  help += line("exhaustive:preemptions=N, exhaustive:deviations=N",
               "every schedule within the bound, each once");
  help += line("exhaustive[:...],counts",
               "the same, and what pending calls leave as their byte counts");
  help +=
      "and after a colon or comma, with commas between them, for all but default, exhaustive and "
      "portfolio:\n";
  for (const sched::StrategyWords& one : sched::StrategyOptions()) help += line(one.name, one.does);
  return help + "\n";
}

// The reports for programs that were asked for. Sets `takes_output` if one of them is the standard
// output, so that nothing else may be.
platform::Status WriteReports(const VerifyArguments& arguments, const explore::Report& report,
                              const Console& console, bool* takes_output) {
  const std::pair<const std::string&, std::unique_ptr<report::Reporter>> wanted[] = {
      {arguments.output.json, report::MakeJsonReporter()},
      {arguments.sarif, report::MakeSarifReporter()},
      {arguments.junit, report::MakeJunitReporter()},
  };
  for (const auto& [path, reporter] : wanted) {
    if (path.empty()) continue;
    *takes_output = *takes_output || path == "-";
    if (auto written = WriteOutput(path, reporter->Write(report), console); !written.ok()) {
      return written;
    }
  }
  return {};
}

int Deliver(const VerifyArguments& arguments, const explore::Report& report,
            const Console& console) {
  bool takes_output = false;
  if (auto written = WriteReports(arguments, report, console, &takes_output); !written.ok()) {
    return Fail(written.error(), console);
  }
  if (!takes_output) {
    const report::ConsoleOptions options{StyleOf(arguments.output, console),
                                         arguments.output.quiet};
    *console.out << report::MakeConsoleReporter(options)->Write(report);
    if (arguments.conformance) {
      *console.out << "\n"
                   << report::Conformance(*report.specification, report.clauses,
                                          {options.style, report.verdict});
    }
    *console.out << std::flush;
  }
  // A module that breaks a rule may well behave differently the next time.
  const bool findings = report::HasViolation(report);
  if (report.diverged && (arguments.check_determinism || !findings)) return kDiverged;
  if (findings) return kFindings;
  const bool open = report.verdict == oracle::Verdict::kNotExercised ||
                    report.verdict == oracle::Verdict::kInconclusive;
  return open ? kNotDone : kClean;
}

int Verify(const VerifyArguments& arguments, const Invocation& invocation) {
  const Console& console = invocation.console;
  if (!arguments.time.empty() && !ParseDuration(arguments.time)) {
    return FailUsage("--time " + arguments.time + " is no duration such as 500ms, 20s, 5m or 2h",
                     "verify", console);
  }
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  auto scenarios = ChooseScenarios(arguments.scenarios);
  if (!scenarios.ok()) return Fail(scenarios.error(), console);
  const auto builds = PrepareBuilds(arguments, invocation);
  if (!builds.ok()) return Fail(builds.error(), console);
  const explore::VerifyOptions options =
      OptionsOf(arguments, *builds, std::move(scenarios).value());

  auto report = [&] {
    ProgressLine line(console, !arguments.output.quiet);
    return explore::Verify(
        options, *specification,
        [&line](const std::string& scenario, uint64_t runs_done, uint64_t runs_total,
                size_t findings) { line.Show(scenario, runs_done, runs_total, findings); });
  }();
  if (!report.ok()) return Fail(report.error(), console);
  NameModules(*builds, &*report);
  if (auto written = WriteReplayFiles(arguments.folder, builds->front().modules, options.scenarios,
                                      specification->hash(), &*report);
      !written.ok()) {
    return Fail(written.error(), console);
  }
  return Deliver(arguments, *report, console);
}

void AddFileFormats(CLI::App* command, VerifyArguments* arguments) {
  command->add_option("--sarif", arguments->sarif, "Write SARIF 2.1.0 to FILE, or - for output")
      ->type_name("FILE|-");
  command->add_option("--junit", arguments->junit, "Write JUnit's XML to FILE, or - for output")
      ->type_name("FILE|-");
}

}  // namespace

void AddVerifyCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* command = app->add_subcommand("verify", "Verify a module over many schedules");
  command->footer(StrategyHelp() + kFooter);
  command->add_option("MODULE", arguments->modules, "Source files, or a shared object")->required();
  command
      ->add_option("--scenario,-s", arguments->scenarios,
                   "A scenario file, a folder of them, or a built-in scenario's name; all built-in "
                   "ones if not given")
      ->allow_extra_args(false)
      ->type_name("FILE|DIR|NAME");
  AddSpecificationOption(command, &arguments->specification);
  command
      ->add_option("--strategy", arguments->strategy,
                   "How schedules are chosen; the strategies stand below")
      ->check(CheckStrategy)
      ->type_name("NAME[:OPTION,...]")
      ->capture_default_str();
  auto* runs = command->add_option("--runs", arguments->runs,
                                   "Schedules for each scenario (20000 in all if not given)");
  runs->check(CLI::Range(uint64_t{1}, uint64_t{1} << 40))->type_name("N");
  command->add_option("--time", arguments->time, "Go on for so long instead: 500ms, 20s, 5m, 2h")
      ->excludes(runs)
      ->type_name("TIME");
  command->add_option("--seed", arguments->seed, "What the strategies draw from")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--jobs,-j", arguments->jobs,
                   "Processes at the same time (as many as there are processors if not given)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  command->add_option("--out", arguments->folder, "The folder for replay files")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_flag("--conformance", arguments->conformance,
                    "Print every clause as well, with its verdict and how often it was reached");
  command
      ->add_option("--minimize-runs", arguments->minimize_runs,
                   "Runs to spend on each finding to leave out of its schedule what it does not "
                   "need; 0: print it as it was found")
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--check-determinism", arguments->check_determinism,
                    "Run everything twice and compare the traces");
  auto* sanitize = command->add_option(
      "--sanitize", arguments->sanitize,
      "What sources are compiled with: address (AddressSanitizer and UndefinedBehaviorSanitizer, "
      "the default), thread (ThreadSanitizer) or none");
  sanitize->check(CLI::IsMember({"address", "thread", "none"}))->type_name("NAME");
  command->add_flag("--races", arguments->races, "Look for data races: --sanitize thread")
      ->excludes(sanitize);
  command->add_flag("--in-process", arguments->in_process,
                    "Don't run the module in a child process: for a debugger");
  AddFileFormats(command, arguments.get());
  AddOutputOptions(command, &arguments->output);
  command->callback([arguments, invocation] {
    invocation->run = [arguments, invocation] { return Verify(*arguments, *invocation); };
  });
}

}  // namespace pendulum::cli
