#include "harness/cli/afl_command.h"

#include <cstdlib>
#include <filesystem>

#include "harness/explore/json_text.h"
#include "harness/fuzz/progress.h"
#include "harness/platform/file.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using platform::OkStatus;
using platform::Status;

// Copies the files of a folder to another, named by what they hold.
Status CopyFiles(const fs::path& from, const std::string& to,
                 std::string (*name)(const std::string& hash)) {
  std::error_code failed;
  for (fs::directory_iterator it(from, failed), end; !failed && it != end; it.increment(failed)) {
    // Beside what it has found AFL++ keeps a page to read.
    if (!it->is_regular_file() || it->path().filename() == "README.txt") continue;
    const auto content = platform::ReadFile(it->path().string());
    if (!content.ok()) return content.error();
    const fs::path copy = fs::path(to) / name(explore::HashText(platform::Hash(*content)));
    if (fs::exists(copy, failed)) continue;
    if (auto written = platform::WriteFile(copy.string(), *content); !written.ok()) return written;
  }
  return OkStatus();
}

// afl-fuzz doesn't start where the environment has options of a sanitizer without those that it
// needs itself.
void AddSanitizerOptions(std::vector<std::string>* arguments) {
  static constexpr const char* kNeeded[][2] = {{"ASAN_OPTIONS", "abort_on_error=1:symbolize=0"},
                                               {"LSAN_OPTIONS", "symbolize=0"},
                                               {"UBSAN_OPTIONS", "symbolize=0"}};
  for (const auto& [name, options] : kNeeded) {
    const char* own = std::getenv(name);
    if (own != nullptr) arguments->push_back(std::string(name) + '=' + own + ':' + options);
  }
}

std::string AsItIs(const std::string& hash) { return hash; }

// The same for a folder of each job.
Status CopyOfJobs(const std::string& shared, const char* folder, const std::string& to,
                  std::string (*name)(const std::string& hash)) {
  std::error_code failed;
  for (fs::directory_iterator it(shared, failed), end; !failed && it != end; it.increment(failed)) {
    if (auto copied = CopyFiles(it->path() / folder, to, name); !copied.ok()) return copied;
  }
  return OkStatus();
}

}  // namespace

std::vector<std::string> AflCommand::Arguments() const {
  std::vector<std::string> all = {
      "env",
      "AFL_CUSTOM_MUTATOR_LIBRARY=" + mutator,
      "AFL_AUTORESUME=1",
      "AFL_NO_UI=1",
      "AFL_NO_AFFINITY=1",
      "AFL_SKIP_CPUFREQ=1",
      "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1",
      // What a seed does to the module is told by the target itself.
      "AFL_SKIP_CRASHES=1",
  };
  AddSanitizerOptions(&all);
  const std::vector<std::string> afl = {
      "afl-fuzz",
      "-i",
      seeds,
      "-o",
      shared,
      job == 0 ? "-M" : "-S",
      "job-" + std::to_string(job),
      "-m",
      "none",
      "-t",
      "10000",
      "-G",
      "1024",
      "-V",
      std::to_string(seconds),
  };
  all.insert(all.end(), afl.begin(), afl.end());
  all.insert(all.end(), own.begin(), own.end());
  all.insert(all.end(), {"--", program});
  all.insert(all.end(), flags.begin(), flags.end());
  return all;
}

Status GatherSeeds(const std::vector<std::string>& from, const std::string& folder) {
  if (auto made = platform::MakeFolder(folder); !made.ok()) return made;
  for (const std::string& one : from) {
    if (auto copied = CopyFiles(one, folder, AsItIs); !copied.ok()) return copied;
  }
  std::error_code failed;
  if (!fs::is_empty(folder, failed)) return OkStatus();
  return platform::WriteFile((fs::path(folder) / "empty").string(), std::string(1, '\0'));
}

Status KeepCrashes(const std::string& shared, const std::string& findings) {
  return CopyOfJobs(shared, "crashes", findings, fuzz::CrashName);
}

Status KeepQueues(const std::string& shared, const std::string& corpus) {
  return CopyOfJobs(shared, "queue", corpus, AsItIs);
}

}  // namespace pendulum::cli
