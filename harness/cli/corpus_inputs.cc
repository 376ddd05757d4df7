#include "harness/cli/corpus_inputs.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <span>

#include "harness/explore/json_text.h"
#include "harness/explore/simulation.h"
#include "harness/oracle/oracle.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"
#include "harness/platform/shared_memory.h"
#include "harness/sched/answers_strategy.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

constexpr uint32_t kMostDecisions = sched::Limits().decisions;
constexpr size_t kStackBytes = 256 * 1024;
constexpr int kInputMs = 10000;  // an input that takes longer ends its process

std::span<const uint8_t> Bytes(std::string_view content) {
  return {reinterpret_cast<const uint8_t*>(content.data()), content.size()};
}

Result<std::vector<std::string>> FilesBelow(const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const fs::path& path = entry->path();
    if (!entry->is_regular_file() || path.filename().string().starts_with(".")) continue;
    if (path.extension() != ".md") files.push_back(path.string());
  }
  if (failed) return Error{"the folder can't be read: " + failed.message(), folder, ""};
  std::sort(files.begin(), files.end());
  return files;
}

// What the child tells. The cells follow it.
struct Told {
  uint64_t at = 0;  // the input that runs, or is next
  bool loaded = false;
  bool done = false;
};

void RunAll(const std::vector<CorpusInput>& inputs, const std::vector<std::string>& modules,
            const oracle::Specification& specification, Told* told, uint64_t* cells) {
  std::vector<sched::Decision> decisions(kMostDecisions);
  sched::Scheduler::DecisionLog log{0, kMostDecisions, decisions.data()};
  const auto trace = std::make_unique<trace::TraceBuffer>();
  auto simulation = explore::Simulation::Create(modules, specification, kStackBytes,
                                                {.log = &log, .trace = trace.get()});
  if (!simulation.ok()) return;
  told->loaded = true;
  sched::AnswersStrategy strategy;
  for (; told->at < inputs.size(); ++told->at) {
    fuzz::Input input = fuzz::Decode(Bytes(inputs[told->at].content));
    (*simulation)->SetScenario(input.scenario);
    (*simulation)->ClearCoverage();
    strategy.Exchange(&input.answers);
    (*simulation)->RunOnce(&strategy, told->at);
    const std::span<const uint64_t> coverage = (*simulation)->oracle().coverage();
    for (size_t i = 0; i < coverage.size(); ++i) {
      if (coverage[i] == 0) continue;
      if (cells[i]++ == 0) cells[coverage.size() + i] = told->at;
    }
  }
  told->done = true;
}

}  // namespace

Result<std::vector<CorpusInput>> ReadCorpus(const std::vector<std::string>& folders,
                                            fuzz::Target target) {
  std::vector<CorpusInput> inputs;
  std::set<std::string> known;
  for (const std::string& folder : folders) {
    auto files = FilesBelow(folder);
    if (!files.ok()) return files.error();
    for (const std::string& path : *files) {
      auto content = platform::ReadFile(path);
      if (!content.ok()) return content.error();
      const fuzz::Target own = fuzz::TargetOf(Bytes(*content));
      if (own != target) {
        return Error{"is no input of the target " + std::string(fuzz::TargetName(target)) +
                         ", but of " + std::string(fuzz::TargetName(own)),
                     path, "move it away, or name the corpus's target: --target NAME"};
      }
      if (known.insert(*content).second) inputs.push_back({path, std::move(content).value()});
    }
  }
  if (inputs.empty()) return Error{"there are no inputs", folders.front(), ""};
  return inputs;
}

Result<fuzz::Target> TargetOfCorpus(const std::string& folder) {
  const fs::path path = fs::absolute(folder).lexically_normal();
  const fs::path name = path.has_filename() ? path.filename() : path.parent_path().filename();
  if (const auto named = fuzz::FindTarget(name.string()); named.has_value()) return *named;
  auto files = FilesBelow(folder);
  if (!files.ok()) return files.error();
  if (files->empty()) return Error{"there are no inputs", folder, ""};
  const auto content = platform::ReadFile(files->front());
  if (!content.ok()) return content.error();
  return fuzz::TargetOf(Bytes(*content));
}

std::string CorpusName(std::string_view content) {
  return explore::HashText(platform::Hash(content));
}

uint64_t CorpusReach::Cells() const {
  return static_cast<uint64_t>(std::count_if(inputs_by_cell.begin(), inputs_by_cell.end(),
                                             [](uint64_t inputs) { return inputs != 0; }));
}

Result<CorpusReach> ReachOf(const std::vector<CorpusInput>& inputs,
                            const std::vector<std::string>& modules,
                            const oracle::Specification& specification) {
  const size_t cells = specification.clauses().size() * oracle::Oracle::kTimingClasses;
  auto memory = platform::SharedMemory::Create(sizeof(Told) + 2 * cells * sizeof(uint64_t));
  if (!memory.ok()) return memory.error();
  auto* const told = new (memory->data()) Told;
  auto* const counts = reinterpret_cast<uint64_t*>(told + 1);
  CorpusReach reach;
  while (!told->done) {
    auto child =
        platform::Child::Fork({}, [&] { RunAll(inputs, modules, specification, told, counts); });
    if (!child.ok()) return child.error();
    platform::Child* children[] = {&*child};
    for (uint64_t before = inputs.size();;) {
      if (platform::Child::WaitAny(children, kInputMs) >= 0) break;
      if (told->at == before) child->Kill();
      before = told->at;
    }
    child->Reap();
    if (!told->loaded) {
      return Error{"a module can't be loaded", modules.front(), "pendulum verify says why"};
    }
    if (told->done) break;
    reach.ending.push_back(inputs[told->at].path);
    ++told->at;
  }
  reach.inputs_by_cell.assign(counts, counts + cells);
  reach.first_by_cell.assign(counts + cells, counts + 2 * cells);
  return reach;
}

}  // namespace pendulum::cli
