#include "harness/cli/scenarios.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/scenario_json.h"
#include "harness/platform/suggest.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using host::Scenario;
using platform::Error;
using platform::Result;

// The files below a folder that are scenarios by their extension, in the order of their names.
Result<std::vector<std::string>> FilesOf(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (failed) return Error{"can't be read: " + failed.message(), folder, ""};
  if (files.empty()) return Error{"has no scenario (*.json)", folder, ""};
  std::sort(files.begin(), files.end());
  return files;
}

Result<Scenario> BuiltIn(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Scenario& scenario : explore::BuiltInScenarios()) {
    if (scenario.name == name) return scenario;
    names.push_back(scenario.name);
  }
  std::string remedy = platform::Suggestion(name, names);
  if (remedy.empty()) remedy = "expected a file, a folder, or a name such as \"post-small\"";
  return Error{"there is no such file, and no built-in scenario by this name", name, remedy};
}

platform::Status Append(const std::string& name, std::vector<Scenario>* scenarios) {
  std::error_code failed;
  std::vector<std::string> files;
  if (fs::is_directory(name, failed)) {
    Result<std::vector<std::string>> found = FilesOf(name);
    if (!found.ok()) return found.error();
    files = std::move(found).value();
  } else if (fs::exists(name, failed)) {
    files.push_back(name);
  } else {
    Result<Scenario> scenario = BuiltIn(name);
    if (!scenario.ok()) return scenario.error();
    scenarios->push_back(std::move(scenario).value());
  }
  for (const std::string& file : files) {
    Result<Scenario> scenario = explore::LoadScenario(file);
    if (!scenario.ok()) return scenario.error();
    scenarios->push_back(std::move(scenario).value());
  }
  return platform::OkStatus();
}

}  // namespace

Result<std::vector<Scenario>> ChooseScenarios(const std::vector<std::string>& names) {
  std::vector<Scenario> scenarios;
  if (names.empty()) {
    const auto built_in = explore::BuiltInScenarios();
    scenarios.assign(built_in.begin(), built_in.end());
  }
  for (const std::string& name : names) {
    if (auto done = Append(name, &scenarios); !done.ok()) return done.error();
  }
  std::set<std::string> seen;
  for (const Scenario& scenario : scenarios) {
    if (!seen.insert(scenario.name).second) {
      return Error{"two scenarios have the name \"" + scenario.name + "\"", "", ""};
    }
  }
  return scenarios;
}

}  // namespace pendulum::cli
