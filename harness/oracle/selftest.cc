#include "harness/oracle/selftest.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "harness/oracle/witness.h"
#include "harness/platform/suggest.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {
namespace {

using platform::Error;

class ClauseTest {
 public:
  ClauseTest(const Specification& specification, int clause, std::span<const std::string> folders)
      : specification_(specification),
        clause_(clause),
        of_(specification.clauses()[static_cast<size_t>(clause)]),
        folders_(folders) {}

  void Run() {
    const auto meets = Read(MeetsFileName(of_));
    const auto breaks = Read(BreaksFileName(of_));
    if (meets && breaks) Note(CheckWitnessPair(specification_, clause_, *meets, *breaks));
    for (size_t i = 0; i < of_.readings.size(); ++i) {
      const auto reading = static_cast<int>(i);
      const auto shows = Read(ReadingFileName(of_, reading));
      if (shows) Note(CheckReadingWitness(specification_, clause_, reading, *shows));
    }
  }

  size_t witnesses() const { return witnesses_; }
  std::vector<Error> TakeFaults() { return std::move(faults_); }

 private:
  void Note(const platform::Status& status) {
    if (!status.ok()) faults_.push_back(status.error());
  }

  std::optional<trace::TraceFile> Read(const std::string& name) {
    for (const std::string& folder : folders_) {
      std::error_code ignored;
      const std::string path = folder + "/" + name;
      if (!std::filesystem::exists(path, ignored)) continue;
      auto file = trace::LoadTrace(path);
      if (file.ok()) {
        ++witnesses_;
        return std::move(file).value();
      }
      faults_.push_back({"its witness can't be read: " + file.error().Text(), of_.id, ""});
      return std::nullopt;
    }
    faults_.push_back({"there is no witness " + name, of_.id, ""});
    return std::nullopt;
  }

  const Specification& specification_;
  const int clause_;
  const Clause& of_;
  std::span<const std::string> folders_;
  size_t witnesses_ = 0;
  std::vector<Error> faults_;
};

// The names that the witnesses of all clauses have.
std::set<std::string> ExpectedNames(const Specification& specification) {
  std::set<std::string> names;
  for (const Clause& clause : specification.clauses()) {
    names.insert(MeetsFileName(clause));
    names.insert(BreaksFileName(clause));
    for (size_t i = 0; i < clause.readings.size(); ++i) {
      names.insert(ReadingFileName(clause, static_cast<int>(i)));
    }
  }
  return names;
}

}  // namespace

platform::Result<std::vector<std::string>> WitnessFiles(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> names;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() != ".jsonl") continue;
    names.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  if (error) return Error{"can't be read as a folder of witnesses: " + error.message(), folder, ""};
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Error> TestClauseWitnesses(const Specification& specification, int clause,
                                       std::span<const std::string> folders, size_t* witnesses) {
  ClauseTest test(specification, clause, folders);
  test.Run();
  *witnesses += test.witnesses();
  return test.TakeFaults();
}

platform::Result<std::vector<Error>> OrphanWitnesses(const Specification& specification,
                                                     std::span<const std::string> folders) {
  const std::set<std::string> expected = ExpectedNames(specification);
  const std::vector<std::string_view> candidates(expected.begin(), expected.end());
  std::vector<Error> orphans;
  for (const std::string& folder : folders) {
    const auto names = WitnessFiles(folder);
    if (!names.ok()) return names.error();
    for (const std::string& name : *names) {
      if (expected.count(name) != 0) continue;
      orphans.push_back({"this witness belongs to no clause and no reading", folder + "/" + name,
                         platform::Suggestion(name, candidates)});
    }
  }
  return orphans;
}

platform::Result<SelfTest> TestWitnesses(const Specification& specification,
                                         std::span<const std::string> folders, size_t first) {
  const auto orphans = OrphanWitnesses(specification, folders);
  if (!orphans.ok()) return orphans.error();
  SelfTest result;
  for (size_t i = first; i < specification.clauses().size(); ++i) {
    ++result.clauses;
    const std::vector<Error> faults =
        TestClauseWitnesses(specification, static_cast<int>(i), folders, &result.witnesses);
    result.faults.insert(result.faults.end(), faults.begin(), faults.end());
  }
  result.faults.insert(result.faults.end(), orphans->begin(), orphans->end());
  return result;
}

}  // namespace pendulum::oracle
