// From the raw inputs that an engine leaves behind to findings: each is run again, told apart from
// those that are known, and made smaller.
#ifndef PENDULUM_CLI_FUZZ_FINDINGS_H_
#define PENDULUM_CLI_FUZZ_FINDINGS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/cli/raw_input.h"
#include "harness/explore/finding.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

struct FuzzFinding {
  std::string clause;
  std::string message;
  std::string raw;     // path of the input
  std::string replay;  // path of the replay file, minimised; empty: it did not come back
  std::string place;   // "my_module.cpp:12", empty where not known
};

class FuzzFindings {
 public:
  // `folder` is where the engine leaves inputs, `out` where replay files go.
  FuzzFindings(std::string folder, std::string out, RawInputOptions raw,
               const oracle::Specification& specification, uint64_t minimize_runs)
      : folder_(std::move(folder)),
        out_(std::move(out)),
        raw_(std::move(raw)),
        specification_(specification),
        minimize_runs_(minimize_runs) {}

  // Looks at one input that is new, by the order of names. Nothing when there is none, or it shows
  // what is known. Errors: it can't be run, or its files can't be written.
  platform::Result<std::optional<FuzzFinding>> Next();
  // Whether there are inputs that nobody has looked at.
  bool HasNew() const;

  size_t count() const { return known_.size(); }
  // Inputs that ended a process of the engine and find nothing when they are run again.
  size_t unrepeated() const { return unrepeated_; }

 private:
  std::vector<std::string> NewFiles() const;
  platform::Result<std::optional<FuzzFinding>> Investigate(const std::string& path);

  std::string folder_;
  std::string out_;
  RawInputOptions raw_;
  const oracle::Specification& specification_;
  uint64_t minimize_runs_;
  std::set<std::string> seen_;   // names of files
  std::set<std::string> known_;  // clause and place
  size_t unrepeated_ = 0;
};

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_FUZZ_FINDINGS_H_
