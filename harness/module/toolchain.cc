#include "harness/module/toolchain.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::module {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

// The files below `folder`, sorted, so that the order does not depend on the file system.
std::vector<std::string> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code failed;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failed)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::string> FindCompiler() {
  std::vector<std::string> names;
  const char* wanted = std::getenv("CXX");
  if (wanted != nullptr && std::string(wanted).find("clang") != std::string::npos) {
    names.push_back(wanted);
  }
  names.push_back("clang++");
  for (int version = 19; version >= 14; --version) {
    names.push_back("clang++-" + std::to_string(version));
  }
  const std::string compiler = platform::FindProgram(names);
  if (compiler.empty()) {
    return Error{"there is no clang++ on PATH to compile the module with", "",
                 "on Debian: apt-get install clang; or set CXX to a clang++"};
  }
  return compiler;
}

Result<std::string> FindSdk() {
  std::vector<std::string> folders;
  if (const char* wanted = std::getenv("PENDULUM_SDK"); wanted != nullptr) {
    folders.push_back(wanted);
  } else {
    folders.push_back(PENDULUM_SDK_FOLDER);
    const fs::path program = platform::ProgramPath();
    folders.push_back((program.parent_path().parent_path() / "share/pendulum/sdk").string());
  }
  for (const std::string& folder : folders) {
    if (fs::exists(folder + "/pendulum_prelude.h")) return folder;
  }
  return Error{"is not the SDK's folder: it has no pendulum_prelude.h", folders[0],
               "set PENDULUM_SDK to the folder harness/sdk"};
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') quoted += '\\';
    quoted += character;
  }
  return quoted + "\"";
}

// Windows' file names have no case: <Windows.h> is <windows.h>.
std::string OverlayText(const std::string& sdk) {
  std::string entries;
  for (const std::string& file : FilesBelow(sdk)) {
    const fs::path path(file);
    if (path.parent_path() != fs::path(sdk)) continue;
    if (path.extension() != ".h" && path.extension() != ".dll") continue;
    if (!entries.empty()) entries += ",\n    ";
    entries += R"({ "type": "file", "name": )" + Quoted(path.filename().string()) +
               R"(, "external-contents": )" + Quoted(file) + " }";
  }
  return R"({ "version": 0, "case-sensitive": "false", "use-external-names": "true", "roots": [
  { "type": "directory", "name": )" +
         Quoted(sdk) + R"(, "contents": [
    )" + entries +
         R"(
  ] }
] }
)";
}

}  // namespace

Result<Toolchain> FindToolchain() {
  Result<std::string> compiler = FindCompiler();
  if (!compiler.ok()) return compiler.error();
  Result<std::string> sdk = FindSdk();
  if (!sdk.ok()) return sdk.error();
  Toolchain toolchain{*compiler, fs::absolute(*sdk).lexically_normal().string(), ""};

  std::error_code failed;
  const fs::path program = fs::canonical(toolchain.compiler, failed);
  uint64_t hash = platform::Hash(program.string());
  hash = platform::Hash(std::to_string(fs::file_size(program, failed)), hash);
  const auto changed = fs::last_write_time(program, failed).time_since_epoch().count();
  hash = platform::Hash(std::to_string(changed), hash);
  for (const std::string& file : FilesBelow(toolchain.sdk)) {
    const Result<std::string> content = platform::ReadFile(file);
    if (!content.ok()) return content.error();
    hash = platform::Hash(*content, platform::Hash(file, hash));
  }
  toolchain.identity = std::to_string(hash);
  return toolchain;
}

Result<std::vector<std::string>> ModuleFlags(const Toolchain& toolchain,
                                             const std::string& folder) {
  const Result<std::string> dialect = platform::ReadFile(toolchain.sdk + "/module.flags");
  if (!dialect.ok()) return dialect.error();
  const std::string overlay = folder + "/overlay.json";
  // What is there already needs no room.
  const std::string text = OverlayText(toolchain.sdk);
  if (const auto there = platform::ReadFile(overlay); !there.ok() || *there != text) {
    if (auto written = platform::WriteFile(overlay, text); !written.ok()) return written.error();
  }
  std::vector<std::string> flags;
  std::string flag;
  for (const char character : *dialect + "\n") {
    if (character != '\n') {
      flag += character;
    } else if (!flag.empty()) {
      flags.push_back(std::move(flag));
      flag.clear();
    }
  }
  for (const char* own : {"-fPIC", "-g", "-O1", "-fno-omit-frame-pointer"}) flags.push_back(own);
  flags.insert(flags.end(), {"-ivfsoverlay", overlay, "-isystem", toolchain.sdk});
  return flags;
}

}  // namespace pendulum::module
