#include "harness/cli/raw_input.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "harness/explore/single_run.h"
#include "harness/explore/supervisor.h"
#include "harness/fuzz/progress.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"
#include "harness/sched/answers_strategy.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using explore::ReplayFile;
using platform::Error;
using platform::Result;

// The clause that a file's name says it is about, as fuzz targets name what they find.
bool IsNamed(const std::string& file, std::string clause) {
  std::replace(clause.begin(), clause.end(), '/', ',');
  return fs::path(file).filename().string().starts_with(fuzz::kFindingPrefix + clause + "-");
}

// The first finding of a run: how the module ended it, the clause that the file is named after, or
// the first one that it broke. The scripted module does wrong things on purpose: what the host does
// wrong comes before that.
void NoteFinding(const explore::SingleRun& run, const oracle::Specification& specification,
                 const std::string& file, bool scripted, ReplayFile* replay) {
  enum class Wanted : uint8_t { kNamed, kOfHost, kAny };
  const auto note = [&](Wanted wanted) {
    for (size_t i = 0; i < run.violations.size() && replay->clause.empty(); ++i) {
      const oracle::Clause& clause = specification.clauses()[run.violations[i].clause];
      if (clause.level != oracle::Level::kMust) continue;
      const bool of_host = clause.subject == oracle::Subject::kHost;
      // What comes after the scripted module's own faults says nothing of the host.
      if (scripted && of_host && run.violations[i].event >= run.first_module_fault) continue;
      if (wanted == Wanted::kOfHost && !of_host) continue;
      if (wanted == Wanted::kNamed && !IsNamed(file, clause.id)) continue;
      replay->clause = clause.id;
      replay->message = run.messages[i];
    }
  };
  if (run.incident.has_value()) {
    replay->clause = run.incident->clause;
    replay->message = run.incident->message;
  }
  note(Wanted::kNamed);
  if (scripted) note(Wanted::kOfHost);
  note(Wanted::kAny);
}

explore::ReplayModule Recorded(const PreparedModule& module) {
  explore::ReplayModule recorded;
  if (module.sources.empty()) recorded.path = fs::absolute(module.path).string();
  for (const std::string& source : module.sources) {
    recorded.sources.push_back(fs::absolute(source).string());
  }
  recorded.flags = module.flags;
  recorded.hash = module.hash;
  return recorded;
}

Result<std::vector<PreparedModule>> ModulesOf(const fuzz::Input& input, const std::string& file,
                                              const RawInputOptions& options) {
  if (!options.modules.empty()) {
    return PrepareModules(options.modules, options.flags, options.instrumentation);
  }
  if (input.target == fuzz::Target::kModule) {
    return Error{"this input of a fuzz target says nothing of the module that it is for", file,
                 "name it: --module my_module.cpp"};
  }
  auto source = ScriptedModuleSource();
  if (!source.ok()) return source.error();
  return PrepareModules({*source}, {}, options.instrumentation);
}

}  // namespace

bool IsJson(std::string_view content) {
  const size_t first = content.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && content[first] == '{';
}

Result<std::string> ScriptedModuleSource() {
  const fs::path program = fs::path(platform::ProgramPath()).parent_path().parent_path();
  for (const fs::path& path : {fs::path(PENDULUM_FUZZERS_FOLDER) / "scripted_module.cpp",
                               program / "share/pendulum/scripted_module.cpp"}) {
    std::error_code failed;
    if (fs::exists(path, failed)) return path.string();
  }
  return Error{"the scripted module is not there", PENDULUM_FUZZERS_FOLDER "/scripted_module.cpp",
               "name it: --module FILE"};
}

Result<ReplayFile> RecordInput(std::string_view content, const std::string& file,
                               const RawInputOptions& options,
                               const oracle::Specification& specification) {
  const auto* const bytes = reinterpret_cast<const uint8_t*>(content.data());
  const fuzz::Input input = fuzz::Decode({bytes, content.size()});
  const auto modules = ModulesOf(input, file, options);
  if (!modules.ok()) return modules.error();
  explore::Setup setup;
  explore::ModuleBuilds::Paths paths;
  for (const PreparedModule& module : *modules) paths.push_back(module.path);
  setup.modules.Set(options.instrumentation, std::move(paths));
  setup.specification = &specification;
  setup.arms = {{sched::AnswersText(input.answers), options.instrumentation}};
  auto supervisor = explore::Supervisor::Create(setup, 1, false);
  if (!supervisor.ok()) return supervisor.error();
  explore::Batch batch;
  batch.scenario = &input.scenario;
  const auto run = explore::RunSingle(setup, batch, supervisor->get());
  if (!run.ok()) return run.error();

  ReplayFile replay;
  for (const PreparedModule& module : *modules) replay.modules.push_back(Recorded(module));
  NoteFinding(*run, specification, file, input.target != fuzz::Target::kModule, &replay);
  replay.scenario = input.scenario;
  replay.instrumentation = options.instrumentation;
  replay.schedule = run->schedule;
  replay.trace_hash = run->trace_hash;
  replay.strategy = setup.arms[0].strategy;
  replay.pendulum = explore::kPendulumVersion;
  replay.specification = specification.hash();
  return replay;
}

Result<ReplayFile> LoadRun(const std::string& path, const RawInputOptions& options,
                           const oracle::Specification& specification) {
  const auto content = platform::ReadFile(path);
  if (!content.ok()) return content.error();
  if (!IsJson(*content)) return RecordInput(*content, path, options, specification);
  return explore::LoadReplay(path);
}

void AddRawInputOptions(CLI::App* command, RawInputOptions* options) {
  command
      ->add_option("--module", options->modules,
                   "What a raw input of the fuzz target `module` is run with: sources, or shared "
                   "objects")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--flag", options->flags, "For the compiler of these sources")
      ->type_name("FLAG")
      ->allow_extra_args(false);
  command
      ->add_option_function<std::string>(
          "--sanitize",
          [options](const std::string& name) {
            options->instrumentation =
                module::FindInstrumentation(name).value_or(module::Instrumentation::kNone);
          },
          "How these sources are compiled: none, address, thread")
      ->check(CLI::IsMember({"none", "address", "thread"}))
      ->type_name("KIND");
}

}  // namespace pendulum::cli
