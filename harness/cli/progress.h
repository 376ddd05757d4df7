// One line on a terminal that says how far a verification is.
#ifndef PENDULUM_CLI_PROGRESS_H_
#define PENDULUM_CLI_PROGRESS_H_

#include <cstdint>
#include <string>

#include "harness/cli/command.h"

namespace pendulum::cli {

class ProgressLine {
 public:
  // Writes to `console.err`, and only if that is a terminal and `enabled`.
  ProgressLine(const Console& console, bool enabled);
  // Takes the line away.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Replaces the line. A total of 0 is one that is not known.
  void Show(const std::string& scenario, uint64_t runs_done, uint64_t runs_total, size_t findings);

 private:
  const Console& console_;
  bool enabled_;
  bool shown_ = false;
};

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_PROGRESS_H_
