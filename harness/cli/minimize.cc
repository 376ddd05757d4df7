#include <filesystem>
#include <memory>
#include <ostream>

#include "harness/cli/command.h"
#include "harness/cli/duration.h"
#include "harness/cli/raw_input.h"
#include "harness/cli/replay_files.h"
#include "harness/cli/replay_request.h"
#include "harness/cli/sibling.h"
#include "harness/cli/specification.h"
#include "harness/explore/minimize_replay.h"
#include "harness/explore/replay_json.h"
#include "harness/report/reporter.h"
#include "harness/report/swim_lane.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using explore::Finding;
using explore::Json;
using explore::MinimizedReplay;

constexpr const char* kFooter =
    R"(Leaves out of a replay file's run what the same rule does not need to be broken at
the same place in the module: decisions, requests, bytes of bodies, settings. What
is left is a local minimum: no single removal keeps it failing. The smaller run is
written to a file of its own, and what is left of it is told in words.

Exit status:
  0  a file was written
  3  it could not be done, or a changed module no longer has the finding
  4  the recorded run did not repeat itself

Examples:
  pendulum minimize pendulum-findings/my_module-MODULE-LEFT-PENDING-post-small.json
  pendulum minimize FILE -o small.json --time 30s)";

struct MinimizeArguments {
  std::string file;
  std::string out;
  uint64_t runs = 20000;
  std::string time;
  RawInputOptions raw;
  SpecificationOptions specification;
  OutputOptions output;
};

// Where the smaller run goes when nobody says: beside the original.
std::string DefaultOut(const std::string& file) {
  fs::path path(file);
  const std::string stem = path.stem().string();
  return path.replace_filename(stem + "-min.json").string();
}

void Print(const std::string& out_path, const Finding& finding, const MinimizeArguments& arguments,
           const Console& console) {
  const report::Style style = StyleOf(arguments.output, console);
  std::ostream& out = *console.out;
  const explore::Reduction& reduction = *finding.reduction;
  if (!arguments.output.quiet) {
    report::SwimLaneOptions options;
    options.rows = 0;
    options.event = finding.event;
    for (const std::string& line : report::SwimLane(finding.trace, options, style)) {
      out << line << "\n";
    }
    out << "\n";
  }
  const auto say = [&](std::string_view label, std::string_view text) {
    constexpr int kLabelColumns = 11;
    for (const std::string& line :
         report::Wrap(report::Printable(text), report::Columns(style) - kLabelColumns)) {
      out << "  " << report::Pad(label, kLabelColumns - 2) << line << "\n";
      label = "";
    }
  };
  out << report::Paint(style, report::Ink::kBold, arguments.file + ":") << " "
      << reduction.decisions << " of " << report::Counted(reduction.decisions_before, "decision")
      << " that " << (reduction.decisions_before == 1 ? "was" : "were")
      << " not the plainest left, after " << report::Counted(reduction.runs, "run") << "\n";
  if (!arguments.output.quiet) {
    say("found", finding.clause + ": " + finding.message);
    for (size_t i = 0; i < reduction.rest.size(); ++i) {
      say(i == 0 ? "needs" : "", reduction.rest[i]);
    }
    for (size_t i = 0; i < reduction.scenario.size(); ++i) {
      say(i == 0 ? "enough" : "", reduction.scenario[i]);
    }
    if (!reduction.separating.empty()) {
      say("decides", reduction.separating +
                         ": without this one decision the client gets the plainest schedule's "
                         "response");
    }
    if (!reduction.is_minimal) {
      say("note", "the budget ended first: there may be more to leave out (--runs, --time)");
    }
  }
  say("replay", "pendulum replay " + out_path);
}

Json ResultJson(const std::string& out_path, const Finding& finding) {
  const explore::Reduction& reduction = *finding.reduction;
  Json json;
  json["schema"] = "pendulum-minimize-result/1";
  json["replay"] = out_path;
  json["clause"] = finding.clause;
  json["message"] = finding.message;
  json["decisions_before"] = reduction.decisions_before;
  json["decisions"] = reduction.decisions;
  json["runs"] = reduction.runs;
  json["minimal"] = reduction.is_minimal;
  json["rest"] = reduction.rest;
  json["scenario_changes"] = reduction.scenario;
  json["separating"] = reduction.separating;
  return json;
}

int FailWithoutFinding(const MinimizedReplay& minimized, const explore::ReplayFile& replay,
                       const std::string& file, const Console& console) {
  if (minimized.diverged) {
    Fail({"the run did not repeat itself: " + minimized.explanation, file, ""}, console);
    return kDiverged;
  }
  const std::string more = minimized.explanation.empty() ? "" : "; " + minimized.explanation;
  return Fail({"there is nothing to minimize: the run does not break " + replay.clause + more, file,
               "pendulum replay tells what it does"},
              console);
}

int Minimize(const MinimizeArguments& arguments, const Invocation& invocation) {
  const Console& console = invocation.console;
  explore::MinimizeBudget budget;
  budget.runs = arguments.runs;
  budget.hangs = 200;
  if (!arguments.time.empty()) {
    const auto time_ms = ParseDuration(arguments.time);
    if (!time_ms.has_value()) {
      return FailUsage("--time " + arguments.time + " is no duration such as 500ms, 20s, 5m or 2h",
                       "minimize", console);
    }
    budget.time_ms = *time_ms;
  }
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  if (auto here = NeedProgramFor(arguments.raw.instrumentation, invocation); !here.ok()) {
    return Fail(here.error(), console);
  }
  const auto replay = LoadRun(arguments.file, arguments.raw, *specification);
  if (!replay.ok()) return Fail(replay.error(), console);
  if (auto here = NeedProgramFor(replay->instrumentation, invocation); !here.ok()) {
    return Fail(here.error(), console);
  }
  const auto difference = CompareSpecifications(*replay, arguments.file, *specification);
  if (!difference.ok()) return Fail(difference.error(), console);
  const auto prepared = PrepareReplay(*replay, arguments.file);
  if (!prepared.ok()) return Fail(prepared.error(), console);
  const auto minimized = explore::MinimizeReplay(prepared->request, *specification, budget);
  if (!minimized.ok()) return Fail(minimized.error(), console);
  if (!minimized->finding.has_value()) {
    if (!difference->empty()) *console.err << arguments.file << ": " << *difference << "\n";
    return FailWithoutFinding(*minimized, *replay, arguments.file, console);
  }
  Finding finding = *minimized->finding;
  finding.strategy = replay->strategy;
  finding.seed = replay->seed;
  finding.run = replay->run;
  const std::string out = arguments.out.empty() ? DefaultOut(arguments.file) : arguments.out;
  const auto written =
      WriteReplayFile(out, prepared->modules, minimized->scenario, specification->hash(), finding);
  if (!written.ok()) return Fail(written.error(), console);
  if (arguments.output.json != "-") Print(out, finding, arguments, console);
  if (!arguments.output.json.empty()) {
    const auto told =
        WriteOutput(arguments.output.json, explore::JsonText(ResultJson(out, finding)), console);
    if (!told.ok()) return Fail(told.error(), console);
  }
  return kClean;
}

}  // namespace

void AddMinimizeCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<MinimizeArguments>();
  CLI::App* command = app->add_subcommand("minimize", "Make the run of a finding smaller");
  command->footer(kFooter);
  command
      ->add_option("FILE", arguments->file,
                   "A replay file that verify has written, or a raw input of a fuzz target")
      ->required();
  command->add_option("-o,--out", arguments->out, "Where the smaller run goes (FILE-min.json)")
      ->type_name("FILE");
  command->add_option("--runs", arguments->runs, "How many runs to try at most")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 40))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--time", arguments->time, "For how long at most: 500ms, 20s, 5m, 2h")
      ->type_name("TIME");
  AddRawInputOptions(command, &arguments->raw);
  AddSpecificationOption(command, &arguments->specification);
  AddOutputOptions(command, &arguments->output);
  command->callback([arguments, invocation] {
    invocation->run = [arguments, invocation] { return Minimize(*arguments, *invocation); };
  });
}

}  // namespace pendulum::cli
