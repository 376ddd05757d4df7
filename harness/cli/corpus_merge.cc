#include "harness/cli/corpus_merge.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

#include "harness/cli/corpus_inputs.h"
#include "harness/oracle/specification.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using oracle::Specification;
using platform::Error;
using platform::OkStatus;
using platform::Result;
using platform::Status;

// The folder in which all is made, and which goes whatever happens.
class WorkFolderFor {
 public:
  explicit WorkFolderFor(const fs::path& into)
      : path_(into.string() + ".work." + std::to_string(getpid())) {}
  WorkFolderFor(const WorkFolderFor&) = delete;
  WorkFolderFor& operator=(const WorkFolderFor&) = delete;
  ~WorkFolderFor() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string Below(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

Status WriteInputs(const std::vector<CorpusInput>& inputs, const std::string& folder) {
  if (auto made = platform::MakeFolder(folder); !made.ok()) return made;
  for (const CorpusInput& input : inputs) {
    auto written = platform::WriteFile(folder + "/" + CorpusName(input.content), input.content);
    if (!written.ok()) return written;
  }
  return OkStatus();
}

// Lets the engine choose: its own merge counts edges and our counters of cells, in processes that
// an input may end.
Status Choose(const CorpusMerge& merge, const WorkFolderFor& work) {
  const fs::path program = fs::path(platform::ProgramPath()).parent_path() / "pendulum-fuzz";
  std::vector<std::string> arguments = {program.string(),
                                        "--target=" + std::string(fuzz::TargetName(merge.target)),
                                        "--findings=" + work.Below("findings")};
  for (const std::string& module : merge.instrumented) arguments.push_back("--module=" + module);
  arguments.insert(arguments.end(), {"-merge=1", "-timeout=10", "-detect_leaks=0",
                                     "-artifact_prefix=" + work.Below("artifacts") + "/",
                                     "-merge_control_file=" + work.Below("control"),
                                     work.Below("chosen"), work.Below("inputs")});
  const auto run = platform::RunCommand(arguments);
  if (!run.ok()) return run.error();
  if (run->exit_status == 0) return OkStatus();
  const size_t tail = std::min<size_t>(run->errors.size(), 1000);
  return Error{"the engine can't merge:\n" + run->errors.substr(run->errors.size() - tail),
               program.string(), "build all programs (cmake --build), and keep them in one folder"};
}

// The chosen inputs under their own names, what ends the process, and one for each cell that would
// be lost, since different cells may share a counter of the engine's.
Result<std::vector<CorpusInput>> Kept(const CorpusMerge& merge, const WorkFolderFor& work,
                                      const std::vector<CorpusInput>& all,
                                      const CorpusReach& reach) {
  const auto chosen = ReadCorpus({work.Below("chosen")}, merge.target);
  std::vector<CorpusInput> kept;
  if (chosen.ok()) kept = *chosen;
  std::set<std::string> names;
  for (const CorpusInput& one : kept) names.insert(CorpusName(one.content));
  const auto keep = [&](const CorpusInput& one) {
    if (names.insert(CorpusName(one.content)).second) kept.push_back(one);
  };
  for (const CorpusInput& one : all) {
    if (std::find(reach.ending.begin(), reach.ending.end(), one.path) != reach.ending.end()) {
      keep(one);
    }
  }
  if (kept.empty()) keep(all.front());
  const auto now = ReachOf(kept, merge.plain, Specification::BuiltIn());
  if (!now.ok()) return now.error();
  for (size_t cell = 0; cell < reach.inputs_by_cell.size(); ++cell) {
    if (reach.inputs_by_cell[cell] != 0 && now->inputs_by_cell[cell] == 0) {
      keep(all[reach.first_by_cell[cell]]);
    }
  }
  return kept;
}

// Pages and hidden files stay where they are.
Status CopyRest(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  for (fs::directory_iterator entry(from, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const fs::path& path = entry->path();
    if (path.extension() != ".md" && !path.filename().string().starts_with(".")) continue;
    fs::copy(path, to / path.filename(), fs::copy_options::recursive, failed);
    if (failed) break;
  }
  if (failed) return Error{"can't be copied: " + failed.message(), from.string(), ""};
  return OkStatus();
}

// `made` becomes `into`, in one step.
Status TakeThePlace(const std::string& made, const std::string& into) {
  const bool there = fs::exists(into);
  const int done = there
                       ? renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, into.c_str(), RENAME_EXCHANGE)
                       : rename(made.c_str(), into.c_str());
  if (done == 0) return OkStatus();
  return Error{std::string("can't be replaced: ") + std::strerror(errno), into, "it is as it was"};
}

}  // namespace

Result<CorpusMerged> MergeCorpora(const CorpusMerge& merge) {
  fs::path into = fs::absolute(merge.into).lexically_normal();
  if (!into.has_filename()) into = into.parent_path();
  CorpusMerged merged;
  std::vector<std::string> folders = merge.from;
  std::vector<CorpusInput> old;
  if (fs::exists(into)) {
    folders.insert(folders.begin(), into.string());
    auto read = ReadCorpus({into.string()}, merge.target);
    const bool empty = fs::is_directory(into) && fs::is_empty(into);
    if (!read.ok() && !empty) return read.error();
    if (read.ok()) old = std::move(read).value();
  }
  const auto all = ReadCorpus(folders, merge.target);
  if (!all.ok()) return all.error();
  merged.inputs_before = old.size();
  merged.inputs_seen = all->size();
  const auto reach = ReachOf(*all, merge.plain, Specification::BuiltIn());
  if (!reach.ok()) return reach.error();
  merged.ending = reach->ending;
  merged.cells = reach->Cells();

  const WorkFolderFor work(into);
  for (const char* folder : {"artifacts", "chosen", "made"}) {
    if (auto made = platform::MakeFolder(work.Below(folder)); !made.ok()) return made.error();
  }
  if (auto written = WriteInputs(*all, work.Below("inputs")); !written.ok()) {
    return written.error();
  }
  if (merge.keeps_all) {
    auto written = WriteInputs(old, work.Below("chosen"));
    if (!written.ok()) return written.error();
  }
  if (auto chosen = Choose(merge, work); !chosen.ok()) return chosen.error();
  const auto kept = Kept(merge, work, *all, *reach);
  if (!kept.ok()) return kept.error();
  if (auto written = WriteInputs(*kept, work.Below("made")); !written.ok()) {
    return written.error();
  }
  if (fs::exists(into)) {
    if (auto copied = CopyRest(into, work.Below("made")); !copied.ok()) return copied.error();
  }
  merged.inputs = kept->size();
  if (auto placed = TakeThePlace(work.Below("made"), into.string()); !placed.ok()) {
    return placed.error();
  }
  return merged;
}

}  // namespace pendulum::cli
