#include "fuzzers/simulated_target.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include "fuzzers/fuzzer.h"
#include "harness/explore/json_text.h"
#include "harness/explore/scenario_json.h"
#include "harness/fuzz/mutate.h"
#include "harness/oracle/blame.h"
#include "harness/oracle/specification.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"
#include "harness/win32/boundary.h"

namespace pendulum::fuzzers {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

constexpr uint32_t kMostDecisions = sched::Limits().decisions;
constexpr size_t kStackBytes = 256 * 1024;
constexpr const char* kRaceRule = "MODULE-DATA-RACE";
// What AFL++ finds again and again is told so often; it keeps those that reach something else.
constexpr uint32_t kMostNotSurvived = 8;

// The name of a finding's file without its last part.
std::string FindingName(const std::string& clause, const trace::Site& site) {
  std::string name = fuzz::kFindingPrefix + clause;
  std::replace(name.begin(), name.end(), '/', ',');
  return name + "-" + std::to_string(site.image) + "." + std::to_string(site.offset);
}

bool IsOfHost(const oracle::Violation& violation) {
  const oracle::Clause& clause = oracle::Specification::BuiltIn().clauses()[violation.clause];
  return clause.subject == oracle::Subject::kHost && clause.level == oracle::Level::kMust;
}

bool Take(std::string_view argument, std::string_view name, std::string* value) {
  if (!argument.starts_with(name)) return false;
  *value = argument.substr(name.size());
  return true;
}

}  // namespace

Result<TargetOptions> ReadOptions(fuzz::Target target, int count, char** arguments) {
  TargetOptions options;
  options.target = target;
  for (int i = 1; i < count; ++i) {
    std::string value;
    if (Take(arguments[i], "--target=", &value)) {
      const auto found = fuzz::FindTarget(value);
      if (!found.has_value()) return Error{"there is no target " + value, "--target", ""};
      options.target = *found;
    } else if (Take(arguments[i], "--module=", &value)) {
      options.modules.push_back(value);
    } else if (std::string_view(arguments[i]) == "--code-alone") {
      options.tells_clauses = false;
    } else {
      Take(arguments[i], "--findings=", &options.findings);
      Take(arguments[i], "--scenario=", &options.scenario);
      Take(arguments[i], "--progress=", &options.progress);
    }
  }
  if (options.modules.empty()) {
    if (options.target == fuzz::Target::kModule) {
      return Error{"there is no module to run", "--module", "give --module=FILE.so"};
    }
    options.modules.push_back(
        (fs::path(platform::ProgramPath()).parent_path() / "scripted_module.so").string());
  }
  return options;
}

Result<std::unique_ptr<SimulatedTarget>> SimulatedTarget::Create(TargetOptions options) {
  std::unique_ptr<SimulatedTarget> target(new SimulatedTarget(std::move(options)));
  target->decisions_.resize(kMostDecisions);
  target->log_ = {0, kMostDecisions, target->decisions_.data()};
  target->trace_ = std::make_unique<trace::TraceBuffer>();
  auto simulation = explore::Simulation::Create(
      target->options_.modules, oracle::Specification::BuiltIn(), kStackBytes,
      {.log = &target->log_, .trace = target->trace_.get()});
  if (!simulation.ok()) return simulation.error();
  target->simulation_ = std::move(simulation).value();
  if (!target->options_.progress.empty()) {
    auto memory =
        platform::SharedMemory::OpenFile(target->options_.progress, sizeof(fuzz::FuzzProgress));
    if (!memory.ok()) return memory.error();
    target->memory_ = std::make_unique<platform::SharedMemory>(std::move(memory).value());
    target->progress_ = static_cast<fuzz::FuzzProgress*>(target->memory_->data());
  }
  if (!target->options_.findings.empty()) {
    if (auto made = platform::MakeFolder(target->options_.findings); !made.ok()) {
      return made.error();
    }
    for (const auto& entry : fs::directory_iterator(target->options_.findings)) {
      const std::string name = entry.path().filename().string();
      target->known_.insert(name.substr(0, name.rfind('-')));
    }
  }
  target->plainest_ = {static_cast<uint8_t>(target->options_.target)};
  if (auto set = target->SetOneScenario(); !set.ok()) return set.error();
  target->decoder_.Decode(target->plainest_);
  target->simulation_->SetScenario(target->decoder_.input().scenario);
  target->Simulate();
  target->feedback_.SetBaseline(target->simulation_->oracle());
  target->race_.kind = explore::CrashKind::kNone;
  explore::SetRaceListener(OnRace, target.get());
  return target;
}

platform::Status SimulatedTarget::SetOneScenario() {
  if (options_.scenario.empty()) return platform::OkStatus();
  const auto text = platform::ReadFile(options_.scenario);
  if (!text.ok()) return text.error();
  const auto scenario = explore::ReadScenario(*text, options_.scenario);
  if (!scenario.ok()) return scenario.error();
  auto mutation = ScheduleMutation::Create(options_.target, *scenario);
  if (!mutation.ok()) return mutation.error();
  schedules_ = std::move(mutation).value();
  plainest_.assign(schedules_->scenario().begin(), schedules_->scenario().end());
  return platform::OkStatus();
}

void SimulatedTarget::Simulate() {
  simulation_->ClearCoverage();
  strategy_.Exchange(decoder_.answers());
  simulation_->RunOnce(&strategy_, runs_++);
}

void SimulatedTarget::KeepLastInput() {
  if (progress_ == nullptr || progress_->running == 0 || options_.findings.empty()) return;
  progress_->running = 0;
  if (++progress_->not_survived > kMostNotSurvived) return;
  const std::string_view input(reinterpret_cast<const char*>(progress_->input),
                               progress_->input_bytes);
  const auto written = platform::WriteFile(
      (fs::path(options_.findings) / fuzz::CrashName(explore::HashText(platform::Hash(input))))
          .string(),
      input);
  if (!written.ok()) std::fprintf(stderr, "%s\n", written.error().Text().c_str());
}

void SimulatedTarget::Run(std::span<const uint8_t> bytes) {
  // Engines begin with hardly anything.
  if (bytes.size() <= 1) bytes = plainest_;
  if (fuzz::TargetOf(bytes) != options_.target) return;
  if (progress_ != nullptr) progress_->Begin(bytes);
  if (decoder_.Decode(bytes)) {
    is_of_target_ = fuzz::IsOfTarget(decoder_.input());
    if (is_of_target_) simulation_->SetSimilarScenario(decoder_.input().scenario);
  }
  if (is_of_target_) {
    Simulate();
    if (options_.tells_clauses) feedback_.Add(simulation_->oracle(), *trace_);
    Judge(bytes);
    ++accepted_inputs;
  }
  if (progress_ != nullptr) {
    progress_->excused = excused_;
    progress_->cells = feedback_.cells();
    progress_->clauses = feedback_.clauses();
    progress_->End();
  }
}

bool SimulatedTarget::IsFinding(const oracle::Violation& violation) const {
  const oracle::Specification& specification = oracle::Specification::BuiltIn();
  if (options_.target != fuzz::Target::kModule) {
    return oracle::IsHostsFault(specification, simulation_->oracle().violations(), violation);
  }
  return specification.clauses()[violation.clause].level == oracle::Level::kMust;
}

void SimulatedTarget::Judge(std::span<const uint8_t> bytes) {
  for (const oracle::Violation& violation : simulation_->oracle().violations()) {
    if (!IsFinding(violation)) {
      excused_ += IsOfHost(violation);
      continue;
    }
    const std::string& clause = oracle::Specification::BuiltIn().clauses()[violation.clause].id;
    const std::string name = FindingName(clause, trace_->sites[violation.event]);
    if (!known_.insert(name).second) continue;
    Tell(oracle::Specification::BuiltIn().clauses()[violation.clause],
         simulation_->oracle().Message(violation), name, bytes);
  }
  if (race_.kind != explore::CrashKind::kRace) return;
  race_.kind = explore::CrashKind::kNone;
  const oracle::Specification& specification = oracle::Specification::BuiltIn();
  const oracle::Clause& race =
      specification.clauses()[static_cast<size_t>(specification.Find(kRaceRule))];
  const std::string name = FindingName(race.id, race_site_);
  if (known_.insert(name).second) Tell(race, race_.text, name, bytes);
}

void SimulatedTarget::OnRace(void* raw_target, const explore::CrashReport& report) {
  auto* const target = static_cast<SimulatedTarget*>(raw_target);
  if (target->race_.kind == explore::CrashKind::kRace) return;
  target->race_ = report;
  target->race_site_ = {};
  if (report.innermost != nullptr && report.innermost[0] != 0) {
    target->race_site_ = win32::SiteOf(reinterpret_cast<const void*>(report.innermost[0]));
  }
}

void SimulatedTarget::Tell(const oracle::Clause& clause, const std::string& message,
                           const std::string& name, std::span<const uint8_t> bytes) {
  const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string path =
      (fs::path(options_.findings) / (name + "-" + explore::HashText(platform::Hash(content))))
          .string();
  const auto written = platform::WriteFile(path, content);
  std::fprintf(stderr, "%s: %s (%s)\n", clause.id.c_str(), message.c_str(), clause.title.c_str());
  if (!written.ok()) {
    std::fprintf(stderr, "%s\n", written.error().Text().c_str());
  } else {
    std::string modules;
    if (options_.target == fuzz::Target::kModule) {
      for (const std::string& module : options_.modules) modules += " --module " + module;
    }
    std::fprintf(stderr, "  pendulum replay %s%s\n  pendulum minimize %s%s\n", path.c_str(),
                 modules.c_str(), path.c_str(), modules.c_str());
  }
  // In a campaign the process goes on: the finding is kept, and is not told again.
  if (options_.findings.empty() || !written.ok()) std::abort();
}

}  // namespace pendulum::fuzzers
