// A finding as a C++ test of its own.
#ifndef PENDULUM_CLI_EMIT_TEST_H_
#define PENDULUM_CLI_EMIT_TEST_H_

#include <string>
#include <string_view>

#include "harness/explore/replay_json.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

// The same recording with its modules named as they are seen from `to_folder`; `file` is where it
// was read.
explore::ReplayFile SeenFrom(const std::string& to_folder, explore::ReplayFile replay,
                             const std::string& file);

// The source of a GoogleTest that repeats the recording, for a file at `out`; its modules are named
// as they are seen from there (SeenFrom). `script` tells the run in words. The test fails for as
// long as the run breaks a rule. Errors: a test can't have what the recording needs.
platform::Result<std::string> EmitTest(const explore::ReplayFile& replay, std::string_view script,
                                       const std::string& out);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_EMIT_TEST_H_
