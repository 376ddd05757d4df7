#include "harness/cli/emit_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using module::Instrumentation;

// What follows are its comment, its rule's name as an identifier, the rule and the recording.
constexpr const char* kTest = R"code({}
#include <gtest/gtest.h>

#include "harness/cli/repeat.h"
#include "harness/explore/replay_json.h"

// Where the paths of the module's sources begin.
#ifndef PENDULUM_TEST_FILE
#define PENDULUM_TEST_FILE __FILE__
#endif

namespace {{

// The module, the scenario, the decisions, and the rule that the run breaks.
constexpr const char* kRecording = R"recording({})recording";

TEST(Finding, {}) {{
  const auto recording = pendulum::explore::ReadReplay(kRecording, PENDULUM_TEST_FILE);
  ASSERT_TRUE(recording.ok()) << recording.error().Text();
  const auto findings = pendulum::cli::RepeatRun(*recording, PENDULUM_TEST_FILE);
  ASSERT_TRUE(findings.ok()) << findings.error().Text();
  for (const auto& finding : *findings) {{
    if (finding.level != "must") continue;
    ADD_FAILURE_AT(finding.location.file.c_str(), finding.location.line)
        << finding.clause << ": " << finding.message;
  }}
}}

}}  // namespace
)code";

std::string Commented(std::string_view text) {
  std::string commented;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    commented += line.empty() ? "//\n" : "// " + std::string(line) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  // A line that ends in a backslash would go on in the next one.
  for (size_t at = commented.find("\\\n"); at != std::string::npos;
       at = commented.find("\\\n", at)) {
    commented.insert(at + 1, ".");
  }
  return commented;
}

std::string Identifier(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; },
      '_');
  return text;
}

}  // namespace

explore::ReplayFile SeenFrom(const std::string& to_folder, explore::ReplayFile replay,
                             const std::string& file) {
  const fs::path from = fs::absolute(file).parent_path();
  const fs::path to = fs::absolute(to_folder).lexically_normal();
  const auto seen = [&](std::string* path) {
    if (!path->empty()) *path = (from / *path).lexically_normal().lexically_relative(to).string();
  };
  for (explore::ReplayModule& module : replay.modules) {
    seen(&module.path);
    for (std::string& source : module.sources) seen(&source);
  }
  return replay;
}

platform::Result<std::string> EmitTest(const explore::ReplayFile& replay, std::string_view script,
                                       const std::string& out) {
  const bool address = replay.instrumentation == Instrumentation::kAddress;
  if (replay.instrumentation != Instrumentation::kNone && !address) {
    return platform::Error{
        "a test program can't have what this recording's module is compiled with", out,
        "run `pendulum replay` on its file in a test, which has"};
  }
  const std::string name = fs::path(out).stem().string();
  std::string comment =
      "A test that fails for as long as the finding is there. In the folder of Pendulum:\n\n";
  comment += fmt::format(
      "  cmake --preset dev -DPENDULUM_FINDING_TESTS={}\n"
      "  cmake --build build/dev --target test_finding_{}\n"
      "  ctest --preset dev -R finding_{}\n\n",
      fs::absolute(out).lexically_normal().string(), name, name);
  comment += fmt::format("Sanitizer: {}\n\n", address ? "address" : "none");
  comment += script;
  return fmt::format(kTest, Commented(comment), explore::WriteReplay(replay),
                     Identifier(replay.clause));
}

}  // namespace pendulum::cli
