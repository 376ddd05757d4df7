#include "harness/cli/repeat.h"

#include <utility>

#include "harness/cli/replay_request.h"
#include "harness/cli/sibling.h"
#include "harness/explore/verify.h"

namespace pendulum::cli {

platform::Result<std::vector<explore::Finding>> RepeatRun(
    const explore::ReplayFile& replay, const std::string& file,
    const oracle::Specification& specification) {
  if (!CanLoad(replay.instrumentation)) {
    return platform::Error{"this program can't run modules with the sanitizer of this recording",
                           file, "pendulum replay runs the program that can"};
  }
  auto prepared = PrepareReplay(replay, file);
  if (!prepared.ok()) return prepared.error();
  prepared->request.allow_changed = true;
  auto outcome = explore::Replay(prepared->request, specification);
  if (!outcome.ok()) return outcome.error();
  return std::move(outcome->findings);
}

}  // namespace pendulum::cli
