#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>

#include "harness/cli/command.h"
#include "harness/cli/emit_test.h"
#include "harness/cli/raw_input.h"
#include "harness/cli/replay_request.h"
#include "harness/cli/sibling.h"
#include "harness/cli/specification.h"
#include "harness/explore/replay_json.h"
#include "harness/explore/verify.h"
#include "harness/report/call_script.h"
#include "harness/report/json_parts.h"
#include "harness/report/reporter.h"
#include "harness/report/swim_lane.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using explore::ReplayFile;
using explore::ReplayOutcome;

constexpr const char* kFooter =
    R"(Repeats the run of a replay file and tells whether the same finding comes back.
A module that was recorded from sources is compiled again from them. When they
have changed since, decisions are followed by what they are about (the second
read of request 0 completes asynchronously), and it ends in one of: the same
finding, another finding, fixed, or no longer applies.

Exit status:
  0  nothing was found; on a changed module: fixed
  1  a finding, the same one or another
  3  it could not be repeated
  4  the run went another way; on a changed module: no longer applies, since
     there was no finding, but not every decision could be made either

Examples:
  pendulum replay pendulum-findings/my_module-MODULE-LEFT-PENDING-post-small.json
  pendulum replay FILE --script - --quiet
  gdb --args pendulum replay FILE --in-process)";

struct ReplayArguments {
  std::vector<std::string> files;
  bool in_process = false;
  bool allow_changed = false;
  std::string script;     // where the run in words goes
  std::string emit_test;  // where the test goes
  RawInputOptions raw;
  SpecificationOptions specification;
  OutputOptions output;
};

std::string_view VerdictName(ReplayOutcome::Verdict verdict) {
  switch (verdict) {
    case ReplayOutcome::Verdict::kSameFinding:
      return "same-finding";
    case ReplayOutcome::Verdict::kOtherFinding:
      return "other-finding";
    case ReplayOutcome::Verdict::kNoFinding:
      return "no-finding";
    case ReplayOutcome::Verdict::kDiverged:
      return "diverged";
    case ReplayOutcome::Verdict::kFixed:
      return "fixed";
    case ReplayOutcome::Verdict::kNoLongerApplies:
      return "no-longer-applies";
  }
  return "";
}

int StatusOf(ReplayOutcome::Verdict verdict) {
  switch (verdict) {
    case ReplayOutcome::Verdict::kSameFinding:
    case ReplayOutcome::Verdict::kOtherFinding:
      return kFindings;
    case ReplayOutcome::Verdict::kNoFinding:
    case ReplayOutcome::Verdict::kFixed:
      return kClean;
    case ReplayOutcome::Verdict::kDiverged:
    case ReplayOutcome::Verdict::kNoLongerApplies:
      break;
  }
  return kDiverged;
}

std::string_view VerdictText(ReplayOutcome::Verdict verdict) {
  switch (verdict) {
    case ReplayOutcome::Verdict::kSameFinding:
      return "the same finding came back";
    case ReplayOutcome::Verdict::kOtherFinding:
      return "another finding came instead";
    case ReplayOutcome::Verdict::kNoFinding:
      return "nothing was found";
    case ReplayOutcome::Verdict::kDiverged:
      return "the run went another way";
    case ReplayOutcome::Verdict::kFixed:
      return "fixed";
    case ReplayOutcome::Verdict::kNoLongerApplies:
      return "the recording no longer applies";
  }
  return "";
}

// What was found, each sentence once: a fault that is made again and again reads the same.
std::vector<std::string> FoundTexts(const std::vector<explore::Finding>& findings) {
  std::vector<std::pair<std::string, uint64_t>> counted;
  for (const explore::Finding& finding : findings) {
    const std::string sentence = finding.clause + ": " + finding.message;
    auto known = std::find_if(counted.begin(), counted.end(),
                              [&](const auto& one) { return one.first == sentence; });
    if (known == counted.end()) known = counted.insert(known, {sentence, 0});
    ++known->second;
  }
  std::vector<std::string> texts;
  for (const auto& [sentence, count] : counted) {
    texts.push_back(count == 1 ? sentence : sentence + " (" + report::Counted(count, "time") + ")");
  }
  return texts;
}

void Print(const std::string& file, const ReplayFile& replay, const ReplayOutcome& outcome,
           const ReplayArguments& arguments, const Console& console) {
  const report::Style style = StyleOf(arguments.output, console);
  std::ostream& out = *console.out;
  if (!arguments.output.quiet) {
    report::SwimLaneOptions options;
    options.rows = 0;
    if (!outcome.findings.empty()) options.event = outcome.findings.front().event;
    const auto lines = report::SwimLane(outcome.trace, options, style);
    for (const std::string& line : lines) out << line << "\n";
    if (!lines.empty()) out << "\n";
  }
  out << report::Paint(style, report::Ink::kBold, file + ":") << " " << VerdictText(outcome.verdict)
      << "\n";
  if (arguments.output.quiet) return;
  const auto say = [&](std::string_view label, std::string_view text) {
    constexpr int kLabelColumns = 11;
    for (const std::string& line :
         report::Wrap(report::Printable(text), report::Columns(style) - kLabelColumns)) {
      out << "  " << report::Pad(label, kLabelColumns - 2) << line << "\n";
      label = "";
    }
  };
  if (outcome.verdict != ReplayOutcome::Verdict::kSameFinding) {
    say("expected", replay.clause + ": " + replay.message);
  }
  for (const std::string& sentence : FoundTexts(outcome.findings)) say("found", sentence);
  const bool said = std::any_of(
      outcome.findings.begin(), outcome.findings.end(),
      [&](const explore::Finding& finding) { return finding.message == outcome.explanation; });
  if (!outcome.explanation.empty() && !said) say("note", outcome.explanation);
  if (outcome.by_name)
    say("module", "changed since; decisions were followed by what they are about");
  if (!outcome.difference.empty()) say("differs", outcome.difference);
}

Json OutcomeJson(const std::string& file, const ReplayFile& replay, const ReplayOutcome& outcome) {
  Json json;
  json["file"] = file;
  json["verdict"] = VerdictName(outcome.verdict);
  json["explanation"] = outcome.explanation;
  json["module_changed"] = outcome.by_name;
  if (outcome.by_name) json["difference"] = outcome.difference;
  json["expected"] = replay.clause;
  json["trace_hash"] = explore::HashText(outcome.trace_hash);
  json["findings"] = Json::array();
  for (const explore::Finding& finding : outcome.findings) {
    Json one;
    one["clause"] = finding.clause;
    one["level"] = finding.level;
    one["message"] = finding.message;
    report::AddShown(finding, outcome.trace, &one);
    json["findings"].push_back(std::move(one));
  }
  return json;
}

// The finding that was expected, or else the first.
const explore::Finding* ToldFinding(const ReplayFile& replay, const ReplayOutcome& outcome) {
  for (const explore::Finding& finding : outcome.findings) {
    if (finding.clause == replay.clause) return &finding;
  }
  return outcome.findings.empty() ? nullptr : &outcome.findings.front();
}

// Writes what --script and --emit-test ask for.
platform::Status WriteForOthers(const std::string& file, const ReplayFile& replay,
                                const ReplayOutcome& outcome, const ReplayArguments& arguments,
                                const Console& console) {
  if (arguments.script.empty() && arguments.emit_test.empty()) return platform::OkStatus();
  const explore::Finding* const finding = ToldFinding(replay, outcome);
  if (finding == nullptr) {
    return platform::Error{"there is nothing to tell: the run breaks no rule", file, ""};
  }
  const std::string script = report::CallScript(*finding, replay.scenario, outcome.trace);
  if (!arguments.script.empty()) {
    auto written = WriteOutput(arguments.script, script, console);
    if (!written.ok()) return written;
  }
  if (arguments.emit_test.empty()) return platform::OkStatus();
  const std::string folder = std::filesystem::absolute(arguments.emit_test).parent_path().string();
  const auto test = EmitTest(SeenFrom(folder, replay, file), script, arguments.emit_test);
  if (!test.ok()) return test.error();
  return WriteOutput(arguments.emit_test, *test, console);
}

// Repeats one file. The JSON of its outcome goes to `results`.
int ReplayOne(const std::string& file, const oracle::Specification& specification,
              const ReplayArguments& arguments, const Invocation& invocation, Json* results) {
  const Console& console = invocation.console;
  if (auto here = NeedProgramFor(arguments.raw.instrumentation, invocation); !here.ok()) {
    return Fail(here.error(), console);
  }
  const auto replay = LoadRun(file, arguments.raw, specification);
  if (!replay.ok()) return Fail(replay.error(), console);
  const auto difference = CompareSpecifications(*replay, file, specification);
  if (!difference.ok()) return Fail(difference.error(), console);
  if (auto here = NeedProgramFor(replay->instrumentation, invocation); !here.ok()) {
    return Fail(here.error(), console);
  }
  auto prepared = PrepareReplay(*replay, file);
  if (!prepared.ok()) return Fail(prepared.error(), console);
  prepared->request.in_process = arguments.in_process;
  prepared->request.allow_changed = arguments.allow_changed;
  const auto outcome = explore::Replay(prepared->request, specification);
  if (!outcome.ok()) return Fail(outcome.error(), console);
  const bool same = outcome->verdict == ReplayOutcome::Verdict::kSameFinding;
  if (!same && !difference->empty()) *console.err << file << ": " << *difference << "\n";
  const bool taken = arguments.output.json == "-" || arguments.script == "-";
  if (!taken) Print(file, *replay, *outcome, arguments, console);
  const auto told = WriteForOthers(file, *replay, *outcome, arguments, console);
  if (!told.ok()) return Fail(told.error(), console);
  results->push_back(OutcomeJson(file, *replay, *outcome));
  return StatusOf(outcome->verdict);
}

int Replay(const ReplayArguments& arguments, const Invocation& invocation) {
  const Console& console = invocation.console;
  if (!invocation.passed_on.empty()) {
    return FailUsage("a replay file knows the flags for the compiler: nothing stands after --",
                     "replay", console);
  }
  if (arguments.files.size() > 1 && !(arguments.script + arguments.emit_test).empty()) {
    return FailUsage("--script and --emit-test take one file at a time", "replay", console);
  }
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  Json json;
  json["schema"] = "pendulum-replay-result/1";
  json["replays"] = Json::array();
  int status = kClean;
  for (const std::string& file : arguments.files) {
    status =
        std::max(status, ReplayOne(file, *specification, arguments, invocation, &json["replays"]));
  }
  if (!arguments.output.json.empty()) {
    const auto written = WriteOutput(arguments.output.json, explore::JsonText(json), console);
    if (!written.ok()) return Fail(written.error(), console);
  }
  return status;
}

}  // namespace

void AddReplayCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* command = app->add_subcommand("replay", "Repeat the run of a finding");
  command->footer(kFooter);
  command
      ->add_option("FILE", arguments->files,
                   "Replay files that verify has written, or raw inputs of fuzz targets")
      ->required();
  command->add_flag("--in-process", arguments->in_process,
                    "Don't run the module in a child process: for a debugger");
  command->add_flag("--allow-changed", arguments->allow_changed,
                    "Follow decisions by what they are about as well when the files are the same "
                    "and the run goes another way, as after a change in a header");
  command
      ->add_option("--script", arguments->script,
                   "Write the run in words, call by call: for somebody without this program or the "
                   "module's binary; - is standard output")
      ->type_name("FILE");
  command
      ->add_option("--emit-test", arguments->emit_test,
                   "Write a C++ test (GoogleTest) that fails for as long as the finding is there")
      ->type_name("FILE.cc");
  AddRawInputOptions(command, &arguments->raw);
  AddSpecificationOption(command, &arguments->specification);
  AddOutputOptions(command, &arguments->output);
  command->callback([arguments, invocation] {
    invocation->run = [arguments, invocation] { return Replay(*arguments, *invocation); };
  });
}

}  // namespace pendulum::cli
