#include "harness/explore/simulation.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "harness/explore/crash.h"
#include "harness/explore/sanitizer_report.h"
#include "harness/module/accesses.h"
#include "harness/module/heap.h"
#include "harness/platform/sanitizer.h"
#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "harness/sched/schedule.h"
#include "harness/win32/boundary.h"
#include "harness/win32/object.h"
#include "harness/win32/posix_once.h"

namespace pendulum::explore {

namespace {

constexpr uint64_t kLearningRuns = 32;

}  // namespace

using platform::Error;
using platform::Result;

Simulation::Simulation(const oracle::Specification& specification, size_t stack_bytes,
                       const Memory& memory)
    : specification_(specification),
      log_(memory.log),
      scheduler_(memory.log, stack_bytes),
      oracle_(
          specification, oracle::Oracle::Engine::kNative,
          memory.remembers ? oracle::Oracle::Memory::kRemembers : oracle::Oracle::Memory::kForgets),
      recorder_(memory.trace, memory.judged ? &oracle_ : nullptr),
      host_(&scheduler_, &recorder_) {
  win32::boundary.scheduler = &scheduler_;
  win32::boundary.recorder = &recorder_;
  win32::boundary.images = 0;
  win32::boundary.in_module = false;
  win32::boundary.is_freed = [](const void* address) {
    return module::Heap::Get().IsFreed(address);
  };
}

Simulation::~Simulation() {
  SetReportHost(nullptr);
  scheduler_.SetSwitchHook(nullptr, nullptr);
  modules_.clear();
  module::Accesses::Get().ForgetCode();
  win32::boundary.scheduler = nullptr;
  win32::boundary.recorder = nullptr;
  win32::boundary.is_freed = nullptr;
  win32::boundary.tells_accesses = false;
  module::Accesses::Get().set_mode(module::Accesses::Mode::kOff);
  win32::boundary.images = 0;
}

Result<std::unique_ptr<Simulation>> Simulation::Create(const std::vector<std::string>& modules,
                                                       const oracle::Specification& specification,
                                                       size_t stack_bytes, const Memory& memory) {
  std::unique_ptr<Simulation> simulation(new Simulation(specification, stack_bytes, memory));
  if (auto loaded = simulation->LoadModules(modules); !loaded.ok()) return loaded.error();
  return simulation;
}

platform::Status Simulation::LoadModules(const std::vector<std::string>& paths) {
  if (paths.empty()) return Error{"there is no module to verify", "", ""};
  if (paths.size() > win32::kMaxImages) {
    return Error{std::to_string(paths.size()) + " modules are too many; " +
                     std::to_string(win32::kMaxImages) + " can run together",
                 "", ""};
  }
  std::vector<host::ModuleEntry> entries;
  bool switches = false;
  win32::BeginLoading();
  for (const std::string& path : paths) {
    auto loaded = module::Module::Load(path);
    if (!loaded.ok()) return loaded.error();
    const module::Module& module = **loaded;
    const int image = win32::boundary.images++;
    win32::boundary.image_begin[image] = module.image_begin();
    win32::boundary.image_end[image] = module.image_end();
    AddCrashCode(module.code_begin(), module.code_end());
    switches = switches || module.has_thread_data();
    entries.push_back({module.name(), module.register_module()});
    modules_.push_back(std::move(loaded).value());
  }
  win32::EndLoading();
  // Some may be shared objects that tell nothing.
  win32::boundary.tells_accesses =
      std::all_of(modules_.begin(), modules_.end(), [](const auto& module) {
        return module::Accesses::Get().IsTold(module->image_begin(), module->image_end());
      });
  host_.SetModules(entries);
  SetReportHost(&host_);
  platform::MarkMappings();
  if (switches || module::Accesses::Get().in_use()) scheduler_.SetSwitchHook(OnSwitch, this);
  return platform::OkStatus();
}

void Simulation::OnSwitch(void* raw_simulation, sched::WorkerId from, sched::WorkerId to) {
  auto* simulation = static_cast<Simulation*>(raw_simulation);
  const uint32_t thread = to == sched::kNoWorker ? 0 : simulation->scheduler_.thread_number(to);
  for (const auto& module : simulation->modules_) {
    if (module->has_thread_data()) module->SwitchThread(from, to, thread);
  }
  if (module::Accesses::Get().in_use()) win32::SwitchOnceCall(from, to);
}

host::RunResult Simulation::RunOnce(sched::Strategy* strategy, uint64_t run) {
  win32::boundary.in_module = false;
  for (const auto& module : modules_) module->Restore();
  module::Accesses::Get().BeginRun();
  win32::BeginRun();
  oracle_.BeginRun();
  recorder_.Clear();
  const host::RunResult result = host_.Run(strategy, run);
  difference_.reset();
  if (compares_ && EndedWell(result)) CompareResponse();
  return result;
}

host::RunResult Simulation::RunListened(sched::Strategy* strategy, sched::TouchListener* listener,
                                        uint64_t run) {
  scheduler_.SetTouchListener(listener);
  const host::RunResult result = RunOnce(strategy, run);
  scheduler_.SetTouchListener(nullptr);
  return result;
}

void Simulation::SetScenario(const host::Scenario& scenario) {
  SetSimilarScenario(scenario);
  oracle_.ForgetRuns();
}

void Simulation::SetSimilarScenario(const host::Scenario& scenario) {
  host_.SetScenario(scenario);
  scenario_ = &scenario;
  compares_ = false;
}

bool Simulation::EndedWell(const host::RunResult& result) const {
  if (result.end != trace::RunEnd::kComplete) return false;
  const auto violations = oracle_.violations();
  return std::none_of(violations.begin(), violations.end(), [&](const oracle::Violation& one) {
    return specification_.clauses()[one.clause].level == oracle::Level::kMust;
  });
}

void Simulation::LearnAccesses() {
  module::Accesses& accesses = module::Accesses::Get();
  if (!accesses.in_use()) return;
  compares_ = false;
  accesses.Forget();
  accesses.set_mode(module::Accesses::Mode::kLearn);
  sched::DefaultStrategy plainest;
  RunOnce(&plainest, 0);
  // Always the same ones: a replay has to learn the same places.
  sched::RandomStrategy random(0);
  for (uint64_t run = 0; run < kLearningRuns; ++run) RunOnce(&random, run);
  accesses.set_mode(module::Accesses::Mode::kPoints);
  oracle_.ClearCoverage();
}

sched::Profile Simulation::TakeProfile() {
  compares_ = false;
  sched::ProfileStrategy trial;
  for (uint64_t run = 0; run < sched::ProfileStrategy::kTrialRuns; ++run) RunOnce(&trial, run);
  oracle_.ClearCoverage();
  return trial.profile();
}

bool Simulation::TakeReference() {
  assert(scenario_ != nullptr);
  compares_ = false;
  if (!HasOneResponse(*scenario_)) return false;
  sched::DefaultStrategy strategy;
  const host::RunResult result = RunOnce(&strategy, 0);
  compares_ = EndedWell(result) && DiffersInTimingAlone(sched::Recorded(*log_));
  const auto received = host_.ReceivedBytes(0);
  reference_.assign(received.begin(), received.end());
  oracle_.ClearCoverage();
  return compares_;
}

void Simulation::CompareResponse() {
  const auto received = host_.ReceivedBytes(0);
  const auto difference = FirstDifference(reference_, received);
  if (!difference.has_value() || !DiffersInTimingAlone(sched::Recorded(*log_))) return;
  difference_ = difference;
  trace::Event event{};
  event.kind = trace::EventKind::kResponseDiffered;
  event.worker = event.module = trace::kNone8;
  event.operation = trace::kNone16;
  event.a = difference->offset_bytes;
  event.b = static_cast<uint32_t>(received.size());
  event.d = static_cast<uint16_t>(difference->part);
  // The client noticed it, at no place in the module.
  recorder_.set_site({});
  recorder_.Append(event);
}

}  // namespace pendulum::explore
