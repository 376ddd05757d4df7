#include "harness/cli/replay_request.h"

#include <filesystem>
#include <utility>

#include "harness/fuzz/script.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

// The recorded module, found from where the replay file lies, and compiled again.
Result<PreparedModule> Prepare(const explore::ReplayModule& recorded, const std::string& file,
                               module::Instrumentation instrumentation) {
  const fs::path folder = fs::path(file).parent_path();
  const auto resolve = [&folder](const std::string& path) {
    return (folder / path).lexically_normal().string();
  };
  std::vector<std::string> files;
  if (recorded.sources.empty()) files.push_back(resolve(recorded.path));
  for (const std::string& source : recorded.sources) files.push_back(resolve(source));
  auto prepared = PrepareModules(files, recorded.flags, instrumentation);
  if (!prepared.ok()) return prepared.error();
  return prepared->front();
}

}  // namespace

Result<PreparedReplay> PrepareReplay(const explore::ReplayFile& replay, const std::string& file) {
  PreparedReplay prepared;
  explore::ReplayRequest& request = prepared.request;
  explore::ModuleBuilds::Paths paths;
  for (const explore::ReplayModule& recorded : replay.modules) {
    auto module = Prepare(recorded, file, replay.instrumentation);
    if (!module.ok()) return module.error();
    request.changed = request.changed || module->hash != recorded.hash;
    paths.push_back(module->path);
    prepared.modules.push_back(std::move(module).value());
  }
  request.modules.Set(replay.instrumentation, std::move(paths));
  request.scenario = replay.scenario;
  request.smaller_urls = fuzz::SmallerScriptUrls;
  request.schedule = replay.schedule;
  request.decisions = replay.decisions;
  request.expected_clause = replay.clause;
  // A module that was changed may well give another trace.
  request.expected_trace_hash = request.changed ? 0 : replay.trace_hash;
  return prepared;
}

Result<std::string> CompareSpecifications(const explore::ReplayFile& replay,
                                          const std::string& file,
                                          const oracle::Specification& specification) {
  if (replay.specification == specification.hash()) return std::string();
  const char* remedy = "where it was found with --spec, give the same";
  if (specification.Find(replay.clause) < 0) {
    return Error{"the specification has no clause " + replay.clause + ", which this file expects",
                 file, remedy};
  }
  return "the specification (" + explore::HashText(specification.hash()) +
         ") is another than the one that it was found with (" +
         explore::HashText(replay.specification) + "); " + remedy;
}

}  // namespace pendulum::cli
