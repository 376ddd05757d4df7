#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include "harness/cli/command.h"
#include "harness/cli/raw_input.h"
#include "harness/cli/sibling.h"
#include "harness/cli/specification.h"
#include "harness/explore/scenario_json.h"
#include "harness/platform/file.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

constexpr const char* kFooter =
    R"(Converts an input of a fuzz target to JSON, or JSON to an input; what the file
holds says which. A raw input becomes a replay file, for which it is run once, or
with --scenario its scenario alone. A replay file or a scenario becomes a raw input:
the shortest bytes that mean the same. docs/fuzz-input.md has the layout.

Exit status:
  0  a file was written
  3  it could not be done

Examples:
  pendulum convert crash-8a31 crash.json
  pendulum convert --module my_module.cpp crash-8a31 crash.json
  pendulum convert corpus/scenarios/post-small.json post-small.bin)";

struct ConvertArguments {
  std::string in;
  std::string out;
  std::string target;
  bool scenario = false;
  RawInputOptions raw;
  SpecificationOptions specification;
};

// The target of a scenario that was one of an input, by its name.
fuzz::Target TargetOfName(std::string name) {
  constexpr std::string_view kPrefix = "fuzz-";
  if (!name.starts_with(kPrefix)) return fuzz::Target::kModule;
  name.erase(0, kPrefix.size());
  std::replace(name.begin(), name.end(), '-', '_');
  return fuzz::FindTarget(name).value_or(fuzz::Target::kModule);
}

Result<fuzz::Input> InputOf(const std::string& text, const ConvertArguments& arguments) {
  fuzz::Input input;
  platform::JsonErrors errors;
  const platform::JsonDocument document(text, arguments.in, &errors);
  if (!errors.ok()) return errors.first();
  const auto schema = document.root().Required("schema");
  const std::string name = schema.String();
  if (name == explore::kReplaySchema) {
    auto replay = explore::ReadReplay(text, arguments.in);
    if (!replay.ok()) return replay.error();
    input.scenario = replay->scenario;
    input.answers = sched::AnswersOf(replay->schedule);
  } else {
    if (name != explore::kScenarioSchema) {
      schema.Report("expected \"" + std::string(explore::kReplaySchema) + "\" or \"" +
                    std::string(explore::kScenarioSchema) + "\"");
      return errors.first();
    }
    auto scenario = explore::ReadScenario(text, arguments.in);
    if (!scenario.ok()) return scenario.error();
    input.scenario = *scenario;
  }
  input.target = TargetOfName(input.scenario.name);
  if (!arguments.target.empty()) input.target = *fuzz::FindTarget(arguments.target);
  return input;
}

Result<std::string> RawOf(const std::string& text, const ConvertArguments& arguments) {
  const auto input = InputOf(text, arguments);
  if (!input.ok()) return input.error();
  const auto bytes = fuzz::Encode(*input);
  if (!bytes.ok()) {
    const Error& error = bytes.error();
    return Error{error.message, arguments.in + " " + error.place, error.remedy};
  }
  return std::string(bytes->begin(), bytes->end());
}

Result<std::string> JsonOf(const std::string& content, const ConvertArguments& arguments,
                           const oracle::Specification& specification) {
  if (arguments.scenario) {
    const auto* const bytes = reinterpret_cast<const uint8_t*>(content.data());
    return explore::JsonText(
        explore::ScenarioToJson(fuzz::Decode({bytes, content.size()}).scenario));
  }
  auto replay = RecordInput(content, arguments.in, arguments.raw, specification);
  if (!replay.ok()) return replay.error();
  // As seen from where the file will lie, so that both can be moved together.
  const fs::path folder = fs::absolute(arguments.out).parent_path();
  for (explore::ReplayModule& module : replay->modules) {
    if (!module.path.empty()) module.path = fs::path(module.path).lexically_relative(folder);
    for (std::string& source : module.sources) {
      source = fs::path(source).lexically_relative(folder).string();
    }
  }
  return explore::WriteReplay(*replay);
}

int Convert(const ConvertArguments& arguments, const Invocation& invocation) {
  const Console& console = invocation.console;
  if (!arguments.target.empty() && !fuzz::FindTarget(arguments.target).has_value()) {
    return FailUsage("--target " + arguments.target + " is no target with such inputs", "convert",
                     console);
  }
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  const auto content = platform::ReadFile(arguments.in);
  if (!content.ok()) return Fail(content.error(), console);
  const bool is_json = IsJson(*content);
  if (!is_json && !arguments.scenario) {
    if (auto here = NeedProgramFor(arguments.raw.instrumentation, invocation); !here.ok()) {
      return Fail(here.error(), console);
    }
  }
  const auto converted =
      is_json ? RawOf(*content, arguments) : JsonOf(*content, arguments, *specification);
  if (!converted.ok()) return Fail(converted.error(), console);
  const auto written = WriteOutput(arguments.out, *converted, console);
  if (!written.ok()) return Fail(written.error(), console);
  return kClean;
}

}  // namespace

void AddConvertCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<ConvertArguments>();
  CLI::App* command =
      app->add_subcommand("convert", "Turn an input of a fuzz target into JSON, or JSON into one");
  command->footer(kFooter);
  command->add_option("IN", arguments->in, "A raw input, a replay file or a scenario")->required();
  command->add_option("OUT", arguments->out, "Where the other form goes; - is standard output")
      ->required();
  command->add_flag("--scenario", arguments->scenario, "The scenario of a raw input alone");
  command->add_option("--target", arguments->target, "For which target a raw input is to be")
      ->type_name("TARGET");
  AddRawInputOptions(command, &arguments->raw);
  AddSpecificationOption(command, &arguments->specification);
  command->callback([arguments, invocation] {
    invocation->run = [arguments, invocation] { return Convert(*arguments, *invocation); };
  });
}

}  // namespace pendulum::cli
