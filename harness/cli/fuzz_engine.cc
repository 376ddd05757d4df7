#include "harness/cli/fuzz_engine.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "harness/cli/afl_command.h"
#include "harness/explore/json_text.h"
#include "harness/platform/clock.h"
#include "harness/platform/file.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using fuzz::FuzzProgress;
using platform::Error;
using platform::OkStatus;
using platform::Result;
using platform::Status;

// So much longer than told may libFuzzer take to end.
constexpr uint64_t kGraceMs = 3000;
constexpr uint64_t kYearMs = 366ull * 24 * 3600 * 1000;
constexpr size_t kTailBytes = 2000;

std::string Tail(const std::string& path) {
  auto text = platform::ReadFile(path);
  if (!text.ok()) return "";
  return text->size() <= kTailBytes ? *text : text->substr(text->size() - kTailBytes);
}

}  // namespace

FuzzFolders FuzzFolders::Below(const std::string& folder) {
  const fs::path base(folder);
  return {(base / "corpus").string(), (base / "findings").string(), (base / "artifacts").string(),
          (base / "logs").string(),   (base / "afl").string(),      (base / "afl-seeds").string()};
}

Status FuzzFolders::Make() const {
  for (const std::string& folder : {corpus, findings, artifacts, logs}) {
    if (auto made = platform::MakeFolder(folder); !made.ok()) return made;
  }
  return OkStatus();
}

Result<std::unique_ptr<FuzzEngine>> FuzzEngine::Start(Options options) {
  std::unique_ptr<FuzzEngine> engine(new FuzzEngine(std::move(options)));
  engine->started_ms_ = platform::MonotonicMs();
  const Options& given = engine->options_;
  if (given.kind == Options::Kind::kAfl) {
    std::vector<std::string> seeds = given.seeds;
    seeds.push_back(given.folders.corpus);
    auto gathered = GatherSeeds(seeds, given.folders.afl_seeds);
    if (!gathered.ok()) return gathered.error();
  }
  for (int number = 0; number < engine->options_.jobs; ++number) {
    auto job = std::make_unique<Job>();
    job->number = number;
    const std::string name = "job-" + std::to_string(number);
    job->log = (fs::path(engine->options_.folders.logs) / (name + ".log")).string();
    auto memory = platform::SharedMemory::OpenFile(
        (fs::path(engine->options_.folders.logs) / (name + ".progress")).string(),
        sizeof(FuzzProgress));
    if (!memory.ok()) return memory.error();
    job->memory = std::make_unique<platform::SharedMemory>(std::move(memory).value());
    job->progress = new (job->memory->data()) FuzzProgress;
    if (auto started = engine->StartJob(job.get()); !started.ok()) return started.error();
    engine->jobs_.push_back(std::move(job));
  }
  return engine;
}

uint64_t FuzzEngine::elapsed_ms() const { return platform::MonotonicMs() - started_ms_; }

uint64_t FuzzEngine::left_ms() const {
  if (options_.time_ms == 0) return kYearMs;
  return options_.time_ms - std::min(options_.time_ms, elapsed_ms());
}

std::vector<std::string> FuzzEngine::AflArguments(int number) const {
  AflCommand command;
  command.program = options_.program;
  command.own = options_.engine_flags;
  command.mutator = options_.mutator;
  command.seeds = options_.folders.afl_seeds;
  command.shared = options_.folders.shared;
  command.job = number;
  command.seconds = (left_ms() + 999) / 1000;
  command.flags = TargetFlags(number);
  return command.Arguments();
}

std::vector<std::string> FuzzEngine::TargetFlags(int number) const {
  const std::string name = "job-" + std::to_string(number);
  std::vector<std::string> flags = options_.target_flags;
  flags.push_back("--findings=" + options_.folders.findings);
  flags.push_back("--progress=" +
                  (fs::path(options_.folders.logs) / (name + ".progress")).string());
  return flags;
}

std::vector<std::string> FuzzEngine::LibFuzzerArguments(int number) const {
  std::vector<std::string> arguments = {options_.program};
  const auto add = [&](const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
  };
  add(TargetFlags(number));
  add({"-artifact_prefix=" + options_.folders.artifacts + "/",
       "-max_total_time=" + std::to_string((left_ms() + 999) / 1000),
       // Scheduling by entropy costs more than it gives where features are many.
       "-entropic=0", "-max_len=1024", "-timeout=10", "-detect_leaks=0", "-reload=5"});
  add(options_.engine_flags);
  arguments.push_back(options_.folders.corpus);
  add(options_.seeds);
  return arguments;
}

Status FuzzEngine::StartJob(Job* job) {
  job->progress->running = 0;
  job->executions_at_start = job->progress->executions;
  const bool is_afl = options_.kind == Options::Kind::kAfl;
  const std::vector<std::string> arguments =
      is_afl ? AflArguments(job->number) : LibFuzzerArguments(job->number);
  auto child = platform::Child::Start({arguments, "", job->log});
  if (!child.ok()) return child.error();
  job->child.emplace(std::move(child).value());
  return OkStatus();
}

Status FuzzEngine::HandleEnd(Job* job) {
  const platform::ChildEnd end = job->child->Reap();
  job->child.reset();
  FuzzProgress& progress = *job->progress;
  // With AFL++ the target tells itself what it did not survive; what runs when the time is over is
  // cut off.
  if (progress.running != 0 && options_.kind == Options::Kind::kLibFuzzer) {
    const std::string_view input(reinterpret_cast<const char*>(progress.input),
                                 progress.input_bytes);
    const std::string name = fuzz::CrashName(explore::HashText(platform::Hash(input)));
    auto written =
        platform::WriteFile((fs::path(options_.folders.findings) / name).string(), input);
    if (!written.ok()) return written;
  } else if (end.signalled || end.status != 0) {
    if (progress.executions == job->executions_at_start) {
      return Error{"the engine ends before it runs anything:\n" + Tail(job->log), options_.program,
                   "the whole text is in " + job->log};
    }
  }
  if (left_ms() == 0 || (!end.signalled && end.status == 0)) return OkStatus();
  ++restarts_;
  return StartJob(job);
}

Result<bool> FuzzEngine::Wait(int timeout_ms) {
  std::vector<platform::Child*> children;
  std::vector<Job*> running;
  for (const auto& job : jobs_) {
    if (!job->child.has_value()) continue;
    children.push_back(&*job->child);
    running.push_back(job.get());
  }
  if (children.empty()) return false;
  if (options_.kind == Options::Kind::kAfl) {
    auto kept = KeepCrashes(options_.folders.shared, options_.folders.findings);
    if (!kept.ok()) return kept.error();
  }
  if (options_.time_ms != 0 && elapsed_ms() > options_.time_ms + kGraceMs) {
    for (platform::Child* child : children) child->Kill();
  }
  const int ended = platform::Child::WaitAny(children, timeout_ms);
  if (ended < 0) return true;
  if (auto handled = HandleEnd(running[static_cast<size_t>(ended)]); !handled.ok()) {
    return handled.error();
  }
  return true;
}

Status FuzzEngine::Keep() const {
  if (options_.kind == Options::Kind::kLibFuzzer) return OkStatus();
  return KeepQueues(options_.folders.shared, options_.folders.corpus);
}

FuzzEngine::Totals FuzzEngine::totals() const {
  Totals totals;
  totals.restarts = restarts_;
  for (const auto& job : jobs_) {
    totals.executions += job->progress->executions;
    totals.clauses = std::max(totals.clauses, job->progress->clauses);
    totals.cells = std::max(totals.cells, job->progress->cells);
  }
  return totals;
}

}  // namespace pendulum::cli
