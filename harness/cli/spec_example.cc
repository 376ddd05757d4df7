// The traces that break clauses, as they are shown to people.
#include <filesystem>

#include "harness/cli/spec_command.h"
#include "harness/oracle/witness.h"
#include "harness/platform/embedded.h"

namespace pendulum::cli {

// Generated from tests/spec/witness/ when the program is built.
extern const platform::EmbeddedFile kBreakingTraces[];
extern const size_t kBreakingTracesCount;

std::vector<std::string> OwnWitnessFolders(const std::vector<std::string>& own) {
  std::vector<std::string> folders;
  for (const std::string& path : own) {
    std::error_code ignored;
    const std::string folder = (std::filesystem::path(path) / "witness").string();
    if (std::filesystem::is_directory(folder, ignored)) folders.push_back(folder);
  }
  return folders;
}

std::optional<report::ClauseExample> BreakingExample(const oracle::Specification& specification,
                                                     int clause,
                                                     const std::vector<std::string>& folders) {
  const oracle::Clause& of = specification.clauses()[static_cast<size_t>(clause)];
  const std::string name = oracle::BreaksFileName(of);
  for (const platform::EmbeddedFile& file : std::span(kBreakingTraces, kBreakingTracesCount)) {
    if (file.name != name) continue;
    const auto trace = trace::ReadTrace(file.content, name);
    if (!trace.ok()) return std::nullopt;
    return report::ExampleOf(specification, clause, *trace);
  }
  for (const std::string& folder : folders) {
    const auto trace = trace::LoadTrace((std::filesystem::path(folder) / name).string());
    if (trace.ok()) return report::ExampleOf(specification, clause, *trace);
  }
  return std::nullopt;
}

std::vector<std::string> ExampleLines(const report::ClauseExample& example) {
  constexpr int kNumberColumns = 3;
  std::vector<std::string> lines;
  for (size_t i = 0; i < example.lines.size(); ++i) {
    const bool broken = i == example.broken && !example.message.empty();
    const std::string number = std::to_string(i + 1);
    std::string line = broken ? "> " : "  ";
    line.append(number.size() < kNumberColumns ? kNumberColumns - number.size() : 0, ' ');
    lines.push_back(line + number + "  " + example.lines[i]);
    if (broken) lines.push_back("       ^ " + example.message);
  }
  return lines;
}

}  // namespace pendulum::cli
