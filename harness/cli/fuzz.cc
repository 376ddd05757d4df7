#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include "harness/cli/command.h"
#include "harness/cli/duration.h"
#include "harness/cli/fuzz_engine.h"
#include "harness/cli/fuzz_findings.h"
#include "harness/cli/sibling.h"
#include "harness/cli/specification.h"
#include "harness/explore/json_text.h"
#include "harness/platform/clock.h"
#include "harness/platform/process.h"
#include "harness/platform/signals.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using module::Instrumentation;
using platform::Error;
using platform::Result;

constexpr const char* kFooter =
    R"(Fuzzes a target of the host (write, flush, read_entity_body, post_completion,
pipeline) or a module, guided by the code that inputs reach and by the clauses of the
specification and their timing. What is found is run again, made smaller and told once,
with the command that repeats it; then it goes on.

In the folder of --out: corpus/ (kept for the next time), findings/ (raw inputs, and
replay files), logs/ (what the engine wrote). What stands after -- goes to the
engine: libFuzzer's flags, or afl-fuzz's. AFL++'s processes share the folder afl/; the
second and the following are its secondary ones.

Exit status:
  0  nothing was found
  1  findings
  3  it could not be done

Examples:
  pendulum fuzz pipeline --time 60s
  pendulum fuzz my_module.cpp --time 10m --jobs 2 --flag=-Iinclude
  pendulum fuzz my_module.cpp --engine aflpp --jobs 2 --time 10m
  pendulum fuzz my_module.cpp -- -seed=1 -print_final_stats=1)";

struct FuzzArguments {
  std::vector<std::string> what;  // a target's name, or files of modules
  std::string engine = "libfuzzer";
  std::string time;
  int jobs = 1;
  std::string sanitize = "address";
  std::vector<std::string> flags;
  std::string out;
  std::vector<std::string> seeds;
  uint64_t minimize_runs = 2000;
  SpecificationOptions specification;
  OutputOptions output;
};

// What the engine needs of a module: its edges are counted.
constexpr const char* kCoverage = "-fsanitize-coverage=inline-8bit-counters,pc-table";
constexpr const char* kAflCoverage = "-fsanitize-coverage=trace-pc-guard";
constexpr uint64_t kLineEveryMs = 10000;
constexpr uint64_t kTerminalLineEveryMs = 500;
constexpr int kWaitMs = 200;

struct Plan {
  fuzz::Target target = fuzz::Target::kModule;
  std::string name;  // of the target, or of the module's first file without its extension
  std::vector<std::string> files;
  RawInputOptions raw;
};

Result<Plan> PlanOf(const FuzzArguments& arguments) {
  Plan plan;
  plan.raw.instrumentation =
      module::FindInstrumentation(arguments.sanitize).value_or(Instrumentation::kNone);
  plan.raw.flags = arguments.flags;
  const auto target = fuzz::FindTarget(arguments.what[0]);
  if (target.has_value() && *target != fuzz::Target::kModule && arguments.what.size() == 1) {
    plan.target = *target;
    plan.name = arguments.what[0];
    auto source = ScriptedModuleSource();
    if (!source.ok()) return source.error();
    plan.files = {*source};
    return plan;
  }
  plan.files = plan.raw.modules = arguments.what;
  plan.name = fs::path(arguments.what[0]).stem().string();
  return plan;
}

Result<std::string> FileBesideProgram(const std::string& name, const std::string& remedy) {
  const fs::path path = fs::path(platform::ProgramPath()).parent_path() / name;
  std::error_code failed;
  if (fs::exists(path, failed)) return path.string();
  return Error{"there is no such file", path.string(), remedy};
}

// The program with the engine's and the sanitizer's libraries, and what else the engine needs.
platform::Status ChooseEngine(const FuzzArguments& arguments, Instrumentation instrumentation,
                              FuzzEngine::Options* options) {
  const bool is_afl = arguments.engine == "aflpp";
  std::string remedy = "build all programs (cmake --build), and keep them in one folder";
  if (is_afl) {
    options->kind = FuzzEngine::Options::Kind::kAfl;
    remedy = "install AFL++ (apt-get install afl++), then configure and build again";
    const std::string names[] = {"afl-fuzz"};
    if (platform::FindProgram(names).empty()) {
      return Error{"there is no such program", names[0], remedy};
    }
    auto mutator = FileBesideProgram("pendulum-mutator.so", remedy);
    if (!mutator.ok()) return mutator.error();
    options->mutator = *mutator;
  }
  const std::string suffix = instrumentation == Instrumentation::kAddress  ? "-asan"
                             : instrumentation == Instrumentation::kThread ? "-tsan"
                                                                           : "";
  auto program =
      FileBesideProgram(std::string("pendulum-fuzz") + (is_afl ? "-afl" : "") + suffix, remedy);
  if (!program.ok()) return program.error();
  options->program = *program;
  return platform::OkStatus();
}

Result<FuzzEngine::Options> EngineFor(const Plan& plan, const FuzzArguments& arguments,
                                      const Invocation& invocation) {
  FuzzEngine::Options options;
  auto chosen = ChooseEngine(arguments, plan.raw.instrumentation, &options);
  if (!chosen.ok()) return chosen.error();
  std::vector<std::string> flags = plan.raw.flags;
  const bool has_source = fs::path(plan.files[0]).extension() != ".so";
  if (has_source) flags.emplace_back(arguments.engine == "aflpp" ? kAflCoverage : kCoverage);
  const auto modules = PrepareModules(plan.files, flags, plan.raw.instrumentation);
  if (!modules.ok()) return modules.error();
  options.target_flags = {"--target=" + std::string(fuzz::TargetName(plan.target))};
  for (const PreparedModule& module : *modules) {
    options.target_flags.push_back("--module=" + module.path);
  }
  options.engine_flags = invocation.passed_on;
  options.seeds = arguments.seeds;
  const fs::path seeds =
      fs::path(PENDULUM_FUZZERS_FOLDER).parent_path() / "corpus" / fuzz::TargetName(plan.target);
  std::error_code failed;
  if (arguments.seeds.empty() && fs::is_directory(seeds, failed)) {
    options.seeds.push_back(seeds.string());
  }
  options.jobs = arguments.jobs;
  options.folders = FuzzFolders::Below(
      fs::absolute(arguments.out.empty() ? "pendulum-fuzz/" + plan.name : arguments.out).string());
  if (auto made = options.folders.Make(); !made.ok()) return made.error();
  return options;
}

size_t FilesIn(const std::string& folder) {
  std::error_code failed;
  size_t files = 0;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    ++files;
  }
  return files;
}

class Campaign {
 public:
  Campaign(const FuzzArguments& arguments, const Plan& plan, FuzzEngine* engine,
           FuzzEngine::Options options, FuzzFindings* findings, const Console& console)
      : arguments_(arguments),
        plan_(plan),
        engine_(*engine),
        options_(std::move(options)),
        findings_(*findings),
        console_(console) {}

  // Until the time is over, or it is interrupted.
  platform::Status Run() {
    platform::WatchInterrupts();
    for (;;) {
      const auto going_on = engine_.Wait(kWaitMs);
      if (!going_on.ok()) return going_on.error();
      if (platform::Interrupted()) engine_.Stop();
      if (auto looked = LookAtFindings(); !looked.ok()) return looked;
      if (!*going_on || platform::Interrupted()) break;
      Tell(false);
    }
    while (findings_.HasNew()) {
      if (auto looked = LookAtFindings(); !looked.ok()) return looked;
    }
    Tell(true);
    return platform::OkStatus();
  }

  std::string Summary() const {
    const FuzzEngine::Totals totals = engine_.totals();
    const uint64_t seconds = std::max<uint64_t>(1, engine_.elapsed_ms() / 1000);
    return plan_.name + ": " + std::to_string(totals.executions) + " executions (" +
           std::to_string(totals.executions / seconds) + "/s), corpus " +
           std::to_string(FilesIn(options_.folders.corpus)) + ", clauses " +
           std::to_string(totals.clauses) + ", cells " + std::to_string(totals.cells) +
           ", findings " + std::to_string(findings_.count());
  }
  const std::vector<FuzzFinding>& found() const { return found_; }

 private:
  platform::Status LookAtFindings() {
    auto next = findings_.Next();
    if (!next.ok()) return next.error();
    if (!next->has_value()) return platform::OkStatus();
    const FuzzFinding& finding = **next;
    found_.push_back(finding);
    if (arguments_.output.json == "-") return platform::OkStatus();
    ClearLine();
    std::ostream& out = *console_.out;
    out << finding.clause << ": " << finding.message << "\n";
    if (!finding.place.empty()) out << "  at       " << finding.place << "\n";
    out << "  input    " << finding.raw << "\n";
    if (finding.replay.empty()) {
      out << "  note     it does not come back when it is run again\n";
    } else {
      out << "  smaller  " << finding.replay << "\n  replay   pendulum replay " << finding.replay
          << "\n";
    }
    out.flush();
    return platform::OkStatus();
  }

  void Tell(bool last) {
    const bool terminal = console_.err_is_terminal;
    const uint64_t now = engine_.elapsed_ms();
    const uint64_t every = terminal ? kTerminalLineEveryMs : kLineEveryMs;
    if (arguments_.output.quiet || (!last && now - told_ms_ < every)) return;
    told_ms_ = now;
    if (terminal && !last) {
      *console_.err << "\r\x1b[K" << Summary() << std::flush;
      shown_ = true;
    } else {
      ClearLine();
      *console_.err << Summary() << "\n";
    }
  }

  void ClearLine() {
    if (shown_) *console_.err << "\r\x1b[K" << std::flush;
    shown_ = false;
  }

  const FuzzArguments& arguments_;
  const Plan& plan_;
  FuzzEngine& engine_;
  FuzzEngine::Options options_;
  FuzzFindings& findings_;
  const Console& console_;
  std::vector<FuzzFinding> found_;
  uint64_t told_ms_ = 0;
  bool shown_ = false;
};

explore::Json ResultJson(const Campaign& campaign, const FuzzEngine& engine) {
  explore::Json json;
  json["schema"] = "pendulum-fuzz-result/1";
  const FuzzEngine::Totals totals = engine.totals();
  json["executions"] = totals.executions;
  json["clauses"] = totals.clauses;
  json["cells"] = totals.cells;
  json["restarts"] = totals.restarts;
  json["findings"] = explore::Json::array();
  for (const FuzzFinding& finding : campaign.found()) {
    explore::Json one;
    one["clause"] = finding.clause;
    one["message"] = finding.message;
    one["place"] = finding.place;
    one["input"] = finding.raw;
    one["replay"] = finding.replay;
    json["findings"].push_back(std::move(one));
  }
  return json;
}

int Fuzz(const FuzzArguments& arguments, const Invocation& invocation) {
  const Console& console = invocation.console;
  uint64_t time_ms = 0;
  if (!arguments.time.empty()) {
    const auto given = ParseDuration(arguments.time);
    if (!given.has_value()) {
      return FailUsage("--time " + arguments.time + " is no duration such as 500ms, 20s, 5m or 2h",
                       "fuzz", console);
    }
    time_ms = *given;
  }
  if (arguments.engine == "aflpp" && arguments.sanitize == "thread") {
    return FailUsage("--engine aflpp goes with --sanitize address or none", "fuzz", console);
  }
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  const auto plan = PlanOf(arguments);
  if (!plan.ok()) return Fail(plan.error(), console);
  // This program runs again what is found.
  if (auto here = NeedProgramFor(plan->raw.instrumentation, invocation); !here.ok()) {
    return Fail(here.error(), console);
  }
  auto options = EngineFor(*plan, arguments, invocation);
  if (!options.ok()) return Fail(options.error(), console);
  options->time_ms = time_ms;
  auto engine = FuzzEngine::Start(*options);
  if (!engine.ok()) return Fail(engine.error(), console);
  FuzzFindings findings(options->folders.findings, options->folders.findings, plan->raw,
                        *specification, arguments.minimize_runs);
  Campaign campaign(arguments, *plan, engine->get(), *options, &findings, console);
  if (auto done = campaign.Run(); !done.ok()) return Fail(done.error(), console);
  if (auto kept = engine->get()->Keep(); !kept.ok()) return Fail(kept.error(), console);
  if (arguments.output.json != "-") *console.out << campaign.Summary() << "\n";
  if (!arguments.output.json.empty()) {
    const auto told = WriteOutput(arguments.output.json,
                                  explore::JsonText(ResultJson(campaign, **engine)), console);
    if (!told.ok()) return Fail(told.error(), console);
  }
  if (campaign.found().empty() && engine->get()->totals().executions == 0) {
    return Fail({"nothing was run", plan->name, "give it more --time"}, console);
  }
  return campaign.found().empty() ? kClean : kFindings;
}

}  // namespace

void AddFuzzCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<FuzzArguments>();
  CLI::App* command = app->add_subcommand("fuzz", "Fuzz the host or a module");
  command->footer(kFooter);
  command->add_option("TARGET", arguments->what, "A target of the host, or the files of a module")
      ->required();
  command->add_option("--engine", arguments->engine, "libfuzzer or aflpp")
      ->check(CLI::IsMember({"libfuzzer", "aflpp"}))
      ->type_name("ENGINE")
      ->capture_default_str();
  command->add_option("--time", arguments->time, "For how long: 20s, 5m, 2h (until interrupted)")
      ->type_name("TIME");
  command->add_option("--jobs", arguments->jobs, "Processes at the same time, with one corpus")
      ->check(CLI::Range(1, 256))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--sanitize", arguments->sanitize,
                   "How the module is compiled: address (with undefined), thread, none")
      ->check(CLI::IsMember({"address", "thread", "none"}))
      ->type_name("KIND")
      ->capture_default_str();
  command->add_option("--flag", arguments->flags, "For the compiler of a module's sources")
      ->type_name("FLAG")
      ->allow_extra_args(false);
  command->add_option("--out", arguments->out, "The campaign's folder (pendulum-fuzz/NAME)")
      ->type_name("FOLDER");
  command
      ->add_option("--seeds", arguments->seeds,
                   "Folders with inputs to begin with (those that come with Pendulum)")
      ->type_name("FOLDER")
      ->allow_extra_args(false);
  command
      ->add_option("--minimize-runs", arguments->minimize_runs,
                   "How many runs to try to make a finding smaller")
      ->type_name("N")
      ->capture_default_str();
  AddSpecificationOption(command, &arguments->specification);
  AddOutputOptions(command, &arguments->output);
  command->callback([arguments, invocation] {
    invocation->run = [arguments, invocation] { return Fuzz(*arguments, *invocation); };
  });
}

}  // namespace pendulum::cli
