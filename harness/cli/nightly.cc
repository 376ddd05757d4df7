#include <filesystem>
#include <memory>
#include <ostream>
#include <utility>

#include "harness/cli/command.h"
#include "harness/cli/duration.h"
#include "harness/nightly/config.h"
#include "harness/nightly/night.h"
#include "harness/oracle/specification.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"
#include "harness/report/night_reports.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFooter =
    R"(Runs all that the configuration declares, without anybody looking on: replays what
was found before and what was mended; tries the canaries, modules with planted faults
that have to be found; then every module and fuzz target for its share of the budget.
Findings are kept in a database from night to night. It may be killed at any moment:
the same command goes on with the night. docs/nightly.md describes the configuration
and what is written to its output folder: night.json, night.junit.xml, night.sarif.

Exit status:
  0  no open finding, and the night is to be trusted
  1  an open finding
  2  the command line is wrong
  3  a declared target did not run, a canary was not found, or it could not be done

Examples:
  pendulum nightly nightly.json --once
  pendulum nightly nightly.json --budget 8h
  pendulum nightly nightly.json --budget 10m --jobs 2 --quiet)";

struct NightlyArguments {
  std::string config;
  std::string budget = "8h";
  int jobs = platform::ProcessorCount();
  bool once = false;
  OutputOptions output;
};

platform::Status WriteReports(const report::Night& night, const std::string& folder) {
  const std::pair<const char*, std::string> files[] = {
      {"night.json", report::WriteNightJson(night)},
      {"night.junit.xml", report::WriteNightJunit(night)},
      {"night.sarif", report::WriteNightSarif(night)},
      {"night.html", report::WriteNightPage(night)},
  };
  for (const auto& [name, text] : files) {
    auto written = platform::WriteFile((fs::path(folder) / name).string(), text);
    if (!written.ok()) return written;
  }
  return platform::OkStatus();
}

int StatusOf(const report::Night& night) {
  for (const report::NightFinding& finding : night.findings) {
    if (report::IsOpen(finding) && finding.level == "must") return kFindings;
  }
  return report::HasFailed(night) ? kNotDone : kClean;
}

int Nightly(const NightlyArguments& arguments, const Invocation& invocation) {
  const Console& console = invocation.console;
  const auto budget_ms = ParseDuration(arguments.budget);
  if (!budget_ms.has_value()) {
    return FailUsage("--budget " + arguments.budget + " is no duration such as 20s, 5m or 8h",
                     "nightly", console);
  }
  const auto config = nightly::LoadConfig(arguments.config);
  if (!config.ok()) return Fail(config.error(), console);
  nightly::NightOptions options;
  options.program = platform::ProgramPath();
  options.budget_ms = *budget_ms;
  options.jobs = arguments.jobs;
  options.once = arguments.once;
  options.say = [&](const std::string& line) {
    if (!arguments.output.quiet) *console.err << line << std::endl;
  };
  options.deliver = [&](const report::Night& night) { return WriteReports(night, config->output); };
  const auto night = nightly::RunNight(*config, options, oracle::Specification::BuiltIn());
  if (!night.ok()) return Fail(night.error(), console);
  if (!arguments.output.json.empty()) {
    const auto written =
        WriteOutput(arguments.output.json, report::WriteNightJson(*night), console);
    if (!written.ok()) return Fail(written.error(), console);
  }
  if (arguments.output.json != "-") {
    *console.out << report::WriteNightSummary(*night, StyleOf(arguments.output, console),
                                              arguments.output.quiet)
                 << std::flush;
  }
  return StatusOf(*night);
}

}  // namespace

void AddNightlyCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<NightlyArguments>();
  CLI::App* command = app->add_subcommand("nightly", "Run all declared jobs unattended");
  command->footer(kFooter);
  command->add_option("CONFIG", arguments->config, "The configuration, pendulum-nightly/1")
      ->required();
  command->add_option("--budget", arguments->budget, "How long the night is: 20s, 5m, 8h")
      ->type_name("TIME")
      ->capture_default_str();
  command
      ->add_option("--jobs,-j", arguments->jobs,
                   "Programs at the same time (as many as there are processors if not given)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  command->add_flag("--once", arguments->once,
                    "Each target once for half a second, then the end: to try a configuration out");
  AddOutputOptions(command, &arguments->output);
  command->callback([arguments, invocation] {
    invocation->run = [arguments, invocation] { return Nightly(*arguments, *invocation); };
  });
}

}  // namespace pendulum::cli
